import { describe, expect, it } from 'vitest';
import { placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import { claimEvent } from '../support/expense-company.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import type { WorldOptions } from '../support/process-world.ts';

const event = claimEvent();

async function approved(options: WorldOptions = {}, prepare: (world: ExpenseWorld) => void = () => {}) {
  const world = new ExpenseWorld(options);
  prepare(world);
  await world.submit(event);
  await world.approve();
  return world;
}

/** The operators are asked what to do about a step. */
async function failedStep(world: ExpenseWorld): Promise<unknown> {
  return (await world.record(event)).findLast(({ type }) => type === 'StepFailed')?.facts.step;
}

function standing(world: ExpenseWorld) {
  return world.ledger.allEntries().filter(({ reversedBy }) => reversedBy === undefined);
}

describe('a claim that cannot be posted', () => {
  const unmapped = claimEvent({ claim: { legalEntity: 'XX99' } });

  it('of an entity without accounts asks the ERP for nothing and goes to the operators', async () => {
    const world = new ExpenseWorld();
    await world.submit(unmapped);
    await world.approve();

    expect(world.ledger.calls).toEqual([]);
    const failed = (await world.record(unmapped)).findLast(({ type }) => type === 'StepFailed');
    expect(failed?.facts).toMatchObject({ step: 'PostEntry', error: 'BusinessRuleError' });
    await world.decide('operators', 'cancel', 'The entity is closed');
    expect((await world.head(unmapped)).outcome).toBe('cancelled');
  });

  it('because the ERP refuses is posted once when it is tried again', async () => {
    let isClosed = true;
    const world = await approved({}, ({ ledger }) => {
      ledger.fault = (operation) => (operation === 'postEntry' && isClosed ? 'refuses' : undefined);
    });
    expect(await failedStep(world)).toBe('PostEntry');
    isClosed = false;
    await world.decide('operators', 'retry');
    await world.settle();

    expect((await world.head(event)).outcome).toBe('paid');
    expect(standing(world)).toHaveLength(1);
  });

  it('because the ERP has no such account is composed anew when it is tried again', async () => {
    const world = await approved({}, ({ ledger }) => void ledger.closedAccounts.add('6603'));
    expect(await failedStep(world)).toBe('PostEntry');
    expect((await world.head(event)).state).toMatchObject({ intended: [] });
    await world.advance(48);
    world.ledger.closedAccounts.clear();
    await world.decide('operators', 'retry');

    const { startedAt } = await world.head(event);
    const [entry] = standing(world);
    expect(entry?.date).not.toBe(startedAt.slice(0, 10));
    expect(await world.entryTypes(event)).toContain('PostingRefused');
  });

  it('because the ERP refuses it by its rules can still be withdrawn', async () => {
    const world = await approved({}, ({ ledger }) => void ledger.closedAccounts.add('6603'));

    expect(await world.withdraw(event)).toBe('withdrawn');
    expect((await world.head(event)).outcome).toBe('withdrawn');
    expect(world.ledger.allEntries()).toEqual([]);
  });

  it('is given up with nothing in the books, though the entry was made and its reply lost', async () => {
    const world = await approved({}, ({ ledger }) => {
      ledger.fault = (operation) => (operation === 'postEntry' ? 'lost-reply' : undefined);
    });
    await world.advance(2);
    expect(await failedStep(world)).toBe('PostEntry');
    await world.decide('operators', 'cancel', 'Filed by mistake');

    expect((await world.head(event)).outcome).toBe('cancelled');
    expect(world.ledger.allEntries()).toHaveLength(1);
    expect(standing(world)).toEqual([]);
    expect(world.ledger.allEmployeePayments()).toEqual([]);
  });
});

describe('a payment', () => {
  it('that the bank refused is asked for again under another key', async () => {
    const world = await approved();
    await world.settle('failed');
    expect(await failedStep(world)).toBe('PayEmployee');
    await world.decide('operators', 'retry');
    await world.settle('completed', 'EP-2');

    expect((await world.head(event)).outcome).toBe('paid');
    const payments = world.ledger.allEmployeePayments();
    expect(payments.map(({ state }) => state)).toEqual(['failed', 'completed']);
    expect(new Set(payments.map(({ key }) => key)).size).toBe(2);
  });

  it('that the bank refused may be settled by hand: the entry stands', async () => {
    const world = await approved();
    await world.settle('failed');
    await world.decide('operators', 'skip', 'Paid in cash');

    expect((await world.head(event)).outcome).toBe('posted');
    expect(standing(world)).toHaveLength(1);
    expect(world.told().at(-1)).toBe('posted');
  });

  it('that the bank refused may be given up: the entry is taken back', async () => {
    const world = await approved();
    await world.settle('failed');
    await world.decide('operators', 'cancel', 'The employee has left');

    expect((await world.head(event)).outcome).toBe('cancelled');
    expect(standing(world)).toEqual([]);
  });

  it('that may be on its way is neither left out nor given up', async () => {
    const world = await approved({}, ({ ledger }) => {
      ledger.fault = (operation) => (operation === 'payEmployee' ? 'lost-reply' : undefined);
    });
    await world.advance(2);
    expect(await failedStep(world)).toBe('PayEmployee');

    for (const action of ['skip', 'cancel']) {
      expect(await world.decide('operators', action, 'No')).not.toMatchObject({ result: 'decided' });
    }
    expect((await world.head(event)).status).toBe('running');
    world.ledger.fault = () => undefined;
    await world.decide('operators', 'retry');
    await world.settle();
    expect((await world.head(event)).outcome).toBe('paid');
    expect(world.ledger.allEmployeePayments()).toHaveLength(1);
  });

  it('that is never confirmed is a question to the operators', async () => {
    const world = await approved();
    await world.advance(24 * 40);

    expect(await failedStep(world)).toBe('AwaitPayment');
    expect((await world.head(event)).status).toBe('running');
  });
});

describe('an entry of which something is paid', () => {
  it('stands when the claim is given up, and the operators are told', async () => {
    const world = await approved();
    await world.settle('failed');
    world.ledger.payByHand('JE-1');
    await world.decide('operators', 'cancel', 'The employee has left');

    expect((await world.head(event)).outcome).toBe('cancelled');
    expect(standing(world)).toHaveLength(1);
    expect(await world.entryTypes(event)).toContain('EntryKept');
    expect(world.mails.some(({ text }) => text.includes('the entry stands in the books'))).toBe(true);
  });
});

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
    expect((await world.head(event)).outcome).toBe('paid');
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
    expect((await world.head(event)).outcome).toBe('paid');
  });
});
