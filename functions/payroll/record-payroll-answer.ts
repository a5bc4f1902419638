/** A file of payroll has arrived: the run that it is about is brought to what payroll says now. */
import { runOfAnswer } from '../connectors/payroll/files/file-exchange.ts';
import type { PayrollSystem } from '../connectors/payroll/port.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import type { PayrollRunState } from './domain/payroll-run.ts';
import { payrollAnswerChange } from './payroll-answer.ts';

export interface RecordAnswerDeps extends ProcessDeps {
  readonly payroll: PayrollSystem;
}

/**
 * Safe to repeat. `none`: the file announces no answer (payslips wait for their acknowledgement), or there is no such run:
 * nothing follows from it.
 * @param key - of the file that arrived
 */
export async function recordPayrollAnswer(deps: RecordAnswerDeps, key: string): Promise<'heard' | 'none'> {
  const processId = runOfAnswer(key);
  const head = processId === undefined ? undefined : await readHead<PayrollRunState>(deps.store, processId);
  if (processId === undefined || head === undefined) {
    return 'none';
  }
  return updateProcess<PayrollRunState, 'heard'>(deps, processId, async (now) => {
    const change = await payrollAnswerChange(deps.payroll, now, deps.clock.now());
    const isNothing = change.entries.length === 0 && (change.answers ?? []).length === 0;
    return { output: 'heard', ...(isNothing ? {} : { change }) };
  });
}
