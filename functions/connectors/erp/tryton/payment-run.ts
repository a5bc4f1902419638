/** Payments on their way through Tryton's payment run. The key stands in the payment's `reference`. */
import * as z from 'zod';
import { compare, type Money, roundToCurrency } from '../../../money/money.ts';
import { BusinessRuleError, ConfigError, ConnectorPermanentError } from '../../../runtime/errors.ts';
import { carryOn, createOnce, furthest } from '../once.ts';
import type { CommandClaims, PaymentState } from '../port.ts';
import type { TrytonCompany } from './company.ts';
import type { Domain, TrytonSession } from './session.ts';
import { numberField, type Row, referenceTo, textField } from './wire.ts';

const paymentShape = z.object({
  id: z.int(),
  number: textField,
  reference: textField,
  state: z.string(),
  amount: numberField,
  'currency.': z.object({ code: z.string() }),
  'line.': z
    .object({ move_origin: referenceTo('account.invoice'), 'move.': z.object({ number: textField }) })
    .nullable(),
});
export type PaymentRow = z.infer<typeof paymentShape>;
const PAYMENT_FIELDS = [
  'number',
  'reference',
  'state',
  'amount',
  'currency.code',
  'line.move_origin',
  'line.move.number',
];

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

export interface PaymentOrder {
  readonly key: string;
  /** What was approved. */
  readonly amount: Money;
  /** Rule of the `BusinessRuleError` when the payment in Tryton is of another sum. */
  readonly rule: string;
  /** What the payment is made of; may be collected any number of times. */
  readonly prepare: () => Promise<Row>;
}

/** Makes the payment and hands it to the payment run; a half-made payment of the key is brought there. */
export async function payOnce(tryton: TrytonSession, claims: CommandClaims, order: PaymentOrder): Promise<PaymentRow> {
  const { key } = order;
  const { id } = await createOnce<PaymentRow>({
    claims,
    key,
    find: async () => furthest(await findPayments(tryton, ['reference', '=', key]), PAYMENT_STATES),
    prepare: order.prepare,
    create: (values) => tryton.create(PAYMENT, values),
    discard: (twin) => tryton.delete(PAYMENT, twin),
  });
  const row = await carryOn(() => demandRow(tryton, id), {
    draft: async (payment) => {
      refuseOtherSum(order, payment);
      await tryton.press(PAYMENT, 'submit', [id]);
    },
    submitted: async (payment) => {
      refuseOtherSum(order, payment);
      await tryton.press(PAYMENT, 'approve', [id]);
    },
    approved: async (payment) => {
      refuseOtherSum(order, payment);
      await tryton.wizard('account.payment.process', { model: PAYMENT, ids: [id] }, 'process', {});
    },
  });
  await claims.complete(key, row.number);
  return row;
}

/** A payment that stood half-made may have been changed by people meanwhile: only what was approved is paid. */
function refuseOtherSum({ amount, rule }: PaymentOrder, payment: PaymentRow): void {
  const { code } = payment['currency.'];
  if (compare(payment.amount, amount.amount) !== 0 || code !== amount.currency) {
    throw new BusinessRuleError(
      rule,
      `payment ${payment.number} in Tryton is of ${payment.amount} ${code}, not of ${amount.amount} ${amount.currency}`,
    );
  }
}

/** @throws ConnectorPermanentError for a state that is not known: taken for failed, the payment would be made twice. */
export async function findPayments(tryton: TrytonSession, condition: Domain): Promise<readonly PaymentRow[]> {
  const rows = await tryton.find(PAYMENT, [condition, ['kind', '=', 'payable']], paymentShape, PAYMENT_FIELDS);
  rows.forEach(stateOf);
  return rows;
}

function stateOf({ number, state }: PaymentRow): PaymentState {
  const known = STATES[state];
  if (known === undefined) {
    throw new ConnectorPermanentError(
      `payment ${number} has the state "${state}" in Tryton, which Meridian does not know: a module of Tryton adds it; nothing is paid for it until that is looked into`,
    );
  }
  return known;
}

async function demandRow(tryton: TrytonSession, id: number): Promise<PaymentRow> {
  const [row] = await findPayments(tryton, ['id', '=', id]);
  if (row === undefined) {
    throw new ConnectorPermanentError(`a payment was deleted in Tryton on its way to the payment run (${id})`);
  }
  return row;
}

/** What every payment tells, whatever it pays. */
export function paymentFacts(row: PaymentRow): {
  readonly paymentNumber: string;
  readonly key: string;
  readonly amount: Money;
  readonly state: PaymentState;
} {
  const currency = row['currency.'].code;
  return {
    paymentNumber: row.number,
    key: row.reference,
    amount: { amount: roundToCurrency(row.amount, currency), currency },
    state: stateOf(row),
  };
}

const idShape = z.object({ id: z.int() });

/** @throws ConfigError when there is none in the currency. */
export async function paymentJournal(tryton: TrytonSession, company: TrytonCompany, currency: string): Promise<number> {
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
