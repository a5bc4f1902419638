import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../functions/calendar/domain/calendar.ts';
import { HOUR } from '../../../functions/calendar/domain/zone.ts';
import type { Clocking } from '../../../functions/connectors/erp/time-port.ts';
import { presenceOf, within } from '../../../functions/payroll/domain/presence.ts';
import { companyCalendar } from '../../support/company-calendar.ts';

const SHANGHAI = { timeZone: 'Asia/Shanghai', calendar: companyCalendar, longestHours: 16 };
const BERLIN = { timeZone: 'Europe/Berlin', calendar: undefined, longestHours: 16 };

/** `in 2026-11-10T09:00+08:00`, one or several. */
function clocked(...texts: readonly string[]): readonly Clocking[] {
  return texts.map((text) => {
    const [direction = '', at = ''] = text.split(' ');
    return { direction: direction === 'in' ? 'in' : 'out', at: new Date(at).toISOString() };
  });
}

function hoursBy(presence: ReturnType<typeof presenceOf>) {
  return presence.days.map(({ date, present }) => [date, present / HOUR]);
}

describe('presence by the clock', () => {
  it('is the time from each clock-in to its clock-out, on the date of the zone, without the breaks of the calendar', () => {
    const day = clocked('in 2026-11-10T09:00+08:00', 'out 2026-11-10T18:00+08:00');
    expect(presenceOf(day, SHANGHAI)).toEqual({ days: [{ date: '2026-11-10', present: 8 * HOUR }], unpaired: [] });

    const withLunch = clocked(
      'in 2026-11-10T00:30Z',
      'out 2026-11-10T04:00Z',
      'in 2026-11-10T05:30Z',
      'out 2026-11-10T10:00Z',
    );
    expect(hoursBy(presenceOf(withLunch, SHANGHAI))).toEqual([['2026-11-10', 8]]);
    expect(hoursBy(presenceOf(day, { ...SHANGHAI, calendar: undefined }))).toEqual([['2026-11-10', 9]]);
  });

  it('has no break on a day off', () => {
    const sunday = clocked('in 2026-11-15T09:00+08:00', 'out 2026-11-15T18:00+08:00');
    expect(hoursBy(presenceOf(sunday, SHANGHAI))).toEqual([['2026-11-15', 9]]);
  });

  it('counts a shift over midnight for the date on which it began, also that of the month before', () => {
    const night = clocked('in 2026-10-31T22:00+08:00', 'out 2026-11-01T06:00+08:00');
    const presence = presenceOf(night, SHANGHAI);
    expect(hoursBy(presence)).toEqual([['2026-10-31', 8]]);
    expect(within(presence, '2026-11-01', '2026-11-30')).toEqual({ days: [], unpaired: [] });
  });

  it('is real time where the clocks are changed: a night of seven hours, and one of nine', () => {
    const spring = clocked('in 2026-03-28T22:00+01:00', 'out 2026-03-29T06:00+02:00');
    const autumn = clocked('in 2026-10-24T22:00+02:00', 'out 2026-10-25T06:00+01:00');
    expect(hoursBy(presenceOf(spring, BERLIN))).toEqual([['2026-03-28', 7]]);
    expect(hoursBy(presenceOf(autumn, BERLIN))).toEqual([['2026-10-24', 9]]);
  });

  it('has its breaks by the clocks of the zone, before and after they are changed', () => {
    const calendar = createCalendar({
      name: 'All days',
      version: '1',
      workingDays: ['sunday'],
      workingHours: [
        { from: '00:00', to: '01:00' },
        { from: '04:00', to: '09:00' },
      ],
      years: { 2026: { source: 'the test', holidays: [], makeUpDays: [] } },
    });
    const sunday = clocked('in 2026-03-29T00:00+01:00', 'out 2026-03-29T09:00+02:00');
    // Of the nine hours on the clocks three are a break, and one of these is skipped.
    expect(hoursBy(presenceOf(sunday, { ...BERLIN, calendar }))).toEqual([['2026-03-29', 6]]);
  });

  it('guesses nothing of a clocking without its counterpart, and tells it by date and time', () => {
    const forgotten = clocked(
      'in 2026-11-10T09:00+08:00',
      'out 2026-11-11T17:59+08:00',
      'in 2026-11-12T09:00+08:00',
      'in 2026-11-12T13:00+08:00',
      'out 2026-11-12T18:00+08:00',
    );
    expect(presenceOf(forgotten, SHANGHAI)).toEqual({
      days: [{ date: '2026-11-12', present: 5 * HOUR }],
      unpaired: [
        { date: '2026-11-10', time: '09:00', direction: 'in' },
        { date: '2026-11-11', time: '17:59', direction: 'out' },
        { date: '2026-11-12', time: '09:00', direction: 'in' },
      ],
    });
  });

  it('takes a clock-out for the counterpart up to the longest presence, and not a moment later', () => {
    const came = 'in 2026-11-10T00:00Z';
    expect(presenceOf(clocked(came, 'out 2026-11-10T16:00Z'), SHANGHAI).unpaired).toEqual([]);
    const late = presenceOf(clocked(came, 'out 2026-11-10T16:00:00.001Z'), SHANGHAI);
    expect([late.days.length, late.unpaired.length]).toEqual([0, 2]);
  });

  it('takes each clocking once: as half of a pair, or as unpaired; in whatever order they are listed', () => {
    const clocking: fc.Arbitrary<Clocking> = fc.record({
      at: fc
        .integer({ min: Date.parse('2026-03-27T00:00Z') / 60_000, max: Date.parse('2026-04-02T00:00Z') / 60_000 })
        .map((minute) => new Date(minute * 60_000).toISOString()),
      direction: fc.constantFrom('in', 'out'),
    });
    const zone = fc.constantFrom('Asia/Shanghai', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe');
    fc.assert(
      fc.property(
        fc.uniqueArray(clocking, { maxLength: 20, selector: ({ at }) => at }),
        zone,
        fc.integer({ min: 1, max: 24 }),
        (clockings, timeZone, longestHours) => {
          const terms = { timeZone, calendar: undefined, longestHours };

          const { days, unpaired } = presenceOf(clockings, terms);

          const paired = clockings.length - unpaired.length;
          const ins = clockings.filter(({ direction }) => direction === 'in').length;
          expect(ins - unpaired.filter(({ direction }) => direction === 'in').length).toBe(paired / 2);
          const total = days.reduce((sum, { present }) => sum + present, 0);
          expect(total).toBeLessThanOrEqual((paired / 2) * longestHours * HOUR);
          const times = clockings.map(({ at }) => Date.parse(at));
          expect(total).toBeLessThanOrEqual(times.length === 0 ? 0 : Math.max(...times) - Math.min(...times));
          expect(presenceOf(clockings.toReversed(), terms)).toEqual({ days, unpaired });
        },
      ),
    );
  });
});
