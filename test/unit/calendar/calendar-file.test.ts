import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { boundOfWorkingHours, parseCalendar } from '../../../functions/calendar/calendar-file.ts';
import { daysBetween } from '../../../functions/calendar/domain/calendar.ts';
import { ValidationError } from '../../../functions/runtime/errors.ts';
import { china, chinaFile } from './calendars.ts';

/** What is wrong with the calendar of the notices after a change. */
function problemsAfter(change: (file: ReturnType<typeof copy>) => void): readonly string[] {
  const file = copy();
  change(file);
  try {
    parseCalendar(file);
    return [];
  } catch (error) {
    if (error instanceof ValidationError) {
      return error.issues.map(({ field, problem }) => `${field}: ${problem}`);
    }
    throw error;
  }
}

function copy() {
  return JSON.parse(readFileSync('test/support/china-calendar.json', 'utf8'));
}

describe('a calendar file', () => {
  it('of the demonstration has the notices as the tests have them, and goes on with the days of the law', () => {
    const { years } = parseCalendar(JSON.parse(readFileSync('local/demo/calendar.json', 'utf8')));
    const { '2027': law, ...notices } = years;

    expect(notices).toEqual(chinaFile.years);
    expect(law?.holidays.flatMap(({ from, to }) => daysBetween(from, to))).toHaveLength(13);
    expect(law?.isProvisional).toBe(true);
  });

  it('of the notices has their days off and their working days', () => {
    const days = (year: number) =>
      Array.from({ length: 365 }, (_, index) => Date.UTC(year, 0, 1) / 86_400_000 + index).filter(
        (day) => (china.stretchesOn(day)?.length ?? 0) > 0,
      ).length;

    // 365 days less the week-ends and the statutory holidays: 11 of them on working days in either year, or moved to one.
    expect([days(2025), days(2026)]).toEqual([248, 248]);
    expect(Object.values(chinaFile.years).every(({ source }) => source.includes('国办发明电'))).toBe(true);
  });

  it('is told everything that is wrong at once, each by its field', () => {
    expect(
      problemsAfter((file) => {
        file.colour = 'red';
        file.workingDays = ['Monday'];
        file.workingHours[0].from = '9:00';
        file.years['2026'].makeUpDays[0] = '2026-02-30';
        delete file.years['2025'].source;
      }).map((problem) => problem.split(': ')[0]),
    ).toEqual(['workingDays[0]', 'workingHours[0].from', 'years.2025.source', 'years.2026.makeUpDays[0]', 'colour']);
  });

  it.each<[string, (file: ReturnType<typeof copy>) => void, RegExp]>([
    [
      'a stretch that ends before it begins',
      (file) => (file.workingHours[0].to = '08:00'),
      /^workingHours\[0\]: 09:00/,
    ],
    ['stretches that overlap', (file) => (file.workingHours[1].from = '11:30'), /^workingHours\[1\]: 11:30 is before/],
    ['a weekday twice', (file) => file.workingDays.push('monday'), /^workingDays: a day is there twice/],
    [
      'a year that is settled before the one that comes first',
      (file) => (file.years['2025'].isProvisional = true),
      /^years\.2026: is settled after a year that is not/,
    ],
    ['a year that is provisional or not', (file) => (file.years['2026'].isProvisional = false), /^years\.2026\.isProv/],
    ['no year', (file) => (file.years = {}), /^years: there is no year/],
    [
      'a year that is missing between others',
      (file) => (file.years['2028'] = { source: 'x', holidays: [], makeUpDays: [] }),
      /^years\.2027: is missing/,
    ],
    [
      'a date under another year',
      (file) => file.years['2025'].makeUpDays.push('2026-01-10'),
      /^years\.2025\.makeUpDays\[5\]: 2026-01-10 is not in 2025/,
    ],
    [
      'a holiday that ends before it begins',
      (file) => (file.years['2026'].holidays[1].to = '2026-02-14'),
      /^years\.2026\.holidays\[1\]: 2026-02-15 is after/,
    ],
    [
      'a day in two holidays',
      (file) => (file.years['2026'].holidays[5].to = '2026-10-01'),
      /^years\.2026\.holidays\[6\]: a day of it belongs to Mid-Autumn/,
    ],
    [
      'a make-up day in a holiday',
      (file) => (file.years['2026'].makeUpDays[1] = '2026-02-15'),
      /^years\.2026\.makeUpDays\[1\]: 2026-02-15 is a holiday as well/,
    ],
    [
      'a make-up day that is worked anyway',
      (file) => (file.years['2026'].makeUpDays[1] = '2026-02-13'),
      /^years\.2026\.makeUpDays\[1\]: 2026-02-13 is a friday/,
    ],
    [
      'a make-up day twice',
      (file) => file.years['2026'].makeUpDays.push('2026-02-14'),
      /^years\.2026\.makeUpDays\[6\]: 2026-02-14 is there twice/,
    ],
  ])('with %s is refused, and nothing else is', (_name, change, problem) => {
    const problems = problemsAfter(change);

    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(problem);
  });

  it('says how many working hours fit before the time-outs of the state machines', () => {
    const { calendar, mostHours } = boundOfWorkingHours(chinaFile);

    expect(calendar).toBe('China 2025-11-04');
    // About 60 days of 8 hours, less the holidays of the worst quarter.
    expect(mostHours).toBeGreaterThan(400);
    expect(mostHours).toBeLessThan(500);
  });
});
