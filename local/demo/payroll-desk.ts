/**
 * The payroll system of the demonstration: it reads the file of figures from outside, calculates by simple
 * rules of its own, and writes what docs/payroll.md asks for. Of Meridian it uses its arithmetic of money, and nothing else.
 */
import { createHash } from 'node:crypto';
import { parse } from 'csv-parse/sync';
import * as z from 'zod';
import { multiply, roundToCurrency, subtract, sum } from '../../functions/money/money.ts';

const figuresSchema = z.array(
  z.object({ period: z.string(), employeeId: z.string(), kind: z.string(), hours: z.string() }),
);

/** CNY for an hour worked or granted; what nobody pays for is not among them. */
const HOURLY = '95.00';
const UNPAID = ['unpaid'];

/** Files of the answer, by the end of their names. */
export type PayrollFiles = Readonly<Record<'payslips.csv' | 'accepted.sha256', string>>;

/** `name`: of the file of figures. `hourly`: of employees who get something else for an hour. */
export function calculatePayslips(
  name: string,
  figures: string,
  hourly: Readonly<Record<string, string>> = {},
): PayrollFiles {
  const rows = figuresSchema.parse(parse(figures, { columns: true }));
  const employees = [...new Set(rows.map(({ employeeId }) => employeeId))];
  const lines = employees.flatMap((employeeId) =>
    payslipRows(
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

function payslipRows(own: z.infer<typeof figuresSchema>, hourly: string): readonly (readonly string[])[] {
  const [{ period, employeeId } = { period: '', employeeId: '' }] = own;
  const paid = sum(own.filter(({ kind }) => !UNPAID.includes(kind)).map(({ hours }) => hours));
  const salary = yuan(multiply(paid, hourly));
  const insurance = yuan(multiply(salary, '0.105'));
  const tax = yuan(multiply(subtract(salary, insurance), '0.03'));
  const net = subtract(salary, sum([insurance, tax]));
  const row = (kind: string, item: string, amount: string) => [period, employeeId, kind, item, amount, 'CNY'];
  return [
    row('earning', '工资 Salary', salary),
    row('deduction', '社会保险 Social insurance', insurance),
    row('deduction', '个人所得税 Income tax', tax),
    row('employer', '单位社会保险 Social insurance of the employer', yuan(multiply(salary, '0.26'))),
    row('net', '', net),
  ];
}

function yuan(amount: string): string {
  return roundToCurrency(amount, 'CNY');
}

function digest(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}
