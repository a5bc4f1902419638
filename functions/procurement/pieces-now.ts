/**
 * A purchase is looked at again when somebody approves it: others of the same person from the same supplier may have been
 * routed since, and be pieces of the same whole.
 */
import type { Together } from '../approvals/domain/together.ts';
import { add, compare } from '../money/money.ts';
import type { SplitLimit } from '../policy/port.ts';
import { recentPurchasesKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import { PROCESS_KIND, type PurchaseHead } from './domain/purchase.ts';
import { requisitionOf } from './purchase-deps.ts';
import {
  DAY,
  daysWithin,
  isAlive,
  type RecentPurchase,
  type RecentPurchases,
  remember,
  type SplitDeps,
  totalOf,
} from './split-purchases.ts';

export interface PiecesNow {
  /** Undefined: the purchase is judged by itself. */
  readonly together?: Together;
  /**
   * Leaves what is remembered as it is, under its version. To be committed with the approval: of this and of another purchase
   * that is routed or approved in the same instant one fails, and looks again with the other in sight.
   */
  readonly also: readonly WorkChange[];
}

/** The purchases of one window that this one is in, by when it ends. */
interface Window {
  readonly limit: SplitLimit;
  readonly others: readonly RecentPurchase[];
  /** Company currency: the purchase itself, and what is known of older ones by their days alone. */
  readonly base: string;
}

/** What the purchase is judged by as things are now. Read consistently. */
export async function piecesNow(deps: SplitDeps, head: PurchaseHead): Promise<PiecesNow> {
  const amount = head.kind === PROCESS_KIND ? head.state.enrichment?.baseTotal.amount : undefined;
  if (amount === undefined) {
    return { also: [] };
  }
  const { costCentre, supplierCode } = requisitionOf(head.state);
  const limits = (await deps.policies.splitLimits(costCentre)).filter(({ limit }) => compare(amount, limit) <= 0);
  const key = recentPurchasesKey(head.requesterId, supplierCode);
  const known = limits.length === 0 ? undefined : await deps.store.read<RecentPurchases>(key);
  // What no list remembers any more is older than every window.
  if (known === undefined) {
    return { also: [] };
  }
  const { purchases, days = [] } = known.value;
  const now = deps.clock.now();
  const windows = limits.flatMap((limit) => windowsOf(head.processId, { purchases, days }, { limit, amount, now }));
  const [together] = (await withoutDead(deps, windows.filter(isAbove)))
    .filter(isAbove)
    .map(togetherOf)
    .toSorted((one, other) => compare(other.amount, one.amount));
  const also = [remember(key, known, { purchases, days }, now)];
  return together === undefined ? { also } : { together, also };
}

/** One that ends with the purchase itself, and one that ends with each later purchase which is within reach of it. */
function windowsOf(
  processId: string,
  { purchases, days }: Required<RecentPurchases>,
  { limit, amount, now }: { readonly limit: SplitLimit; readonly amount: string; readonly now: Date },
): readonly Window[] {
  const length = limit.windowDays * DAY;
  const routedAt = Date.parse(purchases.find((one) => one.processId === processId)?.at ?? now.toISOString());
  const pieces = purchases.filter((one) => one.processId !== processId && compare(one.amount, limit.limit) <= 0);
  const later = pieces.map(({ at }) => Date.parse(at)).filter((at) => at > routedAt && at - routedAt <= length);
  return [routedAt, ...later].map((end) => ({
    limit,
    others: pieces.filter(({ at }) => Date.parse(at) <= end && end - Date.parse(at) <= length),
    base: add(amount, totalOf(daysWithin(days, length, new Date(end)))),
  }));
}

function isAbove({ limit, others, base }: Window): boolean {
  return compare(add(base, totalOf(others)), limit.limit) > 0;
}

/** What became of each is asked once, and only where it could matter. */
async function withoutDead(deps: SplitDeps, windows: readonly Window[]): Promise<readonly Window[]> {
  const ids = [...new Set(windows.flatMap(({ others }) => others.map(({ processId }) => processId)))];
  const alive = await Promise.all(ids.map((id) => isAlive(deps, id)));
  const dead = new Set(ids.filter((_, index) => alive[index] !== true));
  return windows.map((window) => ({
    ...window,
    others: window.others.filter(({ processId }) => !dead.has(processId)),
  }));
}

function togetherOf({ limit: { limit, windowDays }, others, base }: Window): Together {
  const processIds = others.map(({ processId }) => processId);
  return { amount: add(base, totalOf(others)), limit, windowDays, processIds };
}
