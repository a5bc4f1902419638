/** Whether tasks would reach anybody, at each moment of an absence, if this person stood in. */

import type { Absence, Person } from '../directory/port.ts';
import {
  type LineOfSubstitutes,
  lineOfSubstitutes,
  MAX_SUBSTITUTES,
  type ReadAbsent,
} from '../directory/substitutes.ts';
import type { AbsenceRefusal } from './domain/own-absence.ts';

/**
 * Looks at each moment at which the answer can change: between two ends of absences of those who are on the way it stays
 * the same.
 * @param subjects - of the absence's scope, else all there are
 * @returns why not; undefined: there is somebody each time
 */
export async function refusalOfSubstitute(
  read: ReadAbsent,
  employeeId: string,
  absence: Absence,
  subjects: readonly string[],
): Promise<AbsenceRefusal | undefined> {
  const readThen = withAbsence(read, employeeId, absence);
  for (const at of await momentsOf(readThen, absence)) {
    for (const subject of subjects) {
      const reason = reasonAgainst(await lineOfSubstitutes(readThen, employeeId, at, subject));
      if (reason !== undefined) {
        return { field: 'person', reason };
      }
    }
  }
  return undefined;
}

function reasonAgainst({ there, isCircle }: LineOfSubstitutes): 'circle' | 'nobody-there' | undefined {
  if (there.length > 0) {
    return undefined;
  }
  return isCircle ? 'circle' : 'nobody-there';
}

/** As if the absence were made. Each person is read once. */
function withAbsence(read: ReadAbsent, employeeId: string, absence: Absence): ReadAbsent {
  const known = new Map<string, Promise<Person | undefined>>();
  return async (id) => {
    const found = known.get(id) ?? read(id);
    known.set(id, found);
    const person = await found;
    return person === undefined || id !== employeeId
      ? person
      : { ...person, absences: [...(person.absences ?? []), absence] };
  };
}

/** The beginning, and whenever an absence of somebody on the way begins or ends within the period. */
async function momentsOf(read: ReadAbsent, { from, until, substituteId }: Absence): Promise<readonly Date[]> {
  const [begins, ends] = [Date.parse(from), Date.parse(until)];
  const moments = new Set([begins]);
  let people: readonly string[] = [substituteId];
  const seen = new Set(people);
  for (let step = 0; step < MAX_SUBSTITUTES; step += 1) {
    const absences = (await Promise.all(people.map(read))).flatMap((person) => person?.absences ?? []);
    for (const moment of absences.flatMap((one) => [Date.parse(one.from), Date.parse(one.until)])) {
      if (begins < moment && moment < ends) {
        moments.add(moment);
      }
    }
    people = [...new Set(absences.map((one) => one.substituteId))].filter((id) => !seen.has(id));
    for (const id of people) {
      seen.add(id);
    }
  }
  return [...moments].sort((one, other) => one - other).map((moment) => new Date(moment));
}
