/**
 * What happened in Odoo since a watermark. Rows are found by `write_date`, which is the beginning of the transaction in whole
 * seconds, and moves on when a computed field that Odoo stores, such as `is_matched`, changes. Odoo's own webhooks are not
 * signed, and are not used.
 */
import * as z from 'zod';
import type { Clock } from '../../../runtime/ambient.ts';
import type { ErpChanges } from '../port.ts';
import { type FoundFact, foundFact, newFacts } from '../seen-facts.ts';
import { findBills } from './bills.ts';
import { findPayments, stateOf } from './payment-rows.ts';
import { CAME_IN, receiptNumberOf } from './receipts.ts';
import type { OdooSession } from './session.ts';
import { instant, instantField, referenceField, requiredReferenceField } from './wire.ts';

/** Origins of orders that Meridian made end like this (`functions/process/keys.ts`). */
const OURS = '%-order';

export function changesSince(odoo: OdooSession, clock: Clock, watermark: string | undefined): Promise<ErpChanges> {
  return odoo.serverTime().then((time) =>
    newFacts({
      system: 'Odoo',
      now: time ?? clock.now(),
      watermark,
      read: async (since) => {
        const from = instant(since);
        return [
          ...(await receipts(odoo, from)),
          ...(await bills(odoo, from)),
          ...(await payments(odoo, from)),
          ...(await cancellations(odoo, from)),
        ];
      },
    }),
  );
}

const modifiedShape = z.object({ id: z.int(), write_date: instantField });
const moveShape = modifiedShape.extend({ picking_id: referenceField, purchase_line_id: requiredReferenceField });

async function receipts(odoo: OdooSession, from: string): Promise<readonly FoundFact[]> {
  const moves = await odoo.find(
    'stock.move',
    [['write_date', '>=', from], ...CAME_IN, ['purchase_line_id.order_id.origin', '=like', OURS]],
    moveShape,
    ['write_date', 'picking_id', 'purchase_line_id'],
  );
  const orders = await ordersOfLines(
    odoo,
    moves.map(({ purchase_line_id }) => purchase_line_id.id),
  );
  return moves.flatMap((move) => {
    const orderNumber = orders.get(move.purchase_line_id.id);
    const receiptNumber = receiptNumberOf(move);
    return orderNumber === undefined
      ? []
      : [foundFact(move.write_date, { type: 'GoodsReceived', orderNumber, receiptNumber })];
  });
}

const lineShape = z.object({ id: z.int(), order_id: requiredReferenceField });
const orderShape = z.object({ id: z.int(), name: z.string() });

/** Numbers of orders that Meridian made, by the ids of their lines. */
async function ordersOfLines(odoo: OdooSession, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  if (ids.length === 0) {
    return new Map();
  }
  const lines = await odoo.find(
    'purchase.order.line',
    [
      ['id', 'in', [...new Set(ids)]],
      ['order_id.origin', '=like', OURS],
    ],
    lineShape,
    ['order_id'],
  );
  // The name of a reference is more than the order's number.
  const orders = await odoo.find(
    'purchase.order',
    [['id', 'in', [...new Set(lines.map(({ order_id }) => order_id.id))]]],
    orderShape,
    ['name'],
  );
  const numbers = new Map(orders.map(({ id, name }) => [id, name]));
  return new Map(
    lines.flatMap(({ id, order_id }) => {
      const number = numbers.get(order_id.id);
      return number === undefined ? [] : [[id, number] as const];
    }),
  );
}

const billLineShape = z.object({
  id: z.int(),
  move_id: requiredReferenceField,
  purchase_line_id: requiredReferenceField,
});

/** Numbers of the orders that stand behind bills, by the ids of the bills. */
async function ordersOfBills(
  odoo: OdooSession,
  ids: readonly number[],
): Promise<ReadonlyMap<number, ReadonlySet<string>>> {
  const lines =
    ids.length === 0
      ? []
      : await odoo.find(
          'account.move.line',
          [
            ['move_id', 'in', [...new Set(ids)]],
            ['purchase_line_id', '!=', false],
          ],
          billLineShape,
          ['move_id', 'purchase_line_id'],
        );
  const orders = await ordersOfLines(
    odoo,
    lines.map(({ purchase_line_id }) => purchase_line_id.id),
  );
  const numbers = new Map<number, Set<string>>();
  for (const { move_id: bill, purchase_line_id: line } of lines) {
    const orderNumber = orders.get(line.id);
    if (orderNumber !== undefined) {
      numbers.set(bill.id, (numbers.get(bill.id) ?? new Set()).add(orderNumber));
    }
  }
  return numbers;
}

async function bills(odoo: OdooSession, from: string): Promise<readonly FoundFact[]> {
  const modified = await odoo.find(
    'account.move',
    [
      ['write_date', '>=', from],
      ['move_type', '=', 'in_invoice'],
      ['invoice_line_ids.purchase_line_id.order_id.origin', '=like', OURS],
    ],
    modifiedShape,
    ['write_date'],
  );
  if (modified.length === 0) {
    return [];
  }
  const entered = await findBills(odoo, ['id', 'in', modified.map(({ id }) => id)]);
  const orders = await ordersOfBills(
    odoo,
    entered.map(({ row }) => row.id),
  );
  return entered.flatMap(({ row: { id } }) => {
    const at = modified.find((row) => row.id === id)?.write_date;
    return at === undefined
      ? []
      : [...(orders.get(id) ?? [])].map((orderNumber) =>
          foundFact(at, { type: 'SupplierInvoiceReceived', orderNumber, invoiceId: String(id) }),
        );
  });
}

/** Refused ones too: the fact points to the payment, and its reader asks what became of it. */
async function payments(odoo: OdooSession, from: string): Promise<readonly FoundFact[]> {
  const modified = await odoo.find(
    'account.payment',
    [
      ['write_date', '>=', from],
      ['payment_type', '=', 'outbound'],
    ],
    modifiedShape,
    ['write_date'],
  );
  if (modified.length === 0) {
    return [];
  }
  const rows = await findPayments(odoo, ['id', 'in', modified.map(({ id }) => id)]);
  const ended = rows.filter((row) => ['completed', 'failed'].includes(stateOf(row)));
  const orders = await ordersOfBills(
    odoo,
    ended.flatMap(({ invoice_ids }) => invoice_ids),
  );
  return ended.flatMap(({ id, invoice_ids }) => {
    const at = modified.find((row) => row.id === id)?.write_date;
    const numbers = new Set(invoice_ids.flatMap((bill) => [...(orders.get(bill) ?? [])]));
    return at === undefined
      ? []
      : [...numbers].map((orderNumber) =>
          foundFact(at, { type: 'PaymentCompleted', orderNumber, paymentNumber: String(id) }),
        );
  });
}

const cancelledShape = modifiedShape.extend({ name: z.string() });

async function cancellations(odoo: OdooSession, from: string): Promise<readonly FoundFact[]> {
  const rows = await odoo.find(
    'purchase.order',
    [
      ['write_date', '>=', from],
      ['state', '=', 'cancel'],
      ['origin', '=like', OURS],
    ],
    cancelledShape,
    ['write_date', 'name'],
  );
  return rows.map((row) => foundFact(row.write_date, { type: 'PurchaseOrderCancelled', orderNumber: row.name }));
}
