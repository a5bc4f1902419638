/** What only the connector to Odoo has to bear: lost replies, races, a wrong key, and what people do in Odoo meanwhile. */
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CreateOrderCommand } from '../../../functions/connectors/erp/port.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { type OdooRig, openOdooRig } from './odoo-rig.ts';
import { insist, newKey } from './rig.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const opened: OdooRig[] = [];

afterEach(async () => {
  const rigs = opened.splice(0);
  await Promise.all(rigs.map((rig) => rig.close()));
  expect(rigs.flatMap(({ replay }) => replay.strays)).toEqual([]);
});

async function open(): Promise<OdooRig> {
  const rig = await openOdooRig();
  opened.push(rig);
  return rig;
}

function orderCommand(): CreateOrderCommand {
  return {
    ...{ key: newKey('order'), supplierCode: 'SUP-001', currency: 'CNY', orderDate: TODAY, costCentre: 'CC-100' },
    description: 'chairs',
    lines: [{ lineNumber: 1, productCode: 'P-1001', quantity: '5', unitPrice: '680.00' }],
  };
}

/** Cuts the reply of the next call of a method, after all of it was done. */
function loseReply(rig: OdooRig, method: string): void {
  rig.replay.lose.add(method);
}

async function payable(rig: OdooRig) {
  const { orderNumber } = await rig.erp.createOrder(orderCommand());
  await rig.clerks.receiveGoods(orderNumber);
  const invoiceId = await rig.clerks.enterInvoice(orderNumber, { reference: 'F-1' });
  return { key: newKey('pay'), invoiceId, amount: { amount: '3400.00', currency: 'CNY' }, date: TODAY };
}

describe('an order in Odoo', () => {
  it.each(['purchase.order/load', 'purchase.order/button_confirm'])(
    'is there once and confirmed when the reply of %s is lost',
    async (method) => {
      const rig = await open();
      const command = orderCommand();
      loseReply(rig, method);

      const order = await insist(() => rig.erp.createOrder(command));

      expect(order).toMatchObject({ key: command.key, state: 'confirmed', total: '3400.00' });
      expect(await rig.ordersWith(command.key)).toBe(1);
      expect(rig.replay.lose.size).toBe(0);
    },
  );

  it('is there once when a second caller loads it while the first one does', async () => {
    // Prepare
    const rig = await open();
    const command = orderCommand();
    let end = () => {};
    rig.replay.loadsEnd = new Promise((resolve) => {
      end = resolve;
    });
    const loads = () => rig.replay.calls.filter((call) => call === 'purchase.order/load').length;

    // Act
    const first = rig.erp.createOrder(command);
    await vi.waitFor(() => expect(loads()).toBe(1));
    const second = rig.another().createOrder(command);

    // Assess
    await expect(second).rejects.toThrow(ConnectorTransientError);
    await expect(second).rejects.toThrow(/somebody else was faster in Odoo/);
    end();
    expect(await insist(() => rig.another().createOrder(command))).toEqual(await first);
    expect(await rig.ordersWith(command.key)).toBe(1);
  });

  it('is not confirmed with other lines than were approved', async () => {
    // Prepare
    const rig = await open();
    const command = orderCommand();
    loseReply(rig, 'purchase.order/button_confirm');
    const { records } = rig.replay.purchasing;
    vi.spyOn(rig.replay.purchasing, 'confirm').mockImplementation(() => {
      for (const line of records.all('purchase.order.line')) {
        records.change('purchase.order.line', line.id, { price_unit: 681 });
      }
      return true;
    });

    // Act
    const ordering = insist(() => rig.erp.createOrder(command));

    // Assess
    await expect(ordering).rejects.toThrow(ConnectorPermanentError);
    await expect(ordering).rejects.toThrow(/differs from what was approved/);
    expect(await rig.erp.findOrder(command.key)).toMatchObject({ state: 'draft' });
  });

  it('waits for a person where Odoo wants it to be approved there as well', async () => {
    const rig = await open();
    const { records } = rig.replay.purchasing;
    vi.spyOn(rig.replay.purchasing, 'confirm').mockImplementation((id) => {
      records.change('purchase.order', id, { state: 'to approve' });
      return true;
    });

    await expect(rig.erp.createOrder(orderCommand())).rejects.toThrow(/turn off Purchase Order Approval/);
  });

  it('keeps the numbers of its lines when a buyer adds one in Odoo', async () => {
    const rig = await open();
    const { orderNumber } = await rig.erp.createOrder(orderCommand());
    rig.replay.purchasing.addLine(orderNumber, { product_id: 2, product_qty: 2, price_unit: 1.5, sequence: 1 });

    const order = await rig.erp.readOrder(orderNumber);

    expect(order?.lines.map(({ lineNumber, quantity }) => [lineNumber, quantity])).toEqual([
      [1, '5'],
      [2, '2'],
    ]);
  });
});

