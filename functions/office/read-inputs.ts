/** What somebody filled in on a page, as the form has it. Names of inputs: `field.copies`, and `field.guests.0.name` in lists. */
import type { FormDefinition, FormField, SimpleField } from './domain/form.ts';
import { type FieldValues, kindOf } from './domain/form-values.ts';

type Value = FieldValues[string];

/** @param typed - all inputs by name; what is wrong stays as it was typed, for the checks to say so */
export function readInputs(
  { schema }: Pick<FormDefinition, 'schema'>,
  typed: ReadonlyMap<string, string>,
): FieldValues {
  return valuesOf(Object.entries(schema.properties), (name, field) =>
    field.type === 'array'
      ? lines(field, `${inputName(name)}.`, typed)
      : readOne(field, typed.get(inputName(name)) ?? ''),
  );
}

/** Of a field's input, or in a list of that of one of its lines. */
export function inputName(field: string, line?: number, inner?: string): string {
  return ['field', field, line, inner].filter((part) => part !== undefined).join('.');
}

function valuesOf<Field extends FormField>(
  fields: readonly (readonly [string, Field])[],
  valueIn: (name: string, field: Field) => Value | undefined,
): FieldValues {
  return Object.fromEntries(
    fields.flatMap(([name, field]) => {
      const value = valueIn(name, field);
      return value === undefined ? [] : [[name, value] as const];
    }),
  );
}

/** Lines in which nothing is filled in are none. */
function lines(
  { maxItems, items }: Extract<FormField, { type: 'array' }>,
  prefix: string,
  typed: ReadonlyMap<string, string>,
): Value | undefined {
  const fields = Object.entries(items.properties);
  const found = Array.from({ length: maxItems }, (_, line) =>
    valuesOf(fields, (name, field) => readOne(field, typed.get(`${prefix}${line}.${name}`) ?? '')),
  ).filter((line) => Object.values(line).some((value) => value !== false));
  return found.length === 0 ? undefined : found;
}

/** Undefined: it was left empty. */
function readOne(field: SimpleField, text: string): Value | undefined {
  const trimmed = text.trim();
  switch (kindOf(field)) {
    case 'boolean':
      return trimmed !== '';
    case 'integer':
    case 'number':
      return trimmed === '' || !/^-?\d+(\.\d+)?$/u.test(trimmed) ? trimmed || undefined : Number(trimmed);
    default:
      return trimmed === '' ? undefined : trimmed;
  }
}
