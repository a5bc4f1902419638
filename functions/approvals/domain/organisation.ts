/** The part of the organisation that the rules can lead to, and who stands above whom. Pure. */
import type { Person } from '../../directory/port.ts';

export interface Organisation {
  /** The requester and everybody below, with all who stand above each of them; persons whom the rules name. */
  readonly people: ReadonlyMap<string, Person>;
  /** Active holders of each post that the rules name, in the order in which they are asked. */
  readonly holders: ReadonlyMap<string, readonly Person[]>;
  /** Active head of the department. */
  readonly departmentHead?: Person;
  /** The department of the cost centre, of the requester where a request has none; undefined: the cost centre is unknown. */
  readonly departmentId?: string;
}

/** A longer line of managers is taken for an error of the data. */
export const MAX_LINE = 30;

/** The managers above a person, nearest first; ends at the head of the company and where people report in a circle. */
export function lineAbove({ people }: Pick<Organisation, 'people'>, person: Person | undefined): readonly Person[] {
  const line: Person[] = [];
  let above = people.get(person?.managerId ?? '');
  while (above !== undefined && above !== person && !line.includes(above) && line.length < MAX_LINE) {
    line.push(above);
    above = people.get(above.managerId ?? '');
  }
  return line;
}
