/** The state machine of a payslip waits until its employee confirms or disputes it, or the time for that is over. */
import type { MissingYear } from '../calendar/port.ts';
import type { Directory } from '../directory/port.ts';
import { type AwaitFactDeps, type AwaitFactInput, awaitFact, type WaitOwner } from '../process/await-fact.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import { applyChange, openWaits } from '../process/domain/process.ts';
import { registeredHead } from '../process/update-process.ts';
import { PAYSLIP_KIND, type PayslipHead, type PayslipState, wordOn } from './domain/payslip-process.ts';

export interface AwaitPayslipDeps extends AwaitFactDeps {
  readonly directory: Directory;
}

export type AwaitPayslipInput = Omit<AwaitFactInput, 'kind'>;

/** As {@link awaitFact}: answered at once when the employee was faster than the machine. */
export async function awaitPayslip(deps: AwaitPayslipDeps, input: AwaitPayslipInput): Promise<MissingYear | undefined> {
  return awaitFact<PayslipState>(
    deps,
    { ...input, kind: 'payslip' },
    {
      phase: 'Payslip',
      actor: PAYSLIP_KIND,
      owner: await employeeOf(deps, input.processId),
      subjectOf: ({ state }) => state.period,
      read: async (head, change) => ({ change: withWord(head, change, deps.clock.now()), hasMore: false }),
    },
  );
}

async function employeeOf({ store, directory }: AwaitPayslipDeps, processId: string): Promise<WaitOwner> {
  const { requesterId: employeeId } = await registeredHead(store, processId);
  return (await directory.person(employeeId)) ?? { employeeId };
}

/** A change with the answer of the wait, if what the employee said, as it will be, is about what they can read. */
export function withWord(
  head: PayslipHead,
  change: ProcessChange<PayslipState>,
  now: Date,
): ProcessChange<PayslipState> {
  const after = applyChange(head, change, now);
  const said = wordOn(after.state);
  return said === undefined
    ? change
    : {
        ...change,
        answers: openWaits(after, 'payslip').map(({ waitId }) => ({ waitId, output: { outcome: said.word } })),
      };
}
