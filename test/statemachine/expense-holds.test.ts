import { describe, expect, it } from 'vitest';
import { placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense, PAID } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { holdOrder } from './expense-stories.ts';

const event = claimEvent();
/** In hours. */
const DAY = 24;

/** The claim is approved, and is not posted. */
async function held(): Promise<ExpenseWorld> {
  const world = new ExpenseWorld();
  await world.submit(event);
  await placeHold(world.decisionDeps(), await holdOrder(world, event));
  await world.approve();
  return world;
}

describe('a hold', () => {
  it('stops a claim before it is posted, until it is released', async () => {
    const world = await held();

    expect(world.ledger.allEntries()).toEqual([]);
    expect((await world.head(event)).phase).toBe('On hold');
    await releaseHolds(world.decisionDeps(), await holdOrder(world, event));
    await world.run();
    await world.settle();

    await handInExpense(world, event, PAID);
  });

  it('stops a claim that was posted before it is paid', async () => {
    const world = new ExpenseWorld({
      fault: (_, name) => (name === 'PayEmployee' && isDown ? 'refused' : undefined),
    });
    let isDown = true;
    await world.submit(event);
    await world.approve();
    await placeHold(world.decisionDeps(), await holdOrder(world, event));
    isDown = false;
    await world.decide('operators', 'retry');

    expect((await world.head(event)).phase).toBe('On hold');
    expect(world.ledger.allEmployeePayments()).toEqual([]);
    await releaseHolds(world.decisionDeps(), await holdOrder(world, event));
    await world.run();
    await world.settle();

    await handInExpense(world, event, {
      record: 'approve !PayEmployee retry paid',
      erp: 'JE-1 stands 180, EP-1 completed 180.00',
      oa: 'accepted approved posted payment-requested paid',
    });
  });

  it('does not keep its employee from withdrawing the claim', async () => {
    const world = await held();
    expect(await world.withdraw(event)).toBe('withdrawn');

    await handInExpense(world, event, {
      record: 'approve withdrawn',
      erp: 'nothing',
      oa: 'accepted approved withdrawn',
    });
  });

  it.each([
    ['that nobody releases', 91, () => {}],
    ['whose alarms are lost', 101, (world: ExpenseWorld) => world.alarms.forgetAll()],
  ])('%s is a question to the operators after %i days', async (_, days, prepare) => {
    const world = await held();
    prepare(world);
    await world.advance(days * DAY);

    await handInExpense(world, event, {
      record: 'approve !AwaitRelease (Waiting for an operator)',
      erp: 'nothing',
      oa: 'accepted approved',
    });
  });
});
