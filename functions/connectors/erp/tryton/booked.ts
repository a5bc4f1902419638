/** Orders, payments and entries of claims that stand in Tryton, whoever made them. */
import * as z from 'zod';
import { roundToCurrency, sum } from '../../../money/money.ts';
import { type BookDocument, type BookSection, MOST_DOCUMENTS } from '../books-port.ts';
import { findMoves, keyOfEntry, MOVE } from './journal-rows.ts';
import { CLAIM_JOURNAL } from './ledger-accounts.ts';
import type { Domain, TrytonSession } from './session.ts';
import { instant, instantField, numberField, referenceTo, textField } from './wire.ts';

/** What was modified within a stretch of time, behind a row. */
export interface Stretch {
  readonly company: number;
  readonly from: Date;
  /** Not within it any more. */
  readonly until: Date;
  readonly after: number;
}

/** A document and the id of its row. */
export interface Booked {
  readonly id: number;
  readonly document: BookDocument;
}

const common = {
  id: z.int(),
  number: z.string(),
  create_date: instantField,
  last_modified_at: instantField,
};
const COMMON = ['number', 'create_date', 'last_modified_at'];
const currency = z.object({ code: z.string() });

const orderShape = z.object({
  ...common,
  reference: textField,
  untaxed_amount: numberField,
  'party.': z.object({ code: textField }),
  'currency.': currency,
});
const ORDER_FIELDS = [...COMMON, 'reference', 'untaxed_amount', 'party.code', 'currency.code'];

const SOMETHING_DONE: Domain = ['OR', ['shipment_state', '!=', 'none'], ['invoice_state', '!=', 'none']];

/** From their confirmation on. */
export async function bookedOrders(tryton: TrytonSession, stretch: Stretch): Promise<readonly Booked[]> {
  const domain: Domain = [
    ...within(stretch),
    // One that was given up is `done`, with nothing received and nothing to pay.
    ['OR', ['state', 'in', ['confirmed', 'processing']], [['state', '=', 'done'], SOMETHING_DONE]],
  ];
  const rows = await page(tryton, 'purchase.purchase', domain, orderShape, ORDER_FIELDS);
  return rows.map((row) =>
    booked('orders', row, {
      key: row.reference,
      about: [],
      party: row['party.'].code,
      amount: row.untaxed_amount,
      currency: row['currency.'].code,
    }),
  );
}

const paymentShape = z.object({
  ...common,
  reference: textField,
  amount: numberField,
  'party.': z.object({ code: textField }),
  'currency.': currency,
  'line.': z
    .object({ move_origin: referenceTo('account.invoice'), 'move.': z.object({ description: textField }) })
    .nullable(),
});
const PAYMENT_FIELDS = [
  ...COMMON,
  ...['reference', 'amount', 'party.code', 'currency.code', 'line.move_origin', 'line.move.description'],
];

/** From their submission on. */
export async function bookedPayments(tryton: TrytonSession, stretch: Stretch): Promise<readonly Booked[]> {
  const domain: Domain = [
    ...within(stretch),
    ['kind', '=', 'payable'],
    ['state', 'in', ['submitted', 'approved', 'processing', 'succeeded']],
  ];
  const rows = await page(tryton, 'account.payment', domain, paymentShape, PAYMENT_FIELDS);
  const keys = await keysOfInvoices(
    tryton,
    rows.flatMap((row) => row['line.']?.move_origin ?? []),
  );
  return rows.map((row) => {
    const line = row['line.'];
    const entry = keyOfEntry(line?.['move.'].description ?? '');
    return booked('payments', row, {
      key: row.reference,
      about: [...(keys.get(line?.move_origin ?? 0) ?? []), ...(entry === '' ? [] : [entry])],
      party: row['party.'].code,
      amount: row.amount,
      currency: row['currency.'].code,
    });
  });
}

