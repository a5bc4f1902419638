import { describe, expect, it } from 'vitest';
import { placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';

const event = claimEvent();

describe('a hold', () => {
  const order = async (world: ExpenseWorld) => ({
    processId: (await world.head(event)).processId,
    by: 'compliance',
    reason: 'To be looked at',
  });

  it('stops a claim before it is posted, until it is released', async () => {
    const world = new ExpenseWorld();
    await world.submit(event);
    await placeHold(world.decisionDeps(), await order(world));
    await world.approve();

    expect(world.ledger.allEntries()).toEqual([]);
    expect((await world.head(event)).phase).toBe('On hold');
    await releaseHolds(world.decisionDeps(), await order(world));
    await world.run();
    await world.settle();

    await handInExpense(world, event, {
      record: 'approve paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted posted paid',
    });
  });

  it('stops a claim that was posted before it is paid', async () => {
    const world = new ExpenseWorld({
      fault: (_, name) => (name === 'PayEmployee' && isDown ? 'refused' : undefined),
    });
    let isDown = true;
    await world.submit(event);
    await world.approve();
    await placeHold(world.decisionDeps(), await order(world));
    isDown = false;
    await world.decide('operators', 'retry');

    expect((await world.head(event)).phase).toBe('On hold');
    expect(world.ledger.allEmployeePayments()).toEqual([]);
    await releaseHolds(world.decisionDeps(), await order(world));
    await world.run();
    await world.settle();

    await handInExpense(world, event, {
      record: 'approve !PayEmployee retry paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted posted paid',
    });
  });
});
