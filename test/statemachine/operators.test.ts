import { describe, expect, it } from 'vitest';
import { decideAsOperator, operatorTasks } from '../../functions/approvals/decide-as-operator.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();

/** The ERP refuses the order for good, and is mended. */
async function stuck(): Promise<{ world: PurchaseWorld; processId: string }> {
  const world = new PurchaseWorld();
  await world.submit(event);
  world.erp.fault = (operation) => (operation === 'createOrder' ? 'refuses' : undefined);
  await world.approveOrder();
  world.erp.fault = () => undefined;
  return { world, processId: (await world.head(event)).processId };
}

describe('an operator with the tool', () => {
  it('sees what failed and what may be done about it', async () => {
    const { world, processId } = await stuck();

    const tasks = await operatorTasks(world.decisionDeps());

    expect(tasks).toMatchObject([{ processId, actions: ['retry', 'cancel'] }]);
    expect(tasks[0]?.notes.map(({ value }) => value).join()).toContain('the fiscal year is closed');
  });

  it('has the step tried again, as by the link, and the record says by whom', async () => {
    const { world, processId } = await stuck();

    const result = await decideAsOperator(world.decisionDeps(), {
      processId,
      action: 'retry',
      reason: 'The year is open again',
      operator: 'Lin',
      via: 'operator-tool',
    });
    await world.run();

    expect(result).toMatchObject({ kind: 'decided', outcome: 'retry' });
    expect(world.erp.allOrders()).toHaveLength(1);
    const made = (await world.record(event)).findLast((entry) => entry.type === 'DecisionMade');
    expect(made?.facts).toMatchObject({ via: 'operator-tool', action: 'retry', operator: 'Lin' });
    const personal = await world.store.readPersonal(processId);
    expect(personal.find(({ sequence }) => sequence === made?.sequence)?.values.comment).toBe('The year is open again');
    expect(await operatorTasks(world.decisionDeps())).toEqual([]);
  });

  it('is named by the record for good where no reason is asked for, too', async () => {
    const { world, processId } = await stuck();

    await decideAsOperator(world.decisionDeps(), {
      processId,
      action: 'retry',
      reason: '',
      operator: 'Lin',
      via: 'operator-tool',
    });

    const made = (await world.record(event)).findLast((entry) => entry.type === 'DecisionMade');
    expect(made?.facts).toMatchObject({ employeeId: 'operators', operator: 'Lin' });
    expect(made?.personalDigest).toBeUndefined();
  });

  it('is named by the record of what was refused', async () => {
    const { world, processId } = await stuck();

    await decideAsOperator(world.decisionDeps(), {
      processId,
      action: 'approve',
      reason: 'why not',
      operator: 'Lin',
      via: 'operator-tool',
    });

    const refused = (await world.record(event)).findLast((entry) => entry.type === 'DecisionRefused');
    expect(refused?.facts).toMatchObject({ operator: 'Lin', refusal: 'unknown-action' });
  });

  it('is refused what is not offered, and what needs a reason without one', async () => {
    const { world, processId } = await stuck();
    const decide = (action: string, reason = '') =>
      decideAsOperator(world.decisionDeps(), { processId, action, reason, operator: 'Lin', via: 'operator-tool' });

    expect(await decide('approve', 'why not')).toMatchObject({ kind: 'refused', refusal: 'unknown-action' });
    expect(await decide('cancel')).toMatchObject({ kind: 'refused', refusal: 'comment-required' });
    expect(await operatorTasks(world.decisionDeps())).toHaveLength(1);
  });

  it('cannot decide what others were asked', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    const { processId } = await world.head(event);

    const result = await decideAsOperator(world.decisionDeps(), {
      processId,
      action: 'approve',
      reason: 'In a hurry',
      operator: 'Lin',
      via: 'operator-tool',
    });

    expect(result).toBeUndefined();
    expect(await world.entryTypes(event)).not.toContain('DecisionMade');
  });
});
