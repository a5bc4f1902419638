/**
 * Split purchases: several of one person from one supplier, each below a limit that they exceed together. Whichever comes
 * last is judged as all of them, so that nothing is approved by fewer people for having been asked for in pieces.
 */
import type { Together } from '../approvals/domain/together.ts';
import { add, compare, sum } from '../money/money.ts';
import type { Policies, SplitLimit } from '../policy/port.ts';
import { recentPurchasesKey } from '../process/keys.ts';
import type { WorkChange, WorkItem } from '../process/store/port.ts';
import { type ProcessDeps, readHead } from '../process/update-process.ts';
import { isNothingBought, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';
import { requisitionOf } from './purchase-deps.ts';

export interface SplitDeps extends Pick<ProcessDeps, 'store' | 'clock'> {
  readonly policies: Policies;
}

/** One purchase among others; its amount is of the company's currency. */
export interface RecentPurchase {
  readonly processId: string;
  readonly amount: string;
  /** When it was routed (ISO 8601). */
  readonly at: string;
}

/** Purchases of one day (`YYYY-MM-DD` in UTC) that are too many to be remembered one by one. */
interface PurchasesOfDay {
  readonly day: string;
  /** Company currency, in all. */
  readonly amount: string;
}

export interface RecentPurchases {
  /** Oldest first. */
  readonly purchases: readonly RecentPurchase[];
  /** Older ones, oldest first. Absent: none. */
  readonly days?: readonly PurchasesOfDay[];
}

export interface SplitCheck {
  /** Undefined: the purchase is judged by itself. */
  readonly together?: Together;
  /**
   * Remembers the purchase, or forgets it where it is no piece any more. To be committed with what follows from the check: of
   * two that are routed at once one fails, and is checked again with the other in sight.
   */
  readonly change: WorkChange;
}

/** Milliseconds. */
export const DAY = 86_400_000;
const LONGEST_WINDOW = 90 * DAY;
/** Keeps the item small whoever files: what is older counts by its day, and can no longer be found to have come to nothing. */
const MOST_REMEMBERED = 200;

/**
 * Undefined: the purchase is above every limit, so that it is no piece of anything, and never was one. `amount`: company
 * currency.
 */
export async function checkSplit(deps: SplitDeps, head: PurchaseHead, amount: string): Promise<SplitCheck | undefined> {
  const { costCentre, supplierCode } = requisitionOf(head.state);
  const limits = (await deps.policies.splitLimits(costCentre)).filter(({ limit }) => compare(amount, limit) <= 0);
  const key = recentPurchasesKey(head.requesterId, supplierCode);
  const known = await deps.store.read<RecentPurchases>(key);
  const now = deps.clock.now();
  const { purchases = [], days = [] } = known?.value ?? {};
  const others = { purchases: purchases.filter(({ processId }) => processId !== head.processId), days };
  if (limits.length === 0) {
    // An earlier version of it may have been a piece.
    return others.purchases.length === purchases.length ? undefined : { change: remember(key, known, others, now) };
  }
  const found = await Promise.all(limits.map((limit) => togetherWith(deps, others, amount, limit, now)));
  const [together] = found
    .filter((one) => one !== undefined)
    .toSorted((one, other) => compare(other.amount, one.amount));
  const own: RecentPurchase = { processId: head.processId, amount, at: now.toISOString() };
  return {
    ...(together === undefined ? {} : { together }),
    change: remember(key, known, { ...others, purchases: [...others.purchases, own] }, now),
  };
}

async function togetherWith(
  deps: Pick<SplitDeps, 'store'>,
  others: Required<RecentPurchases>,
  amount: string,
  { limit, windowDays }: SplitLimit,
  now: Date,
): Promise<Together | undefined> {
  const pieces = within(others.purchases, windowDays * DAY, now).filter((other) => compare(other.amount, limit) <= 0);
  const earlier = totalOf(daysWithin(others.days, windowDays * DAY, now));
  const own = add(amount, earlier);
  if (compare(add(own, totalOf(pieces)), limit) <= 0) {
    return undefined;
  }
  const alive = await Promise.all(pieces.map(({ processId }) => isAlive(deps, processId)));
  const counting = pieces.filter((_, index) => alive[index]);
  const total = add(own, totalOf(counting));
  return compare(total, limit) <= 0
    ? undefined
    : { amount: total, limit, windowDays, processIds: counting.map(({ processId }) => processId) };
}

/** Whether something may still be bought by it. */
export async function isAlive({ store }: Pick<SplitDeps, 'store'>, processId: string): Promise<boolean> {
  return !isNothingBought((await readHead<PurchaseState>(store, processId))?.outcome);
}

function within(purchases: readonly RecentPurchase[], duration: number, now: Date): readonly RecentPurchase[] {
  return purchases.filter(({ at }) => now.getTime() - Date.parse(at) <= duration);
}

/** A day counts as long as its last moment does. */
export function daysWithin(days: readonly PurchasesOfDay[], duration: number, now: Date): readonly PurchasesOfDay[] {
  return days.filter(({ day }) => now.getTime() - (Date.parse(day) + DAY) <= duration);
}

/** Company currency. */
export function totalOf(purchases: readonly Pick<RecentPurchase, 'amount'>[]): string {
  return sum(purchases.map(({ amount }) => amount));
}

/** Keeps all of them, in the place of what was known. */
export function remember(
  key: WorkChange['key'],
  known: WorkItem<RecentPurchases> | undefined,
  all: Required<RecentPurchases>,
  now: Date,
): WorkChange {
  const value = bounded(within(all.purchases, LONGEST_WINDOW, now), daysWithin(all.days, LONGEST_WINDOW, now));
  const expiresAt = new Date(now.getTime() + LONGEST_WINDOW + DAY);
  return known === undefined
    ? { kind: 'create', key, value, expiresAt }
    : { kind: 'replace', key, ifVersion: known.version, value, expiresAt };
}

/** The newest one by one, the others by their days. */
function bounded(purchases: readonly RecentPurchase[], days: readonly PurchasesOfDay[]): RecentPurchases {
  const amounts = new Map(days.map(({ day, amount }) => [day, amount]));
  for (const { at, amount } of purchases.slice(0, -MOST_REMEMBERED)) {
    const day = at.slice(0, 10);
    amounts.set(day, add(amounts.get(day) ?? '0', amount));
  }
  const newest = purchases.slice(-MOST_REMEMBERED);
  return amounts.size === 0
    ? { purchases: newest }
    : { purchases: newest, days: [...amounts].map(([day, amount]) => ({ day, amount })) };
}
