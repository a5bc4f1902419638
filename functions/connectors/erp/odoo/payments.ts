/** Payments of vendor bills, by the wizard with which people register them. */
import * as z from 'zod';
import { compare, subtract, sum } from '../../../money/money.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import { carryOn, createOnce, furthest } from '../once.ts';
import { RefusedError } from '../outcome.ts';
import type { CommandClaims, Payment, RequestPaymentCommand } from '../port.ts';
import { type Bill, findBills } from './bills.ts';
import { findPayments, isStanding, type PaymentRow, paymentOf } from './payment-rows.ts';
import type { OdooSession } from './session.ts';
import { numberField, requiredReferenceField } from './wire.ts';

/** From the least to the furthest. */
const PAYMENT_STATES = ['canceled', 'rejected', 'draft', 'in_process', 'paid'];
const WIZARD = 'account.payment.register';
const IDENTIFIER = /^[1-9]\d{0,9}$/;

const wizardShape = z.object({ id: z.int(), amount: numberField, currency_id: requiredReferenceField });
const createdShape = z.object({ res_id: z.int() });

/** Posts the bill and registers its payment: Odoo has no unique key for it, so the right to create it is claimed. */
export async function requestPayment(
  odoo: OdooSession,
  claims: CommandClaims,
  command: RequestPaymentCommand,
): Promise<Payment> {
  const { key } = command;
  const row = await createOnce<PaymentRow, { readonly billId: number }>({
    claims,
    key,
    find: async () => furthest(await findPayments(odoo, ['memo', '=', key]), PAYMENT_STATES),
    prepare: () => payableBill(odoo, command),
    create: ({ billId }) => register(odoo, command, billId),
    discard: async (id) => {
      throw new ConnectorPermanentError(
        `bill ${command.invoiceId} has two payments with ${key} in Odoo: look at ${id} there`,
      );
    },
  });
  refuseDifference(command, row.amount, row.currency_id.name, 'payment');
  await claims.complete(key, String(row.id));
  return paymentOf(row);
}

export async function readPayment(odoo: OdooSession, paymentNumber: string): Promise<Payment | undefined> {
  if (!IDENTIFIER.test(paymentNumber)) {
    return undefined;
  }
  const [row] = await findPayments(odoo, ['id', '=', Number(paymentNumber)]);
  return row === undefined ? undefined : paymentOf(row);
}

/** Before the books are touched the sum must be that of the bill, and after it that of what is left to pay. */
async function payableBill(odoo: OdooSession, command: RequestPaymentCommand): Promise<{ readonly billId: number }> {
  const { row: before, state } = await demandBill(odoo, command);
  refuseDifference(command, before.amount_total, before.currency_id.name, state);
  const { row: posted } = await carryOn(() => demandBill(odoo, command), {
    entered: ({ row }) => odoo.press('account.move', 'action_post', [row.id]),
  });
  const payments = await findPayments(odoo, ['invoice_ids', 'in', [posted.id]]);
  // A payment without an entry of its own has not lowered what the bill owes.
  const underWay = payments.filter((payment) => isStanding(payment) && payment.move_id === undefined);
  const due = subtract(posted.amount_residual, sum(underWay.map(({ amount }) => amount)));
  refuseDifference(command, due, posted.currency_id.name, 'posted');
  return { billId: posted.id };
}

async function demandBill(odoo: OdooSession, { invoiceId }: RequestPaymentCommand): Promise<Bill> {
  const [bill] = IDENTIFIER.test(invoiceId) ? await findBills(odoo, ['id', '=', Number(invoiceId)]) : [];
  if (bill === undefined || bill.state === 'cancelled') {
    throw new RefusedError(`Odoo has no bill ${invoiceId} to be paid (${bill?.state ?? 'not there, or not entered'})`);
  }
  return bill;
}

/** The wizard says what it would pay before it does. */
async function register(odoo: OdooSession, command: RequestPaymentCommand, billId: number): Promise<number> {
  const context = { active_model: 'account.move', active_ids: [billId] };
  const wizardId = await odoo.create(WIZARD, { payment_date: command.date, communication: command.key }, context);
  const [wizard] = await odoo.call(
    WIZARD,
    'read',
    { ids: [wizardId], fields: ['amount', 'currency_id'] },
    z.tuple([wizardShape]),
  );
  refuseDifference(command, wizard.amount, wizard.currency_id.name, 'wizard');
  const { res_id } = await odoo.call(WIZARD, 'action_create_payments', { ids: [wizardId], context }, createdShape);
  return res_id;
}

function refuseDifference(
  { amount, invoiceId }: RequestPaymentCommand,
  due: string,
  currency: string,
  state: string,
): void {
  if (compare(due, amount.amount) !== 0 || currency !== amount.currency) {
    throw new BusinessRuleError(
      'payment-differs-from-invoice',
      `${due} ${currency} is due on bill ${invoiceId} (${state}), not ${amount.amount} ${amount.currency}`,
    );
  }
}
