/** The state machine of a payroll run waits until payroll has taken the figures and calculated, or has rejected them. */
import type { MissingYear } from '../calendar/port.ts';
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import { type AwaitFactDeps, type AwaitFactInput, awaitFact } from '../process/await-fact.ts';
import { PAYROLL_KIND, type PayrollRunState } from './domain/payroll-run.ts';
import { payrollAnswerChange } from './payroll-answer.ts';

export interface AwaitPayrollDeps extends AwaitFactDeps {
  readonly payroll: PayrollSystem;
}

export type AwaitPayrollInput = Omit<AwaitFactInput, 'kind'>;

/** As {@link awaitFact}: answered at once when payroll has answered already. The operators answer for it. */
export function awaitPayroll(deps: AwaitPayrollDeps, input: AwaitPayrollInput): Promise<MissingYear | undefined> {
  return awaitFact<PayrollRunState>(
    deps,
    { ...input, kind: 'payroll' },
    {
      phase: 'Payroll',
      actor: PAYROLL_KIND,
      owner: { employeeId: 'operators' },
      subjectOf: ({ state }) => state.handedOver?.reference ?? state.period,
      read: async (head, change) => ({
        change: await payrollAnswerChange(deps.payroll, head, deps.clock.now(), change),
        hasMore: false,
      }),
    },
  );
}
