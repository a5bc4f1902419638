/** What the OA is told about a purchase and about nothing else, in both languages. Pure. */
import type { OaMessage } from '../../process/domain/process.ts';
import { commonEndings, type Ending, message } from '../../requests/domain/messages.ts';
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
  ...commonEndings({ en: 'requisition', zh: '申请' }),
  cancelled: { status: 'cancelled', en: 'The purchase is cancelled.', zh: '采购已取消。' },
  recovered: {
    status: 'cancelled',
    en: 'The stock has recovered; nothing is bought.',
    zh: '库存已恢复，不再采购。',
  },
};
