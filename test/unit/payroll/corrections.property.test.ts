import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type HandedFigures, monthEnd } from '../../../functions/payroll/domain/corrections.ts';
import { type Correction, type EmployeeFigures, payrollFile } from '../../../functions/payroll/domain/payroll-file.ts';
import type { Collected, CollectedMonth } from '../../../functions/payroll/domain/payroll-run.ts';
import type { Difference } from '../../../functions/payroll/domain/reconcile.ts';

const PERIODS = ['2026-08', '2026-09', '2026-10', '2026-11', '2026-12'];
const WINDOW = 3;
const PEOPLE = ['E-1', 'E-2'];

const hours = fc.constantFrom('0.5', '4', '8', '152');
/** What one month of somebody is at some time; undefined: they are not employed in it. */
const month = fc.option(
  fc.record({ workingDays: fc.integer({ min: 0, max: 23 }), worked: hours, annual: hours, sick: fc.option(hours) }),
  { nil: undefined },
);
type Month = typeof month extends fc.Arbitrary<infer T> ? T : never;

/** At each run: what every month of everybody is by then, or that nobody could read it. */
const history = fc.array(
  fc.record({
    present: fc.dictionary(
      fc.constantFrom(...PERIODS.flatMap((period) => PEOPLE.map((id) => `${id} ${period}`))),
      month,
      { minKeys: 10, maxKeys: 10 },
    ),
    unread: fc.subarray(PEOPLE),
  }),
  { minLength: PERIODS.length, maxLength: PERIODS.length },
);

function collectedMonth(period: string, present: Month): CollectedMonth {
  if (present === undefined) {
    return { period, status: 'not-employed' };
  }
  const { workingDays, worked, annual, sick } = present;
  const kinds = [['worked', worked], ['annual', annual], ...(sick === null ? [] : [['sick', sick]])];
  const figures = kinds.map(([kind = '', of = '']) => ({ kind, hours: of, days: String(Number(of) / 8) }));
  return { period, status: 'collected', workingDays, figures, differences: [] };
}

/** All that payroll was told about a month, as anybody would add it up from the files. */
function sumsOf(files: readonly HandedFigures[], employeeId: string, period: string): Readonly<Record<string, number>> {
  const told = files.flatMap((file) => [
    ...(file.period === period ? file.employees : []),
    ...file.corrections.filter((one) => one.period === period),
  ]);
  return sumOf(told.filter((one) => one.employeeId === employeeId));
}

function sumOf(figures: readonly Omit<EmployeeFigures, 'employeeId'>[]): Readonly<Record<string, number>> {
  const sums: Record<string, number> = {};
  const count = (name: string, value: number) => {
    sums[name] = (sums[name] ?? 0) + value;
  };
  for (const { workingDays, figures: kinds } of figures) {
    count('working days', workingDays);
    for (const { kind, hours: of, days } of kinds) {
      count(`${kind} hours`, Number(of));
      count(`${kind} days`, Number(days));
    }
  }
  return Object.fromEntries(Object.entries(sums).filter(([, value]) => value !== 0));
}

describe('what is handed over of a month in all', () => {
  it('is after every run what the month is then: original and corrections, each change once', () => {
    fc.assert(
      fc.property(history, (moments) => {
        const files: HandedFigures[] = [];
        for (const [index, { present, unread }] of moments.entries()) {
          const period = PERIODS[index] ?? '';
          const handed = files.slice(-WINDOW);
          const looked = [...handed.map((file) => file.period), period];
          const read = PEOPLE.filter((id) => !unread.includes(id));
          const collected = read.map((employeeId) => ({
            employeeId,
            months: looked.map((of) => collectedMonth(of, present[`${employeeId} ${of}`])),
          }));
          const { employees, corrections } = monthEnd(period, collected, [], handed);
          files.push({ period, employees, corrections, accepted: [] });
          for (const { employeeId, months } of collected) {
            for (const of of months) {
              const now = of.status === 'collected' ? sumOf([of]) : {};
              expect(sumsOf(files, employeeId, of.period)).toEqual(now);
            }
          }
          // The same again has nothing to add.
          const again = monthEnd('2027-01', collected, [], files.slice(-WINDOW - 1));
          expect(again.corrections).toEqual([]);
        }
      }),
    );
  });
});

