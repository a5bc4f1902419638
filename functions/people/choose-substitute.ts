/** Who stands in during a leave: whom its event names, else whom the directory names for that person, else their manager. */
import type { Directory, Person } from '../directory/port.ts';
import type { Substitute } from './domain/leave.ts';

/** Somebody active and not the person; undefined: there is nobody. */
export async function chooseSubstitute(
  directory: Directory,
  person: Person,
  named: string | undefined,
): Promise<Substitute | undefined> {
  const candidates = [
    { employeeId: named, chosenBy: 'event' },
    { employeeId: person.substituteId, chosenBy: 'directory' },
    { employeeId: person.managerId, chosenBy: 'manager' },
  ] as const;
  for (const { employeeId, chosenBy } of candidates) {
    const found = employeeId === undefined ? undefined : await directory.person(employeeId);
    if (found?.active === true && found.employeeId !== person.employeeId) {
      return { employeeId: found.employeeId, chosenBy };
    }
  }
  return undefined;
}
