import { describe, expect, it } from 'vitest';
import { createWaitClock } from '../../../functions/calendar/wait-clock.ts';
import { at, china } from './calendars.ts';

const openedAt = at('2026-12-21T09:00').toISOString();
const byCalendar = createWaitClock(china, 'Asia/Shanghai');

describe('the clock of waits', () => {
  it('is the ordinary one without a calendar, and for what counts by it', () => {
    const wait = { openedAt, expireAfterHours: 120, timeZones: [] };
    for (const reckoned of [
      createWaitClock(undefined, 'Asia/Shanghai').reckon({ ...wait, isOnTheClock: false }),
      byCalendar.reckon({ ...wait, isOnTheClock: true }),
    ]) {
      expect(reckoned).toEqual({ hoursAfter: expect.any(Function) });
      expect(reckoned.hoursAfter(openedAt, 24)).toEqual(at('2026-12-22T09:00'));
    }
  });

  it('counts working time as long as the whole wait lies within the data', () => {
    const reckoned = byCalendar.reckon({ openedAt, expireAfterHours: 72, isOnTheClock: false, timeZones: [] });

    expect(reckoned).toMatchObject({ countedBy: { calendar: 'China 2025-11-04', timeZone: 'Asia/Shanghai' } });
    expect(reckoned.hoursAfter(openedAt, 24)).toEqual(at('2026-12-23T18:00'));
    expect(reckoned.hoursAfter(openedAt, 72)).toEqual(at('2026-12-31T18:00'));
  });

  it('counts all times of a wait by the clock when its end lies beyond the data, so that they keep their order', () => {
    const reckoned = byCalendar.reckon({ openedAt, expireAfterHours: 73, isOnTheClock: false, timeZones: [] });

    expect(reckoned).toEqual({
      hoursAfter: expect.any(Function),
      missing: { calendar: 'China 2025-11-04', year: 2027 },
    });
    expect(reckoned.hoursAfter(openedAt, 24)).toEqual(at('2026-12-22T09:00'));
    expect(reckoned.hoursAfter(openedAt, 73)).toEqual(at('2026-12-24T10:00'));
  });

  it("takes a person's own zone before the company's", () => {
    const reckoned = byCalendar.reckon({
      openedAt,
      expireAfterHours: 8,
      isOnTheClock: false,
      timeZones: ['Europe/Berlin'],
    });

    expect(reckoned.countedBy).toMatchObject({ timeZone: 'Europe/Berlin' });
    expect(reckoned.hoursAfter(openedAt, 8)).toEqual(at('2026-12-21T18:00', '+01:00'));
  });

  it('gives each of several people their hours of work: of every time the latest', () => {
    const wait = { openedAt, expireAfterHours: 72, isOnTheClock: false };
    const together = byCalendar.reckon({ ...wait, timeZones: ['Europe/Berlin', undefined, 'America/New_York'] });
    const alone = ['Asia/Shanghai', 'Europe/Berlin', 'America/New_York'].map((zone) =>
      byCalendar.reckon({ ...wait, timeZones: [zone] }),
    );

    expect(together.countedBy?.timeZone).toBe('America/New_York, Asia/Shanghai, Europe/Berlin');
    for (const hours of [1, 8, 13, 24, 40]) {
      const ends = alone.map(({ hoursAfter }) => hoursAfter(openedAt, hours).getTime());
      expect(together.hoursAfter(openedAt, hours).getTime()).toBe(Math.max(...ends));
    }
  });
});
