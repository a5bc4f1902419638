/**
 * What Meridian does in the ERP, by the bare protocol and as the connector's restricted user, so that the tests of the
 * demonstration's server stand without the product's adapter.
 */
import { date, decimal, idList, idOf, type TrytonClient, textOf } from '../../local/tryton/rpc.ts';

export interface OrderedLine {
  readonly productCode: string;
  readonly quantity: number;
  readonly unitPrice: string;
}

export const TODAY = new Date().toISOString().slice(0, 10);

/** Creates and confirms an order; returns its number. */
export async function placeOrder(
  client: TrytonClient,
  order: { reference: string; supplierCode: string; currency: string; lines: readonly OrderedLine[] },
): Promise<string> {
  const supplier = await client.one(
    'party.party',
    [['code', '=', order.supplierCode]],
    ['addresses', 'supplier_payment_term'],
  );
  const company = await client.one('company.company', [], ['id']);
  const currency = await client.one('currency.currency', [['code', '=', order.currency]], ['id']);
  const warehouse = await client.one('stock.location', [['type', '=', 'warehouse']], ['id']);
  const lines = await Promise.all(order.lines.map((line) => lineOf(client, line)));
  const id = await client.create('purchase.purchase', {
    company: idOf(company),
    party: idOf(supplier),
    invoice_address: idList(supplier.addresses)[0],
    payment_term: supplier.supplier_payment_term,
    currency: idOf(currency),
    warehouse: idOf(warehouse),
    purchase_date: date(TODAY),
    reference: order.reference,
    invoice_method: 'fulfillment',
    lines: [['create', lines]],
  });
  await client.press('purchase.purchase', 'quote', [id]);
  await client.press('purchase.purchase', 'confirm', [id]);
  const [created] = await client.read('purchase.purchase', [id], ['number']);
  return textOf(created?.number);
}

async function lineOf(client: TrytonClient, line: OrderedLine): Promise<Record<string, unknown>> {
  const product = await client.one(
    'product.product',
    [['code', '=', line.productCode]],
    ['purchase_uom', 'account_category'],
  );
  const [category] = await client.read('product.category', [Number(product.account_category)], ['supplier_taxes']);
  return {
    type: 'line',
    product: idOf(product),
    quantity: line.quantity,
    unit: product.purchase_uom,
    unit_price: decimal(line.unitPrice),
    taxes: [['add', idList(category?.supplier_taxes)]],
  };
}

/** Posts an entered invoice and hands the payment of all of it to the payment run; returns the payment's number. */
export async function payInvoice(client: TrytonClient, invoiceNumber: string, reference: string): Promise<string> {
  const found = await client.one('account.invoice', [['number', '=', invoiceNumber]], ['state']);
  if (found.state === 'validated') await client.press('account.invoice', 'post', [idOf(found)]);
  const [invoice] = await client.read(
    'account.invoice',
    [idOf(found)],
    ['lines_to_pay', 'currency', 'party', 'company'],
  );
  const [line] = await client.read('account.move.line', idList(invoice?.lines_to_pay), ['payment_amount']);
  const journal = await client.one('account.payment.journal', [['currency', '=', invoice?.currency]], ['id']);
  const payment = await client.create('account.payment', {
    company: invoice?.company,
    journal: idOf(journal),
    kind: 'payable',
    party: invoice?.party,
    line: line?.id,
    amount: line?.payment_amount,
    date: date(TODAY),
    reference,
  });
  await client.press('account.payment', 'submit', [payment]);
  await client.press('account.payment', 'approve', [payment]);
  await client.wizard('account.payment.process', { model: 'account.payment', ids: [payment] }, [['process']]);
  const [created] = await client.read('account.payment', [payment], ['number']);
  return textOf(created?.number);
}
