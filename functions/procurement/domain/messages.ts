/** What the OA is told about a purchase, in both languages. Pure. */
import type { OaMessage, OaStatus } from '../../process/domain/process.ts';
import type { FieldIssue } from '../../runtime/errors.ts';
import type { OrderReference, PurchaseOutcome, PurchaseState } from './purchase.ts';
import type { ResubmissionRefusal } from './rework.ts';

export type Reason = { readonly en: string; readonly zh: string };

export function acceptedMessage(): OaMessage {
  return message('accepted', 'The requisition is complete and being processed.', '申请已受理，正在处理。');
}

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

export function duplicateMessage(processId: string): OaMessage {
  return message(
    'duplicate',
    'A different requisition was filed before under the same request number; this one is not processed. File it under a new number.',
    '该申请编号此前已提交过内容不同的申请，本次未受理。请使用新的编号重新提交。',
    { processId },
  );
}

export function withdrawalRefusedMessage(reason: Reason): OaMessage {
  return { status: 'withdrawal-refused', text: reason, facts: {} };
}

/** The requester is to change it. `reason`: as the approver wrote it, in whatever language. */
export function returnedMessage(
  reason: string,
  facts: { readonly version: number; readonly deadline: string },
): OaMessage {
  return message(
    'returned',
    `Please change the requisition and send it again: ${reason}`,
    `请修改后重新提交：${reason}`,
    facts,
  );
}

/** What was sent again changed nothing. `version`: the one that stands. */
export function resubmissionRefusedMessage(reason: Reason, facts: OaMessage['facts']): OaMessage {
  return { status: 'resubmission-refused', text: reason, facts };
}

/** The final answer of a purchase. `reason`: why it ended so, where there is more to say than that. */
export function closingMessage(
  outcome: PurchaseOutcome,
  state: PurchaseState,
  reason: Reason | undefined,
  recordUrl: string,
): OaMessage {
  const ending = ENDINGS[outcome];
  return {
    status: ending.status,
    text: {
      en: reason === undefined ? ending.en : `${ending.en} ${reason.en}`,
      zh: reason === undefined ? ending.zh : `${ending.zh}${reason.zh}`,
    },
    facts: {
      outcome,
      recordUrl,
      final: true,
      ...(state.order === undefined ? {} : { orderNumber: state.order.orderNumber }),
      ...(outcome === 'paid'
        ? { payments: Object.values(state.payments).map((payment) => payment.paymentNumber) }
        : {}),
    },
  };
}

/** Every issue with its field and remedy. */
export function issuesReason(issues: readonly FieldIssue[]): Reason {
  const text = issues.map((issue) => `${issue.field}: ${issue.problem} (${issue.remedy})`).join('; ');
  return { en: text, zh: text };
}

/** Why a withdrawal came too late. */
export const WITHDRAWAL_REFUSALS: { readonly [refusal: string]: Reason } = {
  ended: { en: 'It has ended already and cannot be withdrawn.', zh: '流程已结束，无法撤回。' },
  'goods-received': {
    en: 'Goods have been received; it cannot be withdrawn any more. Ask the buyer about a return.',
    zh: '货物已收到，无法撤回。如需退货请联系采购员。',
  },
  'payment-requested': { en: 'Its payment is on the way; it cannot be withdrawn.', zh: '付款已提交，无法撤回。' },
  'not-the-requester': { en: 'Only the requester may withdraw it.', zh: '只有申请人本人可以撤回。' },
};

/** Why what was sent again is not taken. */
export const RESUBMISSION_REFUSALS: { readonly [refusal in ResubmissionRefusal]: Reason } = {
  duplicate: { en: 'It was received before; there is nothing left to do.', zh: '此前已收到，无需再次提交。' },
  ended: { en: 'The process has ended; file a new requisition.', zh: '流程已结束，请重新发起申请。' },
  'not-the-requester': { en: 'Only the requester may send it again.', zh: '只有申请人本人可以重新提交。' },
  'other-version': {
    en: 'It takes the place of another version than the one that stands.',
    zh: '所替换的版本不是当前版本，未予受理。',
  },
  'not-asked-for': {
    en: 'The requisition was not returned, or what was sent before is still being checked.',
    zh: '该申请未被退回，或此前提交的内容仍在校验中。',
  },
  'too-late': { en: 'The time to change it is over.', zh: '修改期限已过。' },
  'too-often': {
    en: 'It was sent too often. Withdraw it and file a new one.',
    zh: '重新提交次数过多，请撤回后重新发起申请。',
  },
};

const ENDINGS: { readonly [outcome in PurchaseOutcome]: { status: OaStatus; en: string; zh: string } } = {
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

function message(status: OaStatus, en: string, zh: string, facts: OaMessage['facts'] = {}): OaMessage {
  return { status, text: { en, zh }, facts };
}
