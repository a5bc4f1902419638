/** A purchase, from the requisition to the paid invoice, or to wherever its people let it come. */
import type { ApprovalState } from '../../functions/approvals/domain/approval-state.ts';
import type { FiredRules } from '../../functions/approvals/domain/plan.ts';
import type { ApprovalQuestion } from '../../functions/approvals/plan-approval.ts';
import { digestOf, type Json } from '../../functions/audit/domain/canonical-json.ts';
import { multiply, roundToCurrency } from '../../functions/money/money.ts';
import { orderApprovers } from '../../functions/procurement/domain/order-approvers.ts';
import { askPeople } from './approve.ts';
import type { HistoryCase } from './case.ts';
import { type BoughtLine, basket } from './catalogue.ts';
import type { People } from './people.ts';
import { failStep, register, rework } from './steps.ts';

export interface PurchaseOrder {
  readonly costCentre: string;
  readonly supplierCode: string;
  /** Numbers documents of the ERP: unique in the history. */
  readonly number: number;
  /** What fills up stock, and the row that lets it go without asking; absent: people fill a basket, and people are asked. */
  readonly stock?: { readonly line: BoughtLine; readonly ruledBy?: FiredRules };
}

const CURRENCY = 'CNY';
const BUYER = 'E-4001';
const ACCOUNTING = 'E-4003';

export async function tellPurchase(story: HistoryCase, people: People, order: PurchaseOrder): Promise<void> {
  const goods =
    order.stock === undefined
      ? basket(story.chance)
      : { lines: [order.stock.line], total: roundToCurrency(order.stock.line.amount, CURRENCY) };
  const { lines, total } = goods;
  const filed = {
    costCentre: order.costCentre,
    supplierCode: order.supplierCode,
    currency: CURRENCY,
    lines: lines.map((line) => ({ ...line })),
    total,
  };
  register(story, 'RequisitionRegistered', { title: 'Supplies', ...filed });
  const approved = await released(story, order, goods, () => decided(story, people, order, filed, goods));
  if (approved !== undefined && approved.outcome !== 'approved') {
    return story.close('PurchaseClosed', approved.outcome ?? 'expired');
  }
  story.tell('approved');
  if (!(await buy(story, people, order, total))) {
    return story.close('PurchaseClosed', 'cancelled');
  }
  await payFor(story, people, { order, lines, total, version: approved?.plan.documentVersion ?? 1, approved });
}

/** Undefined: the company's table lets the order go, and nobody was asked. */
function released(
  story: HistoryCase,
  order: PurchaseOrder,
  goods: Goods,
  ask: () => Promise<ApprovalState>,
): Promise<ApprovalState | undefined> {
  const ruledBy = order.stock?.ruledBy;
  if (ruledBy === undefined) {
    return ask();
  }
  check(story, order, { ...goods, version: 1 });
  const policyDigest = story.company.policies.inForce().digest;
  story.say('OrderReleasedByRule', { amount: goods.total, currency: CURRENCY, policyDigest, ruledBy: [ruledBy] });
  return Promise.resolve(undefined);
}

async function decided(
  story: HistoryCase,
  people: People,
  order: PurchaseOrder,
  filed: { readonly [field: string]: Json },
  goods: Goods,
): Promise<ApprovalState> {
  let before: ApprovalState | undefined;
  for (let version = 1; ; version += 1) {
    check(story, order, { ...goods, version });
    const asked = { question: questionOf(story, order, 'order', goods.total), documentVersion: version, before };
    before = await askPeople(story, people, asked);
    if (before.outcome !== 'returned' || story.isOver) {
      return before;
    }
    rework(story, 'RequisitionResubmitted', version, { title: 'Supplies', ...filed });
  }
}

interface Goods {
  readonly lines: readonly BoughtLine[];
  readonly total: string;
}

function check(
  story: HistoryCase,
  { costCentre, supplierCode }: PurchaseOrder,
  { lines, total, version }: Goods & { readonly version: number },
): void {
  story.tick();
  story.say(
    'RequisitionValidated',
    { title: 'Supplies', supplierCode, costCentre, total, currency: CURRENCY },
    'validation',
  );
  story.tick();
  story.hear('RequisitionEnriched', {
    supplierName: supplierCode,
    rate: '1',
    baseTotal: { amount: total, currency: CURRENCY },
    onHand: [...new Set(lines.map(({ productCode }) => productCode))].map((code) => ({ code, onHand: '0' })),
    version,
  });
  story.tell('accepted');
}

function questionOf(
  story: HistoryCase,
  { costCentre }: PurchaseOrder,
  subject: 'order' | 'payment' | 'invoice-mismatch',
  amount: string,
  excluded: ApprovalQuestion['excluded'] = [],
): ApprovalQuestion {
  const scope = { lines: [{ category: '', currency: CURRENCY }] };
  return { subject, requesterId: story.requesterId, amount, costCentre, scope, excluded };
}

