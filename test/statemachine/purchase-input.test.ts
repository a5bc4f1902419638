import { describe, expect, it } from 'vitest';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const line = (changes: object = {}) => ({
  productCode: 'P-1001',
  quantity: '5',
  unitPrice: '680.00',
  amount: '3400.00',
  ...changes,
});
const oneLine = (changes: object, total: string) => ({ lines: [line(changes)], total });

/** What is wrong with the requisition, and the field that the answer must name. */
const BAD: readonly (readonly [string, object, string])[] = [
  ['an unknown supplier', { supplierCode: 'SUP-999' }, 'requisition.supplierCode'],
  ['an unknown product', oneLine({ productCode: 'P-9999' }, '3400.00'), 'requisition.lines[0].productCode'],
  ['a negative quantity', oneLine({ quantity: '-5', amount: '-3400.00' }, '-3400.00'), 'requisition.lines[0].quantity'],
  ['a quantity of zero', oneLine({ quantity: '0', amount: '0.00' }, '0.00'), 'requisition.lines[0].quantity'],
  [
    'an absurd price',
    oneLine({ unitPrice: '99999999999999', amount: '499999999999995.00' }, '499999999999995.00'),
    'requisition.lines[0]',
  ],
  ['an amount that is no product', oneLine({ amount: '3400.01' }, '3400.01'), 'requisition.lines[0].amount'],
  [
    'a wrongly rounded amount',
    oneLine({ quantity: '3', unitPrice: '0.3333', amount: '0.9999' }, '0.9999'),
    'requisition.lines[0].amount',
  ],
  ['a total that is no sum', { total: '1.00' }, 'requisition.total'],
  ['a number where a decimal string belongs', oneLine({ quantity: 5 }, '3400.00'), 'requisition.lines[0].quantity'],
  [
    'a currency without rate',
    oneLine({ unitPrice: '680', amount: '3400' }, '3400') && {
      currency: 'JPY',
      lines: [line({ unitPrice: '680', amount: '3400' })],
      total: '3400',
    },
    'requisition.currency',
  ],
  ['no currency that exists', { currency: 'yuan' }, 'requisition.currency'],
  ['an unknown cost centre', { costCentre: 'CC-999' }, 'requisition.costCentre'],
  ['another legal entity than its cost centre’s', { legalEntity: 'DE01' }, 'requisition.legalEntity'],
  ['an empty category', oneLine({ category: '' }, '3400.00'), 'requisition.lines[0].category'],
  ['no lines', { lines: [], total: '0' }, 'requisition.lines'],
  ['no title', { title: '' }, 'requisition.title'],
];

describe('a requisition with', () => {
  it.each(BAD)(
    '%s is refused, with the field and a remedy, to the OA and the requester',
    async (_, requisition, field) => {
      const world = new PurchaseWorld();
      const event = requisitionEvent({ requisition });

      await world.submit(event);

      expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'refused' });
      const final = world.notices.at(-1);
      expect(final).toMatchObject({ status: 'refused' });
      expect(final?.text.en).toContain(field);
      expect(world.mails.at(-1)).toMatchObject({ to: 'li.na@meridian.example' });
      expect(world.mails.at(-1)?.text).toContain(field);
      expect(await world.entryTypes(event)).toContain('RequisitionRefused');
      expect(await world.damages(event)).toEqual([]);
      expect(world.erp.allOrders()).toEqual([]);
    },
  );

  it('several things wrong is told all of them at once', async () => {
    const world = new PurchaseWorld();
    const lines = [line({ quantity: '-1' }), line({ amount: 'much' })];

    await world.submit(requisitionEvent({ requisition: { lines, title: '' } }));

    const text = world.notices.at(-1)?.text.en ?? '';
    expect(text).toContain('requisition.lines[0].quantity');
    expect(text).toContain('requisition.lines[1].amount');
    expect(text).toContain('requisition.title');
  });

  it('a requester who is not in the directory is refused, and the OA is told', async () => {
    const world = new PurchaseWorld();

    await world.submit({ ...requisitionEvent(), requester: { employeeId: 'E-7777' } });

    expect(world.notices.at(-1)?.text.en).toContain('requester.employeeId');
    expect(world.erp.allOrders()).toEqual([]);
  });

  it('a requester who has left is refused', async () => {
    const world = new PurchaseWorld();

    await world.submit({ ...requisitionEvent(), requester: { employeeId: 'E-1003' } });

    expect(world.notices.at(-1)?.text.en).toContain('not active');
  });

  it('not even a request to answer starts nothing: its queue keeps it', async () => {
    const world = new PurchaseWorld();

    await expect(world.submit({ nonsense: true })).rejects.toMatchObject({ name: 'ValidationError' });

    expect(world.engine.executions()).toEqual([]);
  });
});

