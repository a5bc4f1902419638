/**
 * Money is a decimal string with its ISO 4217 currency; arithmetic is big.js in strict mode, so a double can never
 * slip in. Rounding is half up to the currency's minor unit (ISO 4217), stated once here.
 */
import makeBig from 'big.js';
import * as z from 'zod';

const StrictBig = makeBig();
StrictBig.strict = true;
StrictBig.RM = StrictBig.roundHalfUp;

/** Digits after the point where they are not two (ISO 4217, "minor unit" column). */
const MINOR_UNITS: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  IQD: 3,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  OMR: 3,
  PYG: 0,
  TND: 3,
  UGX: 0,
  VND: 0,
  XAF: 0,
  XOF: 0,
};

/** A plain decimal number as text: no exponent, no grouping, at most 15 digits before and 6 after the point. */
export const decimalSchema = z
  .string()
  .regex(/^-?(0|[1-9]\d{0,14})(\.\d{1,6})?$/, 'must be a plain decimal such as "1250.00"');

/** ISO 4217 alphabetic code. */
export const currencySchema = z.string().regex(/^[A-Z]{3}$/, 'must be an ISO 4217 code such as "CNY"');

/** An amount of one currency. */
export const moneySchema = z.strictObject({ amount: decimalSchema, currency: currencySchema });
export type Money = z.infer<typeof moneySchema>;

/** Whether ISO 4217 has a currency of this code. */
export function isCurrency(code: string): boolean {
  return Intl.supportedValuesOf('currency').includes(code);
}

/** Digits after the point of a currency's amounts. */
export function minorUnit(currency: string): number {
  return MINOR_UNITS[currency] ?? 2;
}

/** `left` + `right` as a plain decimal. */
export function add(left: string, right: string): string {
  return plain(new StrictBig(left).plus(right));
}

/** `left` - `right` as a plain decimal. */
export function subtract(left: string, right: string): string {
  return plain(new StrictBig(left).minus(right));
}

/** Exact product, not rounded. */
export function multiply(left: string, right: string): string {
  return plain(new StrictBig(left).times(right));
}

/** Quotient, rounded half up to `digits` digits after the point. @throws Error when `right` is 0. */
export function divide(left: string, right: string, digits: number): string {
  const Divider = makeBig();
  Divider.strict = true;
  Divider.DP = digits;
  Divider.RM = Divider.roundHalfUp;
  return new Divider(left).div(right).toFixed();
}

/** -1, 0 or 1. */
export function compare(left: string, right: string): -1 | 0 | 1 {
  return new StrictBig(left).cmp(right);
}

/** Sum of plain decimals; `0` of none. */
export function sum(values: readonly string[]): string {
  return values.reduce(add, '0');
}

/** Rounded half up to the currency's minor unit, with exactly that many digits. */
export function roundToCurrency(value: string, currency: string): string {
  return new StrictBig(value).round(minorUnit(currency), StrictBig.roundHalfUp).toFixed(minorUnit(currency));
}

/** Whether the amount has no more digits after the point than its currency allows. */
export function isRoundedToCurrency(value: string, currency: string): boolean {
  return compare(value, roundToCurrency(value, currency)) === 0;
}

/** Converts by `rate` (units of `to` for one unit of the amount's own currency), rounded to `to`. */
export function convert(money: Money, rate: string, to: string): Money {
  return { amount: roundToCurrency(multiply(money.amount, rate), to), currency: to };
}

function plain(value: InstanceType<typeof StrictBig>): string {
  return value.toFixed();
}
