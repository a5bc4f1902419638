/** What Frappe HR made of a hand-over: read from the Payroll Entry and its salary slips. */
import { compare, subtract, sum } from '../../../money/money.ts';
import { datesOf } from '../../../payroll/domain/period.ts';
import { type Payslip, type PayslipLine, payslipProblems } from '../../../payslips/domain/payslip.ts';
import { ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { PayrollAnswer, RunOfMonth } from '../port.ts';
import { plainText } from './failures.ts';
import { type HandedFigures, handedFigures } from './handed-figures.ts';
import type { FrappeParts } from './parts.ts';
import { entriesOf, SLIP } from './payroll-entry.ts';
import {
  type EntryRow,
  namedRow,
  type SlipDocument,
  type SlipLine,
  type SlipRow,
  slipDocument,
  slipRow,
} from './wire.ts';

/** As the port allows a reason. */
const MAX_REASON = 500;

/** Payroll has answered once all salary slips are submitted; a slip that it took back and amended counts as the later one. */
export async function readAnswer(parts: FrappeParts, run: RunOfMonth, digest: string): Promise<PayrollAnswer> {
  const handed = await handedFigures(parts.files, run, digest);
  if (handed === undefined) {
    return { status: 'none' };
  }
  const { current, isCancelled } = await entriesOf(parts.site, run, digest);
  if (current === undefined) {
    return isCancelled
      ? { status: 'rejected', reasons: [{ reason: 'payroll has cancelled the Payroll Entry in Frappe HR' }] }
      : { status: 'none' };
  }
  if (current.docstatus === 'draft' || !current.salary_slips_created) {
    return refusalOf(current);
  }
  const ofEntry = ['payroll_entry', '=', current.name] as const;
  if (await parts.site.hasAny(SLIP, [ofEntry, ['docstatus', '=', 0]])) {
    return { status: 'none' };
  }
  const slips = await parts.site.list(SLIP, { fields: ['*'], filters: [ofEntry, ['docstatus', '=', 1]] }, slipRow);
  const problems = slips.length === 0 ? [] : problemsOf(slips, handed, run, parts.settings.currency);
  if (problems.length > 0) {
    return { status: 'unfit', problems };
  }
  return slips.length === 0
    ? { status: 'none' }
    : { status: 'calculated', employeeIds: handed.employees.map(({ employeeId }) => employeeId).sort() };
}

/** Of the figures as they were handed over. @throws ConnectorPermanentError */
export async function readPayslip(
  parts: FrappeParts,
  run: RunOfMonth,
  digest: string,
  employeeId: string,
): Promise<Payslip> {
  const none = () =>
    new ConnectorPermanentError(`payroll has no payslip of ${employeeId} for ${run.period} that can be used`);
  const handed = await handedFigures(parts.files, run, digest);
  const own = handed?.employees.find((employee) => employee.employeeId === employeeId);
  const { current } = own === undefined ? { current: undefined } : await entriesOf(parts.site, run, digest);
  if (own === undefined || current === undefined) {
    throw none();
  }
  const filters = [
    ['payroll_entry', '=', current.name],
    ['employee', '=', own.employee],
    ['docstatus', '=', 1],
  ] as const;
  const [found, ...more] = await parts.site.list(SLIP, { fields: ['name'], filters }, namedRow);
  if (found === undefined || more.length > 0) {
    throw none();
  }
  const slip = await parts.site.read(SLIP, found.name, slipDocument);
  const payslip = payslipOf(slip, employeeId, run.period);
  const problems = [...headProblems(slip, own, run, parts.settings.currency), ...payslipProblems(payslip)];
  if (slip.docstatus !== 'submitted' || problems.length > 0) {
    throw new ConnectorPermanentError(
      `the payslip of ${employeeId} for ${run.period} cannot be used: ${problems.join('; ')}`,
    );
  }
  return payslip;
}

function refusalOf({ docstatus, status, error_message }: EntryRow): PayrollAnswer {
  const reason = plainText(error_message ?? '', MAX_REASON - 1);
  return docstatus === 'submitted' && status === 'Failed'
    ? {
        status: 'rejected',
        reasons: [{ reason: reason === '' ? 'Frappe HR could not make the salary slips' : reason }],
      }
    : { status: 'none' };
}

type HandedEmployee = HandedFigures['employees'][number];

/** Without amounts: operators read these. */
function problemsOf(slips: readonly SlipRow[], { employees }: HandedFigures, run: RunOfMonth, currency: string) {
  const byEmployee = new Map<string, readonly SlipRow[]>();
  for (const slip of slips) {
    byEmployee.set(slip.employee, [...(byEmployee.get(slip.employee) ?? []), slip]);
  }
  const known = new Set(employees.map(({ employee }) => employee));
  return [
    ...[...byEmployee.keys()]
      .filter((employee) => !known.has(employee))
      .map((employee) => `${employee} is not among the employees of the figures`),
    ...employees.flatMap((own) => {
      const [slip, ...more] = byEmployee.get(own.employee) ?? [];
      const problems =
        slip === undefined
          ? ['has no payslip']
          : [...(more.length > 0 ? ['has more than one payslip'] : []), ...headProblems(slip, own, run, currency)];
      return problems.map((problem) => `${own.employeeId}: ${problem}`);
    }),
  ];
}

function headProblems(slip: SlipRow, { unpaidDays }: HandedEmployee, { period }: RunOfMonth, currency: string) {
  const { from, to } = datesOf(period);
  const net = subtract(slip.gross_pay, sum([slip.total_deduction, slip.total_loan_repayment]));
  return [
    ...(slip.start_date === from && slip.end_date === to ? [] : [`it is not of ${period}`]),
    ...(slip.currency === currency ? [] : [`it is not in ${currency}`]),
    ...(compare(slip.leave_without_pay, unpaidDays) === 0 ? [] : ['it counts other unpaid days than the figures']),
    ...(compare(net, slip.net_pay) === 0 ? [] : ['net is not earnings less deductions']),
  ];
}

function payslipOf(slip: SlipDocument, employeeId: string, period: string): Payslip {
  const loans = compare(slip.total_loan_repayment, '0') === 0 ? [] : [slip.total_loan_repayment];
  return {
    employeeId,
    period,
    currency: slip.currency,
    lines: [
      ...slip.earnings.map((line) => lineOf(line, 'earning')),
      ...slip.deductions.map((line) => lineOf(line, 'deduction')),
      ...loans.map((amount) => ({ kind: 'deduction' as const, item: 'Loan repayment', amount })),
    ],
    net: slip.net_pay,
  };
}

/** A component that is not in the total is the employer's, whichever table it stands in. */
function lineOf(
  { salary_component, amount, do_not_include_in_total }: SlipLine,
  kind: PayslipLine['kind'],
): PayslipLine {
  return { kind: do_not_include_in_total ? 'employer' : kind, item: salary_component, amount };
}
