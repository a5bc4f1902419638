/** The file that payroll reads: CSV (RFC 4180) in UTF-8, one row for each employee and kind. Pure. */
import { createHash } from 'node:crypto';
import type { KindFigure } from './reconcile.ts';

export interface EmployeeFigures {
  readonly employeeId: string;
  readonly workingDays: number;
  readonly figures: readonly KindFigure[];
}

const COLUMNS = ['period', 'employeeId', 'workingDays', 'kind', 'hours', 'days'];

/** Ordered by employee id, so that the same figures are the same bytes. */
export function payrollFile(period: string, employees: readonly EmployeeFigures[]): string {
  const inOrder = employees.toSorted((one, other) => (one.employeeId < other.employeeId ? -1 : 1));
  const rows = inOrder.flatMap(({ employeeId, workingDays, figures }) =>
    figures.map(({ kind, hours, days }) => [period, employeeId, String(workingDays), kind, hours, days]),
  );
  return [COLUMNS, ...rows].map((row) => `${row.map(field).join(',')}\r\n`).join('');
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
