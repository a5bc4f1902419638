/** What an operator may decide about a step that failed. Pure. */
import type { FailureAction } from '../../requests/domain/step-failure.ts';
import { hasReceipts, type PurchaseState, paymentsUnderWay } from './purchase.ts';

/** Steps after which giving up would leave something half done. */
const FINAL = ['UndoPurchase', 'ClosePurchase', 'AwaitPayment'];

/** In the order in which they are offered; never empty. */
export function failureActions(step: string, state: PurchaseState): readonly FailureAction[] {
  const isPaying = paymentsUnderWay(state).length > 0;
  return [
    'retry',
    ...(isSkippable(step, state, isPaying) ? (['skip'] as const) : []),
    ...(FINAL.includes(step) || isPaying ? [] : (['cancel'] as const)),
  ];
}

/** What leaving a step out means stands in the state machine. */
function isSkippable(step: string, state: PurchaseState, isPaying: boolean): boolean {
  switch (step) {
    case 'AwaitGoodsReceipt':
      return hasReceipts(state);
    case 'RequestPayment':
    case 'AwaitPayment':
      // Paid by hand: the process waits until the ERP shows it.
      return true;
    case 'UndoPurchase':
    case 'ClosePurchase':
      return !isPaying;
    default:
      return false;
  }
}
