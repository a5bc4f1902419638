import { describe, expect, it } from 'vitest';
import type { LedgerPort } from '../../functions/connectors/erp/ledger-port.ts';
import { sweepIntents } from '../../functions/procurement/sweep-intents.ts';
import { claimEvent } from '../support/expense-company.ts';
import { ExpenseWorld, MANAGER } from '../support/expense-world.ts';
import type { Fault } from '../support/process-world.ts';

const event = claimEvent();

/** The story with everybody doing their part at once; what needs time gets it. */
async function play(world: ExpenseWorld): Promise<void> {
  await world.submit(event);
  await world.giveUpRetrying();
  await world.decide(MANAGER, 'approve');
  await world.giveUpRetrying();
  await world.settle();
  await world.giveUpRetrying();
}

/** The story whose deeds are repeated by those who do them when they fail, as people and queues do. */
async function persist(world: ExpenseWorld): Promise<void> {
  await world.persist(() => world.submit(event));
  await world.persist(() => world.decide(MANAGER, 'approve'));
  await world.persist(() => world.settle());
}

/** What no fault may break. */
async function expectPaidOnce(world: ExpenseWorld): Promise<void> {
  expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'paid', waits: {} });
  expect(await world.damages(event)).toEqual([]);
  expect(world.ledger.allEntries()).toHaveLength(1);
  expect(world.ledger.allEmployeePayments()).toMatchObject([{ state: 'completed', amount: { amount: '180.00' } }]);
  const finals = world.notices.filter((notice) => notice.facts.final === true).map((notice) => notice.messageId);
  expect(new Set(finals).size).toBe(1);
  expect(world.store.effects()).toEqual([]);
}

describe('a function of an expense claim that dies', () => {
  it.each<Fault>(['dies-before', 'dies-after'])(
    'at any one of its calls (%s its work) costs nothing but time',
    async (fault) => {
      const healthy = new ExpenseWorld();
      await play(healthy);
      const total = healthy.calls.length;
      for (let victim = 1; victim <= total; victim += 1) {
        const world = new ExpenseWorld({ fault: (call) => (call === victim ? fault : undefined), seed: victim });

        await play(world);

        await expectPaidOnce(world);
      }
      expect(total).toBeGreaterThanOrEqual(8);
    },
  );
});

describe('a store that fails', () => {
  it.each(['before', 'after'] as const)(
    '%s any one commit of an expense claim costs nothing but time',
    async (when) => {
      const healthy = new ExpenseWorld();
      await play(healthy);
      const total = healthy.store.commits;

      for (let victim = 1; victim <= total; victim += 1) {
        const world = new ExpenseWorld({ seed: victim });
        world.store.commitFault = (commit) => (commit === victim ? when : undefined);

        await persist(world);

        await expectPaidOnce(world);
      }
      expect(total).toBeGreaterThan(20);
    },
  );
});

describe('a ledger that fails', () => {
  const operations: readonly (keyof LedgerPort)[] = ['openAdvance', 'postEntry', 'payEmployee', 'readEmployeePayment'];

  it.each(operations.flatMap((operation) => [[operation, 'down'] as const, [operation, 'lost-reply'] as const]))(
    'once at %s (%s) makes one entry and one payment',
    async (operation, fault) => {
      const world = new ExpenseWorld();
      let isFirst = true;
      world.ledger.fault = (called) => {
        const strikes = called === operation && isFirst;
        isFirst &&= !strikes;
        return strikes ? fault : undefined;
      };

      await play(world);

      expect(isFirst).toBe(false);
      await expectPaidOnce(world);
    },
  );
});

describe('an OA that is down', () => {
  it('gets every answer of a claim when it is up again', async () => {
    const world = new ExpenseWorld();
    world.oaIsDown = true;
    await world.submit(event);
    await world.approve();
    await world.settle();
    expect(world.notices).toEqual([]);

    world.oaIsDown = false;
    await world.advance(1);
    await world.sweep();

    expect(world.told()).toEqual(['accepted', 'approved', 'posted', 'payment-requested', 'paid']);
    await expectPaidOnce(world);
  });
});

describe('an entry that the ERP posts after its claim has ended', () => {
  it('is found, recorded, and told to the operators, once', async () => {
    const world = new ExpenseWorld();
    world.ledger.fault = (operation) => (operation === 'postEntry' ? 'down' : undefined);
    await world.submit(event);
    await world.approve();
    await world.giveUpRetrying();
    await world.decide('operators', 'cancel', 'The ERP is down for the week');
    world.ledger.fault = () => undefined;
    const { processId, outcome } = await world.head(event);
    await world.ledger.postEntry({ key: `${processId}-entry`, date: '2026-01-01', description: '', lines: [] });

    const sweep = () => sweepIntents({ ...world.decisionDeps(), erp: world.erp, ledger: world.ledger });
    const rounds = [await sweep(), await sweep()];
    await world.run();

    expect(outcome).toBe('cancelled');
    expect(rounds.map(({ found }) => found)).toEqual([1, 0]);
    expect((await world.entryTypes(event)).filter((type) => type === 'LateEntryFound')).toHaveLength(1);
    expect(world.mails.filter(({ text }) => text.includes('take it back there'))).toHaveLength(1);
  });
});
