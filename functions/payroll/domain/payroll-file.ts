/** The file that payroll reads: CSV (RFC 4180) in UTF-8, one row for each employee and kind. Pure. */
import { createHash } from 'node:crypto';
import type { KindFigure } from './reconcile.ts';

export interface EmployeeFigures {
  readonly employeeId: string;
  readonly workingDays: number;
  readonly figures: readonly KindFigure[];
  /** Absent: by the calendar. Not in the file: for later runs, which look at the month again. */
  readonly countedBy?: 'clock';
}

/** Of one employee and one earlier month: working days, hours and days to add to what payroll has, or to take away (signed). */
export interface Correction extends EmployeeFigures {
  /** `YYYY-MM`: the month that is corrected. */
  readonly period: string;
}

const COLUMNS = ['period', 'employeeId', 'workingDays', 'kind', 'hours', 'days'];

/**
 * The month's rows, then those of corrections, which have the month that they correct. Ordered by employee id, then month, so
 * that the same figures are the same bytes.
 */
export function payrollFile(
  period: string,
  employees: readonly EmployeeFigures[],
  corrections: readonly Correction[],
): string {
  const rows = [
    ...inOrder(employees.map((figures) => ({ ...figures, period }))).flatMap(rowsOf),
    ...inOrder(corrections).flatMap(rowsOf),
  ];
  return [COLUMNS, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
}

type FiguresOfMonth = EmployeeFigures & { readonly period: string };

function inOrder(all: readonly FiguresOfMonth[]): readonly FiguresOfMonth[] {
  return all.toSorted((one, other) => before(one.employeeId, other.employeeId) || before(one.period, other.period));
}

function before(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

function rowsOf({ period, employeeId, workingDays, figures }: FiguresOfMonth): readonly (readonly string[])[] {
  return figures.map(({ kind, hours, days }) => [period, employeeId, String(workingDays), kind, hours, days]);
}

/** SHA-256 of a file's bytes, in hexadecimal. */
export function digestOfFile(text: string): string {
  return createHash('sha256').update(text, 'utf8').digest('hex');
}

/** The checksum as `sha256sum --check` takes it. */
export function checksumFile(digest: string, name: string): string {
  return `${digest}  ${name}\n`;
}

function field(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
