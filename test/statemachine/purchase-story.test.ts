import { describe, expect, it } from 'vitest';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

describe('a purchase', () => {
  it('runs from the requisition to the paid invoice, and everything stands in its record', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.poll();

    await world.submit(event);
    await world.approveOrder();
    world.erp.receiveGoods('PO-1', { 1: '2' });
    await world.poll();
    world.erp.receiveGoods('PO-1');
    await world.poll();
    world.erp.enterInvoice('PO-1');
    await world.poll();
    await world.pay();

    expect(await world.entryTypes(event)).toEqual([
      'RequisitionRegistered',
      'RequisitionValidated',
      'RequisitionEnriched',
      'ApprovalRouted',
      'LevelOpened',
      'OaTold',
      'MailSent',
      'DecisionMade',
      'LevelOpened',
      'MailSent',
      'DecisionMade',
      'ApprovalClosed',
      'OaTold',
      'OrderIntended',
      'OrderCreated',
      'WaitOpened',
      'OaTold',
      'GoodsReceived',
      'GoodsReceived',
      'WaitOpened',
      'OaTold',
      'SupplierInvoiceReceived',
      'InvoicesMatched',
      'ApprovalRouted',
      'LevelOpened',
      'OaTold',
      'MailSent',
      'DecisionMade',
      'ApprovalClosed',
      'PaymentIntended',
      'PaymentRequested',
      'WaitOpened',
      'OaTold',
      'PaymentCompleted',
      'PurchaseClosed',
      'OaTold',
      'MailSent',
    ]);
    expect(await world.damages(event)).toEqual([]);
    expect(world.erp.allOrders()).toMatchObject([{ state: 'done', total: '5960.00' }]);
    expect(world.erp.allPayments()).toMatchObject([
      { state: 'completed', amount: { amount: '5960.00', currency: 'CNY' } },
    ]);
    expect(world.erp.links).toMatchObject([{ orderNumber: 'PO-1' }]);
    expect(world.told()).toEqual([
      'accepted',
      'approved',
      'ordered',
      'received',
      'matched',
      'payment-requested',
      'paid',
    ]);
    expect(world.notices.at(-1)?.facts).toMatchObject({ final: true, outcome: 'paid' });
    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'paid', waits: {} });
    expect(world.store.effects()).toEqual([]);
    expect(world.engine.executions().map(({ status }) => status)).toEqual(['SUCCEEDED', 'SUCCEEDED', 'SUCCEEDED']);
  });

  it('asks the manager alone up to 5,000', async () => {
    const world = new PurchaseWorld();
    const lines = [{ productCode: 'P-1001', quantity: '5', unitPrice: '680.00', amount: '3400.00' }];

    await world.submit(requisitionEvent({ requisition: { lines, total: '3400.00' } }));
    await world.decide('E-2001', 'approve');

    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('converts another currency at the ERP rate before it asks who approves', async () => {
    const world = new PurchaseWorld();
    const lines = [{ productCode: 'P-3001', quantity: '100', unitPrice: '45.50', amount: '4550.00' }];
    const event = requisitionEvent({
      requisition: { supplierCode: 'SUP-003', currency: 'USD', lines, total: '4550.00' },
    });

    await world.submit(event);

    const routed = (await world.record(event)).find((entry) => entry.type === 'ApprovalRouted');
    // 4,550 USD are 32,760 CNY: above the manager's 5,000, within the department head's 50,000.
    expect(routed?.facts).toMatchObject({ levels: [{ name: 'Manager' }, { name: 'Department head' }] });
  });

  it('gives the approval of the payment to somebody who did not approve the order', async () => {
    const world = new PurchaseWorld();
    const lines = [{ productCode: 'P-2001', quantity: '12', unitPrice: '6200.00', amount: '74400.00' }];
    const event = requisitionEvent({ requisition: { supplierCode: 'SUP-002', lines, total: '74400.00' } });

    await world.submit(event);
    await world.decide('E-2001', 'approve');
    await world.decide('E-3001', 'approve');
    await world.decide('E-3003', 'approve');
    await world.deliver();

    // Above 50,000 the finance director would approve the payment, but approved the order.
    const decided = (await world.record(event)).filter((entry) => entry.type === 'DecisionMade');
    expect(decided.map((entry) => entry.actor.id)).toEqual(['E-2001', 'E-3001', 'E-3003']);
    const [approvalMail] = world.mails.filter((mail) => mail.to === 'zhou.min@meridian.example');
    expect(approvalMail).toBeDefined();
    await world.decide('E-0002', 'approve');
    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '74400.00' } }]);
  });

  it('waits for every line in full, and adds up partial receipts and partial invoices', async () => {
    const world = new PurchaseWorld();
    const event = requisitionEvent();
    await world.poll();
    await world.submit(event);
    await world.approveOrder();

    world.erp.receiveGoods('PO-1', { 1: '5', 2: '7' });
    world.erp.enterInvoice('PO-1');
    await world.poll();
    expect((await world.head(event)).phase).toBe('Goods receipt');
    world.erp.receiveGoods('PO-1');
    await world.poll();
    expect((await world.head(event)).phase).toBe('Supplier invoice');
    world.erp.enterInvoice('PO-1');
    await world.poll();
    await world.decide('E-4002', 'approve');

    const paid = world.erp.allPayments().map(({ invoiceId, amount }) => [invoiceId, amount.amount]);
    expect(paid).toEqual([
      ['INV-1', '4296.00'],
      ['INV-2', '1664.00'],
    ]);
    world.erp.confirmPayment('PAY-1');
    await world.poll();
    expect((await world.head(event)).status).toBe('running');
    world.erp.confirmPayment('PAY-2');
    await world.poll();
    expect((await world.head(event)).outcome).toBe('paid');
  });
});
