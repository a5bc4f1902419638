/** What the decision page says besides the facts: for people who are in a hurry and on a phone. */
import type { Text } from '../pages/language.ts';
import type { Message } from '../pages/message-page.tsx';
import type { Refusal } from './domain/approval.ts';
import { type ApprovalSubject, OPERATORS } from './domain/plan.ts';

const both = (en: string, zh: string): Text => ({ en, zh });

export const LABELS = {
  requester: both('Requested by', '申请人'),
  supplier: both('Supplier', '供应商'),
  costCentre: both('Cost centre', '成本中心'),
  deadline: both('Decide by', '审批截止'),
  lines: both('Lines', '明细'),
  notes: both('More facts', '其他信息'),
  earlier: both('Decided so far', '已有审批意见'),
  decision: both('Your decision', '您的决定'),
  comment: both('Comment', '意见'),
  commentHint: both('Needed for: ', '以下操作必须填写：'),
  commentOptional: both('Optional. It is kept in the record.', '选填，将保存在审批记录中。'),
  commentMissing: both('Please write a reason first.', '请先填写理由。'),
  process: both('Process', '流程编号'),
  operators: both('the operators on duty', '值班运维人员'),
} as const;

/** For whom the link is. */
export function personalText(name: string): Text {
  const person = personText(name);
  return both(
    `This link is for ${person.en} only. Please do not forward it.`,
    `此链接仅供${person.zh}本人使用，请勿转发。`,
  );
}

/** Where a decision stands in the record. */
export function entryText(sequence: number): Text {
  return both(`entry ${sequence} of the record`, `记录第 ${sequence} 条`);
}

/** Names of persons stand in the directory; whoever is on duty does not. */
export function personText(name: string): Text {
  return name === OPERATORS ? LABELS.operators : { en: name, zh: name };
}

/** Why a decision does not count, and what to do then. */
export const REFUSALS: { readonly [refusal in Refusal]: Message } = {
  'already-decided': {
    tone: 'wait',
    title: both('This is decided already', '该事项已处理'),
    text: both('There is nothing left for you to do here.', '您无需再进行操作。'),
  },
  expired: {
    tone: 'wait',
    title: both('The time to decide is over', '审批时限已过'),
    text: both(
      'No decision counts any more, and nothing was approved without one. The requester is told and may file it again.',
      '现在的决定不再生效，系统也不会自动批准。申请人会收到通知，可重新提交。',
    ),
  },
  'sign-in-required': {
    tone: 'wait',
    title: both('A link alone is not enough for this amount', '该金额不能仅凭链接审批'),
    text: both(
      'Amounts this high are decided only by someone who has signed in. Nothing was decided. Please ask your Meridian operators to record your decision with you.',
      '金额超过链接审批上限，需登录后由本人确认。目前尚未作出决定，请联系系统运维人员协助办理。',
    ),
  },
  'over-authority': {
    tone: 'wait',
    title: both('The amount is above your approval limit', '金额超出您的审批权限'),
    text: both(
      'You cannot approve this as the last approver; you may still reject it. If your limit has changed, ask your operators to correct the directory.',
      '您不能作为最后一级审批人批准该金额，但仍可驳回。如权限有变动，请联系运维人员更新通讯录。',
    ),
  },
  'own-request': {
    tone: 'bad',
    title: both('Nobody decides on their own request', '不能审批本人的申请'),
    text: both('Somebody else must decide. The operators can see this attempt.', '须由他人审批。此次尝试已留存记录。'),
  },
  'segregation-of-duties': {
    tone: 'bad',
    title: both('Somebody else must decide this', '须由其他人审批'),
    text: both(
      'You decided an earlier step of the same purchase, such as the order that is now to be paid. Two people must do this.',
      '您已审批过同一采购的前序环节（例如采购订单），按职责分离要求，付款须由他人审批。',
    ),
  },
  'stale-version': {
    tone: 'wait',
    title: both('The document has changed since this mail was sent', '单据在邮件发出后已变更'),
    text: both(
      'A decision about the old version does not count. Please use the link of the newest mail.',
      '针对旧版本的决定无效，请使用最新邮件中的链接。',
    ),
  },
  'not-your-task': {
    tone: 'wait',
    title: both('This is not with you', '该事项目前不由您处理'),
    text: both('It is with somebody else, or not open yet.', '该事项由他人处理，或尚未到您这一级。'),
  },
  'inactive-person': {
    tone: 'bad',
    title: both('This link shows nothing any more', '此链接已失效'),
    text: both(
      'The directory does not know its owner as an active employee. If that is wrong, ask your operators.',
      '通讯录中没有该链接所属的在职员工。如有误，请联系运维人员。',
    ),
  },
  'comment-required': {
    tone: 'bad',
    title: both('A reason is needed', '请填写理由'),
    text: both('Nothing was decided yet. Please write a reason and try again.', '尚未作出决定，请填写理由后再提交。'),
  },
  'unknown-action': {
    tone: 'bad',
    title: both('That cannot be decided here', '此处不能进行该操作'),
    text: both('Nothing was decided. Please choose one of the buttons.', '尚未作出决定，请使用页面上的按钮。'),
  },
};

