import { describe, expect, it } from 'vitest';
import { runKeys } from '../../functions/payroll/domain/payroll-run.ts';
import { type HoldOrder, placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import { failingAtFirst, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { PAYROLL_BUCKET } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, payrollWorldWithout } from '../support/payroll-world.ts';

const EMPLOYEE = 'E-1001';
const ROWS = `${ACTIVE + 1} rows`;
const ACCEPTED = `[${EMPLOYEE} !ReconcileAttendance skip accepted]`;
const PAST_ITS_BACKSTOP = 24 * 101;
const CASE = 'case-1';

function orderOf({ runId }: PayrollWorld, caseId?: string): HoldOrder {
  const order = { processId: runId, by: 'E-3004', reason: 'checked' };
  return caseId === undefined ? order : { ...order, caseId };
}

/** Gives what became of it, after all that follows. */
async function release(world: PayrollWorld, caseId?: string): Promise<string> {
  const result = await releaseHolds(world.pageDeps(), orderOf(world, caseId));
  await world.run();
  return result;
}

/** A run that somebody stops while a question is open, and whose question is then answered. */
async function held(world = new PayrollWorld(), caseIds: readonly (string | undefined)[] = [undefined]) {
  world.time.typeIn(EMPLOYEE, 'sick', { date: '2025-12-29', hours: '8' });
  await world.begin();
  for (const caseId of caseIds) {
    expect(await placeHold(world.pageDeps(), orderOf(world, caseId))).toBe('placed');
  }
  await world.settleDifference('skip', EMPLOYEE);
  return world;
}

describe('a payroll run that is held', () => {
  it('hands nothing over, and goes on with its release', async () => {
    const world = await held();
    expect(await world.phase()).toBe('On hold');
    expect(world.rows()).toEqual([]);
    expect(Object.keys(world.bucket.objects(PAYROLL_BUCKET))).not.toContain(runKeys(world.runId).paid);

    expect(await release(world)).toBe('released');
    await world.handIn({ record: `completed ${ACCEPTED}`, erp: ROWS });
  });

  it('by compliance is released by nobody else, and goes on with the last hold', async () => {
    const world = await held(undefined, [CASE]);
    expect(await release(world)).toBe('held-by-compliance');
    await placeHold(world.pageDeps(), orderOf(world));
    expect(await release(world, CASE)).toBe('released');
    expect(await world.phase()).toBe('On hold');
    await release(world);

    await world.handIn({ record: `completed ${ACCEPTED}`, erp: ROWS });
  });

  it('after payroll rejected its figures hands no others over until it is released', async () => {
    const world = new PayrollWorld();
    await world.begin();
    const { digest } = await world.handedOver();
    await world.payrollWrites(
      `answers/${world.runId}.rejected.csv`,
      `sha256,employeeId,reason\r\n${digest},${EMPLOYEE},no\r\n`,
    );
    await placeHold(world.pageDeps(), orderOf(world));
    world.time.typeIn(EMPLOYEE, 'sick', { date: '2025-12-29', hours: '8' });
    await world.operate('retry');
    await world.settleDifference('skip', EMPLOYEE);
    expect(world.rows()).toHaveLength(ACTIVE);
    await release(world);

    await world.handIn({ record: `!AwaitPayroll retry completed ${ACCEPTED}`, erp: ROWS });
  });

  it('and that nobody releases goes to the operators, again and again, until somebody does', async () => {
    const world = await held();
    await world.advance(24 * 91);
    await world.operate('skip');
    await world.operate('retry');
    expect(await world.phase()).toBe('On hold');
    await world.advance(24 * 91);
    await release(world);
    await world.operate('retry');

    await world.handIn({ record: `!AwaitRelease retry !AwaitRelease retry completed ${ACCEPTED}`, erp: ROWS });
  });

  it('keeps its deadline where its alarms are lost', async () => {
    const world = await held();
    world.alarms.forgetAll();
    await world.advance(PAST_ITS_BACKSTOP);

    await world.handIn({ record: `!AwaitRelease (Waiting for an operator) ${ACCEPTED}`, erp: 'nothing' });
  });

  it('waits for its release once it can, and not at all if that came meanwhile', async () => {
    const { world, state } = payrollWorldWithout('AwaitPayroll');
    await held(world);
    await release(world);
    state.isDown = false;
    await world.operate('retry');

    await world.handIn({ record: `!AwaitRelease retry completed ${ACCEPTED}`, erp: ROWS });
  });

  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = await held(new PayrollWorld(failingAtFirst(error)));
    expect(await world.phase()).toBe('On hold');
    await release(world);

    await world.handIn({ record: `completed ${ACCEPTED}`, erp: ROWS });
  });
});
