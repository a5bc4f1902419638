import { describe, expect, it } from 'vitest';
import { manyPeople, PayrollWorld } from '../support/payroll-world.ts';

const MANY = 200;

describe('a payroll run of many employees', () => {
  it(`collects each of ${MANY} once, asks about those who differ, and hands over all`, {
    timeout: 60_000,
  }, async () => {
    const { deployed, time } = manyPeople(MANY);
    const world = new PayrollWorld({ deployed, time, patience: 60 });
    const differing = deployed.slice(0, 3).map(({ employeeId }) => employeeId);
    for (const employeeId of differing) {
      time.typeIn(employeeId, 'sick', { date: '2025-12-29', hours: '8' });
    }
    await world.begin();
    expect(world.questions.size).toBe(differing.length);
    for (const employeeId of differing) {
      await world.settleDifference('skip', employeeId);
    }

    expect(world.calls.filter((name) => name === 'ReconcileAttendance')).toHaveLength(MANY);
    expect(await world.handedOver()).toMatchObject({ employees: MANY, accepted: differing.length, missing: [] });
    await world.handInAsItIs({
      record: expect.stringMatching(/^\(Payroll\)( \[E-1000\d !ReconcileAttendance skip accepted\]){3}$/),
      erp: `${MANY + differing.length} rows`,
    });
  });
});
