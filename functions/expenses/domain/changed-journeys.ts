/** Whether the journeys of a claim are still what it was approved with. Pure. */
import type { ExpenseClaim } from '../../events/expense-claim-submitted.ts';
import { checkJourneys } from './check-journeys.ts';
import { journeyUnitFindings, type LimitCheckInput } from './check-limits.ts';
import type { ClaimFinding } from './finding.ts';

/**
 * What is found of the journeys now and was not found when the claim was checked: whoever approved it knew of the rest.
 * Other claims are left out: they were checked after this one; so are limits that were lowered since.
 */
export function changedJourneys(
  claim: ExpenseClaim,
  found: readonly ClaimFinding[],
  now: Pick<LimitCheckInput, 'journeys' | 'limits'>,
): readonly ClaimFinding[] {
  const findings = [
    ...checkJourneys(claim.lines, new Map(), now.journeys),
    ...journeyUnitFindings({ claim, ...now, others: [] }),
  ];
  return findings.filter(({ field, code }) => !found.some((one) => one.field === field && one.code === code));
}
