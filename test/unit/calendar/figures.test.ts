/** What functions report of the calendar: the alarms look for exactly these names. */
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { countMissingYear, reportDaysOfDataLeft } from '../../../functions/runtime/calendar.ts';
import { china } from './calendars.ts';

const company = vi.hoisted(() => {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'meridian');
  return { calendar: undefined as unknown };
});
vi.mock('../../../functions/runtime/company-files.ts', () => ({ companyCalendar: () => company.calendar }));

const environment = { COMPANY_CURRENCY: 'CNY', COMPANY_TIME_ZONE: 'Asia/Shanghai' };
const put: unknown[] = [];

beforeEach(() => {
  put.length = 0;
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    put.push(JSON.parse(String(text)));
    return true;
  });
  vi.useFakeTimers({ now: new Date('2026-11-25T00:00:00Z') });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

afterAll(() => {
  vi.unstubAllEnvs();
});

describe('the figures of the calendar', () => {
  it('say how many days of data are left, where the company has a calendar', () => {
    company.calendar = undefined;
    reportDaysOfDataLeft(environment);
    expect(put).toEqual([]);

    company.calendar = china;
    reportDaysOfDataLeft(environment);
    expect(put).toMatchObject([{ CalendarDaysLeft: 36, _aws: { CloudWatchMetrics: [{ Namespace: 'Meridian' }] } }]);
  });

  it('count the waits that a year was missing for, and no others', () => {
    countMissingYear(undefined);
    expect(put).toEqual([]);

    countMissingYear({ calendar: 'China 1', year: 2027 });
    expect(put).toMatchObject([{ WaitsWithoutCalendar: 1, service: 'meridian' }]);
  });
});