describe('the same requisition', () => {
  it('twenty times at once, under one event id or many, is one process and one order', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    const again = (index: number) =>
      index % 2 === 0 ? event : { ...event, metadata: { ...event.metadata, eventId: `copy-${index}` } };

    await Promise.all(Array.from({ length: 20 }, (_, index) => world.start(again(index))));
    await world.run();
    await world.approveOrder();
    await world.deliver();
    await world.pay();

    expect(world.erp.allOrders()).toHaveLength(1);
    expect(world.erp.allPayments()).toHaveLength(1);
    expect(world.notices.filter((notice) => notice.facts.final === true)).toHaveLength(1);
    const outputs = world.engine.executions().filter(({ name }) => name.startsWith('requisition-'));
    expect(outputs).toHaveLength(11);
    expect(outputs.filter(({ output }) => JSON.stringify(output).includes('duplicate'))).toHaveLength(10);
  });

  it('under one event id in two systems are two requests', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    const other = { ...event, oa: { system: 'other-oa', requestId: 'PR-1' } };

    await world.submit(event);
    await world.submit(other);

    expect(world.told()).toEqual(['accepted', 'accepted']);
    expect((await world.head(other)).processId).not.toBe((await world.head(event)).processId);
  });

  it('is recorded with its justification where that can be erased', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();

    await world.submit(event);

    const [registered] = await world.record(event);
    expect(JSON.stringify(registered)).not.toContain('New colleagues');
    const [personal] = await world.store.readPersonal(registered?.processId ?? '');
    expect(personal?.values).toEqual({ justification: 'New colleagues' });
  });

  it('again after the process ended changes nothing', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    await world.approveOrder();
    await world.deliver();
    await world.pay();
    const before = await world.record(event);

    await world.submit({ ...event, metadata: { ...event.metadata, eventId: 'much-later' } });

    expect(await world.record(event)).toEqual(before);
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('number with another content is refused, recorded, and told to the OA', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    const other = requisitionEvent({ requisition: { title: 'Something else' } });

    await world.submit({ ...other, metadata: { ...other.metadata, eventId: 'another' } });

    expect(world.told()).toEqual(['accepted', 'duplicate']);
    expect(await world.entryTypes(event)).toContain('DuplicateRefused');
  });
});

describe('facts of the ERP in the wrong order', () => {
  it('an invoice before its receipt waits for it', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    await world.approveOrder();

    world.erp.enterInvoice('PO-1', { quantities: { 1: '5', 2: '20' } });
    await world.poll();
    expect((await world.head(event)).phase).toBe('Goods receipt');
    world.erp.receiveGoods('PO-1');
    await world.poll();

    await world.pay();
    expect((await world.head(event)).outcome).toBe('paid');
  });

  it('a receipt before the process knows its order is kept, and taken up by it', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    let isLost = false;
    world.erp.fault = (operation) => {
      const isFirst = operation === 'createOrder' && !isLost;
      isLost ||= isFirst;
      return isFirst ? 'lost-reply' : undefined;
    };
    await world.approveOrder();
    expect((await world.head(event)).state.order).toBeUndefined();

    world.erp.receiveGoods('PO-1');
    await world.poll();
    await world.giveUpRetrying();

    expect((await world.record(event)).find((entry) => entry.type === 'WaitOpened')?.facts).toMatchObject({
      keptFacts: 1,
    });
    expect((await world.head(event)).phase).toBe('Supplier invoice');
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('twenty times the same is one receipt', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.submit(event);
    await world.approveOrder();
    world.erp.receiveGoods('PO-1', { 1: '1' });

    for (let time = 0; time < 20; time += 1) {
      await world.poll();
    }

    expect((await world.entryTypes(event)).filter((type) => type === 'GoodsReceived')).toHaveLength(1);
  });
});
