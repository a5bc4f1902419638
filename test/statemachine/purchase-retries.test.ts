import { describe, it } from 'vitest';
import { placeHold, releaseHolds } from '../../functions/process/hold-process.ts';
import { failingAtFirst, RETRIED_ERRORS } from '../support/failing-at-first.ts';
import type { End } from '../support/path-coverage.ts';
import { handInPurchase } from '../support/purchase-end.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { event, payAll } from './purchase-story-parts.ts';

interface Play {
  readonly play: (world: PurchaseWorld) => Promise<void>;
  readonly end: End;
}

/** Together they enter every state that tries again. */
const PLAYS: Readonly<Record<string, Play>> = {
  'a purchase that is paid': {
    play: async (world) => {
      await world.submit(event);
      await payAll(world);
    },
    end: {
      record: 'approve approve approve paid',
      erp: 'PO-1 done, PAY-1 completed 5960.00, PO-1 linked',
      oa: 'accepted approved ordered received matched payment-requested paid',
    },
  },
  'an invoice that does not match': {
    play: async (world) => {
      await world.submit(event);
      await world.approveOrder();
      world.erp.receiveGoods('PO-1');
      world.erp.enterInvoice('PO-1', { prices: { 1: '720.00' } });
      await world.poll();
      await world.decide('E-4001', 'accept', 'Agreed');
      await world.pay();
    },
    end: {
      record: 'approve approve accept approve paid',
      erp: 'PO-1 done, PAY-1 completed 6160.00, PO-1 linked',
      oa: 'accepted approved ordered received under-review matched payment-requested paid',
    },
  },
  'a hold that is released': {
    play: async (world) => {
      await world.submit(event);
      const { processId } = await world.head(event);
      await placeHold(world.decisionDeps(), { processId, by: 'Zhao Lei', reason: 'Supplier under review' });
      await world.approveOrder();
      await releaseHolds(world.decisionDeps(), { processId, by: 'Zhao Lei', reason: 'Reviewed' });
      await world.run();
    },
    end: { record: 'approve approve (Goods receipt)', erp: 'PO-1 confirmed', oa: 'accepted approved ordered' },
  },
  'a withdrawal after the order': {
    play: async (world) => {
      await world.submit(event);
      await world.approveOrder();
      await world.withdraw(event);
    },
    end: {
      record: 'approve approve withdrawn',
      erp: 'PO-1 cancelled, PO-1 linked',
      oa: 'accepted approved ordered withdrawn',
    },
  },
  'a return that is changed': {
    play: async (world) => {
      await world.submit(event);
      await world.returnIt('E-2001');
      await world.resubmit(event);
    },
    end: { record: 'return (Order approval)', erp: 'nothing', oa: 'accepted returned accepted' },
  },
  'a step that an operator has tried again': {
    play: async (world) => {
      world.erp.fault = (operation) => (operation === 'findSupplier' ? 'refuses' : undefined);
      await world.submit(event);
      world.erp.fault = () => undefined;
      await world.decide('operators', 'retry');
    },
    end: { record: '!EnrichRequisition retry (Order approval)', erp: 'nothing', oa: 'accepted' },
  },
  'an approval whose alarms are lost': {
    play: async (world) => {
      world.alarms.set = async () => undefined;
      await world.submit(event);
      await world.advance(24 * 101);
    },
    end: { record: 'expired', erp: 'nothing', oa: 'accepted expired' },
  },
};

describe.each(Object.entries(PLAYS))('%s', (_, { play, end }) => {
  it.each(RETRIED_ERRORS)('comes to the same end when every call fails with %s at first', async (error) => {
    const world = new PurchaseWorld(failingAtFirst(error));

    await play(world);

    await handInPurchase(world, event, end);
  });
});
