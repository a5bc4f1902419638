/** What decides who approves an office request. */
import type { ApprovalQuestion } from '../approvals/plan-approval.ts';
import type { OfficeRequest } from '../events/office-request-submitted.ts';
import type { CompiledTable } from '../policy/table.ts';
import { amountOf } from './domain/form-values.ts';
import type { FormVersion } from './form-versions.ts';
import { rulesOfRoute } from './route-table.ts';

type FilledIn = Pick<OfficeRequest, 'fields' | 'approvers'>;

/**
 * By the route of the form's version. Its texts are what `field:<name>` reads. What the route looks at are categories: where any
 * of it has changed, what was decided about the version before does not stand.
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
    scope: { lines: categoriesOf(definition.id, route, fields).map((category) => ({ category, currency })) },
    excluded: [],
    ownRules: rulesOfRoute(definition, route, { id: definition.id, version }, fields),
    choices: { ...(approvers === undefined ? {} : { approvers }), fields: textsOf(fields) },
  };
}

/** Such as `seal-use` and `seal-use: seal "company"`. */
function categoriesOf(formId: string, { inputs }: CompiledTable, fields: OfficeRequest['fields']): readonly string[] {
  return [formId, ...inputs.map(({ name }) => `${formId}: ${name} ${JSON.stringify(fields[name] ?? '')}`)];
}

function textsOf(fields: OfficeRequest['fields']): { readonly [name: string]: string } {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) => (typeof value === 'string' ? [[name, value]] : [])),
  );
}
