/**
 * Leave = attendance = what payroll was given, of one employee and month that no later run corrects; hours only. Pure. What an
 * operator has taken as it was is no mismatch, nor is a day by the clock: the run asks about it.
 */
import { compare, sum } from '../../money/money.ts';
import type { EmployeeFigures } from '../../payroll/domain/payroll-file.ts';
import type { CollectedMonth } from '../../payroll/domain/payroll-run.ts';
import { CLOCK_IN, CLOCK_OUT, COUNTED_BY, type Difference, PRESENCE } from '../../payroll/domain/reconcile.ts';
import type { Mismatch } from './mismatch.ts';

export interface PaidMonth {
  readonly employeeId: string;
  /** What payroll has of the month, with every correction; undefined: nothing. */
  readonly handed: EmployeeFigures | undefined;
  /** Both sides as they are now. */
  readonly month: CollectedMonth;
  readonly isAccepted: (difference: Difference) => boolean;
}

/** One mismatch for each kind of hours. */
export function comparePaidMonth(paid: PaidMonth): readonly Mismatch[] {
  return [...leaveThatDiffers(paid), ...hoursThatDiffer(paid)];
}

/** What payroll acknowledged and published of a run: whoever has figures in it and no payslip. */
export function missingPayslips(expected: readonly string[], published: ReadonlySet<string>): readonly Mismatch[] {
  return expected
    .filter((employeeId) => !published.has(employeeId))
    .map((employeeId) => ({
      ...{ field: 'payslip', document: employeeId, fix: 'look' },
      ...{ expected: 'published', found: '' },
    }));
}

/** The attendance of somebody whom payroll has hours of cannot be read any more. */
export function unreadable(employeeId: string, handed: EmployeeFigures | undefined, rule: string): readonly Mismatch[] {
  const hours = sum((handed?.figures ?? []).map((figure) => figure.hours));
  return compare(hours, '0') === 0
    ? []
    : [{ field: 'attendance', document: employeeId, expected: rule, found: hours, fix: 'look' }];
}

const BY_CLOCK: ReadonlySet<string> = new Set([PRESENCE, CLOCK_IN, CLOCK_OUT, COUNTED_BY]);

function leaveThatDiffers({ employeeId, month, isAccepted }: PaidMonth): readonly Mismatch[] {
  const open = (month.status === 'collected' ? month.differences : []).filter(
    (difference) => !BY_CLOCK.has(difference.kind) && !isAccepted(difference),
  );
  return [...new Set(open.map(({ kind }) => kind))].map((kind): Mismatch => {
    const days = open.filter((difference) => difference.kind === kind);
    const text = (said: (difference: Difference) => string) =>
      days.map((day) => `${day.date}: ${said(day)}`).join(', ');
    return {
      ...{ field: 'leave-hours', document: employeeId, part: kind, fix: 'restore' },
      expected: text(({ requested }) => requested),
      found: text(({ recorded }) => recorded),
    };
  });
}

function hoursThatDiffer({ employeeId, handed, month }: PaidMonth): readonly Mismatch[] {
  const now = month.status === 'collected' ? month.figures : [];
  const given = handed?.figures ?? [];
  const kinds = [...new Set([...now, ...given].map(({ kind }) => kind))].sort();
  const hoursOf = (figures: typeof now, kind: string) => figures.find((figure) => figure.kind === kind)?.hours ?? '0';
  return kinds
    .map((kind) => ({ kind, expected: hoursOf(now, kind), found: hoursOf(given, kind) }))
    .filter(({ expected, found }) => compare(expected, found) !== 0)
    .map(({ kind, expected, found }) => ({
      ...{ field: 'paid-hours', document: employeeId, part: kind, fix: 'correct-pay' },
      ...{ expected, found },
    }));
}
