/** What a person reads when something does not count: why, and what to do then. */
import { both } from '../pages/language.ts';
import type { Message } from '../pages/message-page.tsx';
import type { Refusal } from './domain/approval-events.ts';
import { AUTHORITY_REFUSALS } from './refusal-words-authority.ts';

/** Where people can sign in, in the place of `sign-in-required`. */
export const SIGN_IN_FIRST: Message = {
  tone: 'wait',
  title: both('Please sign in to decide this', '请登录后审批'),
  text: both(
    'A link alone is not enough for this amount. After signing in you come back to this page.',
    '该金额不能仅凭链接审批。登录后将回到本页面。',
  ),
};

/** Why a decision does not count, and what to do then. */
export const REFUSALS: { readonly [refusal in Refusal]: Message } = {
  ...AUTHORITY_REFUSALS,
  'too-many-files': {
    tone: 'wait',
    title: both('There are too many files already', '附件数量已达上限'),
    text: both('The file was not kept. Please put what matters into a comment.', '附件未保存，请将要点写入意见。'),
  },
  'unfit-file': {
    tone: 'wait',
    title: both('The file was not kept', '附件未保存'),
    text: both(
      'Its content is none of what is taken: PDF, PNG, JPEG, WebP, HEIC, Word, Excel or PowerPoint files. Please send it in one of these.',
      '文件内容不属于可接受的格式（PDF、PNG、JPEG、WebP、HEIC、Word、Excel、PowerPoint），请转换后重新上传。',
    ),
  },
  'already-decided': {
    tone: 'wait',
    title: both('This is decided already', '该事项已处理'),
    text: both('There is nothing left for you to do here.', '您无需再进行操作。'),
  },
  'urged-already': {
    tone: 'wait',
    title: both('They were urged a short time ago', '近期已催办'),
    text: both('Please give them some working hours before you urge again.', '请间隔数个工作小时后再次催办。'),
  },
  returned: {
    tone: 'wait',
    title: both('The requester is changing this', '申请人正在修改'),
    text: both(
      'It was returned to the requester. Whoever is asked about the new version gets a new mail; this link decides nothing any more.',
      '该申请已退回申请人修改。新版本提交后，系统会另行通知审批人，此链接不再有效。',
    ),
  },
  withdrawn: {
    tone: 'wait',
    title: both('The request was withdrawn', '申请已撤回'),
    text: both(
      'The requester took it back: there is nothing left to decide, and no decision counts any more.',
      '申请人已撤回该申请，无需再审批，现在的决定不再生效。',
    ),
  },
  expired: {
    tone: 'wait',
    title: both('The time to decide is over', '审批时限已过'),
    text: both(
      'No decision counts any more, and nothing was approved without one. The requester is told and may file it again.',
      '现在的决定不再生效，系统也不会自动批准。申请人会收到通知，可重新提交。',
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
  'not-your-turn': {
    tone: 'wait',
    title: both('Others come first', '尚未轮到您'),
    text: both(
      'Somebody before you is still to decide. You will get a mail when it is your turn.',
      '前面还有审批人未处理，轮到您时系统会发送邮件。',
    ),
  },
  'taken-by-another': {
    tone: 'wait',
    title: both('A colleague has taken this up', '已由同事处理'),
    text: both('You are asked again should they give it back.', '如对方退回，系统会再次通知您。'),
  },
  'claim-first': {
    tone: 'wait',
    title: both('Claim the task first', '请先认领'),
    text: both(
      'Whoever claims the task decides it, and nobody else may meanwhile.',
      '认领后由您审批，其他人暂不能处理。',
    ),
  },
  'with-delegate': {
    tone: 'wait',
    title: both('You asked for an opinion', '您已征求他人意见'),
    text: both(
      'You decide when it is there, or after you no longer wait for it.',
      '收到意见后或取消征求后，即可作出决定。',
    ),
  },
  'choose-next': {
    tone: 'bad',
    title: both('Please choose who is asked next', '请选择下一审批人'),
    text: both(
      'Nothing was decided yet: whoever decides last here chooses who decides after them.',
      '尚未作出决定：由本级最后作出决定的人选择下一审批人。',
    ),
  },
  'nobody-to-choose': {
    tone: 'wait',
    title: both('Nobody can be asked next', '下一级暂无可选的审批人'),
    text: both(
      'Those who could be chosen for the next level have left. Nothing was decided yet: the operators have been told and correct who is asked. Please decide then.',
      '下一级可选的审批人均已离职。目前尚未作出决定，运维人员已收到通知并将更正，请稍后再审批。',
    ),
  },
  'unfit-person': {
    tone: 'bad',
    title: both('It cannot be that person', '不能选择该人员'),
    text: both(
      'It must be exactly one active colleague who is neither the requester nor asked already, here or on another level. Please give the employee id or mail address.',
      '须为唯一的在职同事，且不是申请人或本级及其他级的审批人。请填写工号或邮箱。',
    ),
  },
  'sees-it-already': {
    tone: 'wait',
    title: both('They see it already', '对方已可查看'),
    text: both(
      'The requester, and whoever is or was asked, need not be copied. Nothing has changed.',
      '申请人及审批人无需抄送。未作任何更改。',
    ),
  },
  'too-many-copies': {
    tone: 'bad',
    title: both('Enough people were copied', '抄送人数已达上限'),
    text: both('Nobody further can be copied here. You can still decide.', '此处不能再抄送，但您仍可作出决定。'),
  },
  'copied-only': {
    tone: 'wait',
    title: both('For your information', '抄送知悉'),
    text: both(
      'You were copied. You can read this, and there is nothing for you to do or decide.',
      '该事项抄送给您，仅供查阅，无需您处理。',
    ),
  },
  'handed-on-too-often': {
    tone: 'bad',
    title: both('It has gone round often enough', '流转次数过多'),
    text: both('Please decide it, or ask your operators.', '请作出决定，或联系运维人员。'),
  },
  'too-many-signers': {
    tone: 'bad',
    title: both('There are too many signers', '加签人数已达上限'),
    text: both('Nobody further can be added on this level.', '本级不能再加签。'),
  },
  'too-many-remarks': {
    tone: 'bad',
    title: both('Enough has been said', '意见数量已达上限'),
    text: both(
      'No further comments and opinions are kept here. You can still decide.',
      '此处不能再发表或征求意见，但您仍可作出决定。',
    ),
  },
  'no-such-level': {
    tone: 'bad',
    title: both('There is no such level', '没有该审批层级'),
    text: both('The question can go back to earlier levels only.', '只能退回到之前的层级。'),
  },
  'nothing-to-take-back': {
    tone: 'wait',
    title: both('It is too late to take that back', '已不能取回'),
    text: both('Somebody has acted since, or the process has gone on.', '后续已有人处理，或流程已继续。'),
  },
  'not-possible-here': {
    tone: 'bad',
    title: both('That is not possible here', '此处不能进行该操作'),
    text: both('Nothing has changed.', '未作任何更改。'),
  },
};
