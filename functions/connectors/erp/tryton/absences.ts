/**
 * Absences as lines of Tryton's time sheet, one a day. Tryton has no leave of its own: a kind of leave is a work (as of a
 * project) whose name ends with its code in brackets, such as `Annual leave [annual]`. The key stands at the end of each
 * line's description in the same way: the line's own `uuid` is unique, but a restricted user may not write it.
 */
import * as z from 'zod';
import { BusinessRuleError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import { createOnce } from '../once.ts';
import type { CommandClaims } from '../port.ts';
import type { Absence, AbsenceCommand, AbsentDay, TimeEmployee } from '../time-port.ts';
import type { Domain, TrytonSession } from './session.ts';
import { date, dateField, hours, hoursField, type Row, textField } from './wire.ts';

const LINE = 'timesheet.line';
const WORK = 'timesheet.work';
const EMPLOYEE = 'company.employee';

const employeeShape = z.object({
  id: z.int(),
  'party.': z.object({ code: textField, name: textField }),
  start_date: dateField.nullable(),
  end_date: dateField.nullable(),
});
type EmployeeRow = z.infer<typeof employeeShape>;

const workShape = z.object({
  id: z.int(),
  name: textField,
  timesheet_start_date: dateField.nullable(),
  timesheet_end_date: dateField.nullable(),
});
type WorkRow = z.infer<typeof workShape>;
const WORK_FIELDS = ['name', 'timesheet_start_date', 'timesheet_end_date'];

const lineShape = z.object({
  id: z.int(),
  date: dateField,
  duration: hoursField,
  description: textField,
  'work.': z.object({ name: textField }),
  'employee.': z.object({ party: z.int() }),
});
type LineRow = z.infer<typeof lineShape>;
const LINE_FIELDS = ['date', 'duration', 'description', 'work.name', 'employee.party'];

/** Its lines, at least one; of twins of a day only the one that was first. */
interface Recorded {
  readonly id: number;
  readonly state: Absence['state'];
  readonly lines: readonly LineRow[];
}

export async function findEmployee(tryton: TrytonSession, employeeId: string): Promise<TimeEmployee | undefined> {
  const row = await employeeRow(tryton, employeeId);
  return row === undefined
    ? undefined
    : {
        employeeId,
        name: row['party.'].name,
        ...(row.start_date === null ? {} : { employedFrom: row.start_date }),
        ...(row.end_date === null ? {} : { employedUntil: row.end_date }),
      };
}

export async function leaveKinds(tryton: TrytonSession): Promise<readonly string[]> {
  const works = await tryton.find(WORK, [['name', 'like', '%]']], workShape, WORK_FIELDS);
  return [...new Set(works.flatMap(({ name }) => bracketed(name) ?? []))].sort();
}

export async function absencesOf(
  tryton: TrytonSession,
  employeeId: string,
  from: string,
  to: string,
): Promise<readonly AbsentDay[]> {
  const rows = await findLines(tryton, [
    ['employee.party.code', '=', employeeId],
    ['date', '>=', date(from)],
    ['date', '<=', date(to)],
    ['work.name', 'like', '%]'],
    ['duration', '>', hours('0')],
  ]);
  return rows.toSorted(byDate).flatMap((row) => {
    const kind = bracketed(row['work.'].name);
    const key = bracketed(row.description);
    return kind === undefined
      ? []
      : [{ date: row.date, hours: row.duration, kind, ...(key === undefined ? {} : { key }) }];
  });
}

/** What remains is as of every creation here (`once.ts`): lines that Tryton commits long after their reply was lost. */
export async function recordAbsence(
  tryton: TrytonSession,
  companyId: number,
  claims: CommandClaims,
  command: AbsenceCommand,
): Promise<Absence> {
  const { id } = await createLines(tryton, claims, command, () => lineValues(tryton, companyId, command));
  await claims.complete(command.key, String(id));
  return demandAbsence(tryton, command.key);
}

export async function findAbsence(tryton: TrytonSession, key: string): Promise<Absence | undefined> {
  const recorded = await findRecorded(tryton, key);
  return recorded === undefined ? undefined : absenceOf(tryton, key, recorded);
}

/** All lines in one call, so all or none. One that people shortened themselves is left as it is. */
export async function shortenAbsence(tryton: TrytonSession, { key, days }: AbsenceCommand): Promise<Absence> {
  const writes = (await linesWith(tryton, key)).flatMap((line) => {
    const kept = days.find((day) => day.date === line.date)?.hours ?? '0';
    return Number(line.duration) > Number(kept) ? [[line.id], { duration: hours(kept) }] : [];
  });
  if (writes.length > 0) {
    await tryton.call(`model.${LINE}.write`, writes);
  }
  return demandAbsence(tryton, key);
}

/** Lines of no time stay: they say what was cancelled, and that the key is used up. */
export async function cancelAbsence(
  tryton: TrytonSession,
  companyId: number,
  claims: CommandClaims,
  command: AbsenceCommand,
): Promise<Absence> {
  const { key, days } = command;
  const without = { ...command, days: days.map((day) => ({ ...day, hours: '0' })) };
  const { id } = await createLines(tryton, claims, command, () => lineValues(tryton, companyId, without));
  const counting = (await linesWith(tryton, key)).filter(({ duration }) => duration !== '0');
  if (counting.length > 0) {
    const ids = counting.map((line) => line.id);
    await tryton.call(`model.${LINE}.write`, [ids, { duration: hours('0') }]);
  }
  await claims.complete(key, String(id));
  return demandAbsence(tryton, key);
}

function createLines(
  tryton: TrytonSession,
  claims: CommandClaims,
  { key }: AbsenceCommand,
  prepare: () => Promise<readonly Row[]>,
): Promise<Recorded> {
  return createOnce<Recorded, readonly Row[]>({
    claims,
    key,
    find: () => findRecorded(tryton, key),
    prepare,
    create: async (values) => Math.min(...(await tryton.createAll(LINE, values))),
    discard: async () => discardTwins(tryton, key),
  });
}

async function discardTwins(tryton: TrytonSession, key: string): Promise<void> {
  const lines = await linesWith(tryton, key);
  const first = firstOfEachDay(lines);
  for (const { id } of lines.filter((line) => !first.includes(line))) {
    await tryton.delete(LINE, id);
  }
}

async function findRecorded(tryton: TrytonSession, key: string): Promise<Recorded | undefined> {
  const lines = firstOfEachDay(await linesWith(tryton, key));
  if (lines.length === 0) {
    return undefined;
  }
  const isCancelled = lines.every(({ duration }) => duration === '0');
  return { id: Math.min(...lines.map(({ id }) => id)), state: isCancelled ? 'cancelled' : 'recorded', lines };
}

async function demandAbsence(tryton: TrytonSession, key: string): Promise<Absence> {
  const absence = await findAbsence(tryton, key);
  if (absence === undefined) {
    throw new ConnectorPermanentError(`the lines of absence ${key} were deleted in Tryton while they were recorded`);
  }
  return absence;
}

async function absenceOf(tryton: TrytonSession, key: string, { state, lines }: Recorded): Promise<Absence> {
  const [first] = lines;
  const party = first?.['employee.'].party ?? 0;
  const [employee] = await tryton.find('party.party', [['id', '=', party]], partyShape, ['code'], INACTIVE_TOO);
  const counting = lines.filter(({ duration }) => duration !== '0');
  return {
    key,
    employeeId: employee?.code ?? '',
    kind: bracketed(first?.['work.'].name ?? '') ?? '',
    days: counting.toSorted(byDate).map((line) => ({ date: line.date, hours: line.duration })),
    state,
  };
}

const partyShape = z.object({ code: textField });

async function lineValues(tryton: TrytonSession, companyId: number, command: AbsenceCommand): Promise<readonly Row[]> {
  const { employeeId, days, description, key } = command;
  const employee = await employeeRow(tryton, employeeId);
  if (employee === undefined) {
    throw new BusinessRuleError('unknown-employee', `Tryton has no employee whose party has the code ${employeeId}`);
  }
  const stranger = days.find((day) => !isWithin(day.date, employee.start_date, employee.end_date));
  if (stranger !== undefined) {
    throw new BusinessRuleError('not-employed', `${employeeId} is not employed on ${stranger.date}, says Tryton`);
  }
  const work = await demandWork(tryton, command);
  return days.map((day) => ({
    company: companyId,
    employee: employee.id,
    work: work.id,
    date: date(day.date),
    duration: hours(day.hours),
    description: `${description} [${key}]`,
  }));
}

async function demandWork(tryton: TrytonSession, { kind, days }: AbsenceCommand): Promise<WorkRow> {
  const works = await tryton.find(WORK, [['name', 'like', `%[${kind}]`]], workShape, WORK_FIELDS);
  const open = works.find((work) =>
    days.every((day) => isWithin(day.date, work.timesheet_start_date, work.timesheet_end_date)),
  );
  if (open === undefined) {
    const problem = works.length === 0 ? 'no work for' : 'closed the work of';
    throw new BusinessRuleError('unknown-leave-kind', `Tryton has ${problem} leave of the kind ${kind}`);
  }
  return open;
}

function isWithin(day: string, from: string | null, to: string | null): boolean {
  return (from === null || from <= day) && (to === null || day <= to);
}

/** Tryton leaves out who has left, unless it is asked so. */
const INACTIVE_TOO = { active_test: false };

async function employeeRow(tryton: TrytonSession, employeeId: string): Promise<EmployeeRow | undefined> {
  const fields = ['party.code', 'party.name', 'start_date', 'end_date'];
  const rows = await tryton.find(EMPLOYEE, [['party.code', '=', employeeId]], employeeShape, fields, INACTIVE_TOO);
  // Whoever came back has an employment for each time: the last one counts.
  return rows.at(-1);
}

function linesWith(tryton: TrytonSession, key: string): Promise<readonly LineRow[]> {
  return findLines(tryton, [['description', 'like', `%[${key}]`]]);
}

function findLines(tryton: TrytonSession, domain: Domain): Promise<readonly LineRow[]> {
  return tryton.find(LINE, domain, lineShape, LINE_FIELDS);
}

/** In the order of their ids. */
function firstOfEachDay(lines: readonly LineRow[]): readonly LineRow[] {
  return lines.filter((line, index) => lines.findIndex((other) => other.date === line.date) === index);
}

function byDate(one: LineRow, other: LineRow): number {
  return one.date < other.date ? -1 : Number(one.date > other.date);
}

/** The code in brackets at the end of a name or a description. */
function bracketed(text: string): string | undefined {
  return /\[([A-Za-z0-9-]+)\]$/u.exec(text)?.[1];
}
