import { describe, expect, it } from 'vitest';
import { payrollRunId, runKeys } from '../../functions/payroll/domain/payroll-run.ts';
import { failingAtFirst, firstCallOf, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import { PAYROLL_BUCKET } from '../support/machines.ts';
import { ACTIVE, PayrollWorld, PERIOD, payrollWorldWithout } from '../support/payroll-world.ts';

const EMPLOYEE = 'E-1001';
const SICK_DAY = { date: '2025-12-29', hours: '8' };
const WAYS = ['dies-before', 'dies-after', { error: 'ConnectorTransientError' }] as const;

describe('a question about one employee that does not come to its end', () => {
  it.each(['AskDifference', 'CloseDifference'])(
    'because of %s is put to the operators by the run, and asked anew',
    async (name) => {
      const { world, state } = payrollWorldWithout(name);
      world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
      await world.begin();
      if (name === 'CloseDifference') {
        await world.settleDifference('skip', EMPLOYEE);
      }
      expect((await world.shown()).join('\n')).toContain(`did not come to their end: ${EMPLOYEE}`);
      state.isDown = false;
      await world.operate('retry');
      await world.settleDifference('skip', EMPLOYEE);

      await world.handIn({
        record: expect.stringMatching(/^!ExportFigures retry completed .*skip accepted\]$/),
        erp: `${ACTIVE + 1} rows`,
      });
    },
  );

  it('because its approval fails is put to the operators by the run, and asked anew', async () => {
    const state = { isDown: true };
    const world = new PayrollWorld({
      fault: (_, name, payload) =>
        state.isDown && name === 'OpenLevel' && JSON.stringify(payload).includes('attendance-difference')
          ? 'refused'
          : undefined,
    });
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();
    state.isDown = false;
    await world.operate('retry');
    await world.settleDifference('skip', EMPLOYEE);

    expect(world.questions.size).toBe(1);
    await world.handIn({
      record: `!ExportFigures retry completed [${EMPLOYEE} !ReconcileAttendance !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE + 1} rows`,
    });
  });

  it('stops the run for the operators where the list of employees cannot be read, and goes on from there', async () => {
    const world = new PayrollWorld();
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    const list = { bucket: PAYROLL_BUCKET, key: runKeys(payrollRunId(PERIOD)).openPoints };
    const put = world.bucket.putObject.bind(world.bucket);
    let isWhole = false;
    world.bucket.putObject = (object) =>
      put(object.key === list.key && !isWhole ? { ...object, body: 'no list' } : object);
    await world.begin();
    isWhole = true;
    await world.bucket.putObject({
      ...list,
      body: JSON.stringify([{ employeeId: EMPLOYEE, active: true, differences: [], error: 'Unread', cause: '' }]),
    });
    await world.operate('retry');
    await world.settleDifference('skip', EMPLOYEE);

    await world.handIn({
      record: `!SettleDifferences retry completed [${EMPLOYEE} !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE + 1} rows`,
    });
  });
});

/** Somebody is collected anew, still differs, and then the ERP's figures count: the run ends with both answers. */
async function correctAndAccept(world: PayrollWorld): Promise<void> {
  world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
  await world.begin();
  await world.settleDifference('retry', EMPLOYEE);
  await world.settleDifference('skip', EMPLOYEE);

  await world.handIn({
    record: expect.stringMatching(/^completed .*retry corrected\] .*skip accepted\]$/),
    erp: `${ACTIVE + 1} rows`,
  });
}

describe('a payroll run with a difference', () => {
  it.each(
    ['AskDifference', 'CloseDifference'].flatMap((step) =>
      WAYS.map((fault) => ({ step, fault, way: JSON.stringify(fault) })),
    ),
  )('asks once although $step $way at first', async ({ step, fault }) => {
    const world = new PayrollWorld({ patience: 60, fault: firstCallOf(step, fault) });
    world.time.typeIn(EMPLOYEE, 'sick', SICK_DAY);
    await world.begin();
    await world.settleDifference('skip', EMPLOYEE);

    expect(world.questions.size).toBe(1);
    await world.handIn({
      record: `completed [${EMPLOYEE} !ReconcileAttendance skip accepted]`,
      erp: `${ACTIVE + 1} rows`,
    });
  });

  it.each(RETRIED_ERRORS.filter((error) => !error.startsWith('StepFunctions.')))(
    'collects an employee anew although the first try fails with %s',
    async (error) => {
      let collections = 0;
      const world = new PayrollWorld({
        patience: 30,
        fault: (_, name, payload) => {
          const isOfEmployee = name === 'ReconcileAttendance' && JSON.stringify(payload).includes(EMPLOYEE);
          collections += Number(isOfEmployee);
          return isOfEmployee && collections === 2 ? { error } : undefined;
        },
      });
      await correctAndAccept(world);
    },
  );

  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = new PayrollWorld(failingAtFirst(error));
    await correctAndAccept(world);
  });
});
