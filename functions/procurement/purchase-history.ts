/**
 * What the requester asked for from the supplier before: whoever decides sees whether this is the first of its kind or the
 * tenth. One item for each requester and supplier is the index, so that nothing is searched.
 */
import type { EarlierPurchase, EarlierPurchases } from '../approvals/domain/decision-facts.ts';
import { type Money, roundToCurrency, sum } from '../money/money.ts';
import { purchaseHistoryKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import { isNothingBought, PURCHASE, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { requisitionOf } from './purchase-deps.ts';

type HistoryDeps = Pick<ProcessDeps, 'store' | 'clock'>;

/** One purchase among others; its amount is of the company's currency. */
interface RememberedPurchase {
  readonly processId: string;
  readonly amount: string;
  /** When it was routed (ISO 8601). */
  readonly at: string;
}

interface PurchaseHistory {
  /** Oldest first. */
  readonly purchases: readonly RememberedPurchase[];
  /** When the newest was routed that is remembered no more for want of room. Absent: all of a year are there. */
  readonly forgotten?: string;
}

export interface HistoryCheck {
  /** Undefined: there was none. */
  readonly earlier?: EarlierPurchases;
  /**
   * Remembers the purchase. To be committed with the question: of two that are routed at once one fails, and is asked again
   * with the other in sight.
   */
  readonly change: WorkChange;
}

const DAYS = 365;
const DAY = 86_400_000;
/** Each is read when the next one is routed, since only its process knows what became of it. */
const MOST_REMEMBERED = 50;
/** More would hide the question itself on a phone. */
const MOST_SHOWN = 3;

/** @param total - of the purchase, in the company's currency */
export async function purchaseHistory(deps: HistoryDeps, head: PurchaseHead, total: Money): Promise<HistoryCheck> {
  const { supplierCode } = requisitionOf(head.state);
  const key = purchaseHistoryKey(head.requesterId, supplierCode);
  const known = await deps.store.read<PurchaseHistory>(key);
  const now = deps.clock.now();
  const { purchases = [], forgotten } = known?.value ?? {};
  const others = purchases.filter(({ processId, at }) => processId !== head.processId && isWithin(at, now));
  const isMore = forgotten !== undefined && isWithin(forgotten, now);
  const earlier = await describe(deps, others, isMore, total.currency);
  const value = bounded(
    [...others, { processId: head.processId, amount: total.amount, at: now.toISOString() }],
    forgotten,
  );
  const expiresAt = new Date(now.getTime() + (DAYS + 1) * DAY);
  return {
    ...(earlier === undefined ? {} : { earlier }),
    change:
      known === undefined
        ? { kind: 'create', key, value, expiresAt }
        : { kind: 'replace', key, ifVersion: known.version, value, expiresAt },
  };
}

function isWithin(at: string, now: Date): boolean {
  return now.getTime() - Date.parse(at) <= DAYS * DAY;
}

async function describe(
  { store }: HistoryDeps,
  purchases: readonly RememberedPurchase[],
  isMore: boolean,
  currency: string,
): Promise<EarlierPurchases | undefined> {
  const all = await Promise.all(
    purchases.map(async (purchase) => ({
      purchase,
      head: await readHead<PurchaseState>(store, purchase.processId),
    })),
  );
  const counting = all.filter(({ head }) => !isNothingBought(head?.outcome));
  return all.length === 0
    ? undefined
    : {
        days: DAYS,
        count: counting.length,
        total: roundToCurrency(sum(counting.map(({ purchase }) => purchase.amount)), currency),
        ...(isMore ? { isMore } : {}),
        latest: all
          .slice(-MOST_SHOWN)
          .reverse()
          .map(({ purchase, head }) => earlierPurchase(purchase, head)),
      };
}

function earlierPurchase(
  { processId, amount, at }: RememberedPurchase,
  head: PurchaseHead | undefined,
): EarlierPurchase {
  return {
    number: head?.state.order?.orderNumber ?? head?.oa.requestId ?? processId,
    title: head === undefined ? '' : PURCHASE.titleOf(head),
    amount,
    at,
    ...(head?.outcome === undefined ? {} : { outcome: head.outcome }),
  };
}

function bounded(purchases: readonly RememberedPurchase[], forgotten: string | undefined): PurchaseHistory {
  const newest = purchases.slice(-MOST_REMEMBERED);
  const last = purchases.at(-MOST_REMEMBERED - 1)?.at ?? forgotten;
  return { purchases: newest, ...(last === undefined ? {} : { forgotten: last }) };
}
