import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checksumFile, payrollFile } from '../../../functions/payroll/domain/payroll-file.ts';
import { datesOf, periodBefore } from '../../../functions/payroll/domain/period.ts';
import { type AbsentHours, reconcile, WORKED } from '../../../functions/payroll/domain/reconcile.ts';

const date = fc.integer({ min: 1, max: 28 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`);
const absent: fc.Arbitrary<AbsentHours> = fc.record({
  date,
  kind: fc.constantFrom('annual', 'sick'),
  hours: fc.constantFrom('2', '4', '8'),
});
const month = fc.record({
  workingDays: fc.uniqueArray(date).map((dates) => dates.map((one) => ({ date: one, hours: '8' }))),
  requested: fc.array(absent, { maxLength: 12 }),
  recorded: fc.array(absent, { maxLength: 12 }),
  perDay: fc.constant('8'),
});

const total = (days: readonly { readonly hours: string }[]) => days.reduce((sum, { hours }) => sum + Number(hours), 0);
const on = (days: readonly AbsentHours[], day: Pick<AbsentHours, 'date' | 'kind'>) =>
  total(days.filter((one) => one.date === day.date && one.kind === day.kind));

describe('the reconciliation of a month', () => {
  it('accounts for every day and kind of either side once: as agreed, or as one difference with both values', () => {
    fc.assert(
      fc.property(month, (input) => {
        const { differences } = reconcile(input);
        for (const day of [...input.requested, ...input.recorded]) {
          const found = differences.filter((one) => one.date === day.date && one.kind === day.kind);
          const [asked, known] = [on(input.requested, day), on(input.recorded, day)];
          expect(found.map(({ requested, recorded }) => [Number(requested), Number(recorded)])).toEqual(
            asked === known ? [] : [[asked, known]],
          );
        }
      }),
    );
  });

  it('has in its figures each recorded hour once, and each working hour that nobody was absent from', () => {
    fc.assert(
      fc.property(month, (input) => {
        const figures = new Map(reconcile(input).figures.map(({ kind, hours }) => [kind, Number(hours)]));
        for (const kind of ['annual', 'sick']) {
          expect(figures.get(kind) ?? 0).toBe(total(input.recorded.filter((day) => day.kind === kind)));
        }
        const worked = input.workingDays.map((day) =>
          Math.max(0, Number(day.hours) - total(input.recorded.filter((one) => one.date === day.date))),
        );
        expect(figures.get(WORKED)).toBe(worked.reduce((sum, hours) => sum + hours, 0));
      }),
    );
  });

  it('does not depend on the order in which either side lists its days', () => {
    fc.assert(
      fc.property(month, (input) => {
        const turned = { ...input, requested: input.requested.toReversed(), recorded: input.recorded.toReversed() };
        expect(reconcile(turned)).toEqual(reconcile(input));
      }),
    );
  });
});

describe('the file for payroll', () => {
  it('is the same bytes in whatever order employees were collected, with quotes where CSV needs them', () => {
    const figures = [{ kind: WORKED, hours: '8', days: '1' }];
    const people = ['B,"1"', 'A'].map((employeeId) => ({ employeeId, workingDays: 1, figures }));

    const text = payrollFile('2026-11', people, []);

    expect(text).toBe(payrollFile('2026-11', people.toReversed(), []));
    expect(text.split('\r\n')).toEqual([
      'period,employeeId,workingDays,kind,hours,days',
      '2026-11,A,1,worked,8,1',
      '2026-11,"B,""1""",1,worked,8,1',
      '',
    ]);
    expect(checksumFile('abc', 'a.csv')).toBe('abc  a.csv\n');
  });
});

describe('a period', () => {
  it('ends with the last day of its month, and comes after December of the year before', () => {
    expect(datesOf('2028-02')).toEqual({ from: '2028-02-01', to: '2028-02-29' });
    expect(periodBefore('2026-01-15')).toBe('2025-12');
  });
});
