/** Amounts, quantities and instants as a reader of a language writes them. Decimals stay text: never a double. */

import { dateFormat, numberFormat } from '../calendar/domain/intl-formats.ts';
import { minorUnit } from '../money/money.ts';
import type { Language } from './language.ts';

/** More digits than this are never stored (`functions/money/money.ts`). */
const MAX_DIGITS = 6;

/** An amount with its currency; digits beyond the minor unit are shown where the amount has them (unit prices). */
export function formatMoney(amount: string, currency: string, language: Language): string {
  const digits = Math.min(Math.max(minorUnit(currency), digitsOf(amount)), MAX_DIGITS);
  return numberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: minorUnit(currency),
    maximumFractionDigits: digits,
  }).format(decimal(amount));
}

export function formatQuantity(quantity: string, language: Language): string {
  return numberFormat(language, { maximumFractionDigits: MAX_DIGITS }).format(decimal(quantity));
}

/** A size in whole kilobytes, at least one, or in megabytes. */
export function formatBytes(bytes: number, language: Language): string {
  const isLarge = bytes >= 1_000_000;
  return numberFormat(language, {
    style: 'unit',
    unit: isLarge ? 'megabyte' : 'kilobyte',
    maximumFractionDigits: isLarge ? 1 : 0,
  }).format(isLarge ? bytes / 1_000_000 : Math.max(1, bytes / 1_000));
}

/** An instant on the company's clocks, with the zone. What is no instant is shown as it is: a record may be damaged. */
export function formatInstant(instant: string, language: Language, timeZone: string): string {
  const locale = language === 'en' ? 'en-GB' : language;
  const date = new Date(instant);
  if (Number.isNaN(date.getTime())) {
    return instant;
  }
  const text = dateFormat(locale, { ...INSTANT, timeZone }).format(date);
  // Chinese would put the zone between date and time.
  const zoned = dateFormat(locale, { timeZone, timeZoneName: 'shortOffset' }).formatToParts(date);
  return `${text} ${zoned.find((part) => part.type === 'timeZoneName')?.value ?? timeZone}`;
}

/** A calendar date (`YYYY-MM-DD`). */
export function formatDate(date: string, language: Language): string {
  const locale = language === 'en' ? 'en-GB' : language;
  return dateFormat(locale, { ...DATE, timeZone: 'UTC' }).format(new Date(`${date}T00:00:00Z`));
}

const DATE = { year: 'numeric', month: 'short', day: 'numeric' } as const;

const INSTANT = {
  ...DATE,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
} as const;

/** Intl takes decimal text exactly; its type asks for text that is known to be a number. */
function decimal(value: string): Intl.StringNumericLiteral {
  return value as Intl.StringNumericLiteral;
}

function digitsOf(amount: string): number {
  const withoutZeros = amount.includes('.') ? amount.replace(/0+$/, '') : amount;
  return withoutZeros.split('.')[1]?.length ?? 0;
}
