/** What functions report of the calendar: the alarms look for exactly these names. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createCalendar } from '../../../functions/calendar/domain/calendar.ts';
import { china, chinaFile } from './calendars.ts';

const COMPANY_FILES = '../../../functions/runtime/company-files.ts';
const company = { calendar: undefined as unknown };
let calendar: typeof import('../../../functions/runtime/calendar.ts');

const environment = { COMPANY_CURRENCY: 'CNY', COMPANY_TIME_ZONE: 'Asia/Shanghai' };
const put: unknown[] = [];

// Other files share the modules of this one: it loads its own, and leaves none behind.
beforeAll(async () => {
  vi.stubEnv('POWERTOOLS_SERVICE_NAME', 'meridian');
  vi.resetModules();
  vi.doMock(COMPANY_FILES, () => ({ companyCalendar: () => company.calendar }));
  calendar = await import('../../../functions/runtime/calendar.ts');
});

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
  vi.doUnmock(COMPANY_FILES);
  vi.resetModules();
  vi.unstubAllEnvs();
});

describe('the figures of the calendar', () => {
  it('say how many days of data are left, where the company has a calendar', () => {
    company.calendar = undefined;
    calendar.reportDaysOfDataLeft(environment);
    expect(put).toEqual([]);

    company.calendar = china;
    calendar.reportDaysOfDataLeft(environment);
    expect(put).toMatchObject([{ CalendarDaysLeft: 36, _aws: { CloudWatchMetrics: [{ Namespace: 'Meridian' }] } }]);
  });

  it('do not count the days of a year that is provisional, with which deadlines are reckoned', () => {
    const { '2025': settled, '2026': open } = chinaFile.years;
    const years = {
      ...(settled && { '2025': settled }),
      ...(open && { '2026': { ...open, isProvisional: true as const } }),
    };
    const provisional = createCalendar({ ...chinaFile, years });
    company.calendar = provisional;
    calendar.reportDaysOfDataLeft(environment);

    // To 31 December 2025.
    expect(put).toMatchObject([{ CalendarDaysLeft: 36 - 365 }]);
    expect(provisional.stretchesOn(provisional.lastDay)).toHaveLength(2);
  });

  it('count the waits that a year was missing for, and no others', () => {
    calendar.countMissingYear(undefined);
    expect(put).toEqual([]);

    calendar.countMissingYear({ calendar: 'China 1', year: 2027 });
    expect(put).toMatchObject([{ WaitsWithoutCalendar: 1, service: 'meridian' }]);
  });
});
