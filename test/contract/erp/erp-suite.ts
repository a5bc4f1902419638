/** What the parts of the suite of every ERP share: the ERP under test, and what is done with it again and again. */
import { afterAll, beforeAll } from 'vitest';
import type { CreateOrderCommand, Payment, PurchaseOrder } from '../../../functions/connectors/erp/port.ts';
import { add, type Money } from '../../../functions/money/money.ts';
import { type ErpRig, insist, newKey } from './rig.ts';

export const TODAY = new Date().toISOString().slice(0, 10);

export interface ErpSuite {
  /** Open while tests run. */
  readonly rig: ErpRig;
  order(terms?: Partial<CreateOrderCommand>): Promise<PurchaseOrder>;
  /** All of an order has come, and its invoice. */
  invoiced(
    terms?: Partial<CreateOrderCommand>,
  ): Promise<{ readonly placed: PurchaseOrder; readonly invoiceId: string; readonly amount: Money }>;
  pay(invoiceId: string, amount: Money, key?: string): Promise<Payment>;
}

/** To be called where the tests of one ERP are described: it is opened before them and closed after them. */
export function openSuite(open: () => Promise<ErpRig>): ErpSuite {
  let rig: ErpRig;
  beforeAll(async () => {
    rig = await open();
  });
  afterAll(async () => {
    await rig?.close();
  });
  const order = (terms: Partial<CreateOrderCommand> = {}) => insist(() => rig.erp.createOrder(command(terms)));
  return {
    get rig() {
      return rig;
    },
    order,
    async invoiced(terms = {}) {
      const placed = await order(terms);
      await rig.clerks.receiveGoods(placed.orderNumber);
      const invoiceId = await rig.clerks.enterInvoice(placed.orderNumber, { reference: 'F-1' });
      const [invoice] = await rig.erp.readInvoices(placed.orderNumber);
      return { placed, invoiceId, amount: { amount: invoice?.total ?? '', currency: invoice?.currency ?? '' } };
    },
    pay: (invoiceId, amount, key = newKey('pay')) =>
      insist(() => rig.erp.requestPayment({ key, invoiceId, amount, date: TODAY })),
  };
}

/** Five chairs and ten boxes of paper, under a new key, unless `terms` say otherwise. */
export function command(terms: Partial<CreateOrderCommand> = {}): CreateOrderCommand {
  return {
    key: newKey('order'),
    supplierCode: 'SUP-001',
    currency: 'CNY',
    orderDate: TODAY,
    description: '办公椅 chairs (OA-1)',
    costCentre: 'CC-100',
    lines: [
      { lineNumber: 1, productCode: 'P-1001', quantity: '5', unitPrice: '680.00' },
      { lineNumber: 2, productCode: 'P-1002', quantity: '10', unitPrice: '128.00' },
    ],
    ...terms,
  };
}

/** Without zeros at the end: prices may carry more or fewer of them. */
export function trimmed(value: string): string {
  return add(value, '0');
}
