import { describe, expect, it } from 'vitest';
import { digestOfFile } from '../../functions/payroll/domain/payroll-file.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';
import { PAYROLL_BUCKET } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, PERIOD, payrollTime } from '../support/payroll-world.ts';

/** Of the calendar of the demonstration: December 2025 has no holiday. */
const WORKING_DAYS = 23;
const WHOLE = { record: 'completed', erp: `${ACTIVE} rows` };
const EMPLOYEE = 'E-1001';
const OTHER = 'E-1002';
const ACCEPTED = `[${EMPLOYEE} !ReconcileAttendance skip accepted]`;
const SICK_DAY = { date: '2025-12-29', hours: '8' };

/** Kinds of absence that somebody asks for in Meridian, as an event asks for them. */
const ABSENCES = [
  { kind: 'sick', leave: { kind: 'sick' } },
  { kind: 'travel', leave: { kind: 'travel', destination: 'Suzhou' } },
] as const;

/** A run after an absence of two days, a sickness unless another is given, that was asked for, approved and recorded in the ERP. */
async function afterAbsence({ kind, leave }: (typeof ABSENCES)[number] = ABSENCES[0]): Promise<PayrollWorld> {
  const leaves = new LeaveWorld();
  await leaves.submit(leaveEvent({ leave: { ...leave, from: '2025-12-29', to: '2025-12-30' } }));
  await leaves.approve();
  const time = payrollTime();
  for (const { date, hours } of await leaves.time.absencesOf(EMPLOYEE, '2025-12-01', '2025-12-31')) {
    time.typeIn(EMPLOYEE, kind, { date, hours });
  }
  return new PayrollWorld({ time, planted: { store: leaves.store } });
}

