/**
 * Whatever connection breaks and whoever asks at once: one order and one payment in Tryton, carried to their ends.
 * @module-tag long
 */
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import type { CreateOrderCommand, Payment, RequestPaymentCommand } from '../../../functions/connectors/erp/port.ts';
import { type Cut, onceAt, startCuttingProxy } from './cutting-proxy.ts';
import { fasterClock, insist, newKey } from './rig.ts';
import { openTrytonRig, type TrytonRig } from './tryton-rig.ts';

const TODAY = new Date().toISOString().slice(0, 10);
const CALLERS = 8;
/** How much faster a claim's minute runs: six seconds are longer than a call of this server when all callers wait for it. */
const PACE = 10;
/** The same where a single caller's request never arrived whole: nobody can come late, so its claim may run out soon. */
const PACE_ALONE = 60;
/** Milliseconds: the five seconds after which many callers are told to look again, at their pace. */
const LOOK_AGAIN_MS = 5_000 / PACE;

const CUTS: readonly Cut[] = ['in-request', 'before-reply', 'in-reply'];

let rig: TrytonRig;

beforeAll(async () => {
  rig = await openTrytonRig();
});
afterAll(async () => {
  await rig?.close();
});

/** Makes adapters that share claims and reach Tryton through a proxy that cuts, for one test. */
async function behindProxy({ onTestFinished }: TestContext, cut: (method: string) => Cut | undefined, pace = PACE) {
  const proxy = await startCuttingProxy(rig.server.port, cut);
  onTestFinished(() => proxy.close());
  const claims = rig.newClaims(fasterClock(pace));
  return { adapter: () => rig.adapter({ url: proxy.url, claims }), done: proxy.done };
}

/** An adapter whose first call of `method` is cut. */
async function behindCut(test: TestContext, method: string, cut: Cut) {
  const { adapter, done } = await behindProxy(test, onceAt(method, cut), cut === 'in-request' ? PACE_ALONE : PACE);
  return { erp: adapter(), done };
}

/** As many adapters as there are callers. */
async function callersBehind(test: TestContext, cut: (method: string) => Cut | undefined) {
  const { adapter, done } = await behindProxy(test, cut);
  return { adapters: Array.from({ length: CALLERS }, adapter), done };
}

/** Cuts about a third of all calls that change something, the same ones for the same seed. */
function oftenFrom(seed: number): (called: string) => Cut | undefined {
  let state = seed;
  return (called) => {
    if (!/\.(create|quote|confirm|post|submit|approve|execute)$/.test(called)) {
      return undefined;
    }
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return CUTS[Math.floor((state / 2_147_483_648) * 9)];
  };
}

function orderCommand(): CreateOrderCommand {
  return {
    key: newKey('order'),
    supplierCode: 'SUP-001',
    currency: 'CNY',
    orderDate: TODAY,
    costCentre: 'CC-100',
    description: 'chairs',
    lines: [{ lineNumber: 1, productCode: 'P-1001', quantity: '5', unitPrice: '680.00' }],
  };
}

async function payable(): Promise<RequestPaymentCommand> {
  const { orderNumber } = await insist(() => rig.erp.createOrder(orderCommand()));
  await rig.clerks.receiveGoods(orderNumber);
  const invoiceId = await rig.clerks.enterInvoice(orderNumber, { reference: 'F-1' });
  return { key: newKey('pay'), invoiceId, amount: { amount: '3400.00', currency: 'CNY' }, date: TODAY };
}

/** All orders with the key as Tryton's administrator sees them. */
function ordersOf(key: string) {
  return rig.admin.searchRead('purchase.purchase', [['reference', '=', key]], ['number', 'state']);
}

/** All payments of the invoice, with whatever key. */
function paymentsOf(invoiceId: string) {
  const domain = [['line.move.origin.number', '=', invoiceId, 'account.invoice']];
  return rig.admin.searchRead('account.payment', domain, ['number', 'state', 'reference']);
}

