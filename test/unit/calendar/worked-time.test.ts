import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CalendarData, createCalendar } from '../../../functions/calendar/domain/calendar.ts';
import { clockTime, hoursOf, workedHoursAfter, workedTimeOf } from '../../../functions/calendar/domain/worked-time.ts';
import { workingTimeAfter } from '../../../functions/calendar/domain/working-time.ts';
import { at, china } from './calendars.ts';

const HOUR = 3_600_000;
const ms = (local: string): number => at(local).getTime();

describe('worked time', () => {
  const worked = workedTimeOf(china, 'Asia/Shanghai');

  it('leaves out nights, lunch, week-ends and holidays, and counts days that are worked for them', () => {
    expect(worked(ms('2026-03-12T09:00'), ms('2026-03-12T18:00'))).toBe(8 * HOUR);
    expect(worked(ms('2026-03-13T17:30'), ms('2026-03-16T09:30'))).toBe(HOUR);
    expect(worked(ms('2026-02-14T17:00'), ms('2026-02-24T10:00'))).toBe(2 * HOUR);
    expect(worked(ms('2026-03-14T10:00'), ms('2026-03-15T10:00'))).toBe(0);
  });

  it('is nothing from an instant to one that is not after it', () => {
    expect(worked(ms('2026-03-12T11:00'), ms('2026-03-12T10:00'))).toBe(0);
    expect(clockTime(5, 3)).toBe(0);
  });

  it('is all of the time of which the calendar knows nothing', () => {
    const before = Date.UTC(1990, 0, 1);
    expect(worked(before, before + 5 * HOUR)).toBe(5 * HOUR);
    const after = Date.UTC(2090, 0, 1);
    expect(worked(after, after + 5 * HOUR)).toBe(5 * HOUR);
  });

  it('is what was to be worked until an instant that was reckoned by working time, whatever the clocks do', () => {
    const data: CalendarData = {
      name: 'any',
      version: '1',
      workingDays: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'],
      workingHours: [
        { from: '04:00', to: '12:00' },
        { from: '13:30', to: '24:00' },
      ],
      years: {
        '2025': { source: 's', holidays: [], makeUpDays: [] },
        '2026': { source: 's', holidays: [], makeUpDays: [] },
      },
    };
    const calendar = createCalendar(data);
    const zones = ['Asia/Shanghai', 'Europe/Berlin', 'Australia/Lord_Howe', 'America/New_York'].map(
      (zone) => [zone, workedTimeOf(calendar, zone), workedHoursAfter(calendar, zone)] as const,
    );
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: Date.UTC(2025, 1, 1), max: Date.UTC(2026, 9, 1) }),
        fc.integer({ min: 1, max: 400 }),
        ([zone, time, after], from, hours) => {
          const reached = workingTimeAfter(calendar, new Date(from), hours, zone);
          expect('at' in reached && time(from, reached.at.getTime())).toBe(hours * HOUR);
          expect(after(new Date(from).toISOString(), hours)).toEqual('at' in reached && reached.at);
        },
      ),
    );
  });

  it('is said in hours to a hundredth', () => {
    expect(hoursOf(5_400_000)).toBe(1.5);
    expect(hoursOf(1_000_000)).toBe(0.28);
  });
});
