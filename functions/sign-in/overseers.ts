/** Who sees how work goes that is not their own. */
import type { Directory } from '../directory/port.ts';
import type { SignedIn } from './signed-in.ts';

/** Heads of departments, operators and auditors. */
export async function isOverseer(
  directory: Pick<Directory, 'person' | 'headOf'>,
  { employeeId, roles }: Pick<SignedIn, 'employeeId' | 'roles'>,
): Promise<boolean> {
  if (roles.includes('auditor') || roles.includes('operator')) {
    return true;
  }
  const person = await directory.person(employeeId);
  const head = person?.active === true ? await directory.headOf(person.departmentId) : undefined;
  return head?.employeeId === employeeId;
}
