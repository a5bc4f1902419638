/** Purchase orders. The key stands in the order's `origin` and, as an external id, makes it unique in Odoo. */
import * as z from 'zod';
import { roundToCurrency } from '../../../money/money.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import { carryOn, furthest } from '../once.ts';
import { RefusedError } from '../outcome.ts';
import type { CreateOrderCommand, OrderState, PurchaseOrder } from '../port.ts';
import { isSameOrder } from '../same-order.ts';
import { findBills } from './bills.ts';
import type { OdooCompany } from './company.ts';
import { findPurchasable } from './master-data.ts';
import { readOrderLines } from './order-lines.ts';
import { readReceipts } from './receipts.ts';
import type { Domain, OdooSession } from './session.ts';
import { numberField, requiredReferenceField, textField } from './wire.ts';

const ORDER = 'purchase.order';
/** Of the external ids. */
const MODULE = 'meridian';

const orderShape = z.object({
  id: z.int(),
  name: z.string(),
  origin: textField,
  state: z.string(),
  receipt_status: textField,
  invoice_status: textField,
  amount_untaxed: numberField,
  amount_tax: numberField,
  partner_id: requiredReferenceField,
  currency_id: requiredReferenceField,
  invoice_ids: z.array(z.int()),
});
type OrderRow = z.infer<typeof orderShape>;
const ORDER_FIELDS = [
  ...['name', 'origin', 'state', 'receipt_status', 'invoice_status', 'amount_untaxed', 'amount_tax'],
  ...['partner_id', 'currency_id', 'invoice_ids'],
];
/** From the least to the furthest. */
const ORDER_STATES = ['cancel', 'draft', 'sent', 'to approve', 'purchase'];

/** Creates and confirms; an order of the key that was not confirmed yet is brought there. */
export async function createOrder(odoo: OdooSession, command: CreateOrderCommand): Promise<PurchaseOrder> {
  const { id } = (await findByKey(odoo, command.key)) ?? (await loadOrder(odoo, command));
  const confirm = async (row: OrderRow): Promise<void> => {
    await refuseDifference(odoo, row, command);
    await odoo.press(ORDER, 'button_confirm', [id]);
  };
  const row = await carryOn(() => demandRow(odoo, ['id', '=', id]), {
    draft: confirm,
    sent: confirm,
    'to approve': async ({ name }) => {
      throw new RefusedError(
        `Odoo wants ${name} to be approved there: approve it, and turn off Purchase Order Approval in Odoo's settings`,
      );
    },
  });
  return orderOf(odoo, row);
}

async function loadOrder(odoo: OdooSession, command: CreateOrderCommand): Promise<{ readonly id: number }> {
  const { fields, rows } = await orderValues(odoo, command);
  try {
    return { id: await odoo.load(ORDER, fields, rows) };
  } catch (error) {
    // Of callers at once Odoo lets one create, and refuses the others.
    const found = await findByKey(odoo, command.key);
    if (found === undefined) {
      throw error;
    }
    return found;
  }
}

/** An order that stood unconfirmed may have been changed by people meanwhile: only what was approved is confirmed. */
async function refuseDifference(odoo: OdooSession, row: OrderRow, command: CreateOrderCommand): Promise<void> {
  if (!isSameOrder(await orderOf(odoo, row), command)) {
    throw new RefusedError(
      `order ${row.name} in Odoo differs from what was approved: set it right there (prices of more digits than Odoo keeps need a higher decimal accuracy of Product Price)`,
    );
  }
}

export async function readOrder(odoo: OdooSession, orderNumber: string): Promise<PurchaseOrder | undefined> {
  const [row] = await findRows(odoo, ['name', '=', orderNumber]);
  return row === undefined ? undefined : orderOf(odoo, row);
}

export async function findOrder(odoo: OdooSession, key: string): Promise<PurchaseOrder | undefined> {
  const row = await findByKey(odoo, key);
  return row === undefined ? undefined : orderOf(odoo, row);
}

export async function cancelOrder(odoo: OdooSession, company: OdooCompany, orderNumber: string): Promise<void> {
  const { id } = await demandRow(odoo, ['name', '=', orderNumber]);
  const cancel = async (): Promise<void> => {
    await refuseIfReceived(odoo, company, orderNumber);
    try {
      await odoo.press(ORDER, 'button_cancel', [id]);
    } catch (error) {
      // The warehouse may have been faster.
      await refuseIfReceived(odoo, company, orderNumber);
      throw error;
    }
  };
  await carryOn(() => demandRow(odoo, ['id', '=', id]), {
    draft: cancel,
    sent: cancel,
    'to approve': cancel,
    purchase: cancel,
  });
}

async function refuseIfReceived(odoo: OdooSession, company: OdooCompany, orderNumber: string): Promise<void> {
  if ((await readReceipts(odoo, company, orderNumber)).length > 0) {
    throw new BusinessRuleError('order-already-received', `goods of ${orderNumber} were received`);
  }
}

const attachmentShape = z.object({ id: z.int() });

