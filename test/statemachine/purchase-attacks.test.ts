import { describe, expect, it } from 'vitest';
import { operatorTasks } from '../../functions/approvals/decide-as-operator.ts';
import type { WorldOptions } from '../support/process-world.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();

async function ordered(options: WorldOptions = {}): Promise<PurchaseWorld> {
  const world = new PurchaseWorld(options);
  await world.submit(event);
  await world.approveOrder();
  return world;
}

const actionsOfOperators = async (world: PurchaseWorld) => (await operatorTasks(world.decisionDeps()))[0]?.actions;
const operatorsMails = (world: PurchaseWorld) => world.mails.filter(({ to }) => to === 'operators@meridian.example');

describe('an invoice in another currency than the order', () => {
  it('is corrected or ends the purchase: nobody accepts it, and nothing of it is paid', async () => {
    const world = await ordered();
    world.erp.receiveGoods('PO-1');
    world.erp.enterInvoice('PO-1', { currency: 'USD' });
    await world.poll();

    expect(await world.decide('E-4001', 'accept', 'A small difference')).toMatchObject({
      kind: 'refused',
      refusal: 'unknown-action',
    });
    await world.decide('E-4001', 'correct', 'It must be in yuan');
    world.erp.correctInvoice('INV-1', {});
    await world.poll();
    await world.pay();

    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '5960.00', currency: 'CNY' } }]);
  });
});

describe('a decision that no button of the page makes', () => {
  it('is recorded without what was typed for it, since the record keeps it for good', async () => {
    const world = new PurchaseWorld();
    await world.submit(event);

    await world.decide('E-2001', 'Ask Grace Miller', '');

    const refused = (await world.record(event)).findLast((entry) => entry.type === 'DecisionRefused');
    expect(refused?.facts).toMatchObject({ refusal: 'unknown-action', action: 'unknown' });
    expect(JSON.stringify(refused)).not.toContain('Grace');
  });
});

describe('an invoice that changes while nobody decides on its payment', () => {
  it('is matched again before its payment is approved', async () => {
    const world = await ordered();
    await world.deliver();
    await world.advance(24 * 6);
    world.erp.correctInvoice('INV-1', {
      quantities: { 1: '0', 2: '0' },
      extraLine: { description: 'consulting', amount: '5960.00' },
    });
    await world.poll();

    await world.decide('operators', 'retry');

    expect(await world.lastAsked()).toBe('E-4001');
    expect((await world.entryTypes(event)).at(-1)).toBe('MailSent');
    expect(await world.entryTypes(event)).toContain('InvoicesMismatched');
    expect(world.erp.allPayments()).toEqual([]);
  });
});

describe('an invoice that accounting takes back while its payment is being approved', () => {
  it('is waited for again, and approved again', async () => {
    const world = await ordered();
    await world.deliver();
    world.erp.takeBackInvoice('INV-1');

    await world.decide('E-4002', 'approve');
    expect(await world.head(event)).toMatchObject({ phase: 'Supplier invoice' });
    expect(world.erp.allPayments()).toEqual([]);
    world.erp.correctInvoice('INV-1', { prices: { 1: '679.00' } });
    await world.poll();
    await world.pay();

    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '5955.00' } }]);
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
  });
});

describe('a purchase with a payment on its way', () => {
  /** Two invoices; the bank refuses the second while the first is on its way, and a freight invoice comes. */
  async function halfPaid(): Promise<PurchaseWorld> {
    const world = await ordered();
    world.erp.receiveGoods('PO-1', { 1: '5' });
    world.erp.enterInvoice('PO-1');
    world.erp.receiveGoods('PO-1');
    world.erp.enterInvoice('PO-1');
    await world.poll();
    await world.decide('E-4002', 'approve');
    world.erp.failPayment('PAY-2');
    await world.poll();
    world.erp.enterInvoice('PO-1', { extraLine: { description: 'Freight', amount: '300.00' } });
    await world.poll();
    await world.decide('operators', 'retry');
    return world;
  }

  it('does not end before the bank has answered, and then says what was paid', async () => {
    const world = await halfPaid();
    await world.decide('E-4001', 'cancel', 'We send it all back');

    expect(await world.head(event)).toMatchObject({ status: 'running', phase: 'Waiting for an operator' });
    expect(await actionsOfOperators(world)).toEqual(['retry']);
    await world.decide('operators', 'retry');
    expect(await world.head(event)).toMatchObject({ status: 'running' });
    world.erp.confirmPayment('PAY-1');
    await world.poll();
    await world.decide('operators', 'retry');

    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled' });
    const told = operatorsMails(world).at(-1)?.text ?? '';
    expect(told).toContain('PAY-1');
    expect(told).not.toContain('Nothing was paid');
  });

  it('is not given up because its order is cancelled in the ERP', async () => {
    const world = await ordered();
    await world.deliver();
    await world.decide('E-4002', 'approve');
    await world.advance(24 * 91);
    expect(await actionsOfOperators(world)).toEqual(['retry', 'skip']);

    world.erp.cancelOrderInErp('PO-1');
    await world.poll();

    expect(await world.head(event)).toMatchObject({ status: 'running' });
    await world.decide('operators', 'retry');
    world.erp.confirmPayment('PAY-1');
    await world.poll();
    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
  });
});

