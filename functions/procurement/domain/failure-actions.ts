/** What an operator may decide about a step that failed. Pure. */
import type { PurchaseState } from './purchase.ts';

export type FailureAction = 'retry' | 'skip' | 'cancel';

/** Steps that can be left out, and what leaving them out means stands in the state machine. */
const SKIPPABLE = ['AwaitGoodsReceipt', 'UndoPurchase', 'ClosePurchase'];
/** Steps after which giving up would leave something half done. */
const FINAL = ['UndoPurchase', 'ClosePurchase', 'AwaitPayment'];

/** In the order in which they are offered; never empty. */
export function failureActions(step: string, state: PurchaseState): readonly FailureAction[] {
  return [
    'retry',
    ...(SKIPPABLE.includes(step) ? (['skip'] as const) : []),
    ...(FINAL.includes(step) || mayBePaying(state) ? [] : (['cancel'] as const)),
  ];
}

/** Whether a payment may be on its way: intended, and not known to have failed. */
function mayBePaying(state: PurchaseState): boolean {
  const failed = Object.values(state.payments)
    .filter((payment) => payment.state === 'failed')
    .map((payment) => payment.key);
  const intended = state.intended.filter((key) => key.includes('-pay-'));
  const superseded = Object.values(state.failedPayments).reduce((count, tries) => count + tries, 0);
  return intended.length > Math.max(failed.length, superseded);
}
