/** Whether the year ended between the check of a claim and its posting. Pure. */
import type { ExpenseClaim } from '../../events/expense-claim-submitted.ts';
import type { ClaimCheck } from './check-claim.ts';

/** Days of lines that lie in an earlier year than the posting, and did not when the claim was checked: nobody has judged that. */
export function crossedDays(claim: ExpenseClaim, check: ClaimCheck, postingDate: string): readonly string[] {
  const crossed = claim.lines.filter(
    ({ date }, index) => yearOf(date) < yearOf(postingDate) && !wasEarlierYear(check, date, index + 1),
  );
  return [...new Set(crossed.map(({ date }) => date))].toSorted();
}

function wasEarlierYear({ day, findings }: ClaimCheck, date: string, lineNumber: number): boolean {
  return day === undefined
    ? findings.some(({ line, code }) => line === lineNumber && code === 'earlier-year')
    : yearOf(date) < yearOf(day);
}

/** `YYYY` of `YYYY-MM-DD`. */
export function yearOf(date: string): string {
  return date.slice(0, 4);
}
