/**
 * What happened in Tryton since a watermark. Tryton has no webhooks: rows are found by `last_modified_at`, which on a
 * real database is the beginning of the transaction.
 */
import * as z from 'zod';
import type { Clock } from '../../../runtime/ambient.ts';
import type { ErpChanges } from '../port.ts';
import { type FoundFact, foundFact, newFacts } from '../seen-facts.ts';
import { receiptNumberOf } from './deliveries.ts';
import { stateOf } from './orders.ts';
import type { Domain, TrytonSession } from './session.ts';
import { instant, instantField, referenceTo, textField } from './wire.ts';

/** References of orders that Meridian made end like this (`functions/process/keys.ts`). */
const OURS = '%-order';
/** Descriptions of entries that Meridian posted end like this: with their key (`journal-entries.ts`). */
const OUR_ENTRIES = '%-entry]';

export async function changesSince(
  tryton: TrytonSession,
  clock: Clock,
  watermark: string | undefined,
): Promise<ErpChanges> {
  return newFacts({
    system: 'Tryton',
    now: (await tryton.serverTime()) ?? clock.now(),
    watermark,
    read: async (since) => {
      const from = instant(since);
      return [
        ...(await receipts(tryton, from)),
        ...(await invoices(tryton, from)),
        ...(await payments(tryton, from)),
        ...(await cancellations(tryton, from)),
        ...(await employeePayments(tryton, from)),
      ];
    },
  });
}

const modified = { last_modified_at: instantField };

const moveShape = z.object({
  ...modified,
  origin: referenceTo('purchase.line'),
  'shipment.': z.object({ number: textField }).nullable(),
  id: z.int(),
});

async function receipts(tryton: TrytonSession, from: object): Promise<readonly FoundFact[]> {
  const moves = await tryton.find(
    'stock.move',
    [
      ['last_modified_at', '>=', from],
      ['state', '=', 'done'],
      ['origin.purchase.reference', 'like', OURS, 'purchase.line'],
    ],
    moveShape,
    ['last_modified_at', 'origin', 'shipment.number'],
  );
  const orders = await orderNumbers(
    tryton,
    'purchase.line',
    moves.flatMap(({ origin }) => origin ?? []),
  );
  return moves.flatMap((move) => {
    const orderNumber = orders.get(move.origin ?? 0);
    const receiptNumber = receiptNumberOf(move);
    return orderNumber === undefined
      ? []
      : [foundFact(move.last_modified_at, { type: 'GoodsReceived', orderNumber, receiptNumber })];
  });
}

const lineShape = z.object({ id: z.int(), 'purchase.': z.object({ number: textField }) });

/** Numbers of the orders of purchase lines, by the lines' ids. */
async function orderNumbers(tryton: TrytonSession, model: 'purchase.line', ids: readonly number[]) {
  const lines =
    ids.length === 0 ? [] : await tryton.find(model, [['id', 'in', [...new Set(ids)]]], lineShape, ['purchase.number']);
  return new Map(lines.map((line) => [line.id, line['purchase.'].number]));
}

const invoiceShape = z.object({ ...modified, id: z.int(), number: z.string(), purchases: z.array(z.int()) });

async function invoices(tryton: TrytonSession, from: object): Promise<readonly FoundFact[]> {
  const rows = await tryton.find(
    'account.invoice',
    [
      ['last_modified_at', '>=', from],
      ['type', '=', 'in'],
      ['state', 'in', ['validated', 'posted', 'paid', 'cancelled']],
      ['number', '!=', null],
      ['lines.origin.purchase.reference', 'like', OURS, 'purchase.line'],
    ],
    invoiceShape,
    ['last_modified_at', 'number', 'purchases'],
  );
  const orders = await ordersById(
    tryton,
    rows.flatMap(({ purchases }) => purchases),
  );
  return rows.flatMap((row) =>
    row.purchases.flatMap((id) => {
      const orderNumber = orders.get(id);
      return orderNumber === undefined
        ? []
        : [foundFact(row.last_modified_at, { type: 'SupplierInvoiceReceived', orderNumber, invoiceId: row.number })];
    }),
  );
}

