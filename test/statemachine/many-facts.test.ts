import { describe, expect, it } from 'vitest';
import { recordErpFact } from '../../functions/procurement/record-erp-fact.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const COUNT = 100;
const event = requisitionEvent({
  requisition: {
    lines: Array.from({ length: COUNT }, () => ({
      productCode: 'P-1001',
      quantity: '1',
      unitPrice: '1.00',
      amount: '1.00',
    })),
    total: '100.00',
  },
});

/** As somebody does who moves each line by hand: a receipt for each. */
function receiveEach(world: PurchaseWorld): void {
  for (let lineNumber = 1; lineNumber <= COUNT; lineNumber += 1) {
    world.erp.receiveGoods('PO-1', { [lineNumber]: '1' });
  }
}

/** Quantities of an invoice over one piece of each of these lines. */
function oneOf(...lineNumbers: readonly number[]): { readonly [lineNumber: number]: string } {
  const lines = Array.from({ length: COUNT }, (_, index) => index + 1);
  return Object.fromEntries(lines.map((lineNumber) => [lineNumber, lineNumbers.includes(lineNumber) ? '1' : '0']));
}

/** The ERP has made the order, and the process does not know it yet. */
async function orderedWithoutReply(): Promise<PurchaseWorld> {
  const world = new PurchaseWorld();
  await world.submit(event);
  let isFirst = true;
  world.erp.fault = (operation) => {
    if (operation !== 'createOrder' || !isFirst) {
      return undefined;
    }
    isFirst = false;
    return 'lost-reply';
  };
  await world.decide('E-2001', 'approve');
  return world;
}

async function countOf(world: PurchaseWorld, type: string): Promise<number> {
  return (await world.entryTypes(event)).filter((found) => found === type).length;
}

describe('more facts at once than one transaction holds', () => {
  it('are all recorded, once, and end their wait once', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.decide('E-2001', 'approve');
    receiveEach(world);

    await world.poll();

    expect(await countOf(world, 'GoodsReceived')).toBe(COUNT);
    expect(await countOf(world, 'FactNotConfirmed')).toBe(0);
    expect(await countOf(world, 'ResumeRefused')).toBe(0);
    expect(world.told().filter((status) => status === 'received')).toHaveLength(1);
    expect(await world.head(event)).toMatchObject({ phase: 'Supplier invoice' });
    expect(await world.damages(event)).toEqual([]);
  });

  it('are taken up by the wait that opens after them, and none of those that were kept stays', async () => {
    const world = await orderedWithoutReply();
    receiveEach(world);
    await world.poll();

    await world.giveUpRetrying();

    const opened = (await world.record(event)).find(({ facts }) => facts.kind === 'goods-receipt');
    expect(opened).toMatchObject({ type: 'WaitOpened', facts: { keptFacts: COUNT } });
    expect(await world.store.list('ORDER#PO-1', 'FACT#')).toEqual([]);
    expect(await countOf(world, 'GoodsReceived')).toBe(COUNT);
    expect(await countOf(world, 'ResumeRefused')).toBe(0);
    expect(await world.head(event)).toMatchObject({ phase: 'Supplier invoice' });
    expect(await world.damages(event)).toEqual([]);
  });

  it('that were kept all go, when few documents stand behind them, and their wait ends once', async () => {
    const world = await orderedWithoutReply();
    for (let number = 1; number <= COUNT; number += 1) {
      const fact = { type: 'GoodsReceived', orderNumber: 'PO-1', documentId: `GR-${number}` } as const;
      await recordErpFact(
        { ...world.decisionDeps(), erp: world.erp },
        { ...fact, eventId: `event-${number}`, occurredAt: '2026-01-01T00:00:00Z' },
      );
    }
    world.erp.receiveGoods('PO-1');

    await world.giveUpRetrying();

    expect(await world.store.list('ORDER#PO-1', 'FACT#')).toEqual([]);
    expect(await countOf(world, 'GoodsReceived')).toBe(1);
    expect(await countOf(world, 'ResumeRefused')).toBe(0);
    expect(await world.head(event)).toMatchObject({ phase: 'Supplier invoice' });
  });

  it('are compared only when all are there: half of a correction looks like too much', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.decide('E-2001', 'approve');
    receiveEach(world);
    for (let lineNumber = 1; lineNumber <= 50; lineNumber += 1) {
      world.erp.enterInvoice('PO-1', { quantities: oneOf(lineNumber) });
    }
    await world.poll();

    world.erp.correctInvoice('INV-1', { quantities: oneOf(1, 50) });
    for (let number = 2; number < 50; number += 1) {
      world.erp.correctInvoice(`INV-${number}`, {
        quantities: oneOf(number),
        supplierReference: `corrected ${number}`,
      });
    }
    world.erp.correctInvoice('INV-50', { quantities: oneOf(51) });
    await world.poll();

    expect(await countOf(world, 'SupplierInvoiceReceived')).toBe(100);
    expect(await countOf(world, 'InvoicesMismatched')).toBe(0);
    expect(await world.head(event)).toMatchObject({ phase: 'Supplier invoice' });
  });
});
