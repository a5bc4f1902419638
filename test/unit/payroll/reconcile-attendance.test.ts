import { describe, expect, it } from 'vitest';
import type { TimeEmployee } from '../../../functions/connectors/erp/time-port.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { reconcileAttendance } from '../../../functions/payroll/reconcile-attendance.ts';
import type { AttendanceRule } from '../../../functions/policy/port.ts';
import { companyCalendar } from '../../support/company-calendar.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { companyPolicies, directoryData } from '../../support/purchase-company.ts';

const ID = 'E-1';
const input = { period: '2025-12', corrects: ['2025-10', '2025-11'], employeeId: ID, active: true };

function timeOf(employee: Omit<TimeEmployee, 'employeeId' | 'name'> | undefined) {
  return new FakeTime(employee === undefined ? [] : [{ employeeId: ID, name: 'Li', ...employee }]);
}

function collect(time: FakeTime, changes: object = {}, { rule, people = [] }: Counting = {}) {
  const policies = rule === undefined ? companyPolicies : { ...companyPolicies, attendanceRule: async () => rule };
  const directory = createFileDirectory({ ...directoryData, people });
  return reconcileAttendance(
    { store: new MemoryStore(), time, calendar: companyCalendar, directory, policies, timeZone: 'Asia/Shanghai' },
    { ...input, ...changes },
  );
}

interface Counting {
  readonly rule?: AttendanceRule;
  readonly people?: typeof directoryData.people;
}

/** Of the month of the run. */
async function december(employee: Omit<TimeEmployee, 'employeeId' | 'name'> | undefined, changes: object = {}) {
  const { months } = await collect(timeOf(employee), changes);
  return months.find(({ period }) => period === '2025-12');
}

describe("an employee's month", () => {
  it('counts the working days between their first and their last day only', async () => {
    expect(await december({ employedFrom: '2025-12-30' })).toMatchObject({ status: 'collected', workingDays: 2 });
    expect(await december({ employedUntil: '2025-12-02' }, { active: false })).toMatchObject({ workingDays: 2 });
  });

  it('is none for who left before or comes later, and unknown of who has left and is not in the ERP', async () => {
    const none = { period: '2025-12', status: 'not-employed' };
    expect(await december({ employedUntil: '2025-11-30' }, { active: false })).toEqual(none);
    expect(await december({ employedFrom: '2026-01-01' })).toEqual(none);
    expect(await december(undefined, { active: false })).toEqual({ period: '2025-12', status: 'unknown' });
  });

  it('is not guessed for who is not in the ERP, has left nobody knows when, or where no holidays are known', async () => {
    await expect(december(undefined)).rejects.toMatchObject({ rule: 'unknown-employee' });
    await expect(december({}, { active: false })).rejects.toMatchObject({ rule: 'open-employment' });
    await expect(december({}, { period: '2031-01' })).rejects.toMatchObject({ rule: 'calendar-year' });
  });

  it('is read together with the earlier months that are looked at again, each absence in its own', async () => {
    const time = timeOf({ employedFrom: '2025-11-03' });
    time.typeIn(ID, 'sick', { date: '2025-11-10', hours: '8' });
    time.typeIn(ID, 'sick', { date: '2025-12-10', hours: '4' });

    const { months } = await collect(time);

    expect(months).toMatchObject([
      { period: '2025-10', status: 'not-employed' },
      { period: '2025-11', differences: [{ date: '2025-11-10', recorded: '8' }] },
      { period: '2025-12', differences: [{ date: '2025-12-10', recorded: '4' }] },
    ]);
    expect(time.calls.filter((call) => call === 'absencesOf')).toHaveLength(1);
  });
});

describe("an employee's month by the clock", () => {
  const rule = { countedBy: 'clock', shortMinutes: 15, overMinutes: 60, longestHours: 16 } as const;
  const [anybody] = directoryData.people;
  const own = (terms: object) => ({ people: anybody === undefined ? [] : [{ ...anybody, employeeId: ID, ...terms }] });
  const monthOf = (months: Awaited<ReturnType<typeof collect>>['months'], period: string) =>
    months.find((month) => month.period === period);

  it('is read once for all months, with what is under way at either end, and only where they clocked if the rule says so', async () => {
    const time = timeOf({});
    time.clock(ID, 'in', '2025-11-30T22:00+08:00');
    time.clock(ID, 'out', '2025-12-01T06:00+08:00');
    time.clock(ID, 'in', '2025-12-31T22:00+08:00');
    time.clock(ID, 'out', '2026-01-01T06:00+08:00');

    const { months } = await collect(time, { corrects: ['2025-11'] }, own({ grade: undefined }));

    expect(time.calls.filter((call) => call === 'clockingsOf')).toHaveLength(1);
    // A Sunday: whoever was there only then is asked about all other days.
    expect(monthOf(months, '2025-11')).toMatchObject({ figures: [{ kind: 'worked', hours: '0' }] });
    expect(monthOf(months, '2025-12')).toMatchObject({ figures: [{ kind: 'worked', hours: '8', days: '1' }] });
    const before = await collect(time, { period: '2025-11', corrects: ['2025-10'] }, own({ grade: undefined }));
    expect(monthOf(before.months, '2025-10')).toMatchObject({ differences: [] });
  });

  it('is asked for of nobody whom the table counts by the calendar', async () => {
    const time = timeOf({});
    time.clock(ID, 'in', '2025-12-01T09:00+08:00');

    const { months } = await collect(time, {}, own({ grade: 'M2' }));

    expect(time.calls).not.toContain('clockingsOf');
    expect(months.flatMap((month) => (month.status === 'collected' ? month.differences : []))).toEqual([]);
  });

  it('misses every working day of who has to clock and never did', async () => {
    const { months } = await collect(timeOf({ employedFrom: '2025-12-30' }), { corrects: [] }, { rule });

    expect(months).toMatchObject([
      {
        figures: [{ kind: 'worked', hours: '0' }],
        differences: [
          { date: '2025-12-30', kind: 'presence', requested: '8', recorded: '0' },
          { date: '2025-12-31', kind: 'presence', requested: '8', recorded: '0' },
        ],
      },
    ]);
  });

  it('has its dates and breaks by the clocks where the person works', async () => {
    const time = timeOf({ employedFrom: '2025-12-31' });
    time.clock(ID, 'in', '2025-12-31T09:00-05:00');
    time.clock(ID, 'out', '2025-12-31T18:00-05:00');
    const collected = (terms: Counting) => collect(time, { corrects: [] }, { rule, ...terms });

    const there = await collected(own({ timeZone: 'America/New_York' }));
    const here = await collected({});

    expect(there.months).toMatchObject([{ figures: [{ hours: '8' }], differences: [] }]);
    // In Shanghai it is 22:00 to 07:00 of the next day, without a break.
    expect(here.months).toMatchObject([{ figures: [{ hours: '8' }], differences: [] }]);
    time.clock(ID, 'in', '2026-01-01T01:00+08:00');
    expect(monthOf((await collected({})).months, '2025-12')).toMatchObject({
      differences: [{ kind: 'clock-in', date: '2025-12-31', recorded: '22:00' }, { kind: 'presence' }],
    });
  });
});
