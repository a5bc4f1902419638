/**
 * The payroll system of the demonstration: it reads the file of figures from outside, calculates by simple
 * rules of its own, and writes what docs/payroll.md asks for. Of Meridian it uses its arithmetic of money, and nothing else.
 */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { compare, multiply, roundToCurrency, subtract, sum } from '../../functions/money/money.ts';

const figuresSchema = z.array(
  z.object({ period: z.string(), employeeId: z.string(), kind: z.string(), hours: z.string() }),
);

/** CNY for an hour worked or granted; what nobody pays for is not among them. */
const HOURLY = '95.00';
const UNPAID = ['unpaid'];

/** Files of the answer, by the end of their names. */
export type PayrollFiles = Readonly<Record<'payslips.csv' | 'accepted.sha256', string>>;

/** `name`: of the file of figures, which ends with its month. `hourly`: of employees who get something else for an hour. */
export function calculatePayslips(
  name: string,
  figures: string,
  hourly: Readonly<Record<string, string>> = {},
): PayrollFiles {
  const rows = figuresSchema.parse(parse(figures, { columns: true }));
  const period = name.slice(-'2026-11.csv'.length, -'.csv'.length);
  const employees = [...new Set(rows.map(({ employeeId }) => employeeId))];
  const lines = employees.flatMap((employeeId) =>
    payslipRows(
      period,
      rows.filter((row) => row.employeeId === employeeId),
      hourly[employeeId] ?? HOURLY,
    ),
  );
  const payslips = [['period', 'employeeId', 'kind', 'item', 'amount', 'currency'], ...lines]
    .map((row) => `${row.join(',')}\r\n`)
    .join('');
  const payslipsName = name.replace(/\.csv$/, '.payslips.csv');
  return {
    'payslips.csv': payslips,
    'accepted.sha256': `${digest(figures)}  ${name}\n${digest(payslips)}  ${payslipsName}\n`,
  };
}

/** `reasons` by employee id; an empty id is about all of the file. */
export function rejectFigures(figures: string, reasons: Readonly<Record<string, string>>): string {
  const rows = Object.entries(reasons).map(([employeeId, reason]) => `${digest(figures)},${employeeId},${reason}\r\n`);
  return `sha256,employeeId,reason\r\n${rows.join('')}`;
}

type Figures = z.infer<typeof figuresSchema>;

function payslipRows(period: string, own: Figures, hourly: string): readonly (readonly string[])[] {
  const employeeId = own[0]?.employeeId ?? '';
  const salary = salaryOf(
    own.filter((row) => row.period === period),
    hourly,
  );
  const earlier = [...new Set(own.map((row) => row.period))].filter((month) => month !== period);
  const corrections = earlier.map((month) => ({
    month,
    amount: salaryOf(
      own.filter((row) => row.period === month),
      hourly,
    ),
  }));
  const gross = sum([salary, ...corrections.map(({ amount }) => amount)]);
  const insurance = yuan(multiply(gross, '0.105'));
  const tax = yuan(multiply(subtract(gross, insurance), '0.03'));
  const row = (kind: string, item: string, amount: string) => [period, employeeId, kind, item, amount, 'CNY'];
  return [
    row('earning', '工资 Salary', salary),
    ...corrections.map(({ month, amount }) =>
      compare(amount, '0') < 0
        ? row('deduction', `更正 Correction ${month}`, subtract('0.00', amount))
        : row('earning', `更正 Correction ${month}`, amount),
    ),
    row('deduction', '社会保险 Social insurance', insurance),
    row('deduction', '个人所得税 Income tax', tax),
    row('employer', '单位社会保险 Social insurance of the employer', yuan(multiply(gross, '0.26'))),
    row('net', '', subtract(gross, sum([insurance, tax]))),
  ];
}

function salaryOf(rows: Figures, hourly: string): string {
  return yuan(multiply(sum(rows.filter(({ kind }) => !UNPAID.includes(kind)).map(({ hours }) => hours)), hourly));
}

function yuan(amount: string): string {
  return roundToCurrency(amount, 'CNY');
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
