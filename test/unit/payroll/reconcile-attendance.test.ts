import { describe, expect, it } from 'vitest';
import type { TimeEmployee } from '../../../functions/connectors/erp/time-port.ts';
import { reconcileAttendance } from '../../../functions/payroll/reconcile-attendance.ts';
import { companyCalendar } from '../../support/company-calendar.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const ID = 'E-1';
const input = { period: '2025-12', corrects: ['2025-10', '2025-11'], employeeId: ID, active: true };

function timeOf(employee: Omit<TimeEmployee, 'employeeId' | 'name'> | undefined) {
  return new FakeTime(employee === undefined ? [] : [{ employeeId: ID, name: 'Li', ...employee }]);
}

function collect(time: FakeTime, changes: object = {}) {
  return reconcileAttendance({ store: new MemoryStore(), time, calendar: companyCalendar }, { ...input, ...changes });
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
