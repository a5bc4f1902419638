import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarData, createCalendar, timeOfDay, WEEKDAYS } from '../../../functions/calendar/domain/calendar.ts';
import {
  daysOfDataLeft,
  fewestWorkingHours,
  workingTimeAfter,
} from '../../../functions/calendar/domain/working-time.ts';
import { at, china, endOf } from './calendars.ts';

const MINUTE = 60_000;
/** Zones, and instants at which their clocks change (or, in some, never do): by an hour, or by half of one. */
const CHANGES = [
  ['Asia/Shanghai', '2026-02-14T00:00:00Z'],
  ['Asia/Kolkata', '2026-05-01T00:00:00Z'],
  ['Europe/Berlin', '2026-03-29T01:00:00Z'],
  ['Europe/Berlin', '2026-10-25T01:00:00Z'],
  ['America/New_York', '2026-03-08T07:00:00Z'],
  ['America/New_York', '2026-11-01T06:00:00Z'],
  ['Australia/Lord_Howe', '2026-04-04T15:00:00Z'],
  ['Australia/Lord_Howe', '2026-10-03T15:30:00Z'],
  ['America/Santiago', '2026-04-05T03:00:00Z'],
  ['America/Santiago', '2026-09-06T04:00:00Z'],
  ['Atlantic/Azores', '2026-03-29T01:00:00Z'],
  ['Atlantic/Azores', '2026-10-25T01:00:00Z'],
] as const;

describe('working time', () => {
  it('leaves out nights, lunch and week-ends', () => {
    expect(endOf(at('2026-03-12T09:00'), 3)).toBe(at('2026-03-12T12:00').toISOString());
    expect(endOf(at('2026-03-12T09:00'), 4)).toBe(at('2026-03-12T14:00').toISOString());
    expect(endOf(at('2026-03-12T20:15'), 1)).toBe(at('2026-03-13T10:00').toISOString());
    expect(endOf(at('2026-03-13T17:30'), 1)).toBe(at('2026-03-16T09:30').toISOString());
    expect(endOf(at('2026-03-14T11:00'), 0)).toBe(at('2026-03-16T09:00').toISOString());
  });

  it('leaves out Chinese holidays and counts the days that are worked for them', () => {
    // The Saturday before the Spring Festival and the one after it are worked; the nine days between are not.
    expect(endOf(at('2026-02-13T17:00'), 2)).toBe(at('2026-02-14T10:00').toISOString());
    expect(endOf(at('2026-02-14T17:00'), 2)).toBe(at('2026-02-24T10:00').toISOString());
    expect(endOf(at('2026-02-27T17:00'), 2)).toBe(at('2026-02-28T10:00').toISOString());
    expect(endOf(at('2026-09-30T17:00'), 2)).toBe(at('2026-10-08T10:00').toISOString());
    expect(endOf(at('2025-12-31T17:00'), 2)).toBe(at('2026-01-04T10:00').toISOString());
  });

  it("is that of the zone's own clocks", () => {
    expect(endOf(at('2026-03-12T09:00'), 2, 'Europe/Berlin')).toBe(at('2026-03-12T11:00', '+01:00').toISOString());
    expect(endOf(at('2026-03-27T17:00', '+01:00'), 2, 'Europe/Berlin')).toBe(
      at('2026-03-30T10:00', '+02:00').toISOString(),
    );
  });

  it('ends where the data end, and guesses nothing', () => {
    expect(endOf(at('2026-12-31T17:00'), 1)).toBe(at('2026-12-31T18:00').toISOString());
    expect(endOf(at('2026-12-31T17:00'), 2)).toBe(2027);
    expect(endOf(at('2027-05-01T17:00'), 2)).toBe(2027);
    expect(endOf(at('2024-12-30T17:00'), 2)).toBe(2024);
  });

  it('skips the hour that the clocks skip, and has the hour twice that they repeat', () => {
    const nights = createCalendar(calendarOf([['00:00', '06:00']], WEEKDAYS));

    expect(endOf(at('2026-03-29T00:00', '+01:00'), 5, 'Europe/Berlin', nights)).toBe('2026-03-29T04:00:00.000Z');
    expect(endOf(at('2026-10-25T00:00', '+02:00'), 7, 'Europe/Berlin', nights)).toBe('2026-10-25T05:00:00.000Z');
  });

  it('is what somebody counts who looks at the clock every minute', () => {
    fc.assert(
      fc.property(someCalendar(), someBeginning(), fc.integer({ min: 1, max: 12 }), (data, { from, zone }, hours) => {
        expect(endOf(from, hours, zone, createCalendar(data))).toBe(countedByMinutes(data, from, hours, zone));
      }),
      { numRuns: 120 },
    );
  });

  it('never ends before it began or outside working time', () => {
    fc.assert(
      fc.property(someCalendar(), someBeginning(), someHours(), (data, { from, zone }, hours) => {
        const end = reached(data, from, hours, zone);
        fc.pre(end !== undefined);
        expect(end.getTime()).toBeGreaterThanOrEqual(from.getTime() + hours * 60 * MINUTE);
        expect(isWorked(data, new Date(end.getTime() - 1), zone)).toBe(true);
      }),
    );
  });

  it('of two waits added is that of the second after the first', () => {
    fc.assert(
      fc.property(someCalendar(), someBeginning(), someHours(), someHours(), (data, { from, zone }, one, two) => {
        const first = reached(data, from, one, zone);
        fc.pre(first !== undefined);
        expect(reached(data, first, two, zone)).toEqual(reached(data, from, one + two, zone));
      }),
    );
  });

  it('ends later, or at the same time, for what begins later or takes longer', () => {
    fc.assert(
      fc.property(
        someCalendar(),
        someBeginning(),
        fc.integer({ min: 0, max: 20_000 }),
        someHours(),
        someHours(),
        (data, { from, zone }, minutes, hours, more) => {
          const end = reached(data, new Date(from.getTime() + minutes * MINUTE), hours + more, zone);
          fc.pre(end !== undefined);
          expect(reached(data, from, hours, zone)?.getTime()).toBeLessThanOrEqual(end.getTime());
        },
      ),
    );
  });
});

