/** A file of payroll has arrived: the run that it is about is brought to what payroll says now. */
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import type { PayrollRunState } from './domain/payroll-run.ts';
import { payrollAnswerChange } from './payroll-answer.ts';

export interface RecordAnswerDeps extends ProcessDeps {
  readonly payroll: PayrollSystem;
}

/**
 * Safe to repeat. `unknown`: there is no such run, and nothing follows from the file.
 * @param processId - of the run that the file is about
 */
export async function recordPayrollAnswer(deps: RecordAnswerDeps, processId: string): Promise<'heard' | 'unknown'> {
  if ((await readHead<PayrollRunState>(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<PayrollRunState, 'heard'>(deps, processId, async (now) => {
    const change = await payrollAnswerChange(deps.payroll, now, deps.clock.now());
    const isNothing = change.entries.length === 0 && (change.answers ?? []).length === 0;
    return { output: 'heard', ...(isNothing ? {} : { change }) };
  });
}
