/** Payments of supplier invoices. The key stands in the payment's `reference`. */
import * as z from 'zod';
import { compare, roundToCurrency } from '../../../money/money.ts';
import { BusinessRuleError, ConfigError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { CommandClaims, Payment, PaymentState, RequestPaymentCommand } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import { CHECKED, INVOICE_FIELDS, invoiceShape } from './deliveries.ts';
import { makeOnce } from './once.ts';
import type { Domain, TrytonSession } from './session.ts';
import { date, decimal, numberField, referenceTo, textField } from './wire.ts';

const paymentShape = z.object({
  id: z.int(),
  number: textField,
  reference: textField,
  state: z.string(),
  amount: numberField,
  'currency.': z.object({ code: z.string() }),
  'line.': z.object({ move_origin: referenceTo('account.invoice') }).nullable(),
});
type PaymentRow = z.infer<typeof paymentShape>;
const PAYMENT_FIELDS = ['number', 'reference', 'state', 'amount', 'currency.code', 'line.move_origin'];

const STATES: { readonly [state: string]: PaymentState } = {
  draft: 'requested',
  submitted: 'requested',
  approved: 'requested',
  processing: 'processing',
  succeeded: 'completed',
  failed: 'failed',
};

/** Posts the invoice and hands its whole amount to the payment run; a half-made payment of the key is brought there. */
export async function requestPayment(
  tryton: TrytonSession,
  company: TrytonCompany,
  claims: CommandClaims,
  command: RequestPaymentCommand,
): Promise<Payment> {
  const row = await makeOnce<PaymentRow>(claims, {
    key: command.key,
    find: () => findRow(tryton, [['reference', '=', command.key]]),
    isFinished: ({ state }) => STATES[state] !== 'requested',
    create: () => create(tryton, company, command),
    finish: (payment) => handOver(tryton, payment),
    numberOf: ({ number }) => number,
  });
  return { ...paymentOf(row), invoiceId: command.invoiceId };
}

export async function readPayment(tryton: TrytonSession, paymentNumber: string): Promise<Payment | undefined> {
  const row = await findRow(tryton, [['number', '=', paymentNumber]]);
  if (row === undefined) {
    return undefined;
  }
  const invoiceId = row['line.']?.move_origin;
  const [invoice] = await tryton.find('account.invoice', [['id', '=', invoiceId ?? 0]], numberShape, ['number']);
  return { ...paymentOf(row), invoiceId: invoice?.number ?? '' };
}

const numberShape = z.object({ number: textField });

async function findRow(tryton: TrytonSession, domain: Domain): Promise<PaymentRow | undefined> {
  return (await tryton.find('account.payment', domain, paymentShape, PAYMENT_FIELDS))[0];
}

function paymentOf(row: PaymentRow): Omit<Payment, 'invoiceId'> {
  const currency = row['currency.'].code;
  return {
    paymentNumber: row.number,
    key: row.reference,
    amount: { amount: roundToCurrency(row.amount, currency), currency },
    state: STATES[row.state] ?? 'failed',
  };
}

const payableShape = invoiceShape.extend({ party: z.int(), lines_to_pay: z.array(z.int()) });
const idShape = z.object({ id: z.int() });

async function create(tryton: TrytonSession, company: TrytonCompany, command: RequestPaymentCommand): Promise<void> {
  const { invoiceId, amount } = command;
  const [invoice] = await tryton.find('account.invoice', [...CHECKED, ['number', '=', invoiceId]], payableShape, [
    ...INVOICE_FIELDS,
    'party',
    'lines_to_pay',
  ]);
  if (invoice === undefined || invoice.state === 'cancelled' || invoice.state === 'paid') {
    throw new ConnectorPermanentError(
      `Tryton has no invoice ${invoiceId} to be paid (${invoice?.state ?? 'not there'})`,
    );
  }
  if (compare(invoice.total_amount, amount.amount) !== 0 || invoice['currency.'].code !== amount.currency) {
    throw new BusinessRuleError(
      'payment-differs-from-invoice',
      `${invoice.total_amount} ${invoice['currency.'].code} is due on ${invoiceId}, not ${amount.amount} ${amount.currency}`,
    );
  }
  await demandUnpaid(tryton, invoice.id, invoiceId);
  if (invoice.state === 'validated') {
    await tryton.press('account.invoice', 'post', [invoice.id]);
  }
  const [line, ...others] = invoice.lines_to_pay;
  if (line === undefined || others.length > 0) {
    throw new ConnectorPermanentError(`${invoiceId} is due in ${invoice.lines_to_pay.length} parts: pay it in Tryton`);
  }
  await tryton.create('account.payment', {
    company: company.companyId,
    journal: await journalFor(tryton, amount.currency),
    kind: 'payable',
    party: invoice.party,
    line,
    amount: decimal(amount.amount),
    date: date(command.date),
    reference: command.key,
  });
}

/** Tryton itself takes a second payment of a line that is paid or on its way. */
async function demandUnpaid(tryton: TrytonSession, id: number, invoiceId: string): Promise<void> {
  const onTheirWay = await tryton.find(
    'account.payment',
    [
      ['line.move.origin.id', '=', id, 'account.invoice'],
      ['state', '!=', 'failed'],
    ],
    paymentShape,
    PAYMENT_FIELDS,
  );
  if (onTheirWay.length > 0) {
    const numbers = onTheirWay.map(({ number }) => number).join(', ');
    throw new ConnectorPermanentError(`${invoiceId} is being paid in Tryton already: ${numbers}`);
  }
}

async function journalFor(tryton: TrytonSession, currency: string): Promise<number> {
  const domain = [['currency.code', '=', currency]];
  const [journal] = await tryton.find('account.payment.journal', domain, idShape, ['name']);
  if (journal === undefined) {
    throw new ConfigError(`Tryton has no payment journal in ${currency}: make one, and try again`);
  }
  return journal.id;
}

async function handOver(tryton: TrytonSession, { id, state }: PaymentRow): Promise<void> {
  if (state === 'draft') {
    await tryton.press('account.payment', 'submit', [id]);
  }
  if (state !== 'approved') {
    await tryton.press('account.payment', 'approve', [id]);
  }
  await tryton.wizard('account.payment.process', { model: 'account.payment', ids: [id] }, 'process', {});
}
