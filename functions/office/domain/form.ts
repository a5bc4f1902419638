/**
 * A form that people of the company fill in, as an administrator writes it: data, in a subset of JSON Schema 2020-12 that is
 * checked strictly, so that a form means the same to its page, to the checks and to whoever reads it. Pure.
 */
import * as z from 'zod';
import { numberPatternSchema } from './document-number.ts';

/** What people read, in both languages. */
const textsSchema = z.strictObject({ en: z.string().trim().min(1).max(100), zh: z.string().trim().min(1).max(100) });
export type Texts = z.infer<typeof textsSchema>;

/** Of the company's own making, such as `seal-use`; stands in the record for good. */
const formIdSchema = z.string().regex(/^[a-z][a-z0-9-]{0,31}$/u, 'must be a short lower-case name such as "seal-use"');

const fieldNameSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9]{0,31}$/u, 'must begin with a small letter and have letters and digits only, 32 at most')
  .refine((name) => !(name in {}), 'is a name that JavaScript keeps for itself');

/** Longest text of one field: the head carries the request through the whole process. */
const MAX_TEXT = 2000;
/** Lines of a list. */
const MAX_LINES = 50;
/** Doubles tell whole numbers up to here apart, and fifteen digits are what a decision table compares. */
const MAX_NUMBER = 999_999_999_999_999;

const shown = {
  'x-label': textsSchema,
  /** Its value says something about a person: it stands beside the record, where it can be erased. */
  'x-personal': z.literal(true).optional(),
};

const textField = z
  .strictObject({
    ...shown,
    type: z.literal('string'),
    /** `date`: of the calendar, without a time; `amount`: a plain decimal of the company's currency. */
    format: z.enum(['date', 'amount']).optional(),
    enum: z.array(z.string().min(1).max(100)).min(1).max(50).optional(),
    /** What people read for a value of `enum`; it is shown as it is otherwise. */
    'x-values': z.record(z.string(), textsSchema).optional(),
    minLength: z.int().min(1).max(MAX_TEXT).optional(),
    maxLength: z.int().min(1).max(MAX_TEXT).optional(),
  })
  .superRefine((field, context) => {
    const wrong = (path: string, message: string) => context.addIssue({ code: 'custom', path: [path], message });
    const { format, enum: values, minLength, maxLength } = field;
    const isFree = format === undefined && values === undefined;
    if (isFree && maxLength === undefined) {
      wrong('maxLength', `must say how long it may be, ${MAX_TEXT} characters at most`);
    }
    if (!isFree && (minLength ?? maxLength) !== undefined) {
      wrong(minLength === undefined ? 'maxLength' : 'minLength', 'is for free text only: leave it out');
    }
    if (format !== undefined && values !== undefined) {
      wrong('format', 'does not go together with enum: leave one of them out');
    }
    if ((minLength ?? 0) > (maxLength ?? MAX_TEXT)) {
      wrong('minLength', 'must not be above maxLength');
    }
    if (new Set(values).size !== (values?.length ?? 0)) {
      wrong('enum', 'must name each value once');
    }
    for (const value of Object.keys(field['x-values'] ?? {})) {
      if (values?.includes(value) !== true) {
        wrong('x-values', `names "${value}", which is none of enum`);
      }
    }
  });

const numberField = z
  .strictObject({
    ...shown,
    type: z.enum(['integer', 'number']),
    minimum: z.number().min(-MAX_NUMBER).max(MAX_NUMBER).optional(),
    maximum: z.number().min(-MAX_NUMBER).max(MAX_NUMBER).optional(),
  })
  .refine(({ minimum = -MAX_NUMBER, maximum = MAX_NUMBER }) => minimum <= maximum, {
    path: ['minimum'],
    error: 'must not be above maximum',
  });

const booleanField = z.strictObject({ ...shown, type: z.literal('boolean') });

const simpleField = z.discriminatedUnion('type', [textField, numberField, booleanField]);
export type SimpleField = z.infer<typeof simpleField>;

