/** Whom a case names: what it is about may be theirs, although they have no part in any of its processes. Pure. */
import type { Finding } from './finding.ts';

/**
 * Facts that are of people, with their ids. `party` and `supplier` are the ERP's code of whom money goes to, which of an employee
 * is the same id, and `document` is the employee where hours or a payslip differ.
 */
const OF_PEOPLE = ['employeeId', 'approvers', 'requesters', 'owner', 'party', 'supplier', 'document'] as const;

/** Among employee ids there may be numbers of other things, which are nobody's. */
export function peopleNamed({ facts }: Pick<Finding, 'facts'>): ReadonlySet<string> {
  return new Set(OF_PEOPLE.flatMap((name) => (facts[name] ?? '').split(', ')).filter((id) => id !== ''));
}
