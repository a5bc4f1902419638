/** A payroll run of which any one commit, or any one write to its bucket, fails: before anything is kept, or after it. */
import { describe, expect, it } from 'vitest';
import { operatorTasks } from '../../functions/approvals/decide-as-operator.ts';
import { ConnectorTransientError } from '../../functions/runtime/errors.ts';
import { ACTIVE, PayrollWorld } from '../support/payroll-world.ts';

type When = 'before' | 'after';
const EMPLOYEE = 'E-1001';
const PATIENCE = 60;
/**
 * One question about attendance is asked and answered, so that its steps are played too. Of the writes of a distributed Map,
 * which AWS makes itself and which nothing tries again, an operator is told.
 */
const RECORD =
  /^(!(CollectAttendance|SettleDifferences|PublishPayslips|FollowPayslips) retry )?completed( \[E-1001 !ReconcileAttendance skip accepted\]){1,2}$/;

/** Everybody does their part again when it fails, and the operators what is put to them. */
async function persist(world: PayrollWorld): Promise<void> {
  const again = async (deed: () => Promise<unknown>): Promise<void> => {
    await world.persist(deed);
    if (await isAsked((processId) => processId === world.runId)) {
      await world.operate('retry');
      await world.advance(1);
    }
  };
  const isAsked = async (about: (processId: string) => boolean) =>
    (await operatorTasks({ store: world.store })).some(({ processId }) => about(processId));
  const answerQuestion = async () => {
    if (await isAsked((processId) => world.questions.has(processId))) {
      await world.settleDifference('skip', EMPLOYEE);
    }
  };
  world.time.typeIn(EMPLOYEE, 'sick', { date: '2025-12-29', hours: '8' });
  await again(() => world.begin());
  await again(answerQuestion);
  // A list of answers that was lost is asked for again.
  await again(answerQuestion);
  await again(() => world.payrollAnswers());
  await again(() => world.confirmOthers(''));
}

async function expectWhole(world: PayrollWorld): Promise<void> {
  const record = await world.record();
  expect(record.filter(({ type }) => type === 'PayrollFiguresHandedOver')).toHaveLength(1);
  expect(record.filter(({ type }) => type === 'PayrollCalculated')).toHaveLength(1);
  expect(world.store.effects()).toEqual([]);
  expect(await operatorTasks({ store: world.store })).toEqual([]);
  await world.handInAsItIs({ record: expect.stringMatching(RECORD), erp: `${ACTIVE + 1} rows` });
}

/** The bucket loses one write, or the answer to it. */
function failWrite(world: PayrollWorld, victim: number, when: When): void {
  const put = world.bucket.putObject.bind(world.bucket);
  let writes = 0;
  world.bucket.putObject = async (object) => {
    writes += 1;
    const isVictim = writes === victim;
    if (!(isVictim && when === 'before')) {
      await put(object);
    }
    if (isVictim) {
      throw new ConnectorTransientError('the bucket did not answer');
    }
  };
}

describe('a payroll run', () => {
  it.each<When>(['before', 'after'])('bears a store that fails %s any one commit', async (when) => {
    const healthy = new PayrollWorld({ patience: PATIENCE });
    await persist(healthy);
    await expectWhole(healthy);
    const total = healthy.store.commits;

    for (let victim = 1; victim <= total; victim += 1) {
      const world = new PayrollWorld({ patience: PATIENCE, seed: victim });
      world.store.commitFault = (commit) => (commit === victim ? when : undefined);
      await persist(world);
      await expectWhole(world);
    }
    expect(total).toBeGreaterThan(30);
  });

  it.each<When>(['before', 'after'])('bears a bucket that fails %s any one write', async (when) => {
    const healthy = new PayrollWorld({ patience: PATIENCE });
    let total = 0;
    const put = healthy.bucket.putObject.bind(healthy.bucket);
    healthy.bucket.putObject = async (object) => {
      total += 1;
      await put(object);
    };
    await persist(healthy);

    for (let victim = 1; victim <= total; victim += 1) {
      const world = new PayrollWorld({ patience: PATIENCE, seed: victim });
      failWrite(world, victim, when);
      await persist(world);
      await expectWhole(world);
    }
    expect(total).toBeGreaterThan(6);
  });
});