describe('what is known of a calendar', () => {
  it('is how little work any number of days in a row may have', () => {
    expect(fewestWorkingHours(china, 1)).toBe(0);
    // The nine free days of a Spring Festival.
    expect(fewestWorkingHours(china, 9)).toBe(0);
    expect(fewestWorkingHours(china, 10)).toBe(8);
    expect(fewestWorkingHours(china, 800)).toBe(0);
  });

  it('bounds every wait that needs no more', () => {
    const fewest = fewestWorkingHours(china, 30);
    fc.assert(
      fc.property(someBeginning(), ({ from, zone }) => {
        const end = workingTimeAfter(china, from, fewest, zone);
        fc.pre('at' in end);
        expect(end.at.getTime() - from.getTime()).toBeLessThanOrEqual(31 * 24 * 60 * MINUTE + 60 * MINUTE);
      }),
    );
  });

  it('is how many days are left, on the clocks of the company', () => {
    expect(daysOfDataLeft(china, at('2026-12-31T23:59'), 'Asia/Shanghai')).toBe(0);
    expect(daysOfDataLeft(china, at('2027-01-01T00:00'), 'Asia/Shanghai')).toBe(-1);
    expect(daysOfDataLeft(china, at('2026-11-01T12:00'), 'Asia/Shanghai')).toBe(60);
  });
});

function reached(data: CalendarData, from: Date, hours: number, zone: string): Date | undefined {
  const result = workingTimeAfter(createCalendar(data), from, hours, zone);
  return 'at' in result ? result.at : undefined;
}

function calendarOf(
  hours: readonly (readonly [string, string])[],
  workingDays: CalendarData['workingDays'],
  more: Partial<CalendarData['years'][string]> = {},
): CalendarData {
  const year = (of: number) => ({
    source: 'invented',
    holidays: (more.holidays ?? []).filter(({ from }) => from.startsWith(`${of}`)),
    makeUpDays: (more.makeUpDays ?? []).filter((date) => date.startsWith(`${of}`)),
  });
  return {
    name: 'Test',
    version: '1',
    workingDays,
    workingHours: hours.map(([from, to]) => ({ from, to })),
    years: { 2025: year(2025), 2026: year(2026) },
  };
}

