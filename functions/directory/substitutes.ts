/** Who stands in for whom at a moment, from the absences of people. */
import type { Absence, Person, StandIn } from './port.ts';

/** Longer lines of substitutes are not followed: somebody above is asked by escalation instead. */
export const MAX_SUBSTITUTES = 5;

/** Reads a person, with all absences that are known of them; the first one that covers a moment counts. */
export type ReadAbsent = (employeeId: string) => Promise<Person | undefined>;

/** Where the line of substitutes leads at a moment. */
export interface LineOfSubstitutes {
  /** Those of the line who are there. */
  readonly there: readonly Person[];
  /** It comes back to somebody who is on it, the person themselves perhaps. */
  readonly isCircle: boolean;
}

/** See `Directory.substitutesFor`. People may stand in for each other in a circle. */
export async function substitutesFor(
  read: ReadAbsent,
  employeeId: string,
  at: Date,
  subject: string,
): Promise<readonly Person[]> {
  return (await lineOfSubstitutes(read, employeeId, at, subject)).there;
}

/** As {@link substitutesFor}, and how the line ends. */
export async function lineOfSubstitutes(
  read: ReadAbsent,
  employeeId: string,
  at: Date,
  subject: string,
): Promise<LineOfSubstitutes> {
  const seen = new Set([employeeId]);
  const substitutes: Person[] = [];
  let isCircle = false;
  let away = await read(employeeId);
  for (let steps = 0; steps < MAX_SUBSTITUTES; steps += 1) {
    const substituteId = substituteIdOf(away, at, subject);
    isCircle = substituteId !== undefined && seen.has(substituteId);
    const person = substituteId === undefined || isCircle ? undefined : await read(substituteId);
    if (person === undefined) {
      break;
    }
    seen.add(person.employeeId);
    if (person.active && substituteIdOf(person, at, subject) === undefined) {
      substitutes.push(person);
    }
    away = person;
  }
  return { there: substitutes, isCircle };
}

/** Absences of these people in which one person is the substitute. */
export function standInsAmong(people: readonly Person[], substituteId: string): readonly StandIn[] {
  return people.flatMap(({ employeeId, absences = [] }) =>
    absences.filter((absence) => absence.substituteId === substituteId).map((absence) => ({ employeeId, absence })),
  );
}

/** Absences of a person that count at a moment, for some subject at least; each subject goes by the first that has it. */
export function absencesInForce({ absences = [] }: Pick<Person, 'absences'>, at: Date): readonly Absence[] {
  const then = absences.filter(
    ({ from, until }) => Date.parse(from) <= at.getTime() && at.getTime() < Date.parse(until),
  );
  return then.filter((absence, index) => {
    const earlier = then.slice(0, index);
    const isTaken = (subject: string) => earlier.some((one) => hasSubject(one, subject));
    return absence.scope === undefined
      ? earlier.every(({ scope }) => scope !== undefined)
      : !absence.scope.every(isTaken);
  });
}

/** Undefined: the person is there, for this subject at least. */
function substituteIdOf(person: Person | undefined, at: Date, subject: string): string | undefined {
  return absenceFor(person, at, subject)?.substituteId;
}

/** The absence by which tasks of the subject go to somebody else at a moment; undefined: the person is there for them. */
export function absenceFor(
  person: Pick<Person, 'absences'> | undefined,
  at: Date,
  subject: string,
): Absence | undefined {
  return absencesInForce(person ?? {}, at).find((absence) => hasSubject(absence, subject));
}

function hasSubject({ scope }: Absence, subject: string): boolean {
  return scope === undefined || scope.includes(subject);
}
