import { describe, expect, it } from 'vitest';
import { createFileExchange } from '../../functions/connectors/payroll/files/file-exchange.ts';
import type { PayrollSystem } from '../../functions/connectors/payroll/port.ts';
import { rejectFigures } from '../../local/demo/payroll-desk.ts';
import { LeaveWorld, leaveEvent } from '../support/leave-world.ts';
import { PAYROLL_BUCKET } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, PERIOD } from '../support/payroll-world.ts';
import { directoryData } from '../support/purchase-company.ts';

const NOVEMBER = '2025-11';
const EMPLOYEE = 'E-1001';
/** Employed until the end of November. */
const LEFT = directoryData.people.find(({ active }) => !active)?.employeeId ?? '';
const SICK_DAY = { date: '2025-11-12', hours: '8' };
/** November 2025 has 20 working days, and PERIOD, the month after it, 23. */
const CORRECTED = [`${NOVEMBER},${EMPLOYEE},0,worked,-8,-1`, `${NOVEMBER},${EMPLOYEE},0,sick,8,1`];

/** A world whose November was handed over, paid and confirmed. */
async function afterNovember(options: ConstructorParameters<typeof PayrollWorld>[0] = {}): Promise<PayrollWorld> {
  const world = new PayrollWorld(options);
  await world.begin({ period: NOVEMBER });
  await world.settle();
  return world;
}

function correctionsIn(world: PayrollWorld): readonly string[] {
  return world.rows().filter((row) => !row.startsWith(`${world.period},`));
}