const orderShape = z.object({ id: z.int(), number: textField });

async function ordersById(tryton: TrytonSession, ids: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const domain: Domain = [
    ['id', 'in', [...new Set(ids)]],
    ['reference', 'like', OURS],
  ];
  const rows = ids.length === 0 ? [] : await tryton.find('purchase.purchase', domain, orderShape, ['number']);
  return new Map(rows.map(({ id, number }) => [id, number]));
}

const paymentShape = z.object({
  ...modified,
  number: textField,
  'line.': z.object({ move_origin: referenceTo('account.invoice') }).nullable(),
});
const paidInvoiceShape = z.object({ id: z.int(), purchases: z.array(z.int()) });

/** Refused ones too: the fact points to the payment, and its reader asks what became of it. */
async function payments(tryton: TrytonSession, from: object): Promise<readonly FoundFact[]> {
  const rows = await tryton.find(
    'account.payment',
    [
      ['last_modified_at', '>=', from],
      ['state', 'in', ['succeeded', 'failed']],
      ['kind', '=', 'payable'],
    ],
    paymentShape,
    ['last_modified_at', 'number', 'line.move_origin'],
  );
  const invoiceIds = rows.flatMap((row) => row['line.']?.move_origin ?? []);
  const paid =
    invoiceIds.length === 0
      ? []
      : await tryton.find('account.invoice', [['id', 'in', invoiceIds]], paidInvoiceShape, ['purchases']);
  const orders = await ordersById(
    tryton,
    paid.flatMap(({ purchases }) => purchases),
  );
  return rows.flatMap((row) => {
    const invoice = paid.find(({ id }) => id === row['line.']?.move_origin);
    return (invoice?.purchases ?? []).flatMap((id) => {
      const orderNumber = orders.get(id);
      return orderNumber === undefined
        ? []
        : [foundFact(row.last_modified_at, { type: 'PaymentCompleted', orderNumber, paymentNumber: row.number })];
    });
  });
}

const employeePaymentShape = z.object({
  ...modified,
  number: textField,
  'line.': z.object({ 'move.': z.object({ number: textField }) }),
});

/** By the keys of the entries, so that what people pay of them is heard of as well; refused ones too. */
async function employeePayments(tryton: TrytonSession, from: object): Promise<readonly FoundFact[]> {
  const rows = await tryton.find(
    'account.payment',
    [
      ['last_modified_at', '>=', from],
      ['state', 'in', ['succeeded', 'failed']],
      ['kind', '=', 'payable'],
      ['line.move.description', 'like', OUR_ENTRIES],
    ],
    employeePaymentShape,
    ['last_modified_at', 'number', 'line.move.number'],
  );
  return rows.map((row) =>
    foundFact(row.last_modified_at, {
      type: 'EmployeePaymentCompleted',
      entryNumber: row['line.']['move.'].number,
      paymentNumber: row.number,
    }),
  );
}

const cancelledShape = z.object({
  ...modified,
  number: textField,
  state: z.string(),
  shipment_state: z.string(),
  invoice_state: z.string(),
});

async function cancellations(tryton: TrytonSession, from: object): Promise<readonly FoundFact[]> {
  const rows = await tryton.find(
    'purchase.purchase',
    [
      ['last_modified_at', '>=', from],
      ['state', 'in', ['done', 'cancelled']],
      ['reference', 'like', OURS],
      ['number', '!=', null],
    ],
    cancelledShape,
    ['last_modified_at', 'number', 'state', 'shipment_state', 'invoice_state'],
  );
  return rows
    .filter((row) => stateOf(row) === 'cancelled')
    .map((row) => foundFact(row.last_modified_at, { type: 'PurchaseOrderCancelled', orderNumber: row.number }));
}
