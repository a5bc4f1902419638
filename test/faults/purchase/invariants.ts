/** What must hold in any run of a purchase, beside what must hold of every process. */
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { add, compare } from '../../../functions/money/money.ts';
import type { PurchaseHead } from '../../../functions/procurement/domain/purchase.ts';
import {
  approvalsBefore,
  approvedVersion,
  exceeds,
  type Rules,
  type Said,
  sameJson,
  type View,
  wasLeftOut,
} from '../requests/invariants.ts';
import type { PurchaseChaosWorld } from './world.ts';

interface PurchaseView {
  readonly erp: PurchaseChaosWorld['erp'];
  readonly head: PurchaseHead;
  readonly record: readonly RecordEntry[];
}

export function purchaseRules({ erp }: PurchaseChaosWorld): Rules {
  return {
    onceOnly: () => onceOnly(erp),
    inTheEnd: ({ head, record }: View) => {
      const view = { erp, head: head as PurchaseHead, record };
      return CHECKS.flatMap((check) => check(view));
    },
  };
}

/** One document of each command, one payment of each invoice. */
function onceOnly(erp: PurchaseChaosWorld['erp']): Said {
  const alive = erp.allPayments().filter(({ state }) => state !== 'failed');
  const twice = alive.filter((one) => alive.some((other) => other !== one && other.invoiceId === one.invoiceId));
  return [
    erp.allOrders().length > 1 && `there are ${erp.allOrders().length} orders`,
    erp.documentsPerKey().some((count) => count > 1) && 'two documents stand under one key',
    ...twice.map(({ invoiceId, paymentNumber }) => `${paymentNumber} is not the only payment of ${invoiceId}`),
  ];
}

/**
 * An order is intended after its approval. One of a purchase that was given up stands only when goods came, when an
 * operator decided to leave it, or when it came so late that people were told of it.
 */
function orders({ erp, head, record }: PurchaseView): Said {
  const isTold = record.some(({ type }) => type === 'LateOrderFound');
  const standing = erp.allOrders().filter(({ state }) => state !== 'cancelled');
  const hasReceipts = Object.keys(head.state.receipts).length > 0 || erp.hasReceived();
  return [
    ...intentsOf(record, 'OrderIntended').map(
      ({ sequence }) =>
        approvalsBefore(record, 'order', sequence).length === 0 &&
        `an order was intended at ${sequence} without approval`,
    ),
    head.outcome !== 'paid' &&
      standing.length > 0 &&
      !hasReceipts &&
      !wasLeftOut(record, 'UndoPurchase') &&
      !isTold &&
      `an order stands after the end "${head.outcome}"`,
  ];
}

/** What is ordered is the version that was approved, and no other has come since. */
function versions({ record }: PurchaseView): Said {
  return intentsOf(record, 'OrderIntended').map(({ sequence }) => {
    const approved = approvedVersion(record, 'order', sequence);
    const enriched = record.findLast((entry) => entry.type === 'RequisitionEnriched' && entry.sequence < sequence);
    return (
      approved !== enriched?.facts.version &&
      `version ${enriched?.facts.version} was to be ordered at ${sequence}, and ${approved} was approved`
    );
  });
}

/** Nothing is paid that was not matched and approved: not one invoice, and not in sum. */
function payments({ erp, record }: PurchaseView): Said {
  const plans = record.filter(({ type }) => type === 'InvoicesMatched');
  const alive = erp.allPayments().filter(({ state }) => state !== 'failed');
  const intended = intentsOf(record, 'PaymentIntended');
  return [
    ...intended.map(({ sequence }) => {
      const plan = plans.findLast((entry) => entry.sequence < sequence)?.sequence ?? Number.POSITIVE_INFINITY;
      return (
        !approvalsBefore(record, 'payment', sequence).some((approval) => approval.sequence > plan) &&
        `payment intended at ${sequence} without an approval of the match before it`
      );
    }),
    ...intended.map(({ sequence, facts }) => {
      const plan = plans.findLast((entry) => entry.sequence < sequence)?.facts.paymentPlan;
      return (
        !JSON.stringify(plan ?? []).includes(JSON.stringify(facts.amount)) &&
        `an amount was intended at ${sequence} that no plan has`
      );
    }),
    ...alive.map(
      ({ key, paymentNumber, amount }) =>
        !intended.some(({ facts }) => facts.key === key && sameJson(facts.amount, amount)) &&
        `${paymentNumber} of ${amount.amount} ${amount.currency} was never intended`,
    ),
    ...alive.map(
      ({ paymentNumber, amount }) =>
        (amount.currency !== 'CNY' || compare(amount.amount, '0') <= 0) &&
        `${paymentNumber} is of ${amount.amount} ${amount.currency}`,
    ),
  ];
}

/** Nobody decides on the payment of an order that they approved; whoever had the last word on either was allowed as much. */
function duties({ record }: PurchaseView): Said {
  const yes = (subject: string) =>
    record
      .filter(({ type, facts }) => type === 'DecisionMade' && facts.subject === subject && facts.action === 'approve')
      .map(({ actor }) => actor.id);
  const ordering = new Set(yes('order'));
  return [
    yes('payment').some((id) => ordering.has(id)) && 'somebody approved the order and its payment',
    ...intentsOf(record, 'OrderIntended').map(({ sequence, facts }) =>
      exceeds(record, 'order', sequence, String(facts.total)),
    ),
    ...intentsOf(record, 'PaymentIntended').map(({ sequence }) => {
      const plan = record.findLast((entry) => entry.type === 'InvoicesMatched' && entry.sequence < sequence);
      return exceeds(record, 'payment', sequence, plannedTotal(plan?.facts.paymentPlan));
    }),
  ];
}

function plannedTotal(plan: unknown): string {
  const planned = Array.isArray(plan) ? plan : [];
  return planned.reduce((total: string, { amount }) => add(total, String(amount.amount)), '0');
}

/** The record knows what the ERP has. */
function completeness({ erp, record }: PurchaseView): Said {
  const numbers = (type: string, fact: string) =>
    record.filter((entry) => entry.type === type).map(({ facts }) => facts[fact]);
  const ordered = [...numbers('OrderCreated', 'orderNumber'), ...numbers('LateOrderFound', 'orderNumber')];
  const requested = numbers('PaymentRequested', 'paymentNumber');
  return [
    ...erp
      .allOrders()
      .map(({ orderNumber }) => !ordered.includes(orderNumber) && `no entry knows the order ${orderNumber}`),
    ...erp
      .allPayments()
      .map(({ paymentNumber }) => !requested.includes(paymentNumber) && `no entry knows the payment ${paymentNumber}`),
  ];
}

/** What the purchase ended as is so in the ERP. */
function agreement({ erp, head }: PurchaseView): Said {
  const isMoving = erp.allPayments().some(({ state }) => state === 'processing');
  const unpaid = (head.state.paymentPlan ?? []).filter(({ invoiceId }) => !erp.isPaid(invoiceId));
  return [
    head.status === 'ended' && isMoving && 'it has ended and a payment is on its way',
    head.outcome === 'paid' && unpaid.length > 0 && `it ended as paid and ${unpaid[0]?.invoiceId} is not`,
  ];
}

function intentsOf(record: readonly RecordEntry[], type: 'OrderIntended' | 'PaymentIntended'): readonly RecordEntry[] {
  return record.filter((entry) => entry.type === type);
}

const CHECKS = [orders, versions, payments, duties, completeness, agreement];
