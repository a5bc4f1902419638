/** The ERP reports that an employee was paid: found its claim, read again from the ERP, and only then believed. */
import { entryKey } from '../process/keys.ts';
import { updateProcess } from '../process/update-process.ts';
import type { ExpenseState } from './domain/expense.ts';
import type { LedgerStepDeps } from './expense-deps.ts';
import { paymentChange } from './refresh-payment.ts';

/**
 * Idempotent. `not-ours`: the entry is of no claim that is known. An entry is known before its payment is asked for, and the
 * wait for the payment asks the ERP itself, so that nothing is missed.
 */
export async function recordEmployeePayment(
  deps: LedgerStepDeps,
  entryNumber: string,
): Promise<'recorded' | 'not-ours'> {
  const found = await deps.store.read<{ processId: string }>(entryKey(entryNumber));
  if (found === undefined) {
    return 'not-ours';
  }
  await updateProcess<ExpenseState, void>(deps, found.value.processId, async (head) => {
    const change = await paymentChange(deps.ledger, head, deps.clock.now());
    const isNothing = change.entries.length === 0 && (change.answers ?? []).length === 0;
    return isNothing ? { output: undefined } : { change, output: undefined };
  });
  return 'recorded';
}