const invoiceShape = z.object({ id: z.int(), purchases: z.array(z.int()) });
const keyShape = z.object({ id: z.int(), reference: textField });

/** Keys of the orders that invoices are of, by the invoices' ids. */
async function keysOfInvoices(tryton: TrytonSession, ids: readonly number[]) {
  const invoices = await byIds(tryton, 'account.invoice', ids, invoiceShape, ['purchases']);
  const orders = await byIds(
    tryton,
    'purchase.purchase',
    invoices.flatMap(({ purchases }) => purchases),
    keyShape,
    ['reference'],
  );
  const keys = new Map(orders.map(({ id, reference }) => [id, reference]));
  return new Map(
    invoices.map(({ id, purchases }) => [id, purchases.flatMap((purchase) => keys.get(purchase) || [])] as const),
  );
}

const entryShape = z.object({
  ...common,
  description: textField,
  origin: referenceTo(MOVE),
  'company.': z.object({ 'currency.': currency }),
});
const ENTRY_FIELDS = [...COMMON, 'description', 'origin', 'company.currency.code'];
const lineShape = z.object({ id: z.int(), move: z.int(), debit: numberField });

/** Posted ones, those that take others back among them. */
export async function bookedEntries(tryton: TrytonSession, stretch: Stretch): Promise<readonly Booked[]> {
  const domain: Domain = [...within(stretch), ['state', '=', 'posted'], ['journal.code', '=', CLAIM_JOURNAL]];
  const rows = await page(tryton, MOVE, domain, entryShape, ENTRY_FIELDS);
  const ids = rows.map(({ id }) => id);
  const lines =
    ids.length === 0
      ? []
      : await tryton.findInPages('account.move.line', [['move', 'in', ids]], lineShape, ['move', 'debit']);
  const taken = rows.flatMap(({ origin }) => origin ?? []);
  const reversed = taken.length === 0 ? [] : await findMoves(tryton, [['id', 'in', taken]]);
  return rows.map((row) => {
    const about = reversed.find(({ id }) => id === row.origin)?.key ?? '';
    return booked('entries', row, {
      key: keyOfEntry(row.description),
      about: about === '' ? [] : [about],
      party: '',
      amount: sum(lines.filter(({ move }) => move === row.id).map(({ debit }) => debit)),
      currency: row['company.']['currency.'].code,
    });
  });
}

function within({ company, from, until, after }: Stretch): Domain {
  return [
    ['company', '=', company],
    ['number', '!=', null],
    ['last_modified_at', '>=', instant(from)],
    ['last_modified_at', '<', instant(until)],
    ['id', '>', after],
  ];
}

function page<Shape>(
  tryton: TrytonSession,
  model: string,
  domain: Domain,
  shape: z.ZodType<Shape>,
  fields: readonly string[],
): Promise<readonly Shape[]> {
  return tryton.find(model, domain, shape, fields, {}, MOST_DOCUMENTS);
}

function byIds<Shape>(
  tryton: TrytonSession,
  model: string,
  ids: readonly number[],
  shape: z.ZodType<Shape>,
  fields: readonly string[],
): Promise<readonly Shape[]> {
  return ids.length === 0
    ? Promise.resolve([])
    : tryton.findInPages(model, [['id', 'in', [...new Set(ids)]]], shape, fields);
}

interface Common {
  readonly id: number;
  readonly number: string;
  readonly create_date: string;
  readonly last_modified_at: string;
}

function booked(
  section: BookSection,
  { id, number, create_date: createdAt, last_modified_at: changedAt }: Common,
  row: {
    readonly key: string;
    readonly about: readonly string[];
    readonly party: string;
    readonly amount: string;
    readonly currency: string;
  },
): Booked {
  const { key, about, party, currency: code } = row;
  const amount = { amount: roundToCurrency(row.amount, code), currency: code };
  return { id, document: { section, number, key, about, party, amount, createdAt, changedAt } };
}