describe('what changes in a month after its figures went out', () => {
  it('in the ERP alone is an open point of the next run; taken, it is a signed correction in its file, and counted in the record', async () => {
    const world = await afterNovember();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();
    expect((await world.shown()).join('\n')).toMatch(/2025-11-12 sick .*: 0 \/ 8/);
    await world.settleDifference('skip', EMPLOYEE);

    expect(correctionsIn(world)).toEqual(CORRECTED);
    expect(await world.handedOver()).toMatchObject({ corrections: 1, accepted: 1, employees: ACTIVE });
    expect(JSON.stringify(await world.record())).not.toMatch(/sick|hours/);
    const [opened] = await world.record();
    expect(opened?.facts).toMatchObject({ corrects: [NOVEMBER] });
    await world.handIn({
      record: `completed [${EMPLOYEE} !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE + 2} rows`,
    });
    expect(world.mails.at(-1)?.text).toContain('1 corrections of earlier months');
    expect((await world.payslips.find(EMPLOYEE, PERIOD))?.payslip.lines).toContainEqual(
      expect.objectContaining({ item: `更正 Correction ${NOVEMBER}` }),
    );
  });

  it('by a leave that both sides have goes out without a question', async () => {
    const leaves = new LeaveWorld();
    await leaves.submit(leaveEvent({ leave: { kind: 'sick', from: '2025-12-29', to: '2025-12-30' } }));
    await leaves.approve();
    const world = new PayrollWorld({ planted: { store: leaves.store } });
    const days = await leaves.time.absencesOf(EMPLOYEE, '2025-12-01', '2025-12-31');
    await world.begin();
    // The ERP is slower than payroll: an operator has the figures go out without the leave.
    await world.settleDifference('skip', EMPLOYEE);
    await world.settle();
    for (const { date, hours } of days) {
      world.time.typeIn(EMPLOYEE, 'sick', { date, hours });
    }
    await world.advance(24 * 31);
    await world.begin({ period: '2026-01' });

    expect(correctionsIn(world)).toEqual([
      `${PERIOD},${EMPLOYEE},0,worked,-16,-2`,
      `${PERIOD},${EMPLOYEE},0,sick,16,2`,
    ]);
    await world.handIn({ record: 'completed', erp: `${ACTIVE + 2} rows` });
  });

  it('is corrected once: later runs say no more of it, and do not ask again what was accepted', async () => {
    const world = await afterNovember();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();
    await world.settleDifference('skip', EMPLOYEE);
    await world.settle();
    await world.advance(24 * 31);
    await world.begin({ period: '2026-01' });

    expect(correctionsIn(world)).toEqual([]);
    await world.handIn({ record: 'completed', erp: `${ACTIVE} rows` });
  });

  it('waits for a later run while the run of the month is open, which the operators are told', async () => {
    const world = new PayrollWorld();
    await world.begin({ period: NOVEMBER });
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();

    expect(correctionsIn(world)).toEqual([]);
    const told = world.mails.filter(({ text }) => text.includes('payroll-run-2025-11 has not closed'));
    expect(told).toHaveLength(1);
    await world.handIn({ record: 'completed', erp: `${ACTIVE} rows` });
  });

  it('is not looked for by a run of an earlier month than the newest', async () => {
    const world = await afterNovember();
    world.time.typeIn(EMPLOYEE, 'sick', { ...SICK_DAY, date: '2025-09-10' });
    await world.begin({ period: '2025-10' });

    const [opened] = await world.record();
    expect(opened?.facts).toMatchObject({ corrects: [] });
    await world.handIn({ record: 'completed', erp: `${ACTIVE + 1} rows` });
  });

  it('is nothing to correct where payroll had rejected the figures to the end', async () => {
    const world = new PayrollWorld();
    await world.begin({ period: NOVEMBER });
    const rejection = rejectFigures(world.fileText(), { '': 'the month is closed' });
    await world.payrollWrites(`answers/${world.runId}.rejected.csv`, rejection);
    await world.operate('skip');
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();

    expect(correctionsIn(world)).toEqual([]);
    await world.handIn({ record: 'completed', erp: `${ACTIVE} rows` });
  });

  it('is corrected by a later run where payroll had rejected the file with the correction to the end', async () => {
    const world = await afterNovember();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();
    await world.settleDifference('skip', EMPLOYEE);
    const rejection = rejectFigures(world.fileText(), { '': 'the month is closed' });
    await world.payrollWrites(`answers/${world.runId}.rejected.csv`, rejection);
    await world.operate('skip');
    await world.advance(24 * 31);
    await world.begin({ period: '2026-01' });
    await world.settleDifference('skip', EMPLOYEE);

    expect(correctionsIn(world)).toEqual(CORRECTED);
    await world.handIn({
      record: `completed [${EMPLOYEE} !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE + 2} rows`,
    });
  });

  it('is handed over with the whole month of somebody who could not be read then', async () => {
    const world = await missing();
    await world.begin();

    expect(correctionsIn(world)).toEqual([`${NOVEMBER},${EMPLOYEE},20,worked,160,20`]);
    await world.handIn({ record: 'completed', erp: `${ACTIVE + 1} rows` });
  });

  it('brings somebody a payslip who has left since', async () => {
    const world = await afterNovember();
    world.time.typeIn(LEFT, 'unpaid', SICK_DAY);
    await world.begin();
    await world.settleDifference('skip', LEFT);
    await world.settle();

    expect(correctionsIn(world)).toEqual([`${NOVEMBER},${LEFT},0,worked,-8,-1`, `${NOVEMBER},${LEFT},0,unpaid,8,1`]);
    expect((await world.payslips.find(LEFT, PERIOD))?.payslip.net).toMatch(/^-/);
    await world.handIn({ record: `completed [${LEFT} !ReconcileAttendance skip accepted]`, erp: `${ACTIVE + 2} rows` });
  });

  it('is computed from the figures that the record names, and from nothing else', async () => {
    const world = await afterNovember();
    const { kept } = await world.handedOver();
    const key = `runs/${world.runId}/handed-over/${kept}.json`;
    await world.bucket.putObject({ bucket: PAYROLL_BUCKET, key, body: '{}' });
    await world.begin();

    expect((await world.shown()).join('\n')).toContain('is not what was handed over');
    await world.handIn({ record: '!ExportFigures (Waiting for an operator)', erp: 'nothing' });
  });
});

/** November without somebody, whose attendance the ERP did not give. */
async function missing(): Promise<PayrollWorld> {
  const state = { isDown: true };
  const world = new PayrollWorld({
    fault: (_, name, payload) =>
      state.isDown && name === 'ReconcileAttendance' && JSON.stringify(payload).includes(EMPLOYEE)
        ? 'refused'
        : undefined,
  });
  await world.begin({ period: NOVEMBER });
  await world.settleDifference('skip', EMPLOYEE);
  await world.settle();
  state.isDown = false;
  return world;
}

describe('what a payroll system cannot take of earlier months', () => {
  it('is in the record and in a mail to the operators, by employee and without an hour', async () => {
    const world = new PayrollWorld({
      system: (files) => {
        const exchange = createFileExchange({ figures: files, answers: files });
        const handOver: PayrollSystem['handOver'] = async (...figures) => ({
          ...(await exchange.handOver(...figures)),
          byHand: [EMPLOYEE],
        });
        return { ...exchange, handOver };
      },
    });

    await world.begin({ period: NOVEMBER });

    expect(await world.handedOver()).toMatchObject({ byHand: [EMPLOYEE] });
    const mails = world.mails.filter(({ to }) => to === 'operators@meridian.example');
    expect(mails.at(-1)?.text).toContain(`cannot pay days of earlier months back to ${EMPLOYEE}`);
  });
});
