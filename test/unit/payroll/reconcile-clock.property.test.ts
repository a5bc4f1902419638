import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HOUR } from '../../../functions/calendar/domain/zone.ts';
import { type AbsentHours, type Month, reconcile, WORKED } from '../../../functions/payroll/domain/reconcile.ts';

const MINUTE = 60_000;
const TOLERANCE = { shortMinutes: 15, overMinutes: 60 };
const DAY = '2026-11-10';
const REST_DAY = '2026-11-15';

/** A month of one working day. */
function monthOf(present: number, changes: Partial<Month> & { readonly date?: string } = {}): Month {
  const { date = DAY, ...rest } = changes;
  return {
    workingDays: [{ date: DAY, hours: '8' }],
    requested: [],
    recorded: [],
    perDay: '8',
    clock: {
      presence: { days: present === 0 ? [] : [{ date, present }], unpaired: [] },
      tolerance: TOLERANCE,
    },
    ...rest,
  };
}

function outcome(month: Month) {
  const { figures, differences } = reconcile(month);
  return {
    worked: figures.find(({ kind }) => kind === WORKED)?.hours,
    differs: differences.map(({ date, kind, requested, recorded }) => `${date} ${kind} ${requested} / ${recorded}`),
  };
}

const leave = (hours: string): readonly AbsentHours[] => [{ date: DAY, kind: 'annual', hours }];

describe('a day of whoever clocks', () => {
  it('is whole up to the last minute of the tolerance, and beyond it what the clock says, with both values', () => {
    expect(outcome(monthOf(8 * HOUR))).toEqual({ worked: '8', differs: [] });
    expect(outcome(monthOf(8 * HOUR - 15 * MINUTE))).toEqual({ worked: '8', differs: [] });
    expect(outcome(monthOf(8 * HOUR - 15 * MINUTE - 1))).toEqual({
      worked: '7.74',
      differs: [`${DAY} presence 8 / 7.74`],
    });
  });

  it('is a difference of all its hours where nobody was there and nobody has approved it', () => {
    expect(outcome(monthOf(0))).toEqual({ worked: '0', differs: [`${DAY} presence 8 / 0`] });
  });

  it('is made up by presence and approved absence together', () => {
    const half = { requested: leave('4'), recorded: leave('4') };
    expect(outcome(monthOf(4 * HOUR, half))).toEqual({ worked: '4', differs: [] });
    expect(outcome(monthOf(3 * HOUR, half))).toEqual({ worked: '3', differs: [`${DAY} presence 4 / 3`] });
    expect(outcome(monthOf(0, { requested: leave('8'), recorded: leave('8') }))).toEqual({ worked: '0', differs: [] });
  });

  it('differs when somebody was there on a day of which all is approved absence, and the absence stays what it is', () => {
    const whole = { requested: leave('8'), recorded: leave('8') };
    expect(outcome(monthOf(15 * MINUTE, whole)).differs).toEqual([]);
    expect(outcome(monthOf(5 * HOUR, whole))).toEqual({ worked: '0', differs: [`${DAY} presence 0 / 5`] });
  });

  it('needs both sides of an absence: one that only the ERP has leaves the hours expected, one that it lacks does not', () => {
    expect(outcome(monthOf(0, { recorded: leave('8') }))).toEqual({
      worked: '0',
      differs: [`${DAY} annual 0 / 8`, `${DAY} presence 8 / 0`],
    });
    expect(outcome(monthOf(0, { requested: leave('8') }))).toEqual({ worked: '0', differs: [`${DAY} annual 8 / 0`] });
  });

  it('may be longer by an hour before anybody is asked, and never is more than the calendar has', () => {
    expect(outcome(monthOf(9 * HOUR))).toEqual({ worked: '8', differs: [] });
    expect(outcome(monthOf(9 * HOUR + 1))).toEqual({ worked: '8', differs: [`${DAY} presence 8 / 9`] });
    expect(outcome(monthOf(5 * HOUR, { date: REST_DAY, workingDays: [] }))).toEqual({
      worked: '0',
      differs: [`${REST_DAY} presence 0 / 5`],
    });
  });

  it('shows every clocking without its counterpart, with its time', () => {
    const presence = {
      days: [{ date: DAY, present: 8 * HOUR }],
      unpaired: [
        { date: DAY, time: '18:05', direction: 'in' },
        { date: DAY, time: '07:01', direction: 'out' },
        { date: DAY, time: '06:50', direction: 'out' },
      ],
    } as const;
    expect(outcome({ ...monthOf(0), clock: { presence, tolerance: TOLERANCE } })).toEqual({
      worked: '8',
      differs: [`${DAY} clock-in - / 18:05`, `${DAY} clock-out - / 06:50`, `${DAY} clock-out - / 07:01`],
    });
  });
});

