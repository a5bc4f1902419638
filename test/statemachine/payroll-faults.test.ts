import { describe, expect, it } from 'vitest';
import { failingAtFirst, firstCallOf, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { machineArn } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, payrollWorldWithout } from '../support/payroll-world.ts';
import { redriveFailed } from '../support/redrive.ts';

const WHOLE = { record: 'completed', erp: `${ACTIVE} rows` };
const EMPLOYEE = 'E-1001';
const SICK_DAY = { date: '2025-12-29', hours: '8' };
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

describe('a step of a payroll run that is refused once', () => {
  it.each(STEPS.slice(1))('%s waits for an operator, and goes on to one file', async (step) => {
    const world = new PayrollWorld({ fault: firstCallOf(step, 'refused') });
    await world.begin();
    await world.settle();
    await world.operate('retry');

    expect(await filesOf(world)).toBe(1);
    await world.handIn({ ...WHOLE, record: expect.stringMatching(/^!\w+ retry completed$/) });
  });
});

describe('employees whose attendance cannot be read', () => {
  it('within what is tolerated are named to an operator, who hands over without them', async () => {
    const world = new PayrollWorld({
      fault: (_, name, payload) =>
        name === 'ReconcileAttendance' && JSON.stringify(payload).includes(EMPLOYEE) ? 'refused' : undefined,
    });
    await world.begin();
    expect((await world.shown()).join('\n')).toContain(`${EMPLOYEE}: attendance could not be read`);
    await world.operate('skip');

    const facts = await world.handedOver();
    expect(facts.missing).toEqual([EMPLOYEE]);
    await world.handIn({ record: '!ExportFigures skip completed', erp: `${ACTIVE - 1} rows` });
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
      const { world, state } = payrollWorldWithout(name);
      world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
      await world.begin();
      await world.advance(3);
      state.isDown = false;
      await redriveFailed(world, machineArn('payroll-run'));
      await world.operate('skip');

      await world.handIn({ record: '!ExportFigures skip completed', erp: `${ACTIVE + 1} rows` });
    },
  );
});

describe('a payroll run with a difference', () => {
  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = new PayrollWorld(failingAtFirst(error));
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();
    await world.operate('skip');

    await world.handIn({ record: '!ExportFigures skip completed', erp: `${ACTIVE + 1} rows` });
  });
});
