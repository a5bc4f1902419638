/**
 * The file in which a company says what its forms in a suite become (docs/suites.md): checked when the stack is synthesized,
 * with the address of each mistake, and made ready for the function that maps.
 */
import * as z from 'zod';
import { toDotPath } from 'zod/v4/core';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import type { FieldSource, FormRule, FormTable, ValueSource } from './domain/form-table.ts';
import { leaves, type Place, placeAt } from './event-fields.ts';
import { MAPPED_EVENTS } from './mapped-events.ts';
import { CHANGES } from './port.ts';

const constant = z.union([z.string(), z.boolean(), z.int(), z.array(z.string())]);
const value = z.union([
  z.strictObject({ is: constant }),
  z.strictObject({
    from: z.string().min(1),
    values: z.record(z.string(), constant).optional(),
    dayAfter: z.boolean().default(false),
  }),
]);
const field = z.union([
  ...value.options,
  z.strictObject({ rows: z.string().min(1), fields: z.record(z.string(), value) }),
]);
const fileSchema = z.strictObject({
  otherForms: z.enum(['keep', 'ignore']).default('keep'),
  forms: z
    .array(
      z.strictObject({
        /** For people. */
        name: z.string().optional(),
        form: z.string().min(1),
        when: z.enum(CHANGES),
        event: z.enum(Object.keys(MAPPED_EVENTS)),
        fields: z.record(z.string(), field),
      }),
    )
    .min(1),
});
type FileForm = z.infer<typeof fileSchema>['forms'][number];
type FileValue = z.infer<typeof value>;

type Report = (field: string, problem: string, remedy: string) => void;

/**
 * @param json - content of the file
 * @throws ValidationError naming everything that is wrong at once, by its address in the file.
 */
export function parseForms(json: unknown): FormTable {
  const parsed = fileSchema.safeParse(json);
  if (!parsed.success) {
    throw new ValidationError(
      parsed.error.issues.map(({ path, message }) => ({
        field: path.length === 0 ? '(whole)' : toDotPath(path),
        problem: message,
        remedy: 'write it as docs/suites.md shows',
      })),
      { cause: parsed.error },
    );
  }
  const issues: FieldIssue[] = [];
  const { otherForms, forms } = parsed.data;
  const seen = new Set<string>();
  const rules = forms.map((form, index) => {
    const at = `forms[${index}]`;
    const key = JSON.stringify([form.form, form.when]);
    if (seen.has(key)) {
      issues.push({
        field: at,
        problem: `is the second one of form ${form.form} when ${form.when}`,
        remedy: 'leave one of both',
      });
    }
    seen.add(key);
    return compiled(form, (place, problem, remedy) => issues.push({ field: `${at}.${place}`, problem, remedy }));
  });
  if (issues.length > 0) {
    throw new ValidationError(issues);
  }
  return { otherForms, rules };
}

function compiled({ form, when, event, fields }: FileForm, report: Report): FormRule {
  const { schema, person } = MAPPED_EVENTS[event] ?? { schema: z.object({}), person: 'requester' };
  const own = ['metadata', 'oa', person];
  const places = z.object(Object.fromEntries(Object.entries(schema.shape).filter(([name]) => !own.includes(name))));
  const sources = Object.entries(fields).flatMap(([path, source]): readonly FieldSource[] => {
    const at = `fields.${path}`;
    const place = placeAt(places, path);
    if (place === undefined || place.is === 'object' || place.is === 'names') {
      const names =
        place?.is === 'object' ? `${path}.${Object.keys(place.schema.shape).join(`, ${path}.`)}` : leaves(places);
      report(at, `is no field of ${event} that a form can fill`, `name one of ${names}`);
      return [];
    }
    if ('rows' in source) {
      if (place.is !== 'rows') {
        report(at, 'is one value, and no table', 'give it "from" a field, or what it "is"');
        return [];
      }
      return [{ path, rows: source.rows, fields: rowSources(place.schema, source.fields, at, report) }];
    }
    if (place.is === 'rows') {
      report(at, 'is a table', 'name the table of the form in "rows", and the fields of a row in "fields"');
      return [];
    }
    return [valueSource(path, source, place, at, report)];
  });
  requireAll(places, '', new Set(Object.keys(fields)), (path) =>
    report(`fields.${path}`, `is missing, and ${event} needs it`, 'give it "from" a field, or what it always "is"'),
  );
  return { form, when, event, person, fields: sources };
}

function rowSources(
  schema: z.ZodObject,
  fields: Readonly<Record<string, FileValue>>,
  at: string,
  report: Report,
): ValueSource[] {
  requireAll(schema, '', new Set(Object.keys(fields)), (path) =>
    report(
      `${at}.fields.${path}`,
      'is missing, and each row needs it',
      'give it "from" a field of the row, or what it always "is"',
    ),
  );
  return Object.entries(fields).flatMap(([path, source]) => {
    const place = placeAt(schema, path);
    if (place?.is !== 'value') {
      report(`${at}.fields.${path}`, 'is no field of a row', `name one of ${leaves(schema)}`);
      return [];
    }
    return [valueSource(path, source, place, `${at}.fields.${path}`, report)];
  });
}

function valueSource(
  path: string,
  source: FileValue,
  { kind, schema }: Extract<Place, { is: 'value' }>,
  at: string,
  report: Report,
): ValueSource {
  const check = (given: unknown, where: string) => {
    const problem = schema.safeParse(given).error?.issues[0]?.message;
    if (problem !== undefined) {
      report(where, problem, 'write what the event can hold (docs/events.md)');
    }
  };
  if ('is' in source) {
    check(source.is, `${at}.is`);
    return { path, is: source.is };
  }
  const { from, values, dayAfter } = source;
  for (const [word, meaning] of Object.entries(values ?? {})) {
    check(meaning, `${at}.values.${word}`);
  }
  if (dayAfter && kind !== 'date' && kind !== 'instant') {
    report(`${at}.dayAfter`, 'is for days only', 'leave it out');
  }
  const [, id = from, end] = /^(.+)\.(start|end)$/.exec(from) ?? [];
  return {
    path,
    kind,
    from: id,
    ...(end === 'start' || end === 'end' ? { end } : {}),
    ...(values === undefined ? {} : { values }),
    dayAfter,
  };
}

/** What must be there and is not; of an optional part only once some of it is filled. */
function requireAll(
  schema: z.ZodObject,
  prefix: string,
  given: ReadonlySet<string>,
  missing: (path: string) => void,
): void {
  for (const name of Object.keys(schema.shape)) {
    const path = `${prefix}${name}`;
    const place = placeAt(schema, name);
    if (place === undefined || place.is === 'names') {
      continue;
    }
    const isBegun = [...given].some((one) => one.startsWith(`${path}.`));
    if (place.is === 'object' && (place.isRequired || isBegun)) {
      requireAll(place.schema, `${path}.`, given, missing);
    } else if (place.is !== 'object' && place.isRequired && !given.has(path)) {
      missing(path);
    }
  }
}
