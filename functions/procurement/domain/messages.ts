/** What the OA is told about a purchase and about nothing else, in both languages. Pure. */
import type { OaMessage } from '../../process/domain/process.ts';
import { type Ending, message } from '../../requests/domain/messages.ts';
import type { OrderReference, PurchaseOutcome, PurchaseState } from './purchase.ts';

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

/** What the last message says beside the outcome. */
export function closingFacts(outcome: PurchaseOutcome, state: PurchaseState): OaMessage['facts'] {
  return {
    ...(state.order === undefined ? {} : { orderNumber: state.order.orderNumber }),
    ...(outcome === 'paid' ? { payments: Object.values(state.payments).map((payment) => payment.paymentNumber) } : {}),
  };
}

export const ENDINGS: { readonly [outcome in PurchaseOutcome]: Ending } = {
  paid: { status: 'paid', en: 'The supplier is paid; the purchase is complete.', zh: '已向供应商付款，采购完成。' },
  refused: { status: 'refused', en: 'The requisition cannot be processed:', zh: '申请无法受理：' },
  rejected: { status: 'rejected', en: 'The requisition was rejected.', zh: '申请被驳回。' },
  withdrawn: { status: 'withdrawn', en: 'The requisition is withdrawn.', zh: '申请已撤回。' },
  cancelled: { status: 'cancelled', en: 'The purchase is cancelled.', zh: '采购已取消。' },
  expired: {
    status: 'expired',
    en: 'Nobody decided in time; the requisition has expired.',
    zh: '审批超时，申请已失效。',
  },
};
