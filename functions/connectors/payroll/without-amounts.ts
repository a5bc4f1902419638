/** Payroll's own words may hold salaries, and operators, mails, the record and logs are to have none. Pure. */

/** A month or a day, as no amount is written. A year and a month with a point between them may be an amount. */
const DATE =
  /(?<date>(?<![\d.,])(?:(?:19|20)\d\d(?:[-/](?:1[0-2]|0?[1-9])(?:[-/](?:[12]\d|3[01]|0?[1-9]))?|(?=年))|(?:[12]\d|3[01]|0?[1-9])[./](?:1[0-2]|0?[1-9])[./](?:19|20)\d\d)(?![.,]?\d))/u;
/** Digits with their groups and fraction: `15,960.37`, `15.960,37`, `15'960`, `15 960`. */
const FIGURE = /\d+(?:[.,'’]\d+| \d{3}(?!\d))*/u;
const DATE_OR_FIGURE = new RegExp(`${DATE.source}|${FIGURE.source}`, 'gu');
/** Shorter whole numbers may be anything: a day, a number of employees. */
const LEAST_DIGITS = 3;

/**
 * The text with `(amount)` for every figure that may be one: with a fraction, in groups, or of three digits and more. Months
 * and days stay, and whole numbers that begin with a nought. What may be either is taken for an amount.
 * @param ids - words with figures that stay, as ids of employees; an id of digits alone may be an amount, and does not
 */
export function withoutAmounts(text: string, ids: ReadonlySet<string> = new Set()): string {
  const plain = text.normalize('NFKC');
  return plain.replaceAll(DATE_OR_FIGURE, (figure: string, date: string | undefined, offset: number) => {
    const word = wordAround(plain, offset, figure.length);
    const stays = date !== undefined || !mayBeAmount(figure) || (ids.has(word) && !/^\d+$/.test(word));
    return stays ? figure : '(amount)';
  });
}

function mayBeAmount(figure: string): boolean {
  return /^\d+$/.test(figure) ? figure.length >= LEAST_DIGITS && !figure.startsWith('0') : true;
}

function wordAround(text: string, offset: number, length: number): string {
  const before = /[\p{L}\p{N}_-]*$/u.exec(text.slice(0, offset))?.[0] ?? '';
  const after = /^[\p{L}\p{N}_-]*/u.exec(text.slice(offset + length))?.[0] ?? '';
  return `${before}${text.slice(offset, offset + length)}${after}`;
}
