/**
 * The state machine of a payroll run waits: until payroll has taken the figures and calculated, or has rejected them; or for a
 * hold to be released.
 */
import type { MissingYear } from '../calendar/port.ts';
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import { type AwaitFactDeps, type AwaitFactInput, awaitFact, type FactWait } from '../process/await-fact.ts';
import { PAYROLL_KIND, type PayrollRunState } from './domain/payroll-run.ts';
import { payrollAnswerChange } from './payroll-answer.ts';

export interface AwaitPayrollDeps extends AwaitFactDeps {
  readonly payroll: PayrollSystem;
}

/** What a payroll run waits for; other processes wait for other things. */
export type PayrollWaitKind = 'payroll' | 'hold';

export type AwaitPayrollInput = Omit<AwaitFactInput, 'kind'> & { readonly kind: PayrollWaitKind };

type WaitFor = Pick<FactWait<PayrollRunState>, 'phase' | 'read'>;

/** As {@link awaitFact}: answered at once when payroll has answered already, or nothing is held. The operators answer for it. */
export function awaitPayroll(deps: AwaitPayrollDeps, input: AwaitPayrollInput): Promise<MissingYear | undefined> {
  return awaitFact<PayrollRunState>(deps, input, {
    ...(input.kind === 'hold' ? release(input) : answer(deps)),
    actor: PAYROLL_KIND,
    owner: { employeeId: 'operators' },
    subjectOf: ({ state }) => state.handedOver?.reference ?? state.period,
  });
}

function answer({ payroll, clock }: AwaitPayrollDeps): WaitFor {
  return {
    phase: 'Payroll',
    read: async (head, change) => ({
      change: await payrollAnswerChange(payroll, head, clock.now(), change),
      hasMore: false,
    }),
  };
}

function release({ waitId }: AwaitPayrollInput): WaitFor {
  return {
    phase: 'On hold',
    read: async ({ holds }, change) => ({
      change: holds.length === 0 ? { ...change, answers: [{ waitId, output: { outcome: 'clear' } }] } : change,
      hasMore: false,
    }),
  };
}
