import { beforeAll, describe, expect, it } from 'vitest';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { allTransitions, transitionsOf } from '../support/transitions.ts';
import { event, payAll, STORIES } from './purchase-stories.ts';

const taken = new Set<string>();

function take(world: PurchaseWorld): void {
  for (const transition of transitionsOf(world)) {
    taken.add(transition);
  }
}

describe('the ways through the machines', () => {
  let calls = 0;

  beforeAll(async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await payAll(world);
    calls = world.calls.length;
  });

  it.each(Object.entries(STORIES))('%s', async (_, play) => {
    const world = await play();

    take(world);
    if (world.store.commits > 0) {
      expect(await world.damages(event)).toEqual([]);
    }
  });

  it('a step that is refused at any of its calls waits for an operator, and goes on', async () => {
    for (let victim = 2; victim <= calls; victim += 1) {
      const world = new PurchaseWorld({ fault: (call) => (call === victim ? 'refused' : undefined) });
      await world.submit(event);
      await answerUntil(world, () => world.erp.allOrders().length > 0);
      await world.deliver();
      await answerUntil(world, () => world.erp.allPayments().length > 0);
      world.erp.confirmPayment('PAY-1');
      await world.poll();
      await answerUntil(world, () => world.notices.at(-1)?.facts.final === true);

      expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
      expect(world.erp.allOrders()).toHaveLength(1);
      expect(world.erp.allPayments()).toHaveLength(1);
      take(world);
    }
  });

  it('are all taken', () => {
    expect([...allTransitions()].filter((candidate) => !taken.has(candidate))).toEqual([]);
  });
});

/** Whoever is asked says yes, operators try again, until something is so. */
async function answerUntil(world: PurchaseWorld, isSo: () => boolean): Promise<void> {
  for (let answers = 0; answers < 8; answers += 1) {
    const asked = await world.lastAsked();
    if (isSo() && asked !== 'operators') {
      return;
    }
    const result = await world.decide(asked, asked === 'operators' ? 'retry' : 'approve');
    if (result.kind !== 'decided') {
      return;
    }
  }
}
