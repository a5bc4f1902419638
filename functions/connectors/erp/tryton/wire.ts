/** Tryton's forms of values on the wire, and ours. */
import makeBig from 'big.js';
import * as z from 'zod';

const Big = makeBig();
/** As Python writes its decimals, `0E-8` included. */
const NUMBER = /^-?\d+(\.\d+)?(E[+-]?\d+)?$/;

export type Row = Readonly<Record<string, unknown>>;

/** A decimal as text, for Tryton. */
export function decimal(value: string): Row {
  return { __class__: 'Decimal', decimal: value };
}

/** `YYYY-MM-DD`, for Tryton. */
export function date(value: string): Row {
  const [year, month, day] = value.split('-').map(Number);
  return { __class__: 'date', year, month, day };
}

/** An instant, for Tryton: in UTC. */
export function instant(value: Date): Row {
  return {
    __class__: 'datetime',
    year: value.getUTCFullYear(),
    month: value.getUTCMonth() + 1,
    day: value.getUTCDate(),
    hour: value.getUTCHours(),
    minute: value.getUTCMinutes(),
    second: value.getUTCSeconds(),
    microsecond: value.getUTCMilliseconds() * 1000,
  };
}

/** Tryton's quantities are doubles rounded to the digits of their unit, which are fewer than these. */
const QUANTITY_DIGITS = 6;

/** Hours as a plain decimal text, for Tryton: as a length of time in seconds. */
export function hours(value: string): Row {
  return { __class__: 'timedelta', seconds: Number(new Big(value).times(3600).toFixed()) };
}

/** A length of time as hours in a plain decimal text without zeros at its end. */
export const hoursField = z
  .object({ __class__: z.literal('timedelta'), seconds: z.number() })
  .transform(({ seconds }) => new Big(seconds).div(3600).round(QUANTITY_DIGITS).toFixed());

/** A decimal, or the plain number of a quantity, as a plain decimal text without zeros at its end. */
export const numberField = z
  .union([z.object({ __class__: z.literal('Decimal'), decimal: z.string().regex(NUMBER) }), z.number()])
  .transform((value) =>
    typeof value === 'number' ? new Big(value).round(QUANTITY_DIGITS).toFixed() : new Big(value.decimal).toFixed(),
  );

/** A calendar date as `YYYY-MM-DD`. */
export const dateField = z
  .object({ year: z.int(), month: z.int(), day: z.int() })
  .transform(({ year, month, day }) => `${digits(year, 4)}-${digits(month, 2)}-${digits(day, 2)}`);

/** An instant in UTC as ISO 8601 with microseconds: texts compare as the instants do. */
export const instantField = z
  .object({
    year: z.int(),
    month: z.int(),
    day: z.int(),
    hour: z.int(),
    minute: z.int(),
    second: z.int(),
    microsecond: z.int(),
  })
  .transform(
    (at) =>
      `${digits(at.year, 4)}-${digits(at.month, 2)}-${digits(at.day, 2)}T${digits(at.hour, 2)}:${digits(at.minute, 2)}:${digits(at.second, 2)}.${digits(at.microsecond, 6)}Z`,
  );

/** A text that Tryton may not hold. */
export const textField = z
  .string()
  .nullable()
  .transform((text) => text ?? '');

/** A yes or no; on sqlite a number. */
export const flagField = z
  .union([z.boolean(), z.number()])
  .nullable()
  .transform((value) => value === true || value === 1);

/** The identifier in a reference such as `purchase.line,12`; undefined: to another model, or none. */
export function referenceTo(model: string) {
  return z
    .string()
    .nullable()
    .transform((reference) => {
      const [name, id] = (reference ?? '').split(',');
      return name === model ? Number(id) : undefined;
    });
}

function digits(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
