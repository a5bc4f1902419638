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

/** Whether a text for other people holds an amount of the payslip, however its digits are grouped. */
export function namesAmount({ lines, net }: Payslip, text: string): boolean {
  const kinds = LINE_KINDS.map((kind) => totalOf({ lines }, kind));
  const amounts = new Set([...lines.map(({ amount }) => amount), net, ...kinds].map(Number));
  const figures = text.normalize('NFKC').match(/\d[\d,' ]*(?:\.\d+)?/gu) ?? [];
  return figures
    .map((figure) => figure.replaceAll(/[,' ]/gu, ''))
    .some((figure) => figure.replace(/\D/gu, '').length >= LEAST_DIGITS && amounts.has(Number(figure)));
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
