/** What the OA is told about a request, whatever is asked for, in both languages. Pure. */
import type { OaMessage, OaStatus } from '../../process/domain/process.ts';
import type { FieldIssue } from '../../runtime/errors.ts';
import type { Reason } from './request.ts';
import type { ResubmissionRefusal } from './rework.ts';

/** `noun`: what was filed, in an English sentence. */
export function acceptedMessage(noun: string): OaMessage {
  return message('accepted', `The ${noun} is complete and being processed.`, '申请已受理，正在处理。');
}

export function duplicateMessage(noun: string, processId: string): OaMessage {
  return message(
    'duplicate',
    `A different request was filed before under the same request number; this ${noun} is not processed. File it under a new number.`,
    '该申请编号此前已提交过内容不同的申请，本次未受理。请使用新的编号重新提交。',
    { processId },
  );
}

export function withdrawalRefusedMessage(reason: Reason): OaMessage {
  return { status: 'withdrawal-refused', text: reason, facts: {} };
}

/** The requester is to change it. `reason` of an approver: as they wrote it, in whatever language. */
export function returnedMessage(
  noun: string,
  reason: Reason,
  facts: { readonly version: number; readonly deadline: string },
): OaMessage {
  return message(
    'returned',
    `Please change the ${noun} and send it again: ${reason.en}`,
    `请修改后重新提交：${reason.zh}`,
    facts,
  );
}

/** What was sent again changed nothing. */
export function resubmissionRefusedMessage(reason: Reason, facts: OaMessage['facts']): OaMessage {
  return { status: 'resubmission-refused', text: reason, facts };
}

/** How a process ended, to be told as its last word. */
export interface Ending extends Reason {
  readonly status: OaStatus;
}

/** Ends that every request can come to. Given is what was filed, in the middle of a sentence. */
export function commonEndings({ en, zh }: { readonly en: string; readonly zh: string }) {
  return {
    refused: { status: 'refused', en: `The ${en} cannot be processed:`, zh: `${zh}无法受理：` },
    rejected: { status: 'rejected', en: `The ${en} was rejected.`, zh: `${zh}被驳回。` },
    withdrawn: { status: 'withdrawn', en: `The ${en} is withdrawn.`, zh: `${zh}已撤回。` },
    cancelled: { status: 'cancelled', en: `The ${en} is cancelled.`, zh: `${zh}已取消。` },
    expired: {
      status: 'expired',
      en: `The time for it is over; the ${en} has expired.`,
      zh: `处理超时，${zh}已失效。`,
    },
  } as const satisfies Readonly<Record<string, Ending>>;
}

/** `reason`: why it ended so, where there is more to say than that. */
export function closingMessage(ending: Ending, reason: Reason | undefined, facts: OaMessage['facts']): OaMessage {
  return message(
    ending.status,
    reason === undefined ? ending.en : `${ending.en} ${reason.en}`,
    reason === undefined ? ending.zh : `${ending.zh}${reason.zh}`,
    { ...facts, final: true },
  );
}

/** Every issue with its field and remedy. */
export function issuesReason(issues: readonly FieldIssue[]): Reason {
  const text = issues.map((issue) => `${issue.field}: ${issue.problem} (${issue.remedy})`).join('; ');
  return { en: text, zh: text };
}

/** Why a withdrawal is not taken, whatever was asked for. */
export const WITHDRAWAL_REFUSALS = {
  ended: { en: 'It has ended already and cannot be withdrawn.', zh: '流程已结束，无法撤回。' },
  'payment-requested': { en: 'Its payment is on the way; it cannot be withdrawn.', zh: '付款已提交，无法撤回。' },
  'not-the-requester': { en: 'Only the requester may withdraw it.', zh: '只有申请人本人可以撤回。' },
} as const satisfies { readonly [refusal: string]: Reason };

/** Why what was sent again is not taken. */
export function resubmissionRefusalReason(noun: string, refusal: ResubmissionRefusal): Reason {
  return RESUBMISSION_REFUSALS[refusal](noun);
}

const RESUBMISSION_REFUSALS: { readonly [refusal in ResubmissionRefusal]: (noun: string) => Reason } = {
  duplicate: () => ({
    en: 'Something else was received under the same event id; send it as an event of its own.',
    zh: '相同事件编号此前已收到其他内容，请以新的事件编号重新发送。',
  }),
  ended: (noun) => ({ en: `The process has ended; file a new ${noun}.`, zh: '流程已结束，请重新发起申请。' }),
  'not-the-requester': () => ({ en: 'Only the requester may send it again.', zh: '只有申请人本人可以重新提交。' }),
  'other-version': () => ({
    en: 'It takes the place of another version than the one that stands.',
    zh: '所替换的版本不是当前版本，未予受理。',
  }),
  'not-asked-for': (noun) => ({
    en: `The ${noun} was not returned, or what was sent before is still being checked.`,
    zh: '该申请未被退回，或此前提交的内容仍在校验中。',
  }),
  'too-late': () => ({ en: 'The time to change it is over.', zh: '修改期限已过。' }),
  'too-often': () => ({
    en: 'It was sent too often. Withdraw it and file a new one.',
    zh: '重新提交次数过多，请撤回后重新发起申请。',
  }),
};

/** For the messages that only one process has. */
export function message(status: OaStatus, en: string, zh: string, facts: OaMessage['facts'] = {}): OaMessage {
  return { status, text: { en, zh }, facts };
}
