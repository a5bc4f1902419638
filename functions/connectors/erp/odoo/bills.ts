/**
 * Vendor bills. Odoo makes a draft of a bill by itself; it has been entered once somebody typed in the date and the number
 * of the supplier's paper. Its identity is that of the record, since a draft has no number.
 */
import * as z from 'zod';
import { roundToCurrency } from '../../../money/money.ts';
import type { SupplierInvoice } from '../port.ts';
import { steadyRead } from '../steady-read.ts';
import { lineNumbersOf } from './order-lines.ts';
import { findPayments, isStanding } from './payment-rows.ts';
import type { Domain, OdooSession } from './session.ts';
import { dateField, numberField, referenceField, requiredReferenceField, textField } from './wire.ts';

const BILL = 'account.move';

const billShape = z.object({
  id: z.int(),
  ref: textField,
  invoice_date: dateField,
  state: z.enum(['draft', 'posted', 'cancel']),
  payment_state: z.string(),
  amount_tax: numberField,
  amount_total: numberField,
  amount_residual: numberField,
  currency_id: requiredReferenceField,
});
export type BillRow = z.infer<typeof billShape>;
const BILL_FIELDS = [
  ...['ref', 'invoice_date', 'state', 'payment_state', 'amount_tax', 'amount_total', 'amount_residual'],
  'currency_id',
];

/** A bill that has been entered, with what became of it. */
export interface Bill {
  readonly row: BillRow;
  readonly state: SupplierInvoice['state'];
}

/** By an empty condition none is left out but those that nobody has entered yet. */
export async function findBills(odoo: OdooSession, condition: Domain): Promise<readonly Bill[]> {
  return withStates(odoo, await enteredRows(odoo, condition));
}

async function enteredRows(odoo: OdooSession, condition: Domain): Promise<readonly BillRow[]> {
  const rows = await odoo.find(BILL, [['move_type', '=', 'in_invoice'], condition], billShape, BILL_FIELDS);
  return rows.filter(({ ref, invoice_date }) => ref !== '' && invoice_date !== undefined);
}

async function withStates(odoo: OdooSession, entered: readonly BillRow[]): Promise<readonly Bill[]> {
  const settled = entered.filter(({ state, payment_state }) => state === 'posted' && payment_state !== 'not_paid');
  const underWay = await unmatched(
    odoo,
    settled.map(({ id }) => id),
  );
  return entered.map((row) => ({ row, state: stateOf(row, underWay) }));
}

/** Odoo Community calls a bill paid as soon as its payment is registered: it is paid here when the bank says so too. */
async function unmatched(odoo: OdooSession, ids: readonly number[]): Promise<ReadonlySet<number>> {
  const payments = ids.length === 0 ? [] : await findPayments(odoo, ['invoice_ids', 'in', ids]);
  return new Set(
    payments.filter((payment) => isStanding(payment) && !payment.is_matched).flatMap(({ invoice_ids }) => invoice_ids),
  );
}

function stateOf({ id, state, payment_state }: BillRow, underWay: ReadonlySet<number>): Bill['state'] {
  if (state !== 'posted') {
    return state === 'draft' ? 'entered' : 'cancelled';
  }
  return ['paid', 'reversed'].includes(payment_state) && !underWay.has(id) ? 'paid' : 'posted';
}

const billLineShape = z.object({
  id: z.int(),
  move_id: requiredReferenceField,
  purchase_line_id: referenceField,
  name: textField,
  quantity: numberField,
  price_unit: numberField,
  price_subtotal: numberField,
});

export async function readInvoices(odoo: OdooSession, orderNumber: string): Promise<readonly SupplierInvoice[]> {
  const { heads, lines } = await steadyRead({
    what: `the bills of order ${orderNumber}`,
    heads: () => enteredRows(odoo, ['invoice_line_ids.purchase_line_id.order_id.name', '=', orderNumber]),
    lines: (found) =>
      odoo.find(
        'account.move.line',
        [
          ['move_id', 'in', found.map(({ id }) => id)],
          ['display_type', '=', 'product'],
        ],
        billLineShape,
        ['move_id', 'purchase_line_id', 'name', 'quantity', 'price_unit', 'price_subtotal'],
      ),
  });
  if (heads.length === 0) {
    return [];
  }
  const bills = await withStates(odoo, heads);
  const numbers = await lineNumbersOf(odoo, orderNumber);
  return bills.map(({ row, state }) => {
    const currency = row.currency_id.name;
    return {
      invoiceId: String(row.id),
      orderNumber,
      supplierReference: row.ref,
      invoiceDate: row.invoice_date ?? '',
      currency,
      state,
      lines: lines
        // A line of another order that came on the same paper is not this order's.
        .filter(({ move_id, purchase_line_id: line }) => move_id.id === row.id && (!line || numbers.has(line.id)))
        .map((line) => {
          const lineNumber = numbers.get(line.purchase_line_id?.id ?? 0);
          return {
            ...(lineNumber === undefined ? {} : { lineNumber }),
            description: line.name,
            quantity: line.quantity,
            unitPrice: line.price_unit,
            amount: roundToCurrency(line.price_subtotal, currency),
          };
        }),
      tax: roundToCurrency(row.amount_tax, currency),
      total: roundToCurrency(row.amount_total, currency),
    };
  });
}