const WORKED = { kind: 'worked', hours: '160', days: '20' };
const DIFFERENCE: Difference = { date: '2026-10-12', kind: 'sick', requested: '8', recorded: '0' };

function collectedOf(october: Partial<Extract<CollectedMonth, { status: 'collected' }>>): Collected {
  return {
    employeeId: 'E-1',
    months: [
      { period: '2026-10', status: 'collected', workingDays: 20, figures: [WORKED], differences: [], ...october },
      { period: '2026-11', status: 'collected', workingDays: 20, figures: [WORKED], differences: [] },
    ],
  };
}

function handedOf(october: Partial<HandedFigures>): HandedFigures {
  const employees = [{ employeeId: 'E-1', workingDays: 20, figures: [WORKED] }];
  return { period: '2026-10', employees, corrections: [], accepted: [], ...october };
}

describe('a month that is looked at again', () => {
  it('in which both sides differ is an open point, though its figures are as they were handed over', () => {
    const { points, corrections } = monthEnd(
      '2026-11',
      [collectedOf({ differences: [DIFFERENCE] })],
      [],
      [handedOf({})],
    );

    expect(points.differing).toEqual([{ employeeId: 'E-1', differences: [DIFFERENCE] }]);
    expect(corrections).toEqual([]);
  });

  it('is asked about again only where it differs otherwise than an operator has accepted', () => {
    const accepted = [{ employeeId: 'E-1', differences: [DIFFERENCE] }];
    const open = (difference: Difference) =>
      monthEnd('2026-11', [collectedOf({ differences: [difference] })], [], [handedOf({ accepted })]).points.differing;

    expect(open(DIFFERENCE)).toEqual([]);
    expect(open({ ...DIFFERENCE, recorded: '4' })).toHaveLength(1);
  });

  it('is corrected in the row of the hours worked where only its working days have changed', () => {
    const { corrections } = monthEnd('2026-11', [collectedOf({ workingDays: 19 })], [], [handedOf({})]);

    expect(corrections).toEqual<readonly Correction[]>([
      {
        employeeId: 'E-1',
        period: '2026-10',
        workingDays: -1,
        figures: [{ kind: 'worked', hours: '0', days: '0' }],
      },
    ]);
  });

  it('is taken back where the ERP says that they were not employed, and never because it knows them no more', () => {
    const of = (status: 'not-employed' | 'unknown') =>
      monthEnd(
        '2026-11',
        [{ employeeId: 'E-1', months: ['2026-10', '2026-11'].map((period) => ({ period, status })) }],
        [],
        [handedOf({})],
      );

    expect(of('not-employed')).toMatchObject({
      employees: [],
      corrections: [{ workingDays: -20, figures: [{ kind: 'worked', hours: '-160', days: '-20' }] }],
      points: { failed: [] },
    });
    expect(of('unknown')).toMatchObject({
      corrections: [],
      points: { failed: [{ employeeId: 'E-1', error: 'unknown-employee' }] },
    });
  });
});

describe('corrections in the file for payroll', () => {
  it('stand behind the rows of the month, each with the month that it corrects', () => {
    const figures = [{ kind: 'worked', hours: '-8', days: '-1' }];
    const correction = (employeeId: string, period: string) => ({ employeeId, period, workingDays: 0, figures });
    const corrections = [correction('E-2', '2026-10'), correction('E-1', '2026-10'), correction('E-1', '2026-09')];

    const text = payrollFile('2026-11', [{ employeeId: 'E-2', workingDays: 20, figures: [WORKED] }], corrections);

    expect(text).toBe(
      [
        'period,employeeId,workingDays,kind,hours,days',
        '2026-11,E-2,20,worked,160,20',
        '2026-09,E-1,0,worked,-8,-1',
        '2026-10,E-1,0,worked,-8,-1',
        '2026-10,E-2,0,worked,-8,-1',
        '',
      ].join('\r\n'),
    );
  });
});
