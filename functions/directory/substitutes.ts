/** Who stands in for whom at a moment, from the absences of people. Pure. */
import type { Person } from './port.ts';

/** Longer lines of substitutes are not followed: somebody above is asked by escalation instead. */
const MAX_SUBSTITUTES = 5;

/** See `Directory.substitutesFor`. People may stand in for each other in a circle. */
export function substitutesFor(people: ReadonlyMap<string, Person>, employeeId: string, at: Date): readonly Person[] {
  const seen = new Set([employeeId]);
  const substitutes: Person[] = [];
  let away = people.get(employeeId);
  for (let steps = 0; steps < MAX_SUBSTITUTES; steps += 1) {
    const person = people.get(substituteIdOf(away, at) ?? '');
    if (person === undefined || seen.has(person.employeeId)) {
      break;
    }
    seen.add(person.employeeId);
    if (person.active && substituteIdOf(person, at) === undefined) {
      substitutes.push(person);
    }
    away = person;
  }
  return substitutes;
}

/** Undefined: the person is there. */
function substituteIdOf(person: Person | undefined, at: Date): string | undefined {
  const absence = person?.absences?.find(
    ({ from, until }) => Date.parse(from) <= at.getTime() && at.getTime() < Date.parse(until),
  );
  return absence?.substituteId;
}