describe('a purchase that is interrupted between the approval of its payment and the payment', () => {
  it('pays nothing', async () => {
    let isDown = false;
    const world = await ordered({
      fault: (_, name) => (isDown && name === 'RequestPayment' ? 'dies-before' : undefined),
    });
    await world.deliver();
    isDown = true;
    await world.decide('E-4002', 'approve');
    world.erp.cancelOrderInErp('PO-1');
    await world.poll();

    isDown = false;
    await world.giveUpRetrying();

    expect(world.erp.allPayments()).toEqual([]);
    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled' });
  });
});

describe('a purchase whose order was cancelled in the ERP, and which has not closed yet', () => {
  it('is withdrawn no more: the requester is told, and it ends as cancelled', async () => {
    let isDown = true;
    const world = await ordered({
      fault: (_, name) => (isDown && name === 'ClosePurchase' ? 'dies-before' : undefined),
    });
    world.erp.cancelOrderInErp('PO-1');
    await world.poll();
    expect(await world.head(event)).toMatchObject({ status: 'running' });

    expect(await world.withdraw(event)).toBe('refused');

    const refused = (await world.record(event)).find(({ type }) => type === 'WithdrawalRefused');
    expect(refused?.facts).toMatchObject({ refusal: 'ended' });

    isDown = false;
    await world.giveUpRetrying();
    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled' });
    expect(await world.entryTypes(event)).not.toContain('Withdrawn');
  });
});

describe('a payment that the ERP refuses for good', () => {
  it('may be made by hand: the purchase waits until the ERP shows the invoice as paid', async () => {
    const world = await ordered();
    await world.deliver();
    world.erp.fault = (operation) => (operation === 'requestPayment' ? 'refuses' : undefined);
    await world.decide('E-4002', 'approve');
    expect(await actionsOfOperators(world)).toEqual(['retry', 'skip']);

    await world.decide('operators', 'skip', 'It is due in two parts: accounting pays it by hand');
    expect(await world.head(event)).toMatchObject({ phase: 'Payment' });
    world.erp.payByHand('INV-1');
    await world.poll();

    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    expect(world.erp.allPayments()).toEqual([]);
  });

  it('may be given up each time that the bank has refused it', async () => {
    const world = await ordered();
    await world.deliver();
    await world.decide('E-4002', 'approve');
    for (const payment of ['PAY-1', 'PAY-2', 'PAY-3']) {
      world.erp.failPayment(payment);
      await world.poll();
      expect(await actionsOfOperators(world)).toEqual(['retry', 'skip', 'cancel']);
      await world.decide('operators', 'retry');
    }

    world.erp.confirmPayment('PAY-4');
    await world.poll();

    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    expect(world.erp.allPayments().filter(({ state }) => state === 'completed')).toHaveLength(1);
  });
});

describe('a question that is asked anew because its machine failed', () => {
  it('takes the links of the first time out of use', async () => {
    const world = new PurchaseWorld();
    const set = world.alarms.set.bind(world.alarms);
    world.alarms.set = async () => {
      world.alarms.set = set;
      throw Object.assign(new Error('no such group'), { name: 'ConfigError' });
    };
    await world.submit(event);
    const first = await world.linkOf('E-2001');
    await world.decide('operators', 'retry');

    const rejected = await world.decideByLink(first, 'reject', 'I had said no');
    await world.decide('E-2001', 'reject', 'I say no');

    expect(rejected).toMatchObject({ kind: 'refused' });
    expect((await world.entryTypes(event)).filter((type) => type === 'DecisionMade')).toHaveLength(2);
    expect(await world.head(event)).toMatchObject({ outcome: 'rejected' });
  });
});

describe('goods that come after the correction of an invoice was asked for', () => {
  it('are looked at: what agrees now is paid', async () => {
    const world = await ordered();
    world.erp.receiveGoods('PO-1', { 1: '5' });
    await world.poll();
    await world.advance(24 * 91);
    await world.decide('operators', 'skip', 'The paper will not come');
    world.erp.enterInvoice('PO-1', { quantities: { 1: '5', 2: '20' } });
    await world.poll();
    await world.decide('E-4001', 'correct', 'The paper has not come');

    world.erp.receiveGoods('PO-1');
    await world.poll();
    await world.pay();

    expect(await world.head(event)).toMatchObject({ outcome: 'paid' });
    expect(world.erp.allPayments()).toMatchObject([{ amount: { amount: '5960.00' } }]);
  });
});

describe('goods of which nothing came', () => {
  it('cannot be accepted, and what comes later is not accepted by an old word', async () => {
    const world = await ordered();

    await world.advance(24 * 91);

    expect(await actionsOfOperators(world)).toEqual(['retry', 'cancel']);
  });
});
