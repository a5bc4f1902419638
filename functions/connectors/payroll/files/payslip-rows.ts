/** Payslips as they stand in the file of a payroll system: a row for each line, and one for the net amount. Pure. */
import * as z from 'zod';
import { currencySchema, decimalSchema } from '../../../money/money.ts';
import { periodSchema } from '../../../payroll/domain/period.ts';
import { type Payslip, payslipProblems } from '../../../payslips/domain/payslip.ts';
import type { Row } from './read-rows.ts';

export const payslipRowSchema = z.object({
  period: periodSchema,
  employeeId: z.string().min(1),
  kind: z.enum(['earning', 'deduction', 'employer', 'net']),
  item: z.string().max(200),
  amount: decimalSchema,
  currency: currencySchema,
});

type PayslipRow = Row<z.infer<typeof payslipRowSchema>>;

export interface ReadPayslips {
  /** By employee id. */
  readonly payslips: ReadonlyMap<string, Payslip>;
  /** Without amounts. */
  readonly problems: readonly string[];
}

/** Payslips of exactly the `expected` employees; everything else is a problem. */
export function payslipsOf(rows: readonly PayslipRow[], period: string, expected: ReadonlySet<string>): ReadPayslips {
  const byEmployee = new Map<string, PayslipRow[]>();
  for (const row of rows) {
    byEmployee.set(row.value.employeeId, [...(byEmployee.get(row.value.employeeId) ?? []), row]);
  }
  const payslips = new Map<string, Payslip>();
  const problems = [...expected]
    .filter((employeeId) => !byEmployee.has(employeeId))
    .map((employeeId) => `${employeeId} has no payslip`);
  for (const [employeeId, own] of byEmployee) {
    const read = expected.has(employeeId)
      ? onePayslip(own, employeeId, period)
      : { problems: ['is not among the employees of the figures'] };
    if ('problems' in read) {
      problems.push(
        ...read.problems.map(
          (problem) =>
            `${expected.has(employeeId) ? employeeId : shown(employeeId)} (line ${own[0]?.line}): ${problem}`,
        ),
      );
    } else {
      payslips.set(employeeId, read.payslip);
    }
  }
  return { payslips, problems };
}

/** Of columns that were mixed up, an amount may stand where the employee should. */
function shown(employeeId: string): string {
  return decimalSchema.safeParse(employeeId).success ? 'a number' : employeeId;
}

function onePayslip(
  rows: readonly PayslipRow[],
  employeeId: string,
  period: string,
): { readonly payslip: Payslip } | { readonly problems: readonly string[] } {
  const net = rows.filter(({ value }) => value.kind === 'net');
  const currencies = new Set(rows.map(({ value }) => value.currency));
  const [currency = ''] = currencies;
  const payslip: Payslip = {
    employeeId,
    period,
    currency,
    lines: rows.flatMap(({ value: { kind, item, amount } }) => (kind === 'net' ? [] : [{ kind, item, amount }])),
    net: net[0]?.value.amount ?? '0',
  };
  const problems = [
    ...(rows.some(({ value }) => value.period !== period) ? [`a row is not of ${period}`] : []),
    ...(currencies.size > 1 ? ['it has more than one currency'] : []),
    ...(net.length === 1 ? payslipProblems(payslip) : ['it must have exactly one row of kind net']),
    ...(payslip.lines.some(({ item }) => item === '') ? ['a line has no item'] : []),
  ];
  return problems.length === 0 ? { payslip } : { problems };
}
