/** The directory's answer to whether a level can still be approved, and by whose limit. */
import type { Directory } from '../directory/port.ts';
import type { Decider } from './domain/approval-commands.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { judgedPeople } from './domain/out-of-reach.ts';

/**
 * For the context of the reducer: everybody by whom it is judged. Reads nobody where nothing is judged.
 * @param further - employee ids of those who come in by what is about to happen
 */
export async function peopleToJudge(
  directory: Directory,
  approval: ApprovalState,
  further: readonly string[] = [],
): Promise<{ readonly people?: ReadonlyMap<string, Decider> }> {
  const judged = judgedPeople(approval);
  if (judged.length === 0) {
    return {};
  }
  const ids = [...new Set([...judged, ...further])];
  const people = await Promise.all(ids.map((id) => directory.person(id)));
  return { people: new Map(people.filter((one) => one !== undefined).map((one) => [one.employeeId, one])) };
}
