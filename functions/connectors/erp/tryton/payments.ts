/** Payments of supplier invoices. */
import * as z from 'zod';
import { compare, sum } from '../../../money/money.ts';
import { BusinessRuleError } from '../../../runtime/errors.ts';
import { carryOn } from '../once.ts';
import { RefusedError } from '../outcome.ts';
import type { CommandClaims, Payment, RequestPaymentCommand } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import { CHECKED, INVOICE_FIELDS, invoiceShape } from './deliveries.ts';
import { findPayments, paymentFacts, paymentJournal, payOnce } from './payment-run.ts';
import type { TrytonSession } from './session.ts';
import { date, decimal, numberField, textField } from './wire.ts';

/** Posts the invoice and hands its whole amount to the payment run; a half-made payment of the key is brought there. */
export async function requestPayment(
  tryton: TrytonSession,
  company: TrytonCompany,
  claims: CommandClaims,
  command: RequestPaymentCommand,
): Promise<Payment> {
  const { key, amount } = command;
  const row = await payOnce(tryton, claims, {
    key,
    amount,
    rule: 'payment-differs-from-invoice',
    prepare: () => paymentValues(tryton, company, command),
  });
  return { ...paymentFacts(row), invoiceId: command.invoiceId };
}

export async function readPayment(tryton: TrytonSession, paymentNumber: string): Promise<Payment | undefined> {
  const [row] = await findPayments(tryton, ['number', '=', paymentNumber]);
  if (row === undefined) {
    return undefined;
  }
  const invoiceId = row['line.']?.move_origin;
  const [invoice] = await tryton.find('account.invoice', [['id', '=', invoiceId ?? 0]], numberShape, ['number']);
  return { ...paymentFacts(row), invoiceId: invoice?.number ?? '' };
}

const numberShape = z.object({ number: textField });

const payableShape = invoiceShape.extend({ party: z.int(), lines_to_pay: z.array(z.int()) });
type Payable = z.infer<typeof payableShape>;
const PAYABLE_FIELDS = [...INVOICE_FIELDS, 'party', 'lines_to_pay'];

async function paymentValues(tryton: TrytonSession, company: TrytonCompany, command: RequestPaymentCommand) {
  const entered = await demandInvoice(tryton, command.invoiceId);
  // Before the books are touched.
  refuseDifference(command, entered, entered.total_amount);
  const invoice = await carryOn(() => demandInvoice(tryton, command.invoiceId), {
    validated: ({ id }) => tryton.press('account.invoice', 'post', [id]),
  });
  return {
    company: company.companyId,
    journal: await paymentJournal(tryton, company, command.amount.currency),
    kind: 'payable',
    party: invoice.party,
    line: await payableLine(tryton, command, invoice),
    amount: decimal(command.amount.amount),
    date: date(command.date),
    reference: command.key,
  };
}

async function demandInvoice(tryton: TrytonSession, invoiceId: string): Promise<Payable> {
  const [invoice, ...others] = await tryton.find(
    'account.invoice',
    [...CHECKED, ['number', '=', invoiceId]],
    payableShape,
    PAYABLE_FIELDS,
  );
  if (invoice === undefined || invoice.state === 'cancelled') {
    throw new RefusedError(`Tryton has no invoice ${invoiceId} to be paid (${invoice?.state ?? 'not there'})`);
  }
  if (others.length > 0) {
    throw new RefusedError(`Tryton has several supplier invoices with number ${invoiceId}: pay it there`);
  }
  return invoice;
}

function refuseDifference({ amount, invoiceId }: RequestPaymentCommand, invoice: Payable, due: string): void {
  const currency = invoice['currency.'].code;
  if (compare(due, amount.amount) !== 0 || currency !== amount.currency) {
    throw new BusinessRuleError(
      'payment-differs-from-invoice',
      `${due} ${currency} is due on ${invoiceId} (${invoice.state}), not ${amount.amount} ${amount.currency}`,
    );
  }
}

const payableLineShape = z.object({ id: z.int(), payment_amount: numberField.nullable() });

/**
 * Tryton itself takes a second payment of a line that is paid or on its way. `payment_amount` is what is left when all
 * payments are counted, those of people included.
 */
async function payableLine(tryton: TrytonSession, command: RequestPaymentCommand, invoice: Payable): Promise<number> {
  const lines = await tryton.find('account.move.line', [['id', 'in', invoice.lines_to_pay]], payableLineShape, [
    'payment_amount',
  ]);
  const open = lines.filter(({ payment_amount }) => compare(payment_amount ?? '0', '0') !== 0);
  refuseDifference(command, invoice, sum(open.map(({ payment_amount }) => payment_amount ?? '0')));
  const [line, ...others] = open;
  if (line === undefined || others.length > 0) {
    throw new RefusedError(`${command.invoiceId} is due in ${open.length} parts: pay it in Tryton`);
  }
  return line.id;
}
