/** What the same requester asked for from the same supplier before. */
import type { Money } from '../money/money.ts';
import { purchaseHistoryKey } from '../process/keys.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { earlierRequests, type HistoryCheck } from '../requests/earlier-requests.ts';
import { NOTHING_BOUGHT, PURCHASE, type PurchaseHead } from './domain/purchase.ts';
import { requisitionOf } from './purchase-deps.ts';

/** @param total - of the purchase, in the company's currency */
export function earlierPurchases(
  deps: Pick<ProcessDeps, 'store' | 'clock'>,
  head: PurchaseHead,
  total: Money,
): Promise<HistoryCheck> {
  const row = {
    of: 'purchases' as const,
    key: purchaseHistoryKey(head.requesterId, requisitionOf(head.state).supplierCode),
    kind: PURCHASE,
    numberOf: ({ order }: PurchaseHead['state']) => order?.orderNumber,
    nothing: NOTHING_BOUGHT,
  };
  return earlierRequests(deps, row, head, total);
}
