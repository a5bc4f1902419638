/** What payroll has calculated for one employee and month. Pure. Amounts are plain decimal strings in the payslip's currency. */
import * as z from 'zod';
import { compare, currencySchema, decimalSchema, isRoundedToCurrency, subtract, sum } from '../../money/money.ts';
import { periodSchema } from '../../payroll/domain/period.ts';

/** `employer`: what the employer pays on top; it is shown, and no part of the net amount. */
const LINE_KINDS = ['earning', 'deduction', 'employer'] as const;

export const payslipSchema = z.strictObject({
  employeeId: z.string().min(1),
  period: periodSchema,
  /** ISO 4217. */
  currency: currencySchema,
  /** In payroll's order. */
  lines: z.array(
    z.strictObject({ kind: z.enum(LINE_KINDS), item: z.string().trim().min(1).max(200), amount: decimalSchema }),
  ),
  /** Earnings less deductions: what is paid. */
  net: decimalSchema,
});

export type Payslip = z.infer<typeof payslipSchema>;
export type PayslipLine = Payslip['lines'][number];

/** Total of the lines of a kind; `0` of none. */
export function totalOf({ lines }: Pick<Payslip, 'lines'>, kind: PayslipLine['kind']): string {
  return sum(lines.filter((line) => line.kind === kind).map(({ amount }) => amount));
}

/** Shorter figures may be anything: a day, a number of hours. */
const LEAST_DIGITS = 3;
const FIGURES = [/\d+(?:[.,'’]\d+)*/gu, /(?<!\d)\d{1,3}(?: \d{3})+(?!\d)(?:[.,]\d+)?/gu];

/**
 * Whether a text for other people holds an amount of the payslip, its totals included: however its digits are grouped,
 * whichever separator its fraction has, and also without its fraction, cut off or rounded. A year or an id of the same digits
 * counts as the amount: whoever writes the text can leave it out, and nobody can take back what others have read.
 */
export function namesAmount({ lines, net }: Payslip, text: string): boolean {
  const totals = LINE_KINDS.map((kind) => totalOf({ lines }, kind));
  const named = new Set([...lines.map(({ amount }) => amount), net, ...totals].flatMap(waysToName));
  const plain = text.normalize('NFKC');
  return FIGURES.flatMap((figure) => plain.match(figure) ?? [])
    .filter((figure) => digitsOf(figure).length >= LEAST_DIGITS)
    .some((figure) => readingsOf(figure).some((reading) => named.has(reading)));
}

/** As it is, cut off, and rounded; without noughts that say nothing. */
function waysToName(amount: string): readonly string[] {
  const [whole = '', fraction = ''] = amount.replace('-', '').split('.');
  const rounded = fraction >= '5' ? [plainNumber(String(BigInt(whole) + 1n), '')] : [];
  return [plainNumber(whole, fraction), plainNumber(whole, ''), ...rounded];
}

/** Its separators are all of groups, or the last is that of a fraction: nobody says which. */
function readingsOf(figure: string): readonly string[] {
  const [, whole, fraction] = /^(.*)[.,](\d+)$/.exec(figure) ?? [];
  return [
    plainNumber(digitsOf(figure), ''),
    ...(whole === undefined || fraction === undefined ? [] : [plainNumber(digitsOf(whole), fraction)]),
  ];
}

function plainNumber(whole: string, fraction: string): string {
  return `${whole.replace(/^0+/, '')}.${fraction.replace(/0+$/, '')}`;
}

function digitsOf(figure: string): string {
  return figure.replaceAll(/\D/gu, '');
}

/** What makes a payslip unfit to be shown, without an amount in it; empty: it adds up. */
export function payslipProblems(payslip: Payslip): readonly string[] {
  const { lines, net, currency } = payslip;
  const expected = subtract(totalOf(payslip, 'earning'), totalOf(payslip, 'deduction'));
  return [
    ...(lines.length === 0 ? ['it has no lines'] : []),
    ...(lines.some(({ amount }) => !isRoundedToCurrency(amount, currency)) || !isRoundedToCurrency(net, currency)
      ? [`an amount has more digits after the point than ${currency} has`]
      : []),
    ...(compare(expected, net) === 0 ? [] : ['net is not earnings less deductions']),
  ];
}
