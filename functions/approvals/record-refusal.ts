/** Refused attempts that are about no process: kept as carefully as others, in records of their own. */
import type { NewEntry } from '../audit/domain/record.ts';
import { registerStanding, type StandingRecord } from '../process/standing-record.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { countGuess, hasGuessedTooOften, type RefusedGuess } from './guesses.ts';

export interface RefusalDeps extends ProcessDeps {
  readonly onGuess?: (guess: RefusedGuess) => void;
}

/** What was refused on the pages of administrators. */
export const ADMINISTRATION: StandingRecord = {
  processId: 'administration',
  kind: 'administration',
  phase: 'Administration',
};

/** What was refused when somebody named a substitute, or ended that. */
export const SUBSTITUTES: StandingRecord = { processId: 'substitutes', kind: 'substitutes', phase: 'Substitutes' };

/**
 * Refusals count: after too many of one person those of the same minute are forgotten, so that nobody fills the record by
 * repeating one, and operators see how many.
 * @param entry - `actor` is the person
 */
export async function recordRefusal(deps: RefusalDeps, record: StandingRecord, entry: NewEntry): Promise<void> {
  const counter = `refusals of person ${entry.actor.id}`;
  if (await hasGuessedTooOften(deps, counter)) {
    deps.onGuess?.('too-many-guesses');
    return;
  }
  await countGuess(deps, counter);
  await registerStanding(deps, record);
  await updateProcess<unknown, void>(deps, record.processId, () => ({
    change: { entries: [entry] },
    output: undefined,
  }));
}
