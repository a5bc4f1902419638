import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCalendar } from '../../../functions/calendar/domain/calendar.ts';
import { morningAt } from '../../../functions/worklist/domain/morning.ts';

/** Saturday 2026-01-03 is worked, Friday 2026-01-02 is free. */
const calendar = createCalendar({
  name: 'company',
  version: '1',
  workingDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
  workingHours: [{ from: '09:00', to: '17:00' }],
  years: {
    2026: {
      source: 'made up',
      holidays: [{ name: 'New Year', from: '2026-01-01', to: '2026-01-02' }],
      makeUpDays: ['2026-01-03'],
    },
  },
});

const dayOf = (now: string, timeZone: string, known = true) =>
  morningAt(new Date(now), timeZone, known ? calendar : undefined)?.day;

describe('a morning', () => {
  it.each([
    ['2026-01-05T00:00:00Z', 'Asia/Shanghai', '2026-01-05'],
    ['2026-01-05T02:59:59Z', 'Asia/Shanghai', '2026-01-05'],
    ['2026-01-04T23:59:59Z', 'Asia/Shanghai', undefined],
    ['2026-01-05T03:00:00Z', 'Asia/Shanghai', undefined],
    ['2026-01-05T07:00:00Z', 'Europe/Berlin', '2026-01-05'],
    ['2026-07-06T06:00:00Z', 'Europe/Berlin', '2026-07-06'],
    ['2026-01-05T02:30:00Z', 'Asia/Kolkata', '2026-01-05'],
    ['2026-01-05T18:15:00Z', 'Pacific/Chatham', '2026-01-06'],
    ['2026-01-05T19:00:00Z', 'Pacific/Auckland', '2026-01-06'],
  ])('at %s in %s is that of %s', (now, timeZone, day) => {
    expect(dayOf(now, timeZone)).toBe(day);
  });

  it.each([
    ['2026-01-02T01:00:00Z', undefined, '2026-01-02'],
    ['2026-01-03T01:00:00Z', '2026-01-03', undefined],
    ['2026-01-04T01:00:00Z', undefined, undefined],
    ['2027-01-01T01:00:00Z', '2027-01-01', '2027-01-01'],
    ['2027-01-02T01:00:00Z', undefined, undefined],
  ])(
    'at %s in Shanghai is one of work by the calendar (%s), or by the week where it knows nothing (%s)',
    (now, with_, without) => {
      expect([dayOf(now, 'Asia/Shanghai'), dayOf(now, 'Asia/Shanghai', false)]).toEqual([with_, without]);
    },
  );

  it('is met once a day or oftener by whoever looks once an hour, wherever', () => {
    const zones = fc.constantFrom(
      'Asia/Shanghai',
      'Asia/Kathmandu',
      'America/St_Johns',
      'Pacific/Chatham',
      'Europe/Berlin',
      'America/New_York',
      'Australia/Lord_Howe',
    );
    fc.assert(
      fc.property(zones, fc.integer({ min: 0, max: 59 }), fc.integer({ min: 0, max: 340 }), (timeZone, minute, day) => {
        const start = Date.UTC(2026, 0, 5 + day, 0, minute);
        const met = Array.from({ length: 24 * 8 }, (_, hour) =>
          morningAt(new Date(start + hour * 3_600_000), timeZone, undefined),
        ).flatMap((one) => (one === undefined ? [] : [one]));

        // Of the eight days, five or six are worked in full.
        expect(new Set(met.map((one) => one.day)).size).toBeGreaterThanOrEqual(5);
        for (const { day: on, beganAt } of met) {
          const clock = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
          expect(clock.format(beganAt)).toBe(`${on} 08:00`);
        }
      }),
      { numRuns: 60 },
    );
  });
});
