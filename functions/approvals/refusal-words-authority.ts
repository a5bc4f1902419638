/** What a person reads who may not decide: because of who they are, or how much they may commit the company to. */
import { both } from '../pages/language.ts';
import type { Message } from '../pages/message-page.tsx';
import type { Refusal } from './domain/approval-events.ts';

/** Why the person may not decide, and what to do then. */
export const AUTHORITY_REFUSALS = {
  'sign-in-required': {
    tone: 'wait',
    title: both('A link alone is not enough for this amount', '该金额不能仅凭链接审批'),
    text: both(
      'Amounts this high are decided only by someone who has signed in. Nothing was decided. Please ask your Meridian operators to record your decision with you.',
      '金额超过链接审批上限，需登录后由本人确认。目前尚未作出决定，请联系系统运维人员协助办理。',
    ),
  },
  'sign-in-as-approver': {
    tone: 'wait',
    title: both('Somebody else is signed in', '当前登录的不是该审批人'),
    text: both(
      'Nothing was decided. Amounts this high are decided only by the person who was asked, signed in themselves.',
      '目前尚未作出决定。该金额须由被指定的审批人本人登录后审批。',
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
  'split-purchases': {
    tone: 'wait',
    title: both('It is part of a larger purchase', '该采购属于同一笔较大采购'),
    text: both(
      'Since you were asked, the same person asked for more from the same supplier. Together it is above the limit below which one purchase is decided by itself. Nothing was decided: the task now goes to whom the rules name for the sum. If you are among them, you see the sum on the page and may decide then.',
      '在请您审批之后，同一申请人又向同一供应商提出了采购，合计已超过单笔采购的限额。目前尚未作出决定：任务将按合计金额的规则转给相应审批人。若您也在其中，页面会显示合计金额，届时可再作决定。',
    ),
  },
  'substitute-over-authority': {
    tone: 'wait',
    title: both('The amount is above your approval limit', '金额超出您的审批权限'),
    text: both(
      'You stand in for somebody here, and your own limit, or theirs, does not cover this amount. Nothing was decided. Where the task is with you, you may still reject it or give it to somebody whose limit covers it; otherwise it stays with them. Reminders and escalation follow.',
      '您在此代理他人审批，但您本人或被代理人的审批权限不足以覆盖该金额。目前尚未作出决定。如任务在您处，您仍可驳回，或转给权限足够的人员；否则仍由原审批人处理。系统将按期提醒并升级。',
    ),
  },
  'decided-before': {
    tone: 'wait',
    title: both('Somebody else must approve this level', '本级须由其他人批准'),
    text: both(
      'Whoever has approved one level of a request does not approve another one of it, for whomever they stand in. Nothing was decided. They may still reject it, or give it to a colleague who has decided nothing here.',
      '同一申请中，已批准过某一级的人员不能再以代理、转办、移交、升级或加签等方式批准另一级。目前尚未作出决定；仍可驳回，或转给未参与审批的同事。',
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
  'inactive-person': {
    tone: 'bad',
    title: both('This link shows nothing any more', '此链接已失效'),
    text: both(
      'The directory does not know its owner as an active employee. If that is wrong, ask your operators.',
      '通讯录中没有该链接所属的在职员工。如有误，请联系运维人员。',
    ),
  },
} satisfies { readonly [refusal in Refusal]?: Message };
