import { beforeAll, describe, expect, it } from 'vitest';
import { handInPurchase } from '../support/purchase-end.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { STORIES } from './purchase-stories.ts';
import { ENDS } from './purchase-story-ends.ts';
import { event, payAll } from './purchase-story-parts.ts';

const PAID = {
  record: expect.stringMatching(/^((!\w+ retry|approve) )+paid$/),
  erp: 'PO-1 done, PAY-1 completed 5960.00, PO-1 linked',
  oa: 'accepted approved ordered received matched payment-requested paid',
};

const NAMES = Object.keys(STORIES).filter((name): name is keyof typeof STORIES => name in ENDS);

describe('the ways through the machines', () => {
  let calls = 0;

  beforeAll(async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await payAll(world);
    calls = world.calls.length;
  });

  it.each(NAMES)('%s', async (name) => {
    const world = await STORIES[name]();

    const [record, erp, oa] = ENDS[name];
    await handInPurchase(world, event, { record, erp, oa });
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

      await handInPurchase(world, event, PAID);
    }
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
