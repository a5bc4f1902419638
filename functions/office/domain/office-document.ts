/** What a person is shown to decide about an office request, and what an operator may do about a step that failed. Pure. */
import type { DecisionDocument } from '../../approvals/domain/plan.ts';
import { type FailureAction, note } from '../../requests/domain/step-failure.ts';
import type { FormDefinition } from './form.ts';
import { amountOf, valueText } from './form-values.ts';
import { checkedRequest, OFFICE, type OfficeHead } from './office-process.ts';

interface Shown {
  readonly requesterName: string;
  /** The company's. */
  readonly currency: string;
}

/** Every field that was filled in, in the order of the form. */
export function officeDocument(
  head: OfficeHead,
  form: FormDefinition,
  { requesterName, currency }: Shown,
): DecisionDocument {
  const { request } = checkedRequest(head.state);
  const amount = amountOf(form, request.fields);
  return {
    ...officeAbout(head, requesterName, currency),
    total: amount,
    baseTotal: amount,
    lines: [],
    notes: [
      ...note('Form', '表单', `${form.name.zh} / ${form.name.en}`),
      ...Object.entries(form.schema.properties).flatMap(([name, field]) =>
        note(field['x-label'].en, field['x-label'].zh, valueText(field, request.fields[name])),
      ),
    ],
  };
}

/** Also of a request that is not checked yet. */
export function officeAbout(
  head: OfficeHead,
  requesterName: string,
  currency: string,
): Omit<DecisionDocument, 'lines'> {
  return {
    title: OFFICE.titleOf(head),
    requesterName,
    currency,
    baseCurrency: currency,
    total: '0',
    baseTotal: '0',
    notes: [],
  };
}

/** In the order in which they are offered: what has its number is not cancelled any more. */
export function officeFailureActions(step: string): readonly FailureAction[] {
  return step === 'CloseRequest' ? ['retry'] : ['retry', 'cancel'];
}
