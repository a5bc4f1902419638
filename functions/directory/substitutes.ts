/** Who stands in for whom at a moment, from the absences of people. */
import type { Absence, Person } from './port.ts';

/** Longer lines of substitutes are not followed: somebody above is asked by escalation instead. */
const MAX_SUBSTITUTES = 5;

/** Reads a person, with all absences that are known of them; the first one that covers a moment counts. */
export type ReadAbsent = (employeeId: string) => Promise<Person | undefined>;

/** See `Directory.substitutesFor`. People may stand in for each other in a circle. */
export async function substitutesFor(
  read: ReadAbsent,
  employeeId: string,
  at: Date,
  subject: string,
): Promise<readonly Person[]> {
  const seen = new Set([employeeId]);
  const substitutes: Person[] = [];
  let away = await read(employeeId);
  for (let steps = 0; steps < MAX_SUBSTITUTES; steps += 1) {
    const substituteId = substituteIdOf(away, at, subject);
    const person = substituteId === undefined || seen.has(substituteId) ? undefined : await read(substituteId);
    if (person === undefined) {
      break;
    }
    seen.add(person.employeeId);
    if (person.active && substituteIdOf(person, at, subject) === undefined) {
      substitutes.push(person);
    }
    away = person;
  }
  return substitutes;
}

/** Undefined: the person is there, for this subject at least. */
function substituteIdOf(person: Person | undefined, at: Date, subject: string): string | undefined {
  return person?.absences?.find((absence) => covers(absence, at, subject))?.substituteId;
}

function covers({ from, until, scope }: Absence, at: Date, subject: string): boolean {
  const isThen = Date.parse(from) <= at.getTime() && at.getTime() < Date.parse(until);
  return isThen && (scope === undefined || scope.includes(subject));
}
