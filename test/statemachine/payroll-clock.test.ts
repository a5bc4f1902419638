import { describe, expect, it } from 'vitest';
import { datesOf } from '../../functions/payroll/domain/period.ts';
import { leaveDays } from '../../functions/people/domain/leave-days.ts';
import { companyCalendar } from '../support/company-calendar.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';
import { ACTIVE, PayrollWorld, PERIOD } from '../support/payroll-world.ts';

const EMPLOYEE = 'E-1001';
const NOVEMBER = '2025-11';
const MISSING = '2025-12-10';
/** December 2025 has 23 working days, and the November before it 20. */
const WHOLE = `${PERIOD},${EMPLOYEE},23,worked,184,23`;

/** Nine to six with the lunch of the calendar, on every working day of the month but some. */
function clockMonth({ time }: PayrollWorld, { period = PERIOD, but = [] as readonly string[] } = {}): void {
  const days = leaveDays({ ...datesOf(period), startsAtNoon: false, endsAtNoon: false }, companyCalendar);
  for (const { date } of 'missingYear' in days ? [] : days) {
    if (!but.includes(date)) {
      time.clock(EMPLOYEE, 'in', `${date}T09:00+08:00`);
      time.clock(EMPLOYEE, 'out', `${date}T18:00+08:00`);
    }
  }
}

function rowsOf(world: PayrollWorld): readonly string[] {
  return world.rows().filter((row) => row.split(',')[1] === EMPLOYEE);
}

async function shown(world: PayrollWorld): Promise<string> {
  return (await world.shown()).join('\n');
}

describe('an employee who clocks', () => {
  it('and was there every day has the calendar’s hours in the file, without a question', async () => {
    const world = new PayrollWorld();
    clockMonth(world);
    await world.begin();

    expect(rowsOf(world)).toEqual([WHOLE]);
    await world.handIn({ record: 'completed', erp: `${ACTIVE} rows` });
  });

  it('and missed a day is a question with both values; once the clock is corrected, the day counts', async () => {
    const world = new PayrollWorld();
    clockMonth(world, { but: [MISSING] });
    await world.begin();
    expect(await shown(world)).toContain(`${MISSING} presence (hours expected / by the clock): 8 / 0`);
    expect(world.rows()).toEqual([]);
    world.time.clock(EMPLOYEE, 'in', `${MISSING}T09:10+08:00`);
    world.time.clock(EMPLOYEE, 'out', `${MISSING}T18:00+08:00`);
    await world.settleDifference('retry', EMPLOYEE);

    expect(rowsOf(world)).toEqual([WHOLE]);
    await world.handIn({
      record: `completed [${EMPLOYEE} !ReconcileAttendance retry corrected]`,
      erp: `${ACTIVE} rows`,
    });
  });

  it('and missed a day is paid what the clock says, where an operator takes it as shown; no record has the hours', async () => {
    const world = new PayrollWorld();
    clockMonth(world, { but: [MISSING] });
    await world.begin();
    await world.settleDifference('skip', EMPLOYEE);

    expect(rowsOf(world)).toEqual([`${PERIOD},${EMPLOYEE},23,worked,176,22`]);
    expect(JSON.stringify(await world.record())).not.toMatch(/presence|hours/);
    await world.handIn({
      record: `completed [${EMPLOYEE} !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE} rows`,
    });
  });

  it('and forgot to clock out is not guessed: the clocking is shown with its time, and its hours count for nothing', async () => {
    const world = new PayrollWorld();
    clockMonth(world, { but: [MISSING] });
    world.time.clock(EMPLOYEE, 'in', `${MISSING}T08:55+08:00`);
    await world.begin();
    const notes = await shown(world);
    expect(notes).toContain(`${MISSING} clock-in without a clock-out (clock-out / clock-in): - / 08:55`);
    expect(notes).toContain(`${MISSING} presence (hours expected / by the clock): 8 / 0`);
    world.time.clock(EMPLOYEE, 'out', `${MISSING}T12:00+08:00`);
    await world.settleDifference('retry', EMPLOYEE);
    expect(await shown(world)).toContain(`${MISSING} presence (hours expected / by the clock): 8 / 3.08`);
    await world.settleDifference('skip', EMPLOYEE);

    expect(rowsOf(world)).toEqual([`${PERIOD},${EMPLOYEE},23,worked,179.08,22.39`]);
    await world.handIn({
      record: expect.stringMatching(/^completed .*retry corrected\] .*skip accepted\]$/),
      erp: `${ACTIVE} rows`,
    });
  });

  it('and was there on days of approved leave is a question; the leave stays what it is', async () => {
    const leaves = new LeaveWorld();
    await leaves.submit(leaveEvent({ leave: { kind: 'sick', from: '2025-12-29', to: '2025-12-30' } }));
    await leaves.approve();
    const world = new PayrollWorld({ planted: { store: leaves.store } });
    for (const { date, hours } of await leaves.time.absencesOf(EMPLOYEE, '2025-12-01', '2025-12-31')) {
      world.time.typeIn(EMPLOYEE, 'sick', { date, hours });
    }
    clockMonth(world, { but: ['2025-12-29'] });
    await world.begin();
    const notes = await shown(world);
    expect(notes).toContain('2025-12-30 presence (hours expected / by the clock): 0 / 8');
    expect(notes).not.toContain('2025-12-29');
    await world.settleDifference('skip', EMPLOYEE);

    expect(rowsOf(world)).toEqual([`${PERIOD},${EMPLOYEE},23,worked,168,21`, `${PERIOD},${EMPLOYEE},23,sick,16,2`]);
    await world.handIn({
      record: `completed [${EMPLOYEE} !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE + 1} rows`,
    });
  });

  it('and whose clock is corrected after the month went out is corrected by the next run, once; what was accepted is not asked again', async () => {
    const world = new PayrollWorld();
    clockMonth(world, { period: NOVEMBER, but: ['2025-11-12', '2025-11-13'] });
    clockMonth(world);
    await world.begin({ period: NOVEMBER });
    await world.settleDifference('skip', EMPLOYEE);
    await world.settle();
    world.time.clock(EMPLOYEE, 'in', '2025-11-12T09:00+08:00');
    world.time.clock(EMPLOYEE, 'out', '2025-11-12T18:00+08:00');
    await world.begin();

    expect(rowsOf(world)).toEqual([WHOLE, `${NOVEMBER},${EMPLOYEE},0,worked,8,1`]);
    await world.handIn({ record: 'completed', erp: `${ACTIVE + 1} rows` });
  });

  it('and is counted otherwise than when a month was handed over is a question about that month, with both ways', async () => {
    const world = new PayrollWorld();
    await world.begin({ period: NOVEMBER });
    await world.settle();
    clockMonth(world, { period: NOVEMBER, but: ['2025-11-12'] });
    await world.begin();
    const notes = await shown(world);
    expect(notes).toContain(`${NOVEMBER} counted by (when it was handed over / now): calendar / clock`);
    expect(notes).toContain('2025-11-12 presence (hours expected / by the clock): 8 / 0');
    await world.settleDifference('skip', EMPLOYEE);
    await world.settle();
    expect(rowsOf(world)).toEqual([WHOLE, `${NOVEMBER},${EMPLOYEE},0,worked,-8,-1`]);
    await world.advance(24 * 31);
    await world.begin({ period: '2026-01' });

    expect(rowsOf(world).filter((row) => row.startsWith(NOVEMBER))).toEqual([]);
    await world.handIn({ record: 'completed', erp: `${ACTIVE} rows` });
  });
});
