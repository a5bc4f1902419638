/** A company's table of forms, as it was checked and made ready when the stack was synthesized. */
import * as z from 'zod';

/** What a field of an event holds, whatever its bounds. */
export const FIELD_KINDS = ['text', 'date', 'instant', 'whole', 'flag', 'list'] as const;
export type FieldKind = (typeof FIELD_KINDS)[number];

const constantSchema = z.union([z.string(), z.boolean(), z.int(), z.array(z.string())]);

/** Where the value of one field comes from. */
const valueSource = z.union([
  z.strictObject({ path: z.string(), is: constantSchema }),
  z.strictObject({
    path: z.string(),
    kind: z.enum(FIELD_KINDS),
    /** Id of the field in the form, and which end of a range. */
    from: z.string(),
    end: z.enum(['start', 'end']).optional(),
    /** What the form's words mean. */
    values: z.record(z.string(), constantSchema).optional(),
    /** The form has the last day, and the event the day after it. */
    dayAfter: z.boolean(),
  }),
]);
export type ValueSource = z.infer<typeof valueSource>;

const rowsSource = z.strictObject({
  path: z.string(),
  /** Id of the table in the form. */
  rows: z.string(),
  fields: z.array(valueSource),
});

const fieldSource = z.union([valueSource, rowsSource]);
export type FieldSource = z.infer<typeof fieldSource>;

const formRule = z.strictObject({
  form: z.string(),
  when: z.enum(['filed', 'urged', 'approved', 'rejected', 'withdrawn']),
  event: z.string(),
  person: z.enum(['requester', 'withdrawnBy', 'urgedBy', 'employee']),
  fields: z.array(fieldSource),
});
export type FormRule = z.infer<typeof formRule>;

/** All of one suite. */
export const formTableSchema = z.strictObject({
  /** What becomes of a form that no rule names. */
  otherForms: z.enum(['keep', 'ignore']),
  rules: z.array(formRule),
});
export type FormTable = z.infer<typeof formTableSchema>;
