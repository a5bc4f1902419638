import { describe, expect, it } from 'vitest';
import { pollErp } from '../../../functions/connectors/erp/poll-erp.ts';
import { billOfMaterialsProposedSchema } from '../../../functions/events/bill-of-materials-proposed.ts';
import { goodsReceivedSchema } from '../../../functions/events/goods-received.ts';
import type { BusEvent } from '../../../functions/process/event-publisher.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';
import { FakeEngineering } from '../../support/fake-engineering.ts';
import { FakeErp } from '../../support/fake-erp.ts';
import { MemoryStore } from '../../support/memory-store.ts';

async function polling() {
  const erp = new FakeErp({ clock: new SettableClock() });
  const events: BusEvent[] = [];
  const bus = { isDown: false };
  const deps = {
    store: new MemoryStore(),
    erp,
    system: 'fake',
    publisher: {
      publish: async (published: readonly BusEvent[]) => {
        if (bus.isDown) {
          throw new ConnectorTransientError('the bus is down');
        }
        events.push(...published);
      },
    },
  };
  await pollErp(deps);
  const line = { lineNumber: 1, productCode: 'P-1001', quantity: '9', unitPrice: '1' };
  const terms = { supplierCode: 'SUP-001', currency: 'CNY', orderDate: '2026-01-01', costCentre: 'CC-100' };
  const order = { ...terms, description: '', lines: [line] };
  const { orderNumber } = await erp.createOrder({ key: 'k', ...order });
  const receive = () => erp.receiveGoods(orderNumber, { 1: '1' });
  const receipts = () => new Set(events.map(({ detail }) => goodsReceivedSchema.parse(detail).receiptNumber));
  return { deps, erp, events, bus, receive, receipts };
}

describe('the poller', () => {
  it('puts what happened since the last time, as an event of the contract', async () => {
    const { deps, events, receive } = await polling();
    receive();

    await pollErp(deps);

    expect(events).toMatchObject([{ source: 'meridian.erp', detailType: 'GoodsReceived' }]);
    expect(goodsReceivedSchema.parse(events[0]?.detail)).toMatchObject({
      orderNumber: 'PO-1',
      receiptNumber: 'GR-1',
      erp: { system: 'fake' },
      metadata: { correlationId: 'PO-1', schemaVersion: '1.0' },
    });
  });

  it('gives what it sees twice the same event id', async () => {
    const { deps, events, receive } = await polling();
    receive();

    await pollErp(deps);
    await pollErp(deps);

    const ids = events.map(({ detail }) => goodsReceivedSchema.parse(detail).metadata.eventId);
    expect(ids.length).toBeGreaterThan(1);
    expect(new Set(ids).size).toBe(1);
  });

  it('misses nothing when the bus, the store or itself fails between any two steps', async () => {
    const { deps, bus, receive, receipts } = await polling();

    for (let round = 0; round < 9; round += 1) {
      receive();
      bus.isDown = round % 3 === 1;
      const isStoreDown = round % 3 === 2;
      deps.store.commitFault = () => (isStoreDown ? 'before' : undefined);
      await pollErp(deps).catch(() => undefined);
    }
    bus.isDown = false;
    deps.store.commitFault = () => undefined;
    await pollErp(deps);

    expect(receipts().size).toBe(9);
  });

  it('at work twice at once misses nothing', async () => {
    const { deps, receive, receipts } = await polling();

    for (let round = 0; round < 5; round += 1) {
      receive();
      await Promise.all([pollErp(deps), pollErp(deps)]);
    }

    expect(receipts().size).toBe(5);
  });

  it('puts bills that are proposed where they are asked for, and carries on from there', async () => {
    const { deps, events } = await polling();
    const engineering = new FakeEngineering();
    const asking = { ...deps, engineering };
    const proposal = {
      title: '',
      productCode: 'P-9001',
      outputQuantity: '1',
      components: [],
      effectiveOn: '2027-03-01',
    };
    await pollErp(asking);
    engineering.propose({ proposalId: '42', ...proposal });

    expect(await pollErp(deps)).toEqual({ facts: 0 });
    expect(await pollErp(asking)).toEqual({ facts: 1 });
    expect(await pollErp(asking)).toEqual({ facts: 0 });

    expect(events.map(({ source, detailType }) => [source, detailType])).toEqual([
      ['meridian.erp', 'BillOfMaterialsProposed'],
    ]);
    expect(billOfMaterialsProposedSchema.parse(events[0]?.detail)).toMatchObject({
      proposalId: '42',
      metadata: { correlationId: 'bom-42' },
    });
  });
});