describe('a payroll run', () => {
  it('hands over a row for everybody who is employed, with a checksum, and tells the operators', async () => {
    const world = new PayrollWorld();
    await world.begin();

    const facts = await world.handedOver();
    const files = world.bucket.objects(PAYROLL_BUCKET);
    expect(world.rows()).toContain(`${PERIOD},${EMPLOYEE},${WORKING_DAYS},worked,${WORKING_DAYS * 8},${WORKING_DAYS}`);
    expect(facts).toMatchObject({
      digest: digestOfFile(world.fileText()),
      employees: ACTIVE,
      accepted: 0,
      missing: [],
    });
    expect(files[`${facts.reference}.sha256`]).toBe(`${facts.digest}  payroll-run-${PERIOD}.csv\n`);
    await world.handIn(WHOLE);
    expect(world.mails.at(-1)?.text).toContain(`${ACTIVE} employees`);
    expect(world.mails.at(-1)?.text).toContain(`payslips: ${ACTIVE} confirmed, 0 disputed, 0 unanswered`);
  });

  it('of the schedule is about the month before', async () => {
    const world = new PayrollWorld();
    await world.begin({});

    await world.handIn(WHOLE);
  });

  it('that is started twice is one run, and one file', async () => {
    const world = new PayrollWorld();
    await world.begin();
    await world.begin();

    expect((await world.record()).filter(({ type }) => type === 'PayrollFiguresHandedOver')).toHaveLength(1);
    await world.handIn(WHOLE);
  });

  it('for a month that is not over is none', async () => {
    const world = new PayrollWorld();
    await world.begin({ period: '2026-01' });

    expect(world.engine.executions()).toMatchObject([{ status: 'FAILED', error: 'ValidationError' }]);
    await world.handIn({ record: 'nothing', erp: 'nothing' });
  });

  it.each(ABSENCES)('agrees with $kind that stands in the ERP as it was approved', async (absence) => {
    const world = await afterAbsence(absence);
    await world.begin();

    expect(world.rows()).toContain(`${PERIOD},${EMPLOYEE},${WORKING_DAYS},${absence.kind},16,2`);
    expect(world.rows()).toContain(`${PERIOD},${EMPLOYEE},${WORKING_DAYS},worked,168,21`);
    await world.handIn({ record: 'completed', erp: `${ACTIVE + 1} rows` });
  });

  it('differs about a journey that the ERP knows for another day as well, until that day is asked for or taken out', async () => {
    const world = await afterAbsence(ABSENCES[1]);
    world.time.typeIn(EMPLOYEE, 'travel', { date: '2025-12-31', hours: '8' });
    await world.begin();
    expect((await world.shown()).join('\n')).toMatch(/2025-12-31 travel .*: 0 \/ 8/);
    expect(world.rows()).toEqual([]);
    await world.settleDifference('skip', EMPLOYEE);

    expect(world.rows()).toContain(`${PERIOD},${EMPLOYEE},${WORKING_DAYS},travel,24,3`);
    await world.handIn({ record: `completed ${ACCEPTED}`, erp: `${ACTIVE + 1} rows` });
  });

  it('with a difference hands nothing over, shows both values, and keeps hours out of the record', async () => {
    const world = await afterAbsence();
    world.time.typeIn(EMPLOYEE, 'sick', { date: '2025-12-31', hours: '4' });
    await world.begin();

    expect((await world.shown()).join('\n')).toMatch(/2025-12-31 sick .*: 0 \/ 4/);
    const found = (await world.record()).find(({ type }) => type === 'PayrollPointsOpened');
    expect(found?.facts).toEqual({ differing: 1, unread: 0 });
    const [question = ''] = world.questions;
    expect(JSON.stringify(await world.store.readRecord(question))).not.toMatch(/2025-12-31|sick/);
    await world.handIn({
      record: `(Differences) [${EMPLOYEE} !ReconcileAttendance (Waiting for an operator)]`,
      erp: 'nothing',
    });
  });

  it("with a difference hands over the ERP's figures once an operator takes them", async () => {
    const world = new PayrollWorld();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();
    await world.settleDifference('skip', EMPLOYEE);

    expect(world.rows()).toContain(`${PERIOD},${EMPLOYEE},${WORKING_DAYS},sick,8,1`);
    expect(await world.handedOver()).toMatchObject({ accepted: 1 });
    await world.handIn({ record: `completed ${ACCEPTED}`, erp: `${ACTIVE + 1} rows` });
  });

  it('collects an employee anew once somebody has corrected what differed', async () => {
    const leaves = await afterAbsence();
    const time = payrollTime();
    const world = new PayrollWorld({ time, planted: { store: leaves.store } });
    await world.begin();
    time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    time.typeIn(EMPLOYEE, 'sick', { ...SICK_DAY, date: '2025-12-30' });
    await world.settleDifference('retry', EMPLOYEE);

    expect(await world.handedOver()).toMatchObject({ accepted: 0 });
    await world.handIn({
      record: `completed [${EMPLOYEE} !ReconcileAttendance retry corrected]`,
      erp: `${ACTIVE + 1} rows`,
    });
  });

  it('asks about each employee apart, and goes on once all are answered for', async () => {
    const world = new PayrollWorld();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    world.time.typeIn(OTHER, 'annual', SICK_DAY);
    await world.begin();
    expect(world.questions.size).toBe(2);
    await world.settleDifference('skip', OTHER);
    expect(world.rows()).toEqual([]);
    await world.settleDifference('skip', EMPLOYEE);

    expect(await world.handedOver()).toMatchObject({ accepted: 2 });
    await world.handIn({
      record: expect.stringMatching(/^completed( \[E-\d+ !ReconcileAttendance skip accepted\]){2}$/),
      erp: `${ACTIVE + 2} rows`,
    });
  });

  it('asks again about an employee who was collected anew and still differs, and about nobody else', async () => {
    const world = new PayrollWorld();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    world.time.typeIn(OTHER, 'annual', SICK_DAY);
    await world.begin();
    await world.settleDifference('skip', OTHER);
    await world.settleDifference('retry', EMPLOYEE);
    expect(world.questions.size).toBe(3);
    await world.settleDifference('skip', EMPLOYEE);

    await world.handIn({
      record: expect.stringMatching(/^completed \[E-1001 \S+ retry corrected\] .*\[E-1001 \S+ skip accepted\]$/),
      erp: `${ACTIVE + 2} rows`,
    });
  });

  it('about which no operator answers asks again, and hands nothing over', async () => {
    const world = new PayrollWorld();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();
    await world.advance(24 * 91);

    await world.handIn({
      record: `(Differences) [${EMPLOYEE} !ReconcileAttendance !ReconcileAttendance (Waiting for an operator)]`,
      erp: 'nothing',
    });
  });
});
