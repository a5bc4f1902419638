import { describe, expect, it } from 'vitest';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();

/** The order was asked of an ERP that went down, and an operator gave the purchase up. */
async function givenUpWhileOrdering(): Promise<PurchaseWorld> {
  const world = new PurchaseWorld();
  await world.submit(event);
  world.erp.fault = (operation) => (operation === 'createOrder' ? 'down' : undefined);
  await world.approveOrder();
  await world.giveUpRetrying();
  await world.decide('operators', 'cancel', 'The ERP is down for the week');
  world.erp.fault = () => undefined;
  expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
  return world;
}

/** The request that was cut is carried out after all. */
async function orderLate(world: PurchaseWorld): Promise<void> {
  const { processId } = await world.head(event);
  const line = { lineNumber: 1, productCode: 'P-1001', quantity: '5', unitPrice: '680.00' };
  const terms = { supplierCode: 'SUP-001', currency: 'CNY', orderDate: '2026-01-01', costCentre: 'CC-100' };
  const order = { ...terms, description: '', lines: [line] };
  await world.erp.createOrder({ key: `${processId}-order`, ...order });
}

const operatorsMails = (world: PurchaseWorld) => world.mails.filter(({ to }) => to === 'operators@meridian.example');

describe('an order that the ERP makes after its purchase has ended', () => {
  it('is found, recorded, and told to the operators, once', async () => {
    const world = await givenUpWhileOrdering();
    const before = operatorsMails(world).length;
    await orderLate(world);

    await world.sweepIntents();
    await world.sweepIntents();

    expect((await world.entryTypes(event)).filter((type) => type === 'LateOrderFound')).toHaveLength(1);
    expect(operatorsMails(world)).toHaveLength(before + 1);
    expect(operatorsMails(world).at(-1)?.text).toContain('PO-1');
    expect(await world.damages(event)).toEqual([]);
  });

  it('is looked for until it cannot come any more', async () => {
    const world = await givenUpWhileOrdering();

    expect(await world.sweepIntents()).toEqual({ watched: 1, found: 0 });
    await world.advance(24 * 3);
    expect(await world.sweepIntents()).toEqual({ watched: 1, found: 0 });

    expect(await world.sweepIntents()).toEqual({ watched: 0, found: 0 });
    expect(await world.entryTypes(event)).toContain('IntentWithoutEffect');
  });

  it('is not given up because the ERP cannot be asked', async () => {
    const world = await givenUpWhileOrdering();
    world.erp.fault = () => 'down';
    await world.advance(24 * 30);

    await expect(world.sweepIntents()).rejects.toMatchObject({ name: 'ConnectorTransientError' });

    world.erp.fault = () => undefined;
    await orderLate(world);
    expect(await world.sweepIntents()).toEqual({ watched: 1, found: 1 });
  });
});

describe('a purchase that ends with every answer known', () => {
  it('leaves nothing to look for', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    await world.pay();

    expect(await world.sweepIntents()).toEqual({ watched: 0, found: 0 });
  });
});