/** Fields by name, of a form or of each line of a list. */
function fieldsOf<Field extends z.ZodType>(field: Field, most: number) {
  return z
    .strictObject({
      type: z.literal('object'),
      additionalProperties: z.literal(false, 'must be false: what nobody asked for is refused'),
      required: z.array(z.string()).default([]),
      properties: z
        .record(fieldNameSchema, field)
        .refine((fields) => Object.keys(fields).length > 0, 'must have a field')
        .refine((fields) => Object.keys(fields).length <= most, `must have ${most} fields at most`),
    })
    .superRefine(({ required, properties }, context) => {
      for (const [index, name] of required.entries()) {
        if (!Object.hasOwn(properties, name)) {
          context.addIssue({
            code: 'custom',
            path: ['required', index],
            message: `names "${name}", which is no field`,
          });
        } else if (isUnbounded(properties[name])) {
          const message = 'must be 1 or more, since the field is required';
          context.addIssue({ code: 'custom', path: ['properties', name, 'minLength'], message });
        }
      }
    });
}

/** A text that may be empty, though it is asked for. */
function isUnbounded(field: unknown): boolean {
  const text = textField.safeParse(field).data;
  return text !== undefined && text.minLength === undefined && text.format === undefined && text.enum === undefined;
}

const lineSchema = fieldsOf(simpleField, 10);

const listField = z
  .strictObject({
    ...shown,
    type: z.literal('array'),
    minItems: z.int().min(0).max(MAX_LINES).optional(),
    maxItems: z.int().min(1).max(MAX_LINES),
    items: lineSchema,
  })
  .superRefine(({ minItems = 0, maxItems, items }, context) => {
    if (minItems > maxItems) {
      context.addIssue({ code: 'custom', path: ['minItems'], message: 'must not be above maxItems' });
    }
    for (const [name, field] of Object.entries(items.properties)) {
      if (isAmount(field)) {
        const path = ['items', 'properties', name, 'format'];
        context.addIssue({ code: 'custom', path, message: 'amount is for a field of the form itself' });
      }
    }
  });

const formField = z.discriminatedUnion('type', [textField, numberField, booleanField, listField]);
export type FormField = z.infer<typeof formField>;

const hours = z.int('must be whole hours').min(1);

/** Who is asked when every condition of the row holds: a row of the table of approval levels (docs/rules.md). */
const routeRowSchema = z.strictObject({
  /** FEEL unary tests by the names of the form's fields; none: always. */
  when: z.record(z.string(), z.string()).default({}),
  level: z.string().min(1).max(100),
  approver: z.string().min(1),
  mode: z.string().default('any'),
  opens: z.string().default('after'),
  afterChange: z.string().default('ask again'),
  copyTo: z.string().default('-'),
  remindAfterHours: hours,
  escalateAfterHours: hours,
  expireAfterHours: hours,
  /** `sign-in`: a link in a mail alone decides nothing about such a request. */
  decidedBy: z.enum(['link', 'sign-in']).default('link'),
});
export type RouteRow = z.infer<typeof routeRowSchema>;

/** One version of a form, as it is written, pasted and kept. */
export const formSchema = z.strictObject({
  id: formIdSchema,
  /** Nothing is filed by it any more; what was filed goes on by its own version. */
  retired: z.literal(true).optional(),
  name: textsSchema,
  number: numberPatternSchema,
  schema: fieldsOf(formField, 40).safeExtend({
    $schema: z.literal('https://json-schema.org/draft/2020-12/schema').optional(),
  }),
  route: z.strictObject({ rows: z.array(routeRowSchema).min(1, 'must have a row: somebody decides').max(100) }),
});
export type FormDefinition = z.infer<typeof formSchema>;

export function isAmount(field: FormField): boolean {
  return field.type === 'string' && field.format === 'amount';
}

/** The field that says how much money it is about; undefined: it is about none. */
export function amountField({ schema }: Pick<FormDefinition, 'schema'>): string | undefined {
  return Object.entries(schema.properties).find(([, field]) => isAmount(field))?.[0];
}
