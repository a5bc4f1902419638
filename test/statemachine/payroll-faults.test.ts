import { describe, expect, it } from 'vitest';
import { failingAtFirst, firstCallOf, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { machineArn } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, payrollWorldWithout } from '../support/payroll-world.ts';
import { redriveFailed } from '../support/redrive.ts';

const WHOLE = { record: 'completed', erp: `${ACTIVE} rows` };
const EMPLOYEE = 'E-1001';
const STEPS = ['OpenPayrollRun', 'ReconcileAttendance', 'ExportFigures', 'AwaitPayroll', 'ClosePayrollRun'];
const PAYSLIP_STEPS = ['OpenPayslip', 'PublishPayslip', 'AwaitPayslip', 'ClosePayslip'];
const WAYS = ['dies-before', 'dies-after', { error: 'ConnectorTransientError' }] as const;
const CASES = [...STEPS, ...PAYSLIP_STEPS].flatMap((step) =>
  WAYS.map((fault) => ({ step, fault, way: JSON.stringify(fault) })),
);

/** Files that the record names. */
async function filesOf(world: PayrollWorld): Promise<number> {
  return (await world.record()).filter(({ type }) => type === 'PayrollFiguresHandedOver').length;
}

describe('whatever step fails once', () => {
  it.each(CASES)('$step $way: there is one file', async ({ step, fault }) => {
    const world = new PayrollWorld({ patience: 60, fault: firstCallOf(step, fault) });
    await world.begin();

    expect(await filesOf(world)).toBe(1);
    await world.handIn(WHOLE);
  });
});

describe('a payslip that the run could not publish', () => {
  const errors = ['Lambda.ServiceException', 'ConcurrencyError', 'ConnectorTransientError'];
  it.each(errors)('is published by itself, and tried again after %s', async (error) => {
    let calls = 0;
    const world = new PayrollWorld({
      patience: 60,
      fault: (_, name, payload) => {
        const isHit = name === 'PublishPayslip' && JSON.stringify(payload).includes(EMPLOYEE);
        calls += isHit ? 1 : 0;
        const faults = [undefined, 'refused', { error }] as const;
        return isHit ? faults[calls] : undefined;
      },
    });
    await world.begin();

    await world.handIn(WHOLE);
    expect(calls).toBe(3);
  });
});

describe('a step of a payroll run that is refused once', () => {
  it.each(STEPS.slice(2))('%s waits for an operator, and goes on to one file', async (step) => {
    const world = new PayrollWorld({ fault: firstCallOf(step, 'refused') });
    await world.begin();
    await world.settle();
    await world.operate('retry');

    expect(await filesOf(world)).toBe(1);
    await world.handIn({ ...WHOLE, record: expect.stringMatching(/^!\w+ retry completed$/) });
  });

  it('ReconcileAttendance is a question about its employee, who is collected anew', async () => {
    const world = new PayrollWorld({ fault: firstCallOf('ReconcileAttendance', 'refused') });
    await world.begin();
    const [, employeeId = ''] = /-(E-\d+)-1$/.exec([...world.questions].join()) ?? [];
    await world.settleDifference('retry', employeeId);

    await world.handIn({ ...WHOLE, record: `completed [${employeeId} !ReconcileAttendance retry corrected]` });
  });
});

/** A world in which some functions do not do their work for one employee as long as they are down. */
function withoutOne(...functionNames: readonly string[]) {
  const down = new Set(functionNames);
  const world = new PayrollWorld({
    fault: (_, name, payload) => (down.has(name) && JSON.stringify(payload).includes(EMPLOYEE) ? 'refused' : undefined),
  });
  return { world, down };
}

describe('employees whose attendance cannot be read', () => {
  it('within what is tolerated are asked about one by one, and figures go out without them once that is accepted', async () => {
    const { world } = withoutOne('ReconcileAttendance');
    await world.begin();
    expect((await world.shown()).join('\n')).toContain('a person must look');
    await world.settleDifference('skip', EMPLOYEE);

    const facts = await world.handedOver();
    expect(facts.missing).toEqual([EMPLOYEE]);
    await world.handIn({
      record: `completed [${EMPLOYEE} !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE - 1} rows`,
    });
  });

  it('are asked about again when they cannot be read then either', async () => {
    const { world, down } = withoutOne('ReconcileAttendance');
    await world.begin();
    await world.settleDifference('retry', EMPLOYEE);
    down.clear();
    await world.settleDifference('retry', EMPLOYEE);

    await world.handIn({
      ...WHOLE,
      record: `completed [${EMPLOYEE} !ReconcileAttendance retry !ReconcileAttendance retry corrected]`,
    });
  });

  it('beyond what is tolerated stop the collection, and nothing can be taken as it is', async () => {
    const { world, state } = payrollWorldWithout('ReconcileAttendance');
    await world.begin();
    await world.operate('skip');
    state.isDown = false;
    await world.operate('retry');

    await world.handIn({ ...WHOLE, record: '!CollectAttendance retry completed' });
  });
});

describe('an execution of a payroll run that fails', () => {
  it('before there is a process is begun again by a redrive', async () => {
    const { world, state } = payrollWorldWithout('OpenPayrollRun');
    await world.begin();
    state.isDown = false;
    await redriveFailed(world, machineArn('payroll-run'));

    await world.handIn(WHOLE);
  });

  it.each(['RoutePayroll', 'OpenLevel'])(
    'because %s cannot ask the operators asks them after a redrive',
    async (name) => {
      const down = new Set([name, 'ExportFigures']);
      const world = new PayrollWorld({ fault: (_, called) => (down.has(called) ? 'refused' : undefined) });
      await world.begin();
      await world.advance(3);
      down.clear();
      await redriveFailed(world, machineArn('payroll-run'));
      await world.operate('retry');

      await world.handIn({ record: '!ExportFigures retry completed', erp: `${ACTIVE} rows` });
    },
  );
});

describe('a payroll run about which payroll is silent', () => {
  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = new PayrollWorld(failingAtFirst(error));
    await world.begin();
    await world.advance(24 * 11);
    await world.operate('skip');

    await world.handInAsItIs({ record: '!AwaitPayroll skip handed-over', erp: `${ACTIVE} rows` });
  });

  it('asks the operators again when they do not answer', async () => {
    const world = new PayrollWorld();
    await world.begin();
    await world.advance(24 * 11);
    await world.advance(24 * 91);
    await world.operate('skip');

    await world.handInAsItIs({ record: '!AwaitPayroll !AwaitPayroll skip handed-over', erp: `${ACTIVE} rows` });
  });
});
