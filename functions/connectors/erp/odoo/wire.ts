/** Odoo's forms of values on the wire, and ours. What is empty is `false` there, whatever its type. */
import makeBig from 'big.js';
import * as z from 'zod';

const Big = makeBig();
/** Odoo's numbers are doubles, rounded to the digits of their currency or unit, which are fewer than these. */
const DIGITS = 9;

/** Values by the names of Odoo's fields. */
export type Values = Readonly<Record<string, unknown>>;

/** An instant, for Odoo: in UTC. */
export function instant(value: Date): string {
  return value.toISOString().slice(0, 19).replace('T', ' ');
}

/** A number as a plain decimal text without zeros at its end. */
export const numberField = z.number().transform((value) => new Big(String(value)).round(DIGITS).toFixed());

/** A text that Odoo may not hold. */
export const textField = z.union([z.string(), z.literal(false)]).transform((text) => (text === false ? '' : text));

/** A calendar date as `YYYY-MM-DD`; undefined: none. */
export const dateField = z
  .union([z.string().regex(/^\d{4}-\d{2}-\d{2}$/), z.literal(false)])
  .transform((date) => (date === false ? undefined : date));

/** An instant in UTC as ISO 8601 with milliseconds, which Odoo leaves out: texts compare as the instants do. */
export const instantField = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/)
  .transform((at) => `${at.replace(' ', 'T')}.000Z`);

/** A record that another one points to, with its name there; undefined: none. */
export const referenceField = z
  .union([z.tuple([z.int(), z.string()]), z.literal(false)])
  .transform((reference) => (reference === false ? undefined : { id: reference[0], name: reference[1] }));

/** The same where there is always one. */
export const requiredReferenceField = z.tuple([z.int(), z.string()]).transform(([id, name]) => ({ id, name }));