describe.concurrent('an order whose connection breaks once', () => {
  const cases: readonly (readonly [string, Cut])[] = [
    ...['create', 'quote', 'confirm'].flatMap((button) => CUTS.map((cut) => [button, cut] as const)),
    ['create', 'before-late-request'],
    ['confirm', 'before-late-request'],
  ];
  it.for(cases)('at %s, %s, it is there once and confirmed', async ([button, cut], test) => {
    // Prepare
    const method = `model.purchase.purchase.${button}`;
    const command = orderCommand();
    const { erp, done } = await behindCut(test, method, cut);

    // Act
    const order = await insist(() => erp.createOrder(command));

    // Assess
    expect(done).toEqual([`${method} ${cut}`]);
    expect(order).toMatchObject({ key: command.key, state: 'confirmed', total: '3400.00' });
    expect(await ordersOf(command.key)).toMatchObject([{ number: order.orderNumber, state: 'processing' }]);
  });
});

describe('an order that eight callers want at once', () => {
  it('is created by a single call where no connection breaks', async (test) => {
    // Prepare
    const command = orderCommand();
    const called: string[] = [];
    const cut = (method: string) => {
      called.push(method);
      return undefined;
    };
    const { adapters } = await callersBehind(test, cut);

    // Act
    await Promise.all(adapters.map((erp) => insist(() => erp.createOrder(command), LOOK_AGAIN_MS)));

    // Assess
    expect(called.filter((method) => method === 'model.purchase.purchase.create')).toHaveLength(1);
  });

  it.for([1, 2, 3])('is there once where connections break often (seed %i)', async (seed, test) => {
    // Prepare
    const command = orderCommand();
    const { adapters, done } = await callersBehind(test, oftenFrom(seed));

    // Act
    const orders = await Promise.all(adapters.map((erp) => insist(() => erp.createOrder(command), LOOK_AGAIN_MS)));

    // Assess
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(orders.map(({ orderNumber }) => orderNumber)).size).toBe(1);
    expect(await ordersOf(command.key)).toMatchObject([{ number: orders[0]?.orderNumber, state: 'processing' }]);
  });
});

async function expectOnePayment(command: RequestPaymentCommand, payment: Payment | undefined): Promise<void> {
  expect(payment).toMatchObject({ key: command.key, invoiceId: command.invoiceId, amount: command.amount });
  expect(await paymentsOf(command.invoiceId)).toMatchObject([
    { number: payment?.paymentNumber, reference: command.key, state: 'processing' },
  ]);
}

describe.concurrent('a payment whose connection breaks once', () => {
  const cases: readonly (readonly [string, Cut])[] = [
    ...CUTS.map((cut) => ['model.account.payment.create', cut] as const),
    ['model.account.payment.create', 'before-late-request'],
    ['model.account.invoice.post', 'in-request'],
    ['model.account.invoice.post', 'before-reply'],
    ['model.account.payment.submit', 'before-reply'],
    ['model.account.payment.approve', 'before-reply'],
    ['wizard.account.payment.process.execute', 'in-request'],
    ['wizard.account.payment.process.execute', 'before-reply'],
  ];
  it.for(cases)('at %s, %s, it is there once and with the bank', async ([method, cut], test) => {
    // Prepare
    const command = await payable();
    const { erp, done } = await behindCut(test, method, cut);

    // Act
    const payment = await insist(() => erp.requestPayment(command));

    // Assess
    expect(done).toEqual([`${method} ${cut}`]);
    await expectOnePayment(command, payment);
  });
});

describe('a payment that eight callers want at once', () => {
  it.for([4, 5])('is there once where connections break often (seed %i)', async (seed, test) => {
    // Prepare
    const command = await payable();
    const { adapters, done } = await callersBehind(test, oftenFrom(seed));

    // Act
    const payments = await Promise.all(adapters.map((erp) => insist(() => erp.requestPayment(command), LOOK_AGAIN_MS)));

    // Assess
    expect(done.length).toBeGreaterThan(0);
    expect(new Set(payments.map(({ paymentNumber }) => paymentNumber)).size).toBe(1);
    await expectOnePayment(command, payments[0]);
  });
});

describe('two documents under one key, of a creation that was committed long after everybody had given it up', () => {
  it('leave the one that is furthest on as the order', async () => {
    // Prepare
    const command = orderCommand();
    const order = await insist(() => rig.erp.createOrder(command));
    const [id = 0] = await rig.admin.search('purchase.purchase', [['number', '=', order.orderNumber]]);
    await rig.admin.call('model.purchase.purchase.copy', [[id], { reference: command.key }]);

    // Act
    const found = await rig.erp.findOrder(command.key);
    const again = await insist(() => rig.erp.createOrder(command));

    // Assess
    expect(await rig.ordersWith(command.key)).toBe(2);
    expect(found).toEqual(order);
    expect(again).toEqual(order);
  });
});
