/** A month's figures become a Payroll Entry with its salary slips, which payroll's own people check and submit. */
import { compare } from '../../../money/money.ts';
import {
  type Correction,
  checksumFile,
  digestOfFile,
  type EmployeeFigures,
  payrollFile,
} from '../../../payroll/domain/payroll-file.ts';
import type { HandOver } from '../../../payroll/domain/payroll-run.ts';
import { datesOf } from '../../../payroll/domain/period.ts';
import type { RunFiles } from '../../../payroll/port.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../../runtime/errors.ts';
import type { RunOfMonth } from '../port.ts';
import { AlreadyThereError } from './failures.ts';
import { employeesInFrappe, type HandedFigures, keepHanded, throwForAny } from './handed-figures.ts';
import type { FrappeParts } from './parts.ts';
import { ENTRY, entriesOf, SLIP, withdraw } from './payroll-entry.ts';
import { type EntryRow, entryRow, filledEntry, namedRow, slipRow } from './wire.ts';

/** Salary slips that are changed at once. */
const AT_ONCE = 4;
/** Milliseconds after which no further salary slip is begun: the function that calls has more. */
const BUDGET_MS = 25_000;

/** Idempotent, and can be gone on with: what is done already is seen in Frappe HR, and not done again. */
export async function handOver(
  parts: FrappeParts,
  run: RunOfMonth,
  employees: readonly EmployeeFigures[],
  corrections: readonly Correction[],
): Promise<HandOver> {
  const budget = AbortSignal.timeout(parts.budgetMs ?? BUDGET_MS);
  const text = payrollFile(run.period, employees, corrections);
  const digest = digestOfFile(text);
  const { site, files, settings } = parts;
  const asked = { figures: employees, corrections };
  const { employees: known, byHand } = await employeesInFrappe(site, settings.company, asked, settings.unpaid);
  const { superseded } = await entriesOf(site, run, digest);
  for (const entry of superseded) {
    await withdraw(site, entry);
  }
  // Not before: of what cannot be withdrawn, payroll's answer goes on to count.
  const handed = { digest, employees: [...known] };
  await keep(files, run, text, handed);
  const entry = await submittedEntry(parts, run, handed);
  if (entry.salary_slips_created) {
    await setUnpaidDays(parts, entry, handed, budget);
  }
  // Where making the slips failed, payroll's answer says why.
  return { reference: `${ENTRY} ${entry.name}`, digest, ...(byHand.length === 0 ? {} : { byHand }) };
}

/** The file that people read and its checksum, as for every system, and what an answer is compared with. */
async function keep(files: RunFiles, run: RunOfMonth, text: string, handed: HandedFigures): Promise<void> {
  const name = `${run.processId}.csv`;
  await files.write(`figures/${name}`, text);
  await files.write(`figures/${name}.sha256`, checksumFile(handed.digest, name));
  await keepHanded(files, run, handed);
}

async function submittedEntry(parts: FrappeParts, run: RunOfMonth, handed: HandedFigures): Promise<EntryRow> {
  const { site } = parts;
  const before = await entriesOf(site, run, handed.digest);
  const entry = before.current ?? (await create(parts, run, handed, before.freeName));
  if (entry.docstatus === 'draft') {
    await refuseUnassigned(parts, entry, handed);
    // Submitting makes the slips, of more than thirty behind the reply.
    await site.update(ENTRY, entry.name, { docstatus: 1 }, entryRow);
  } else if (!entry.salary_slips_created && entry.status !== 'Queued') {
    await site.run(ENTRY, entry.name, 'create_salary_slips', namedRow);
  }
  const { current } = await entriesOf(site, run, handed.digest);
  if (current === undefined) {
    throw new ConnectorPermanentError(`Payroll Entry ${entry.name} was cancelled or deleted while it was handed over`);
  }
  if (current.status === 'Queued') {
    throw new ConnectorTransientError('Frappe HR is still making the salary slips', { retryAfter: 30 });
  }
  return current;
}

async function create(
  { site, settings }: FrappeParts,
  run: RunOfMonth,
  { employees }: HandedFigures,
  name: string,
): Promise<EntryRow> {
  const { from, to } = datesOf(run.period);
  const values = {
    name,
    posting_date: to,
    payroll_frequency: 'Monthly',
    company: settings.company,
    start_date: from,
    end_date: to,
    currency: settings.currency,
    exchange_rate: 1,
    payroll_payable_account: settings.payableAccount,
    ...(settings.costCenter === undefined ? {} : { cost_center: settings.costCenter }),
    employees: employees.map(({ employee }) => ({ employee })),
  };
  try {
    const created = await site.create(ENTRY, values, entryRow);
    if (created.name !== name) {
      throw new ConnectorPermanentError(
        `this Frappe does not keep the names that it is given, so that nothing can be made once only: delete Payroll Entry ${created.name} there, and hand over by files`,
      );
    }
    return created;
  } catch (error) {
    if (error instanceof AlreadyThereError) {
      throw new ConnectorTransientError(`Payroll Entry ${name} was made by an earlier call`, {
        cause: error,
        retryAfter: 1,
      });
    }
    throw error;
  }
}

/** Whom Frappe HR itself would pay: without a salary structure the slips of all would fail at the first of these. */
async function refuseUnassigned({ site, settings }: FrappeParts, { name }: EntryRow, { employees }: HandedFigures) {
  const filled = await site.run(ENTRY, name, 'fill_employee_details', filledEntry);
  const payable = new Set(filled.employees.map(({ employee }) => employee));
  throwForAny(
    `would not pay (no active salary structure in ${settings.currency} with the account ${settings.payableAccount}, or a submitted salary slip of the month already)`,
    employees.filter(({ employee }) => !payable.has(employee)).map(({ employeeId }) => employeeId),
  );
}

/**
 * Frappe HR counts unpaid days by date, and our figures are totals of a month: they go where it takes a total. A day count
 * of zero leaves its own count, which is compared when payroll answers.
 */
async function setUnpaidDays(
  { site }: FrappeParts,
  { name }: EntryRow,
  { employees }: HandedFigures,
  budget: AbortSignal,
): Promise<void> {
  const question = {
    fields: ['*'],
    filters: [
      ['payroll_entry', '=', name],
      ['docstatus', '=', 0],
    ] as const,
  };
  const slips = await site.list(SLIP, question, slipRow);
  const daysOf = new Map(employees.map(({ employee, unpaidDays }) => [employee, unpaidDays]));
  const todo = slips.flatMap((slip) => {
    const days = daysOf.get(slip.employee) ?? '0';
    return compare(days, '0') === 0 || compare(days, slip.leave_without_pay) === 0 ? [] : [{ slip, days }];
  });
  for (let start = 0; start < todo.length; start += AT_ONCE) {
    if (budget.aborted) {
      throw new ConnectorTransientError(`${start} of ${todo.length} salary slips have their unpaid days: it goes on`);
    }
    await Promise.all(
      todo.slice(start, start + AT_ONCE).map(async ({ slip, days }) => {
        // A plain number: days have at most six digits after the point.
        const kept = await site.update(SLIP, slip.name, { leave_without_pay: Number(days) }, slipRow);
        if (compare(kept.leave_without_pay, days) !== 0) {
          throw new ConnectorPermanentError(
            `Frappe HR keeps other unpaid days than it was given in salary slip ${slip.name}`,
          );
        }
      }),
    );
  }
}
