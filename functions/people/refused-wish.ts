/** What somebody wanted of their substitutes and did not get, for the record. */
import { recordRefusal, SUBSTITUTES } from '../approvals/record-refusal.ts';
import type { AbsenceRefusal } from './domain/own-absence.ts';
import type { OwnAbsenceDeps } from './own-absence-record.ts';

/** `issues`: fields and reasons only, since what was typed may be any text. */
export interface RefusedWish {
  readonly action: 'name' | 'end' | 'unknown';
  readonly issues: readonly (AbsenceRefusal | { readonly field: 'absence' | 'form'; readonly reason: 'unknown' })[];
}

export function recordRefusedWish(
  deps: OwnAbsenceDeps,
  employeeId: string,
  { action, issues }: RefusedWish,
): Promise<void> {
  return recordRefusal(deps, SUBSTITUTES, {
    type: 'SubstituteRefused',
    actor: { kind: 'person', id: employeeId },
    facts: { employeeId, action, issues: issues.map(({ field, reason }) => ({ field, reason })) },
  });
}
