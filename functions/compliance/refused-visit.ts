/** Who came to the pages of compliance and is not of it, or with a form that is not of their session: for the record. */
import type { GuessDeps } from '../approvals/guesses.ts';
import { recordRefusal } from '../approvals/record-refusal.ts';
import { COMPLIANCE_PATH } from '../pages/places.tsx';
import type { StandingRecord } from '../process/standing-record.ts';

/** What was refused on the pages of compliance. */
const COMPLIANCE: StandingRecord = { processId: 'compliance', kind: 'compliance', phase: 'Compliance' };

/** Of the path only whether it is that of a case stands in the record: what was typed may be any text. */
export async function recordRefusedVisit(
  deps: GuessDeps,
  employeeId: string,
  path: string,
  refusal: 'not-your-role' | 'not-our-form',
): Promise<void> {
  await recordRefusal(deps, COMPLIANCE, {
    type: 'CaseDecisionRefused',
    actor: { kind: 'person', id: employeeId },
    facts: { employeeId, action: path === COMPLIANCE_PATH ? 'list' : 'case', refusal },
  });
}
