/** A small form of a company, with changes. */
import { compileForm } from '../../../functions/office/compile-form.ts';
import type { FormDefinition } from '../../../functions/office/domain/form.ts';

export const HOURS = { remindAfterHours: 8, escalateAfterHours: 16, expireAfterHours: 40 };
export const label = (name: string) => ({ en: name, zh: name });

/** Every kind of field. */
export const FIELDS = {
  text: { type: 'string', 'x-label': label('Text'), minLength: 2, maxLength: 10 },
  choice: { type: 'string', 'x-label': label('Choice'), enum: ['a', 'b'], 'x-values': { a: label('First') } },
  date: { type: 'string', 'x-label': label('Date'), format: 'date' },
  amount: { type: 'string', 'x-label': label('Amount'), format: 'amount' },
  whole: { type: 'integer', 'x-label': label('Whole'), minimum: 1, maximum: 9 },
  number: { type: 'number', 'x-label': label('Number') },
  flag: { type: 'boolean', 'x-label': label('Flag') },
  secret: { type: 'string', 'x-label': label('Secret'), maxLength: 10, 'x-personal': true },
  lines: {
    type: 'array',
    'x-label': label('Lines'),
    minItems: 1,
    maxItems: 2,
    items: {
      type: 'object',
      additionalProperties: false,
      required: ['name'],
      properties: {
        name: { type: 'string', 'x-label': label('Name'), minLength: 1, maxLength: 10 },
        who: { type: 'string', 'x-label': label('Who'), maxLength: 10, 'x-personal': true },
      },
    },
  },
} as const;

export function sampleForm(changes: object = {}, schema: object = {}) {
  return {
    id: 'sample',
    name: label('Sample'),
    number: 'S-{year}-{seq:3}',
    schema: { type: 'object', additionalProperties: false, required: ['text'], properties: FIELDS, ...schema },
    route: { rows: [{ level: 'Manager', approver: 'manager', ...HOURS }] },
    ...changes,
  };
}

/** @throws Error when it cannot be published */
export function compiledForm(definition: object = sampleForm()) {
  const compiled = compileForm(definition);
  if ('issues' in compiled) {
    throw new Error(JSON.stringify(compiled.issues));
  }
  return compiled.form;
}

export function definitionOf(definition: object = sampleForm()): FormDefinition {
  return compiledForm(definition).definition;
}
