/** What the OA is told about a purchase and about nothing else, in both languages. Pure. */
import type { Payment } from '../../connectors/erp/port.ts';
import type { OaMessage } from '../../process/domain/process.ts';
import { commonEndings, type Ending, message } from '../../requests/domain/messages.ts';
import {
  type OrderReference,
  type PlannedPayment,
  type PurchaseOutcome,
  type PurchaseState,
  plannedTotal,
} from './purchase.ts';
import type { Difference } from './three-way-match.ts';

export function orderedMessage(order: OrderReference): OaMessage {
  return message(
    'ordered',
    `Ordered from the supplier: purchase order ${order.orderNumber}.`,
    `已向供应商下单：采购订单 ${order.orderNumber}。`,
    { orderNumber: order.orderNumber, total: order.total },
  );
}

export function receivedMessage(orderNumber: string): OaMessage {
  return message('received', `All goods of ${orderNumber} have arrived.`, `订单 ${orderNumber} 的货物已全部收到。`, {
    orderNumber,
  });
}

/** The invoices differ from what was ordered or came: a person decides about them. */
export function underReviewMessage(differences: readonly Difference[]): OaMessage {
  return message(
    'under-review',
    `The supplier's invoices differ from the order or the goods (${differences.length}); a person decides.`,
    `供应商发票与订单或收货存在 ${differences.length} 处差异，正由人工处理。`,
    { differences: differences.map(({ kind }) => kind) },
  );
}

export function matchedMessage(planned: readonly PlannedPayment[], currency: string): OaMessage {
  const amount = { amount: plannedTotal(planned), currency };
  return message(
    'matched',
    `The supplier's invoices are in order: ${amount.amount} ${currency} are to be paid.`,
    `供应商发票核对通过，应付 ${amount.amount} ${currency}。`,
    { amount },
  );
}

export function paymentRequestedMessage({ paymentNumber, amount }: Payment): OaMessage {
  return message(
    'payment-requested',
    `The payment of ${amount.amount} ${amount.currency} to the supplier is requested: ${paymentNumber}.`,
    `已向供应商提交付款 ${amount.amount} ${amount.currency}，付款编号 ${paymentNumber}。`,
    { paymentNumber, amount },
  );
}

/** One for all that came back at once, told apart from the end: what follows is decided by people. */
export function paymentRefusedMessage(paymentNumbers: readonly string[]): OaMessage {
  return message(
    'payment-refused',
    `The bank refused the payment to the supplier (${paymentNumbers.join(', ')}); accounting sees to it.`,
    `银行退回了向供应商的付款（付款编号 ${paymentNumbers.join('、')}），财务正在处理。`,
    { paymentNumbers },
  );
}

/** What the last message says beside the outcome. */
export function closingFacts(outcome: PurchaseOutcome, state: PurchaseState): OaMessage['facts'] {
  return {
    ...(state.order === undefined ? {} : { orderNumber: state.order.orderNumber }),
    ...(outcome === 'paid' ? { payments: Object.values(state.payments).map((payment) => payment.paymentNumber) } : {}),
  };
}

export const ENDINGS: { readonly [outcome in PurchaseOutcome]: Ending } = {
  paid: { status: 'paid', en: 'The supplier is paid; the purchase is complete.', zh: '已向供应商付款，采购完成。' },
  ...commonEndings({ en: 'requisition', zh: '申请' }),
  cancelled: { status: 'cancelled', en: 'The purchase is cancelled.', zh: '采购已取消。' },
  recovered: {
    status: 'cancelled',
    en: 'The stock has recovered; nothing is bought.',
    zh: '库存已恢复，不再采购。',
  },
};
