/** What decides who approves an office request. */
import type { ApprovalQuestion } from '../approvals/plan-approval.ts';
import type { OfficeRequest } from '../events/office-request-submitted.ts';
import { amountOf } from './domain/form-values.ts';
import type { FormVersion } from './form-versions.ts';
import { rulesOfRoute } from './route-table.ts';

type FilledIn = Pick<OfficeRequest, 'fields' | 'approvers'>;

/**
 * By the route of the form's version. Its texts are what `field:<name>` reads; the form itself is the category.
 * @param currency - the company's
 */
export function officeQuestion(
  requesterId: string,
  { fields, approvers }: FilledIn,
  { definition, route, version }: Pick<FormVersion, 'definition' | 'route' | 'version'>,
  currency: string,
): ApprovalQuestion {
  return {
    subject: 'office',
    requesterId,
    amount: amountOf(definition, fields),
    costCentre: '',
    scope: { lines: [{ category: definition.id, currency }] },
    excluded: [],
    ownRules: rulesOfRoute(definition, route, { id: definition.id, version }, fields),
    choices: { ...(approvers === undefined ? {} : { approvers }), fields: textsOf(fields) },
  };
}

function textsOf(fields: OfficeRequest['fields']): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