async function buy(
  story: HistoryCase,
  people: People,
  { supplierCode, number }: PurchaseOrder,
  total: string,
): Promise<boolean> {
  const key = `${story.processId}-order`;
  story.tick();
  story.say('OrderIntended', { key, supplierCode, total, currency: CURRENCY });
  if (story.chance.isTrue(0.02) && !(await failStep(story, people, 'CreateOrder'))) {
    return false;
  }
  story.tick(3000);
  story.hear('OrderCreated', { key, orderNumber: `PO-${number}`, total, currency: CURRENCY });
  story.tell('ordered');
  return true;
}

interface Delivery {
  readonly order: PurchaseOrder;
  readonly lines: readonly BoughtLine[];
  readonly total: string;
  readonly version: number;
  /** Undefined: nobody was asked. */
  readonly approved: ApprovalState | undefined;
}

async function payFor(story: HistoryCase, people: People, delivery: Delivery): Promise<void> {
  const { order, lines } = delivery;
  const orderNumber = `PO-${order.number}`;
  story.wait('goods-receipt', { subject: orderNumber, owner: BUYER, hours: story.chance.long(36), days: 30 });
  const received = lines.map(({ quantity }, index) => ({ lineNumber: index + 1, quantity }));
  story.hear('GoodsReceived', {
    receiptNumber: `GR-${order.number}`,
    orderNumber,
    receivedOn: dateOf(story),
    lines: received,
  });
  story.tick();
  story.wait('supplier-invoice', { subject: orderNumber, owner: ACCOUNTING, hours: story.chance.long(24), days: 30 });
  const invoiced = story.chance.isTrue(0.06)
    ? roundToCurrency(multiply(delivery.total, '1.08'), CURRENCY)
    : delivery.total;
  const paid = await matched(story, people, delivery, invoiced);
  if (paid === undefined) {
    return;
  }
  const { outcome } = await askPeople(story, people, {
    question: questionOf(
      story,
      order,
      'payment',
      paid,
      orderApprovers(delivery.approved === undefined ? [] : [delivery.approved]),
    ),
    documentVersion: delivery.version,
  });
  return outcome === 'approved' ? pay(story, order, paid) : story.close('PurchaseClosed', outcome ?? 'expired');
}

/** What is to be paid; undefined: the history ended before that was clear. */
async function matched(
  story: HistoryCase,
  people: People,
  delivery: Delivery,
  invoiced: string,
): Promise<string | undefined> {
  const { order, total } = delivery;
  const amount = invoice(story, order, invoiced);
  if (amount !== total) {
    story.say(
      'InvoicesMismatched',
      { result: 'mismatched', differences: [{ kind: 'price', expected: total, found: amount }] },
      'three-way-match',
    );
    story.tell('under-review');
    const question = questionOf(story, order, 'invoice-mismatch', amount);
    const { outcome } = await askPeople(story, people, { question, documentVersion: delivery.version });
    if (outcome === 'correct') {
      story.say('CorrectionRequested', { result: 'correction-requested' }, 'three-way-match');
      story.wait('supplier-invoice', {
        subject: `PO-${order.number}`,
        owner: ACCOUNTING,
        hours: story.chance.long(20),
        days: 30,
      });
      return matched(story, people, delivery, total);
    }
    if (outcome !== 'accepted') {
      story.close('PurchaseClosed', outcome === 'expired' ? 'expired' : 'cancelled');
      return undefined;
    }
  }
  story.tick();
  const paymentPlan = [{ invoiceId: `INV-${order.number}`, amount: { amount, currency: CURRENCY } }];
  const result = amount === total ? 'matched' : 'accepted';
  story.say('InvoicesMatched', { result, paymentPlan, planDigest: digestOf(paymentPlan) }, 'three-way-match');
  story.tell('matched');
  return story.isOver ? undefined : amount;
}

function invoice(story: HistoryCase, { number }: PurchaseOrder, total: string): string {
  const named = { invoiceId: `INV-${number}`, orderNumber: `PO-${number}`, supplierReference: `S-${number}` };
  story.hear('SupplierInvoiceReceived', {
    ...named,
    invoiceDate: dateOf(story),
    currency: CURRENCY,
    state: 'entered',
    tax: '0',
    total,
  });
  story.tick();
  return total;
}

function pay(story: HistoryCase, { number }: PurchaseOrder, total: string): void {
  const payment = {
    key: `${story.processId}-pay-1`,
    invoiceId: `INV-${number}`,
    amount: { amount: total, currency: CURRENCY },
  };
  story.tick();
  story.say('PaymentIntended', payment);
  story.tick(2500);
  story.hear('PaymentRequested', { paymentNumber: `PAY-${number}`, ...payment, state: 'processing' });
  story.tell('payment-requested');
  story.wait('payment', { subject: `PO-${number}`, owner: ACCOUNTING, hours: story.chance.long(14), days: 20 });
  story.hear('PaymentCompleted', { paymentNumber: `PAY-${number}`, ...payment, state: 'completed' });
  story.close('PurchaseClosed', 'paid', { recordLink: 'linked' });
}

function dateOf({ now }: HistoryCase): string {
  return now.toISOString().slice(0, 10);
}
