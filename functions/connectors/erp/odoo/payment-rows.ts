/** Payments as Odoo has them. The key of what Meridian registered stands in the payment's memo. */
import * as z from 'zod';
import { roundToCurrency } from '../../../money/money.ts';
import type { Payment, PaymentState } from '../port.ts';
import type { Domain, OdooSession } from './session.ts';
import { numberField, referenceField, requiredReferenceField, textField } from './wire.ts';

const paymentShape = z.object({
  id: z.int(),
  memo: textField,
  state: z.enum(['draft', 'in_process', 'paid', 'canceled', 'rejected']),
  is_matched: z.boolean(),
  amount: numberField,
  currency_id: requiredReferenceField,
  invoice_ids: z.array(z.int()),
  move_id: referenceField,
});
export type PaymentRow = z.infer<typeof paymentShape>;
const PAYMENT_FIELDS = [...['memo', 'state', 'is_matched', 'amount', 'currency_id', 'invoice_ids'], 'move_id'];

export function findPayments(odoo: OdooSession, condition: Domain): Promise<readonly PaymentRow[]> {
  return odoo.find('account.payment', [['payment_type', '=', 'outbound'], condition], paymentShape, PAYMENT_FIELDS);
}

/** Whether it pays, or will. */
export function isStanding({ state }: PaymentRow): boolean {
  return state !== 'canceled' && state !== 'rejected';
}

/** Odoo's own `paid` says that the books are done with it; the bank has paid when a line of its statement matches. */
export function stateOf({ state, is_matched }: PaymentRow): PaymentState {
  switch (state) {
    case 'draft':
      return 'requested';
    case 'in_process':
    case 'paid':
      return is_matched ? 'completed' : 'processing';
    default:
      return 'failed';
  }
}

export function paymentOf(row: PaymentRow): Payment {
  const currency = row.currency_id.name;
  return {
    paymentNumber: String(row.id),
    key: row.memo,
    invoiceId: String(row.invoice_ids[0] ?? ''),
    amount: { amount: roundToCurrency(row.amount, currency), currency },
    state: stateOf(row),
  };
}
