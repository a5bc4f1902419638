import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { answerPayslip } from '../../functions/payslips/answer-payslip.ts';
import { manyPeople, PayrollWorld, PERIOD } from '../support/payroll-world.ts';

const MANY = 200;

const pacedMap = z.object({ MaxConcurrency: z.string() });
const machineSchema = z.object({ States: z.object({ CollectAttendance: pacedMap, PublishPayslips: pacedMap }) });

/** Everybody at one moment: what follows is played once. */
async function everybodyConfirms(
  world: PayrollWorld,
  people: ReturnType<typeof manyPeople>['deployed'],
): Promise<void> {
  for (const { employeeId } of people) {
    const answer = { employeeId, period: PERIOD, revision: 1, word: 'confirmed', reason: '' } as const;
    await answerPayslip(world.pageDeps(), answer);
  }
  await world.run();
}

describe('a payroll run of many employees', () => {
  it(`collects each of ${MANY} once, asks about those who differ, hands over all, and publishes each payslip once`, {
    timeout: 120_000,
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
    await world.payrollAnswers();
    await everybodyConfirms(world, deployed);
    await world.handInAsItIs({
      record: expect.stringMatching(/^completed( \[E-1000\d !ReconcileAttendance skip accepted\]){3}$/),
      erp: `${MANY + differing.length} rows`,
    });
    expect(world.calls.filter((name) => name === 'PublishPayslip')).toHaveLength(MANY);
    const closed = (await world.record()).find(({ type }) => type === 'PayrollRunClosed');
    expect(closed?.facts.payslips).toEqual({ confirmed: MANY, disputed: 0, unanswered: 0 });
  });

  it('asks the operators once when payroll gives the payslips of more than fifty to nobody', async () => {
    const { deployed, time } = manyPeople(60);
    let isDown = true;
    const world = new PayrollWorld({
      ...{ deployed, time, patience: 60 },
      fault: (_, name) => (isDown && name === 'PublishPayslip' ? 'refused' : undefined),
    });
    await world.begin();
    await world.payrollAnswers();
    expect(await world.waitingPayslips()).toEqual([]);
    isDown = false;
    await world.operate('retry');
    await everybodyConfirms(world, deployed);

    await world.handInAsItIs({ record: '!PublishPayslips retry completed', erp: '60 rows' });
  });

  it('asks payroll and the ERP of so many at once as the company file says, and of no more', () => {
    const { States } = machineSchema.parse(JSON.parse(readFileSync('statemachines/payroll-run.asl.json', 'utf8')));

    expect([States.CollectAttendance.MaxConcurrency, States.PublishPayslips.MaxConcurrency]).toEqual([
      '{% $atOnce %}',
      '{% $atOnce %}',
    ]);
  });
});
