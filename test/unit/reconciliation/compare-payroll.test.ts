import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { EmployeeFigures } from '../../../functions/payroll/domain/payroll-file.ts';
import type { CollectedMonth } from '../../../functions/payroll/domain/payroll-run.ts';
import { PRESENCE } from '../../../functions/payroll/domain/reconcile.ts';
import {
  comparePaidMonth,
  missingPayslips,
  unreadable,
} from '../../../functions/reconciliation/domain/compare-payroll.ts';

const EMPLOYEE = 'E-1001';
const figure = (kind: string, hours: string) => ({ kind, hours, days: '0' });
const HANDED: EmployeeFigures = {
  employeeId: EMPLOYEE,
  workingDays: 20,
  figures: [figure('worked', '152'), figure('sick', '8')],
};
const MONTH = {
  period: '2025-11',
  status: 'collected',
  workingDays: 20,
  figures: HANDED.figures,
  differences: [],
} as const;
const compare = (month: CollectedMonth, handed: EmployeeFigures | undefined = HANDED, isAccepted = () => false) =>
  comparePaidMonth({ employeeId: EMPLOYEE, handed, month, isAccepted }).map(({ field, part, expected, found }) => [
    field,
    part,
    expected,
    found,
  ]);

describe('a month that was paid', () => {
  it('agrees with itself, whatever its figures are and however they are written', () => {
    const figures = fc.uniqueArray(
      fc.record({ kind: fc.constantFrom('worked', 'sick', 'annual'), hours: fc.nat(200) }),
      { selector: ({ kind }) => kind },
    );
    fc.assert(
      fc.property(figures, (all) => {
        const now = all.map(({ kind, hours }) => figure(kind, String(hours)));
        const given = all.toReversed().map(({ kind, hours }) => figure(kind, `${hours}.00`));
        expect(compare({ ...MONTH, figures: now }, { ...HANDED, figures: given })).toEqual([]);
      }),
    );
  });

  it('differs where payroll was given other hours of a kind, or hours of nobody', () => {
    expect(compare({ ...MONTH, figures: [figure('worked', '160')] })).toEqual([
      ['paid-hours', 'sick', '0', '8'],
      ['paid-hours', 'worked', '160', '152'],
    ]);
    expect(compare({ period: '2025-11', status: 'not-employed' })).toHaveLength(2);
  });

  it('names the days of leave that only one side has, but for what a person took as it was, and the clock', () => {
    const differences = [
      { date: '2025-11-12', kind: 'sick', requested: '0', recorded: '8' },
      { date: '2025-11-13', kind: 'sick', requested: '8', recorded: '4' },
      { date: '2025-11-14', kind: PRESENCE, requested: '8', recorded: '2' },
    ];
    expect(compare({ ...MONTH, differences })).toEqual([
      ['leave-hours', 'sick', '2025-11-12: 0, 2025-11-13: 8', '2025-11-12: 8, 2025-11-13: 4'],
    ]);
    expect(compare({ ...MONTH, differences }, HANDED, () => true)).toEqual([]);
  });
});

describe('payslips', () => {
  it('are missing of whoever has figures and none that was published', () => {
    expect(missingPayslips(['E-1', 'E-2'], new Set(['E-1']))).toMatchObject([
      { field: 'payslip', document: 'E-2', found: '' },
    ]);
    expect(missingPayslips(['E-1'], new Set(['E-1', 'E-2']))).toEqual([]);
  });
});

describe('attendance that cannot be read any more', () => {
  it('is for a person to look at where payroll has hours of it', () => {
    expect(unreadable(EMPLOYEE, HANDED, 'unknown-employee')).toMatchObject([
      { field: 'attendance', found: '160', fix: 'look' },
    ]);
    expect(unreadable(EMPLOYEE, undefined, 'unknown-employee')).toEqual([]);
  });
});
