/** What must hold after any run, whatever went wrong in it. */
import type { RecordEntry } from '../../functions/audit/domain/record.ts';
import { compare } from '../../functions/money/money.ts';
import type { PurchaseHead } from '../../functions/procurement/domain/purchase.ts';
import type { PurchaseWorld, RequisitionEvent } from '../support/purchase-world.ts';

type Check = (view: View) => readonly (string | false)[];

interface View {
  readonly world: PurchaseWorld;
  readonly head: PurchaseHead;
  readonly record: readonly RecordEntry[];
}

/** In words; nothing when all holds. */
export async function violationsOf(world: PurchaseWorld, event: RequisitionEvent): Promise<readonly string[]> {
  const head = await world.head(event);
  const record = await world.record(event);
  const damages = await world.damages(event);
  const found = CHECKS.flatMap((check) => check({ world, head, record }));
  return [
    ...found.filter((violation) => violation !== false),
    ...damages.map(({ sequence, damage }) => `the record is damaged at ${sequence}: ${damage}`),
  ];
}

/**
 * One request, one order; an order of a purchase that was given up stands only when goods came, or an operator decided to
 * leave it.
 */
const orders: Check = ({ world, head, record }) => {
  const isLeft =
    record.some(({ type, facts }) => type === 'StepFailed' && facts.step === 'UndoPurchase') &&
    record.some(({ type, facts }) => type === 'DecisionMade' && facts.action === 'skip');
  const all = world.erp.allOrders();
  const standing = all.filter(({ state }) => state !== 'cancelled');
  const hasReceipts = Object.keys(head.state.receipts).length > 0 || world.erp.hasReceived();
  return [
    all.length > 1 && `there are ${all.length} orders`,
    head.outcome !== 'paid' &&
      standing.length > 0 &&
      !hasReceipts &&
      !isLeft &&
      `an order stands after the end "${head.outcome}"`,
  ];
};

/** Each invoice is paid once, and nothing that was not matched and approved. */
const payments: Check = ({ world, record }) => {
  const alive = world.erp.allPayments().filter(({ state }) => state !== 'failed');
  const twice = alive.filter((one) => alive.some((other) => other !== one && other.invoiceId === one.invoiceId));
  const approvedAt = record.flatMap((entry) =>
    entry.type === 'ApprovalClosed' && entry.facts.subject === 'payment' && entry.facts.outcome === 'approved'
      ? [entry.sequence]
      : [],
  );
  const plans = record.filter(({ type }) => type === 'InvoicesMatched');
  const intents = record.filter(({ type }) => type === 'PaymentIntended');
  return [
    ...twice.map(({ invoiceId, paymentNumber }) => `${paymentNumber} is not the only payment of ${invoiceId}`),
    ...intents.map((intent) => {
      const plan = plans.findLast(({ sequence }) => sequence < intent.sequence);
      const isApproved = approvedAt.some(
        (at) => at > (plan?.sequence ?? Number.POSITIVE_INFINITY) && at < intent.sequence,
      );
      return !isApproved && `payment intended at ${intent.sequence} without an approval of the match before it`;
    }),
    ...intents.map((intent) => {
      const plan = plans.findLast(({ sequence }) => sequence < intent.sequence)?.facts.paymentPlan;
      return (
        !JSON.stringify(plan ?? []).includes(JSON.stringify(intent.facts.amount)) &&
        `an amount was intended at ${intent.sequence} that no plan has`
      );
    }),
    ...alive.map(
      ({ paymentNumber, amount }) =>
        (amount.currency !== 'CNY' || compare(amount.amount, '0') <= 0) &&
        `${paymentNumber} is of ${amount.amount} ${amount.currency}`,
    ),
  ];
};

/** Nobody decides on their own request, and whoever approved the order does not approve its payment. */
const authority: Check = ({ record }) => {
  const yes = (subject: string) =>
    record
      .filter(({ type, facts }) => type === 'DecisionMade' && facts.subject === subject && facts.action === 'approve')
      .map(({ actor }) => actor.id);
  const ordering = new Set(yes('order'));
  return [
    [...ordering, ...yes('payment')].includes('E-1001') && 'the requester decided',
    yes('payment').some((id) => ordering.has(id)) && 'somebody approved the order and its payment',
  ];
};

/** Every purchase comes to an end, and leaves nothing behind that waits or is to be done. */
const end: Check = ({ world, head }) => [
  head.status !== 'ended' &&
    `it has not ended: ${head.phase}, waits ${JSON.stringify(Object.values(head.waits).map(({ kind }) => kind))}`,
  head.status === 'ended' && Object.keys(head.waits).length > 0 && 'it has ended and waits',
  ...Object.values(head.waits).map(({ deadline, kind }) => deadline === '' && `the wait for ${kind} has no deadline`),
  ...world.store.effects().map(({ effect }) => `an effect was not done: ${effect.kind}`),
  ...world.engine
    .executions()
    .map(
      ({ status, error }) =>
        status !== 'SUCCEEDED' && head.status === 'ended' && `an execution is ${status} ${error ?? ''}`,
    ),
];

/** ERP, OA and record tell the same. */
const agreement: Check = ({ world, head, record }) => {
  const finals = new Set(world.notices.filter(({ facts }) => facts.final === true).map(({ facts }) => facts.outcome));
  const closed = record.filter(({ type }) => type === 'PurchaseClosed');
  const isMoving = world.erp.allPayments().some(({ state }) => state === 'processing');
  const unpaid = (head.state.paymentPlan ?? []).filter(({ invoiceId }) => !world.erp.isPaid(invoiceId));
  return [
    head.status === 'ended' && finals.size !== 1 && `the OA got ${finals.size} final answers`,
    head.status === 'ended' && !finals.has(head.outcome ?? '') && 'the OA was told another end',
    closed.length > 1 && 'it was closed twice',
    head.status === 'ended' && isMoving && 'it has ended and a payment is on its way',
    head.outcome === 'paid' && unpaid.length > 0 && `it ended as paid and ${unpaid[0]?.invoiceId} is not`,
  ];
};

const CHECKS: readonly Check[] = [orders, payments, authority, end, agreement];
