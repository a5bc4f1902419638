/** Who is asked in the place of people who cannot be: read from the directory before the reducer decides. */
import type { Directory, Person } from '../directory/port.ts';
import { MAX_LINE } from './domain/organisation.ts';
import { OPERATORS } from './domain/plan.ts';

/**
 * Of each of these people who may come in their place now: of whoever is away the substitutes; of whoever has left, or is
 * unknown, those above, nearest first. Nobody for who is there, and for the operators.
 */
export async function standInsNow(
  directory: Directory,
  employeeIds: readonly string[],
  now: Date,
  subject: string,
): Promise<ReadonlyMap<string, readonly Person[]>> {
  const ids = [...new Set(employeeIds)].filter((id) => id !== OPERATORS);
  const found = ids.map(async (id): Promise<[string, readonly Person[]]> => {
    const isHere = (await directory.person(id))?.active === true;
    return [id, isHere ? await directory.substitutesFor(id, now, subject) : (await lineFrom(directory, id)).slice(1)];
  });
  return new Map(await Promise.all(found));
}

/** The person and those above, nearest first; it ends where people report in a circle. */
export async function lineFrom(directory: Directory, employeeId: string): Promise<readonly Person[]> {
  const line: Person[] = [];
  let person = await directory.person(employeeId);
  while (
    person !== undefined &&
    line.length <= MAX_LINE &&
    !line.some((one) => one.employeeId === person?.employeeId)
  ) {
    line.push(person);
    person = person.managerId === undefined ? undefined : await directory.person(person.managerId);
  }
  return line;
}
