/** Payments of supplier invoices. The key stands in the payment's `reference`. */
import * as z from 'zod';
import { compare, roundToCurrency, sum } from '../../../money/money.ts';
import { BusinessRuleError, ConfigError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import type { CommandClaims, Payment, PaymentState, RequestPaymentCommand } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import { CHECKED, INVOICE_FIELDS, invoiceShape } from './deliveries.ts';
import { RefusedError } from './failures.ts';
import { carryOn, createOnce, furthest } from './once.ts';
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

/** From the least to the furthest. */
const PAYMENT_STATES = ['failed', 'draft', 'submitted', 'approved', 'processing', 'succeeded'];
const PAYMENT = 'account.payment';

/** Posts the invoice and hands its whole amount to the payment run; a half-made payment of the key is brought there. */
export async function requestPayment(
  tryton: TrytonSession,
  company: TrytonCompany,
  claims: CommandClaims,
  command: RequestPaymentCommand,
): Promise<Payment> {
  const { key } = command;
  const { id } = await createOnce<PaymentRow>({
    claims,
    key,
    find: async () => furthest(await findRows(tryton, ['reference', '=', key]), PAYMENT_STATES),
    prepare: () => paymentValues(tryton, company, command),
    create: (values) => tryton.create(PAYMENT, values),
    discard: (twin) => tryton.delete(PAYMENT, twin),
  });
  const row = await carryOn(() => demandRow(tryton, id), {
    draft: async (payment) => {
      refuseOtherSum(command, payment);
      await tryton.press(PAYMENT, 'submit', [id]);
    },
    submitted: async (payment) => {
      refuseOtherSum(command, payment);
      await tryton.press(PAYMENT, 'approve', [id]);
    },
    approved: async (payment) => {
      refuseOtherSum(command, payment);
      await tryton.wizard('account.payment.process', { model: PAYMENT, ids: [id] }, 'process', {});
    },
  });
  await claims.complete(key, row.number);
  return { ...paymentOf(row), invoiceId: command.invoiceId };
}

/** A payment that stood half-made may have been changed by people meanwhile: only what was approved is paid. */
function refuseOtherSum({ amount }: RequestPaymentCommand, payment: PaymentRow): void {
  const { code } = payment['currency.'];
  if (compare(payment.amount, amount.amount) !== 0 || code !== amount.currency) {
    throw new BusinessRuleError(
      'payment-differs-from-invoice',
      `payment ${payment.number} in Tryton is of ${payment.amount} ${code}, not of ${amount.amount} ${amount.currency}`,
    );
  }
}

export async function readPayment(tryton: TrytonSession, paymentNumber: string): Promise<Payment | undefined> {
  const [row] = await findRows(tryton, ['number', '=', paymentNumber]);
  if (row === undefined) {
    return undefined;
  }
  const invoiceId = row['line.']?.move_origin;
  const [invoice] = await tryton.find('account.invoice', [['id', '=', invoiceId ?? 0]], numberShape, ['number']);
  return { ...paymentOf(row), invoiceId: invoice?.number ?? '' };
}

const numberShape = z.object({ number: textField });

function findRows(tryton: TrytonSession, condition: Domain): Promise<readonly PaymentRow[]> {
  return tryton.find(PAYMENT, [condition, ['kind', '=', 'payable']], paymentShape, PAYMENT_FIELDS);
}

async function demandRow(tryton: TrytonSession, id: number): Promise<PaymentRow> {
  const [row] = await findRows(tryton, ['id', '=', id]);
  if (row === undefined) {
    throw new ConnectorPermanentError(`a payment was deleted in Tryton on its way to the payment run (${id})`);
  }
  return row;
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
type Payable = z.infer<typeof payableShape>;
const PAYABLE_FIELDS = [...INVOICE_FIELDS, 'party', 'lines_to_pay'];
const idShape = z.object({ id: z.int() });

async function paymentValues(tryton: TrytonSession, company: TrytonCompany, command: RequestPaymentCommand) {
  const entered = await demandInvoice(tryton, command.invoiceId);
  // Before the books are touched.
  refuseDifference(command, entered, entered.total_amount);
  const invoice = await carryOn(() => demandInvoice(tryton, command.invoiceId), {
    validated: ({ id }) => tryton.press('account.invoice', 'post', [id]),
  });
  return {
    company: company.companyId,
    journal: await journalFor(tryton, company, command.amount.currency),
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

async function journalFor(tryton: TrytonSession, company: TrytonCompany, currency: string): Promise<number> {
  const domain = [
    ['currency.code', '=', currency],
    ['company', '=', company.companyId],
  ];
  const [journal] = await tryton.find('account.payment.journal', domain, idShape, ['name']);
  if (journal === undefined) {
    throw new ConfigError(`Tryton has no payment journal in ${currency}: make one, and try again`);
  }
  return journal.id;
}
