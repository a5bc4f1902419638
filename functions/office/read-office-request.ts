/** An office request as it was filed: what can be said against it by its shape and by its form, without asking anybody. */
import { type OfficeRequest, officeRequestSchema } from '../events/office-request-submitted.ts';
import { readFiled } from '../requests/read-filed.ts';
import type { Issue } from '../requests/return-request.ts';
import { findingsIn } from './domain/form-values.ts';
import type { FormVersion } from './form-versions.ts';

export const officeRequestOf = (filed: unknown) => readFiled(officeRequestSchema, filed, 'request');

/** What the form finds. `currency`: of amounts, the company's own. */
export function valueIssues(request: OfficeRequest, form: FormVersion, currency: string): readonly Issue[] {
  return [
    ...otherForm(request, form),
    ...findingsIn(form.definition, request.fields, currency).map(
      ({ path, reason }): Issue => ({ field: `request.fields.${path}`, reason }),
    ),
  ];
}

/** Filled in by another version, or another form, than the one that the request is of. */
function otherForm(
  { form, formVersion }: OfficeRequest,
  { definition: { id }, version }: FormVersion,
): readonly Issue[] {
  if (form === id && (formVersion ?? version) === version) {
    return [];
  }
  const reason = {
    en: `It is of version ${version} of the form "${id}"; fill in that one.`,
    zh: `该申请应使用表单“${id}”的第 ${version} 版，请按该版本填写。`,
  };
  return [{ field: form === id ? 'request.formVersion' : 'request.form', reason }];
}