/** One to three stretches, also at night and on half hours, with holidays and days that are worked instead. */
function someCalendar(): fc.Arbitrary<CalendarData> {
  const times = fc.uniqueArray(fc.integer({ min: 0, max: 48 }), { minLength: 6, maxLength: 6 });
  const date = fc.integer({ min: Date.UTC(2025, 0, 1) / DAY, max: Date.UTC(2026, 11, 31) / DAY }).map(dateOf);
  return fc
    .record({
      times,
      count: fc.integer({ min: 1, max: 3 }),
      days: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 3, maxLength: 7 }),
      holidays: fc.array(date, { maxLength: 40 }),
      makeUpDays: fc.array(date, { maxLength: 40 }),
    })
    .map(({ times: halves, count, days, holidays, makeUpDays }) => {
      const sorted = halves.toSorted((one, other) => one - other).map(halfHour);
      const stretches = [0, 1, 2].slice(0, count).map((n) => [sorted[2 * n] ?? '', sorted[2 * n + 1] ?? ''] as const);
      return calendarOf(stretches, days, {
        holidays: holidays.map((day) => ({ name: 'Free', from: day, to: day })),
        makeUpDays,
      });
    });
}

interface Beginning {
  readonly from: Date;
  readonly zone: string;
}

/** Every second time within a day or so of a change of the zone's clocks. */
function someBeginning(): fc.Arbitrary<Beginning> {
  const near = fc.tuple(fc.constantFrom(...CHANGES), fc.integer({ min: -2160, max: 360 }));
  const minutes = fc.integer({ min: Date.UTC(2025, 0, 2) / MINUTE, max: Date.UTC(2026, 10, 30) / MINUTE });
  return fc.oneof(
    near.map(([[zone, change], minute]) => ({ zone, from: new Date(Date.parse(change) + minute * MINUTE) })),
    fc
      .tuple(fc.constantFrom(...CHANGES), minutes)
      .map(([[zone], minute]) => ({ zone, from: new Date(minute * MINUTE) })),
  );
}

function someHours(): fc.Arbitrary<number> {
  return fc.integer({ min: 1, max: 120 });
}

const DAY = 1440 * MINUTE;

function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

function halfHour(half: number): string {
  return `${String(Math.floor(half / 2)).padStart(2, '0')}:${half % 2 === 0 ? '00' : '30'}`;
}

/** Minute by minute, by what the zone's clocks and the calendar's text say. */
function countedByMinutes(data: CalendarData, from: Date, hours: number, zone: string): string | number {
  let worked = 0;
  for (let instant = from.getTime(); ; instant += MINUTE) {
    const moment = new Date(instant);
    const year = clockOf(moment, zone).date.slice(0, 4);
    if (data.years[year] === undefined) {
      return Number(year);
    }
    worked += isWorked(data, moment, zone) ? 1 : 0;
    if (worked === hours * 60) {
      return new Date(instant + MINUTE).toISOString();
    }
  }
}

function isWorked(data: CalendarData, moment: Date, zone: string): boolean {
  const { date, time } = clockOf(moment, zone);
  const { holidays = [], makeUpDays = [] } = data.years[date.slice(0, 4)] ?? {};
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()];
  const isFree = holidays.some((holiday) => holiday.from <= date && date <= holiday.to);
  const isWorkedDay = makeUpDays.includes(date) || (data.workingDays.some((day) => day === weekday) && !isFree);
  return isWorkedDay && data.workingHours.some(({ from, to }) => timeOfDay(from) <= time && time < timeOfDay(to));
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** What the clocks and the wall calendar of a zone show. */
function clockOf(moment: Date, timeZone: string) {
  const format =
    clocks.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  clocks.set(timeZone, format);
  const [date = '', time = ''] = format.format(moment).split(' ');
  return { date, time: timeOfDay(time) + Number(time.slice(6)) * 1000 + moment.getMilliseconds() };
}