/** Said of a link that leads nowhere. */
export const MESSAGES = {
  unknown: {
    tone: 'bad',
    title: both('This link is not valid', '链接无效'),
    text: both(
      'It may be broken or incomplete. Please open it exactly as it stands in the mail.',
      '链接可能不完整或已损坏，请按邮件中的原样打开。',
    ),
  },
  tooManyGuesses: {
    tone: 'bad',
    title: both('Too many attempts', '尝试次数过多'),
    text: both('Please wait a minute and open the link of the mail again.', '请稍等一分钟，再打开邮件中的链接。'),
  },
  hidden: {
    tone: 'wait',
    title: both('This link has expired', '链接已过期'),
    text: both('It shows and decides nothing any more.', '该链接不再显示内容，也不能再作出决定。'),
  },
  badRequest: {
    tone: 'bad',
    title: both('This was not sent by the page', '请求无效'),
    text: both(
      'Nothing was decided. Please open the link of the mail and use the buttons there.',
      '尚未作出决定。请打开邮件中的链接，并使用页面上的按钮。',
    ),
  },
  tooLong: {
    tone: 'bad',
    title: both('The comment is too long', '意见过长'),
    text: both('Nothing was decided. Please go back and shorten it.', '尚未作出决定，请返回并缩短内容。'),
  },
} as const satisfies { readonly [name: string]: Message };

const NEXT_ORDER: { readonly [outcome: string]: Text } = {
  'next-level': both('The next approver is asked now.', '系统已通知下一级审批人。'),
  approved: both('The order is sent to the supplier next.', '接下来将向供应商下单。'),
  rejected: both('The requester is told, with your reason.', '申请人将收到通知及您的理由。'),
};

const NEXT_PAYMENT: { readonly [outcome: string]: Text } = {
  'next-level': both('The next approver is asked now.', '系统已通知下一级审批人。'),
  approved: both('The payment is requested in the ERP next.', '接下来将在 ERP 中提交付款。'),
  rejected: both('Nothing is paid. The people concerned are told.', '不会付款，相关人员将收到通知。'),
};

const NEXT: { readonly [subject in ApprovalSubject]: { readonly [outcome: string]: Text } } = {
  order: NEXT_ORDER,
  payment: NEXT_PAYMENT,
  'invoice-mismatch': {
    accepted: both('The payment goes to approval next.', '接下来进入付款审批。'),
    correct: both('Meridian waits for the corrected invoice.', '系统将等待更正后的发票。'),
    cancelled: both(
      'What can be undone is undone, and the requester is told.',
      '系统将撤销可撤销的操作，并通知申请人。',
    ),
  },
  operator: {
    retry: both('The step runs again now.', '系统正在重新执行该步骤。'),
    skip: both('The process goes on without the step.', '流程将跳过该步骤继续执行。'),
    cancelled: both(
      'What can be undone is undone, and the requester is told.',
      '系统将撤销可撤销的操作，并通知申请人。',
    ),
  },
};

/** What happens after a decision. */
export function nextText(subject: ApprovalSubject, outcome: string): Text {
  return NEXT[subject][outcome] ?? both('It is recorded.', '已记录。');
}
