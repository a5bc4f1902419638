/** Refused attempts that are about no process: kept as carefully as others, in records of their own. */
import type { NewEntry } from '../audit/domain/record.ts';
import { registerStanding, type StandingRecord } from '../process/standing-record.ts';
import { updateProcess } from '../process/update-process.ts';
import { countGuess, type GuessDeps, isGuessStopped } from './guesses.ts';

/** What was refused on the pages of administrators. */
export const ADMINISTRATION: StandingRecord = {
  processId: 'administration',
  kind: 'administration',
  phase: 'Administration',
};

/** What was refused when somebody named a substitute, or ended that. */
export const SUBSTITUTES: StandingRecord = { processId: 'substitutes', kind: 'substitutes', phase: 'Substitutes' };

/** Forms of one's own pages that came without the token of the session, as a forged one does. */
export const OWN_PAGES: StandingRecord = { processId: 'own-pages', kind: 'own-pages', phase: 'Own pages' };

/** Pages that were opened by somebody without a role for them. */
const VISITS: StandingRecord = { processId: 'visits', kind: 'visits', phase: 'Visits' };

/** Accounts of the identity provider that wanted to sign in and are nobody of ours. */
export const SIGN_INS: StandingRecord = { processId: 'sign-ins', kind: 'sign-ins', phase: 'Sign-in' };

/**
 * Refusals count: after too many of one person those of the same minute are forgotten, so that nobody fills the record by
 * repeating one, and operators see how many.
 * @param entry - `actor` is the person, or the account of whom nobody knows
 */
export async function recordRefusal(deps: GuessDeps, record: StandingRecord, entry: NewEntry): Promise<void> {
  const counter = `refusals of person ${entry.actor.id}`;
  if (await isGuessStopped(deps, counter)) {
    return;
  }
  await countGuess(deps, counter);
  await registerStanding(deps, record);
  await updateProcess<unknown, void>(deps, record.processId, () => ({
    change: { entries: [entry] },
    output: undefined,
  }));
}

/** @param page - where the pages begin; what follows in the address may be any text, and is not kept */
export function recordRefusedLook(deps: GuessDeps, employeeId: string, page: string): Promise<void> {
  const actor = { kind: 'person', id: employeeId } as const;
  const facts = { employeeId, page, refusal: 'not-your-role' };
  return recordRefusal(deps, VISITS, { type: 'VisitRefused', actor, facts });
}
