/** Who can be chosen for the next level of an approval. */
import type { Directory, Person } from '../directory/port.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { choiceFor, type NextChoice } from './domain/next-choice.ts';
import { levelAfter } from './domain/seats.ts';

/** What whoever decides would choose for the level after those that are open; undefined: nobody is to be chosen. */
export function choiceOf(approval: ApprovalState, by: string): NextChoice | undefined {
  const next = levelAfter(approval.plan, approval.level);
  return next === undefined ? undefined : choiceFor(approval, next, by);
}

/** Those of them whom the directory knows, as it knows them now. */
export async function choosableFor(
  directory: Directory,
  approval: ApprovalState,
  by: string,
): Promise<readonly Person[]> {
  const ids = choiceOf(approval, by)?.candidates ?? [];
  const people = await Promise.all(ids.map((id) => directory.person(id)));
  return people.filter((person) => person !== undefined);
}