/** Nothing in Odoo makes an attachment unique: it is looked for first. */
export async function linkRecord(odoo: OdooSession, orderNumber: string, title: string, url: string): Promise<void> {
  const { id } = await demandRow(odoo, ['name', '=', orderNumber]);
  const domain = [
    ['res_model', '=', ORDER],
    ['res_id', '=', id],
    ['url', '=', url],
  ];
  const there = await odoo.find('ir.attachment', domain, attachmentShape, ['name']);
  if (there.length === 0) {
    await odoo.create('ir.attachment', { name: title, type: 'url', url, res_model: ORDER, res_id: id });
  }
}

function findRows(odoo: OdooSession, condition: Domain): Promise<readonly OrderRow[]> {
  return odoo.find(ORDER, [condition], orderShape, ORDER_FIELDS);
}

async function findByKey(odoo: OdooSession, key: string): Promise<OrderRow | undefined> {
  return furthest(await findRows(odoo, ['origin', '=', key]), ORDER_STATES);
}

async function demandRow(odoo: OdooSession, condition: Domain): Promise<OrderRow> {
  const [row] = await findRows(odoo, condition);
  if (row === undefined) {
    throw new ConnectorPermanentError(`Odoo has no order with ${condition.join(' ')}`);
  }
  return row;
}

const partnerShape = z.object({ id: z.int(), ref: textField });
const codeShape = z.object({ id: z.int(), default_code: textField });

async function orderOf(odoo: OdooSession, row: OrderRow): Promise<PurchaseOrder> {
  const currency = row.currency_id.name;
  const lines = await readOrderLines(odoo, ['order_id', '=', row.id]);
  const [partner] = await odoo.find('res.partner', [['id', '=', row.partner_id.id]], partnerShape, ['ref']);
  const products = await odoo.find(
    'product.product',
    [['id', 'in', [...new Set(lines.map(({ product_id }) => product_id.id))]]],
    codeShape,
    ['default_code'],
  );
  const codes = new Map(products.map(({ id, default_code }) => [id, default_code]));
  return {
    orderNumber: row.name,
    key: row.origin,
    supplierCode: partner?.ref ?? '',
    currency,
    state: await stateOf(odoo, row),
    lines: lines.map(({ lineNumber, product_id, product_qty, price_unit, price_subtotal }) => ({
      lineNumber,
      productCode: codes.get(product_id.id) ?? '',
      quantity: product_qty,
      unitPrice: price_unit,
      amount: roundToCurrency(price_subtotal, currency),
    })),
    total: roundToCurrency(row.amount_untaxed, currency),
    tax: roundToCurrency(row.amount_tax, currency),
  };
}

/** Odoo has no state for an order that is done: all has come, and all of it is billed and paid. */
async function stateOf(odoo: OdooSession, row: OrderRow): Promise<OrderState> {
  if (row.state !== 'purchase') {
    return row.state === 'cancel' ? 'cancelled' : 'draft';
  }
  if (row.receipt_status !== 'full' || row.invoice_status !== 'invoiced') {
    return 'confirmed';
  }
  const bills = await findBills(odoo, ['id', 'in', row.invoice_ids]);
  const isPaid =
    bills.some(({ state }) => state === 'paid') &&
    bills.every(({ state }) => state === 'paid' || state === 'cancelled');
  return isPaid ? 'done' : 'confirmed';
}

const idShape = z.object({ id: z.int() });

const LOADED_FIELDS = [
  ...['id', 'partner_id/.id', 'origin', 'currency_id/.id', 'date_order'],
  ...['order_line/id', 'order_line/sequence', 'order_line/product_id/.id', 'order_line/product_uom_id/.id'],
  ...['order_line/product_qty', 'order_line/price_unit'],
];

/** The first line stands in the row of its order, each other one in a row of its own. */
async function orderValues(odoo: OdooSession, command: CreateOrderCommand) {
  const { key, supplierCode, lines } = command;
  const [partner] = await odoo.find('res.partner', [['ref', '=', supplierCode]], idShape, ['ref']);
  const [currency] = await odoo.find('res.currency', [['name', '=', command.currency]], idShape, ['name']);
  if (partner === undefined || currency === undefined) {
    const missing = partner === undefined ? `supplier ${supplierCode}` : `active currency ${command.currency}`;
    throw new RefusedError(`Odoo has no ${missing}`);
  }
  const products = await findPurchasable(
    odoo,
    lines.map(({ productCode }) => productCode),
  );
  // Noon: the same day wherever Odoo shows it, but at the date line.
  const head = [`${MODULE}.${key}`, partner.id, key, currency.id, `${command.orderDate} 12:00:00`];
  const rows = lines.map(({ lineNumber, productCode, quantity, unitPrice }, index) => {
    const product = products.get(productCode);
    if (product === undefined) {
      throw new RefusedError(`Odoo has no product ${productCode} that can be purchased`);
    }
    return [
      ...(index === 0 ? head : head.map(() => '')),
      ...[`${MODULE}.${key}-line-${lineNumber}`, lineNumber, product.id, product.uom_id.id],
      ...[Number(quantity), Number(unitPrice)],
    ];
  });
  return { fields: LOADED_FIELDS, rows };
}
