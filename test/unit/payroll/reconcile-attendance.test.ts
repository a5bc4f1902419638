import { describe, expect, it } from 'vitest';
import type { TimeEmployee } from '../../../functions/connectors/erp/time-port.ts';
import { reconcileAttendance } from '../../../functions/payroll/reconcile-attendance.ts';
import { companyCalendar } from '../../support/company-calendar.ts';
import { FakeTime } from '../../support/fake-time.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const ID = 'E-1';
const input = { period: '2025-12', employeeId: ID, active: true };

function collect(employee: Omit<TimeEmployee, 'employeeId' | 'name'> | undefined, changes: object = {}) {
  const time = new FakeTime(employee === undefined ? [] : [{ employeeId: ID, name: 'Li', ...employee }]);
  return reconcileAttendance({ store: new MemoryStore(), time, calendar: companyCalendar }, { ...input, ...changes });
}

describe("an employee's month", () => {
  it('counts the working days between their first and their last day only', async () => {
    expect(await collect({ employedFrom: '2025-12-30' })).toMatchObject({ status: 'collected', workingDays: 2 });
    expect(await collect({ employedUntil: '2025-12-02' }, { active: false })).toMatchObject({ workingDays: 2 });
  });

  it('is none for who left before, comes later, or has left and was never in the ERP', async () => {
    const none = { employeeId: ID, status: 'not-employed' };
    expect(await collect({ employedUntil: '2025-11-30' }, { active: false })).toEqual(none);
    expect(await collect({ employedFrom: '2026-01-01' })).toEqual(none);
    expect(await collect(undefined, { active: false })).toEqual(none);
  });

  it('is not guessed for who is not in the ERP, has left nobody knows when, or where no holidays are known', async () => {
    await expect(collect(undefined)).rejects.toMatchObject({ rule: 'unknown-employee' });
    await expect(collect({}, { active: false })).rejects.toMatchObject({ rule: 'open-employment' });
    await expect(collect({}, { period: '2031-01' })).rejects.toMatchObject({ rule: 'calendar-year' });
  });
});
