/** What the directory says of a request: whether its requester may ask for anything, whether its cost centre exists, and whose it is. */
import type { Directory } from '../directory/port.ts';
import type { FieldIssue } from '../runtime/errors.ts';

export async function requesterIssues(directory: Directory, employeeId: string): Promise<readonly FieldIssue[]> {
  const person = await directory.person(employeeId);
  return person?.active === true
    ? []
    : [
        {
          field: 'requester.employeeId',
          problem: person === undefined ? `${employeeId} is not in the directory` : `${employeeId} is not active`,
          remedy: 'file it as an active employee, or have the directory corrected',
        },
      ];
}

/** `costCentre`: as filed; what is no text is the business of whoever checks its shape. */
export async function costCentreIssues(
  directory: Directory,
  field: string,
  costCentre: unknown,
): Promise<readonly FieldIssue[]> {
  return typeof costCentre !== 'string' || (await directory.costCentre(costCentre)) !== undefined
    ? []
    : [{ field, problem: `${costCentre} is not in the directory`, remedy: 'choose an existing cost centre' }];
}

/** What a request says of its legal entity and cost centre cannot both be true. A directory that does not say takes any. */
export async function legalEntityIssues(
  directory: Directory,
  field: string,
  { legalEntity, costCentre }: { readonly legalEntity?: string | undefined; readonly costCentre: string },
): Promise<readonly FieldIssue[]> {
  const centre = legalEntity === undefined ? undefined : await directory.costCentre(costCentre);
  const owner = centre === undefined ? undefined : await directory.legalEntityOf(centre.departmentId);
  return owner === undefined || owner === legalEntity
    ? []
    : [
        {
          field,
          problem: `${costCentre} belongs to ${owner}, not to ${legalEntity}`,
          remedy: `write ${owner}, or name a cost centre of ${legalEntity}`,
        },
      ];
}