describe('a month of whoever clocks', () => {
  const date = fc.integer({ min: 1, max: 10 }).map((day) => `2026-11-${String(day).padStart(2, '0')}`);
  const absences = fc.array(
    fc.record({ date, kind: fc.constantFrom('annual', 'sick'), hours: fc.constantFrom('2', '4', '8') }),
    { maxLength: 8 },
  );
  const month: fc.Arbitrary<Month> = fc.record({
    workingDays: fc.uniqueArray(date).map((dates) => dates.map((one) => ({ date: one, hours: '8' }))),
    requested: absences,
    recorded: absences,
    perDay: fc.constant('8'),
    clock: fc.record({
      presence: fc.record({
        days: fc.uniqueArray(fc.record({ date, present: fc.integer({ min: 1, max: 14 * HOUR }) }), {
          selector: (day) => day.date,
        }),
        unpaired: fc.constant([]),
      }),
      tolerance: fc.record({
        shortMinutes: fc.integer({ min: 0, max: 60 }),
        overMinutes: fc.integer({ min: 0, max: 120 }),
      }),
    }),
  });
  const total = (days: readonly { readonly hours: string }[]) =>
    days.reduce((sum, { hours }) => sum + Number(hours), 0);
  const of = (input: Month) => {
    const { figures, differences } = reconcile(input);
    return { worked: Number(figures.find(({ kind }) => kind === WORKED)?.hours), differences };
  };

  it('hands over no more hours than clock and tolerance say, nor than the calendar has beside the absences', () => {
    fc.assert(
      fc.property(month, (input) => {
        const { worked } = of(input);
        const days = input.workingDays.map(({ date: day, hours }) => {
          const present = input.clock?.presence.days.find((one) => one.date === day)?.present ?? 0;
          const absent = total(input.recorded.filter((one) => one.date === day));
          const whole = Math.max(0, Number(hours) - absent);
          return Math.min(whole, present / HOUR + (input.clock?.tolerance.shortMinutes ?? 0) / 60);
        });
        expect(worked).toBeLessThanOrEqual(days.reduce((sum, hours) => sum + hours, 0) + 1e-9);
      }),
    );
  });

  it('hands over what the clock says exactly, where there is no tolerance', () => {
    fc.assert(
      fc.property(month, (input) => {
        const strict = { shortMinutes: 0, overMinutes: 0 };
        const presence = input.clock?.presence ?? { days: [], unpaired: [] };
        const { worked } = of({ ...input, clock: { presence, tolerance: strict } });
        const clocked = presence.days.reduce((sum, { present }) => sum + present / HOUR, 0);
        expect(worked).toBeLessThanOrEqual(clocked + 1e-9);
      }),
    );
  });

  it('asks about every working day that clock and approved absence leave short by more than the tolerance', () => {
    fc.assert(
      fc.property(month, (input) => {
        const short = input.workingDays.filter(({ date: day, hours }) => {
          const present = input.clock?.presence.days.find((one) => one.date === day)?.present ?? 0;
          const approved = total(input.requested.filter((one) => one.date === day)) * HOUR;
          return Number(hours) * HOUR - approved - present > (input.clock?.tolerance.shortMinutes ?? 0) * MINUTE;
        });
        const asked = of(input).differences.filter(
          ({ kind, requested, recorded }) => kind === 'presence' && Number(recorded) < Number(requested),
        );
        expect(asked.map((one) => one.date).sort()).toEqual(short.map((one) => one.date).sort());
      }),
    );
  });

  it('is as by the calendar when everybody was there as expected', () => {
    fc.assert(
      fc.property(month, ({ clock: _other, ...input }) => {
        const agreed = { ...input, recorded: input.requested };
        const days = input.workingDays
          .map(({ date: day, hours }) => ({
            date: day,
            present: Math.max(0, Number(hours) - total(input.requested.filter((one) => one.date === day))) * HOUR,
          }))
          .filter(({ present }) => present > 0);
        const clock = { presence: { days, unpaired: [] }, tolerance: TOLERANCE };
        expect(reconcile({ ...agreed, clock })).toEqual({ ...reconcile(agreed), countedBy: 'clock' });
      }),
    );
  });
});
