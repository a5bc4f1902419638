/** What claims use of the limits of a day, so that several claims together stay within what one may have. Pure. */
import type { ExpenseClaim } from '../../events/expense-claim-submitted.ts';
import { add } from '../../money/money.ts';

/** What one claim has of one kind of expense for one day, and of one journey. Amounts are of the company's currency. */
export interface ClaimedUse {
  readonly category: string;
  /** `YYYY-MM-DD`. */
  readonly date: string;
  /** The OA's number of the journey that it names. */
  readonly journey?: string;
  /** Those of the line that has most. */
  readonly units: number;
  readonly claimed: string;
  /** Of it, what has no receipt. */
  readonly unproved: string;
}

/** @param amounts - of the lines in the company's currency, by number from 1; a line without one is worth nothing */
export function usesOf(
  claim: Pick<ExpenseClaim, 'lines'>,
  amounts: ReadonlyMap<number, string>,
): readonly ClaimedUse[] {
  const uses = new Map<string, ClaimedUse>();
  for (const [index, { category, date, journey, units, receiptIds }] of claim.lines.entries()) {
    const name = JSON.stringify([category, date, journey]);
    const amount = amounts.get(index + 1) ?? '0';
    const before = uses.get(name) ?? { units: 0, claimed: '0', unproved: '0' };
    uses.set(name, {
      ...{ category, date },
      ...(journey === undefined ? {} : { journey }),
      units: Math.max(before.units, units),
      claimed: add(before.claimed, amount),
      unproved: receiptIds.length === 0 ? add(before.unproved, amount) : before.unproved,
    });
  }
  return [...uses.values()];
}

/** `2026-01`. */
export function monthOf(date: string): string {
  return date.slice(0, 7);
}

/** All months that days and journeys touch, in order; a journey of more than a year counts with its first and last month. */
export function monthsOf(
  days: readonly string[],
  journeys: Iterable<{ readonly from: string; readonly to: string }>,
): readonly string[] {
  const months = new Set(days.map(monthOf));
  for (const { from, to } of journeys) {
    months.add(monthOf(to));
    for (let month = monthOf(from), count = 0; month < monthOf(to) && count < 12; month = after(month), count += 1) {
      months.add(month);
    }
  }
  return [...months].toSorted();
}

function after(month: string): string {
  const [year = 0, number = 0] = month.split('-').map(Number);
  return number === 12 ? `${year + 1}-01` : `${year}-${String(number + 1).padStart(2, '0')}`;
}