describe('a payment in Odoo', () => {
  it.each([
    'account.move/action_post',
    'account.payment.register/create',
    'account.payment.register/action_create_payments',
  ])('is there once when the reply of %s is lost', async (method) => {
    const rig = await open();
    const command = await payable(rig);
    loseReply(rig, method);
    // A caller that does not know what was done comes back when its claim has run out.
    const later = () => rig.later().requestPayment(command);

    const payment = await rig.erp.requestPayment(command).catch((error: unknown) => {
      expect(error).toBeInstanceOf(ConnectorTransientError);
      return insist(later);
    });

    expect(payment).toMatchObject({ key: command.key, invoiceId: command.invoiceId, state: 'processing' });
    expect(await rig.paymentsWith(command.key)).toBe(1);
  });

  it('is refused under another key while the first one stands', async () => {
    const rig = await open();
    const command = await payable(rig);
    await rig.erp.requestPayment(command);

    const again = rig.erp.requestPayment({ ...command, key: newKey('pay') });

    await expect(again).rejects.toMatchObject({ rule: 'payment-differs-from-invoice' });
  });

  it('that makes no entry of its own, in a journal without an outstanding account, is counted as well', async () => {
    const rig = await open();
    const command = await payable(rig);
    const { paymentNumber } = await rig.erp.requestPayment(command);
    const { records } = rig.replay.purchasing;
    records.change('account.payment', Number(paymentNumber), { move_id: false, state: 'in_process' });
    records.change('account.move', Number(command.invoiceId), { payment_state: 'in_payment', amount_residual: 3400 });

    const again = rig.erp.requestPayment({ ...command, key: newKey('pay') });

    await expect(again).rejects.toMatchObject({ rule: 'payment-differs-from-invoice' });
  });
});

describe('a draft of a bill that Odoo made', () => {
  it('is no invoice until somebody typed in its date and number', async () => {
    const rig = await open();
    const { orderNumber } = await rig.erp.createOrder(orderCommand());
    await rig.clerks.receiveGoods(orderNumber);
    const order = rig.replay.purchasing.records.search('purchase.order', [['name', '=', orderNumber]]);
    rig.replay.purchasing.createBill(order[0]?.id ?? 0);

    expect(await rig.erp.readInvoices(orderNumber)).toEqual([]);
  });
});

describe('an Odoo that is not set up for the connector', () => {
  it('with another key is a matter of configuration', async () => {
    const rig = await open();
    const finding = rig.adapter({ apiKey: 'revoked' }).findSupplier('SUP-001');
    await expect(finding).rejects.toThrow(ConfigError);
    await expect(finding).rejects.toThrow(/renew apiKey in its secret/);
    await expect(finding).rejects.not.toThrow(/revoked/);
  });

  it.each([
    ['several companies', { company_ids: [1, 2] }, /sees 2 companies in Odoo/],
    ['no company', { company_ids: [] }, /sees 0 companies in Odoo/],
  ])('whose user sees %s says so', async (_what, change, message) => {
    const rig = await open();
    rig.replay.purchasing.records.change('res.users', 2, change);

    const asking = rig.erp.exchangeRate('USD', TODAY);

    await expect(asking).rejects.toThrow(ConfigError);
    await expect(asking).rejects.toThrow(message);
  });

  it('whose user has no time zone says so', async () => {
    const rig = await open();
    rig.replay.timeZone = false;

    await expect(rig.erp.exchangeRate('USD', TODAY)).rejects.toThrow(/no time zone in Odoo/);
  });

  it('says nothing of budgets, which Odoo Community does not have', async () => {
    const rig = await open();
    expect(await rig.erp.readBudget('CC-100', TODAY)).toBeUndefined();
  });
});

it('a receipt is of the day that it was in the time zone of the connector’s user', async () => {
  const rig = await open();
  rig.replay.timeZone = 'Asia/Shanghai';
  const { orderNumber } = await rig.erp.createOrder(orderCommand());
  await rig.clerks.receiveGoods(orderNumber);
  const { records } = rig.replay.purchasing;
  for (const move of records.all('stock.move')) {
    records.change('stock.move', move.id, { date: '2026-11-25 16:30:00' });
  }

  expect((await rig.erp.readReceipts(orderNumber))[0]?.receivedOn).toBe('2026-11-26');
});
