/** The file of forms: what is wrong in it is named by its place, before anything is deployed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { formTableSchema } from '../../../functions/intake/domain/form-table.ts';
import { parseForms } from '../../../functions/intake/forms-file.ts';
import { ValidationError } from '../../../functions/runtime/errors.ts';
import { purchaseForm } from '../../support/suite-forms.ts';

/** Fields that are wrong, with what is wrong. */
function issuesOf(json: unknown): readonly (readonly [string, string])[] {
  try {
    parseForms(json);
    return [];
  } catch (error) {
    if (!(error instanceof ValidationError)) {
      throw error;
    }
    return error.issues.map(({ field, problem }) => [field, problem]);
  }
}

const withFields = (fields: object, form: object = {}) => ({ forms: [{ ...purchaseForm, ...form, fields }] });
const { fields } = purchaseForm;

describe('a file of forms', () => {
  it('of the documentation is right', () => {
    const page = readFileSync(join(import.meta.dirname, '../../../docs/suites.md'), 'utf8');
    const [, file] = [...page.matchAll(/```json\n([\s\S]*?)```/g)].map(([, json = '']) => json);

    expect(parseForms(JSON.parse(file ?? '')).rules.map(({ event }) => event)).toEqual([
      'PurchaseRequisitionSubmitted',
      'PurchaseRequisitionWithdrawn',
      'LeaveApproved',
    ]);
  });

  it('that is right is made ready, as the function that maps reads it', () => {
    const table = parseForms({ forms: [purchaseForm] });

    expect(formTableSchema.parse(JSON.parse(JSON.stringify(table)))).toEqual(table);
    expect(table.otherForms).toBe('keep');
  });

  it('is of forms, and each of them of its four parts', () => {
    expect(issuesOf([])).toEqual([['(whole)', expect.any(String)]]);
    expect(issuesOf({ forms: [] })).toEqual([['forms', expect.any(String)]]);
    expect(issuesOf({ forms: [{ fields: {} }] }).map(([field]) => field)).toEqual([
      'forms[0].form',
      'forms[0].when',
      'forms[0].event',
    ]);
  });

  it('names an event that a form can become', () => {
    expect(issuesOf(withFields(fields, { event: 'PaymentCompleted' }))).toEqual([
      ['forms[0].event', expect.stringContaining('PurchaseRequisitionSubmitted')],
    ]);
  });

  it('has one rule for a form and what becomes of it', () => {
    const issues = issuesOf({ forms: [purchaseForm, { ...purchaseForm, when: 'approved' }, purchaseForm] });

    expect(issues).toEqual([['forms[2]', 'is the second one of form FORM-1 when filed']]);
  });

  it.each([
    ['requisition.titel', { from: 'w1' }, 'requisition.titel', /is no field of PurchaseRequisitionSubmitted/],
    ['requisition', { from: 'w1' }, 'requisition', /is no field/],
    ['requester.employeeId', { from: 'w1' }, 'requester.employeeId', /is no field/],
    ['metadata.eventId', { from: 'w1' }, 'metadata.eventId', /is no field/],
    ['requisition.fields', { from: 'w1' }, 'requisition.fields', /is no field/],
    ['requisition.lines', { from: 'w1' }, 'requisition.lines', /is a table/],
    ['requisition.title', { rows: 'w1', fields: {} }, 'requisition.title', /is one value/],
    ['requisition.currency', { is: 'yuan' }, 'requisition.currency.is', /ISO 4217/],
    [
      'requisition.currency',
      { from: 'w1', values: { 人民币: 'RMB ' } },
      'requisition.currency.values.人民币',
      /ISO 4217/,
    ],
    ['requisition.title', { from: 'w1', dayAfter: true }, 'requisition.title.dayAfter', /days only/],
  ])('says where %s as %j is wrong', (path, source, place, problem) => {
    expect(issuesOf(withFields({ ...fields, [path]: source }))).toEqual([
      [`forms[0].fields.${place}`, expect.stringMatching(problem)],
    ]);
  });

  it('has all that its event needs, also in each row', () => {
    const { 'requisition.costCentre': _centre, 'requisition.lines': lines, ...rest } = fields;
    const { quantity: _quantity, ...row } = lines.fields;

    expect(issuesOf(withFields({ ...rest, 'requisition.lines': { ...lines, fields: row } }))).toEqual([
      ['forms[0].fields.requisition.lines.fields.quantity', 'is missing, and each row needs it'],
      ['forms[0].fields.requisition.costCentre', 'is missing, and PurchaseRequisitionSubmitted needs it'],
    ]);
    expect(
      issuesOf(
        withFields({
          ...fields,
          'requisition.lines': { ...lines, fields: { ...lines.fields, colour: { from: 'w' } } },
        }),
      ),
    ).toEqual([['forms[0].fields.requisition.lines.fields.colour', 'is no field of a row']]);
  });

  it('fills names of the company, and optional parts whole or not at all', () => {
    const leave = { form: 'L', when: 'approved', event: 'LeaveApproved' };
    const days = { from: { from: 'days.start' }, until: { from: 'days.end', dayAfter: true } };

    expect(issuesOf(withFields({ ...fields, 'requisition.fields.region': { from: 'w9' } }))).toEqual([]);
    expect(issuesOf({ forms: [{ ...leave, fields: days }] })).toEqual([]);
    expect(issuesOf({ forms: [{ ...leave, fields: { ...days, 'substitute.employeeId': { from: 's' } } }] })).toEqual(
      [],
    );
  });

  it('says of a withdrawal what its reason is, since suites do not', () => {
    const withdrawn = { form: 'FORM-1', when: 'withdrawn', event: 'PurchaseRequisitionWithdrawn' };

    expect(issuesOf({ forms: [{ ...withdrawn, fields: {} }] })).toEqual([
      ['forms[0].fields.reason', 'is missing, and PurchaseRequisitionWithdrawn needs it'],
    ]);
    expect(issuesOf({ forms: [{ ...withdrawn, fields: { reason: { is: 'Withdrawn in Feishu' } } }] })).toEqual([]);
  });
});
