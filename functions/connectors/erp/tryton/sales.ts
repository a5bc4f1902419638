/** Sales orders of Tryton, with what their shipments and invoices say. */
import * as z from 'zod';
import { type FollowedOrder, MOST_ORDERS, type ReachedStage } from '../orders-port.ts';
import { ordered } from './ordered.ts';
import type { Domain, TrytonSession } from './session.ts';
import { dateField, flagField, instant, numberField, referenceTo, textField } from './wire.ts';

const SALE = 'sale.sale';
/** Of a sale that is ordered and not done. */
const OPEN = ['confirmed', 'processing'];
const OFFERS = ['draft', 'quotation'];
const numberedShape = z.object({ id: z.int(), number: z.string() });

export function openSales(tryton: TrytonSession, company: number, after: number) {
  const domain: Domain = [
    ['company', '=', company],
    ['state', 'in', OPEN],
    ['id', '>', after],
  ];
  return tryton.find(SALE, domain, numberedShape, ['number'], {}, MOST_ORDERS);
}

/** Also those of which only a delivery or an invoice was changed. */
export async function changedSales(tryton: TrytonSession, company: number, since: Date): Promise<readonly string[]> {
  const lines = new Set([...(await linesOfMoves(tryton, since)), ...(await linesOfInvoices(tryton, since))]);
  const domain: Domain = [
    ...ordered(company, OFFERS),
    ['OR', ['last_modified_at', '>=', instant(since)], ['lines', 'in', [...lines]]],
  ];
  const sales = await tryton.findInPages(SALE, domain, numberedShape, ['number']);
  return sales.map(({ number }) => number);
}

const originShape = z.object({ id: z.int(), origin: referenceTo('sale.line') });

async function linesOfMoves(tryton: TrytonSession, since: Date): Promise<readonly number[]> {
  const domain: Domain = [
    ['last_modified_at', '>=', instant(since)],
    ['origin', 'like', 'sale.line,%'],
  ];
  const moves = await tryton.findInPages('stock.move', domain, originShape, ['origin']);
  return moves.flatMap(({ origin }) => origin ?? []);
}

async function linesOfInvoices(tryton: TrytonSession, since: Date): Promise<readonly number[]> {
  const domain: Domain = [
    ['invoice.last_modified_at', '>=', instant(since)],
    ['origin', 'like', 'sale.line,%'],
  ];
  const lines = await tryton.findInPages('account.invoice.line', domain, originShape, ['origin']);
  return lines.flatMap(({ origin }) => origin ?? []);
}

const saleShape = z.object({
  id: z.int(),
  number: z.string(),
  state: z.enum(['confirmed', 'processing', 'done', 'cancelled']),
  sale_date: dateField.nullable(),
  shipping_date: dateField.nullable(),
  shipment_state: z.string(),
  to_invoice: flagField,
  untaxed_amount: numberField,
  shipments: z.array(z.int()),
  invoices: z.array(z.int()),
  'party.': z.object({ code: textField, name: textField }),
  'currency.': z.object({ code: z.string() }),
});
type Sale = z.infer<typeof saleShape>;
const SALE_FIELDS = [
  ...['number', 'state', 'sale_date', 'shipping_date', 'shipment_state', 'to_invoice'],
  ...['untaxed_amount', 'shipments', 'invoices', 'party.code', 'party.name', 'currency.code'],
];

export async function readSale(
  tryton: TrytonSession,
  company: number,
  number: string,
): Promise<FollowedOrder | undefined> {
  const domain: Domain = [...ordered(company, OFFERS), ['number', '=', number]];
  const [sale] = await tryton.find(SALE, domain, saleShape, SALE_FIELDS);
  if (sale === undefined) {
    return undefined;
  }
  const { shipping_date: promisedOn } = sale;
  const reached: readonly ReachedStage[] = [
    { stage: 'ordered', isWhole: true, ...(sale.sale_date === null ? {} : { on: sale.sale_date }) },
    ...shipped(sale, await shippedOn(tryton, sale.shipments)),
    ...invoiced(sale, await invoicesOf(tryton, sale.invoices)),
  ];
  return {
    kind: 'sales-order',
    orderNumber: sale.number,
    customer: sale['party.'],
    amount: { amount: sale.untaxed_amount, currency: sale['currency.'].code },
    ...(promisedOn === null ? {} : { promisedOn }),
    state: stateOf(sale, reached),
    reached,
  };
}

/** Tryton's own `done` waits for the customer's money; nothing is left to be followed before. */
function stateOf({ state }: Sale, reached: readonly ReachedStage[]): FollowedOrder['state'] {
  if (state === 'cancelled') {
    return 'cancelled';
  }
  const isThere = (stage: ReachedStage['stage']) => reached.some((one) => one.stage === stage && one.isWhole);
  return state === 'done' || (isThere('shipped') && isThere('invoiced')) ? 'closed' : 'open';
}

const shipmentShape = z.object({ id: z.int(), effective_date: dateField.nullable() });

async function shippedOn(tryton: TrytonSession, ids: readonly number[]): Promise<string | undefined> {
  const domain: Domain = [
    ['id', 'in', ids],
    ['state', 'in', ['shipped', 'done']],
  ];
  const shipments =
    ids.length === 0 ? [] : await tryton.find('stock.shipment.out', domain, shipmentShape, ['effective_date']);
  return latest(shipments.map(({ effective_date: on }) => on));
}

function shipped({ shipment_state: state }: Sale, on: string | undefined): readonly ReachedStage[] {
  return state === 'sent' || state === 'partially shipped'
    ? [{ stage: 'shipped', isWhole: state === 'sent', ...(on === undefined ? {} : { on }) }]
    : [];
}

const invoiceShape = z.object({ id: z.int(), state: z.string(), invoice_date: dateField.nullable() });
type Invoice = z.infer<typeof invoiceShape>;

function invoicesOf(tryton: TrytonSession, ids: readonly number[]): Promise<readonly Invoice[]> {
  return ids.length === 0
    ? Promise.resolve([])
    : tryton.find('account.invoice', [['id', 'in', ids]], invoiceShape, ['state', 'invoice_date']);
}

/** What is on paper that the customer has: drafts are not. */
function invoiced(sale: Sale, invoices: readonly Invoice[]): readonly ReachedStage[] {
  const sent = invoices.filter(({ state }) => state === 'posted' || state === 'paid');
  if (sent.length === 0) {
    return [];
  }
  const on = latest(sent.map(({ invoice_date: date }) => date));
  // Tryton wants to invoice what is shipped: of a first part nothing is left to invoice either.
  const isWhole =
    !sale.to_invoice &&
    sale.shipment_state !== 'waiting' &&
    sale.shipment_state !== 'partially shipped' &&
    invoices.every(({ state }) => state === 'posted' || state === 'paid' || state === 'cancelled');
  return [{ stage: 'invoiced', isWhole, ...(on === undefined ? {} : { on }) }];
}

function latest(dates: readonly (string | null)[]): string | undefined {
  return dates
    .flatMap((date) => date ?? [])
    .sort()
    .at(-1);
}
