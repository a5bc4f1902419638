/** What the operators' pages say. */
import { both, type Text } from '../pages/language.ts';
import type { ActRefusal } from './act-on-trouble.ts';
import type { ActState } from './domain/act.ts';
import type { OperatorAction } from './domain/trouble.ts';

export const LABELS = {
  navigation: both('Operations', '运维'),
  title: both('What waits for an operator', '待运维处理'),
  versions: both('Versions', '流程版本'),
  own: both('My pages', '我的页面'),
  nothing: both('Nothing waits for an operator.', '没有待运维处理的事项。'),
  waiting: both('Failed and waiting', '失败与等待'),
  since: both('since', '起始于'),
  step: both('Step', '步骤'),
  error: both('Error', '错误'),
  message: both('What happened', '详情'),
  process: both('Process', '流程'),
  execution: both('Execution', '执行'),
  noProcess: both('no process yet', '尚无流程'),
  noAction: both('Nothing can be done about it from here.', '无法在此处理。'),
  several: both('Do the same with all that are ticked', '对勾选的事项执行同一操作'),
  tick: both('Tick', '勾选'),
  action: both('Action', '操作'),
  preview: both('Show what it would touch', '预览涉及的流程'),
  wouldTouch: both('This is touched', '将涉及'),
  wouldNot: both('This is not touched', '不会涉及'),
  gone: both('Waits no more', '已不再等待'),
  reason: both('Reason', '原因'),
  reasonHint: both('Needed; it stands in the record of the process.', '必填，将写入流程记录。'),
  recorded: both('The record says that you did it.', '记录会写明由您操作。'),
  askedFor: both('Asked for', '已提出'),
  askedForFoot: both(
    'It counts as done only when the step has succeeded: this page says so then.',
    '只有步骤真正成功后才算完成，届时本页会显示。',
  ),
  refused: both('Refused', '已拒绝'),
  acts: both('Asked for of late', '近期操作'),
  by: both('by', '操作人'),
  done: both('What was already done', '已完成的内容'),
  letters: both('Dead letters', '死信'),
  lettersFoot: both(
    'SQS shows some of a large queue at a time. Links, addresses, tokens and long numbers are left out.',
    '队列较大时每次只显示一部分；链接、地址、令牌和长数字已隐去。',
  ),
  noLetters: both('There are none here now.', '目前没有死信。'),
  sendAgain: both('Send again', '重新发送'),
  about: both('About', '涉及'),
  untitledLetter: both('names no process', '未提及流程'),
  letterGone: both('Not here any more, or not shown by SQS now', '已不在队列中，或 SQS 此刻未返回'),
  back: both('Back to the list', '返回列表'),
  current: both('new processes run it', '新流程使用'),
  published: both('Published', '发布于'),
  running: both('running', '进行中'),
  runningUnknown: both(
    'not known whether any runs: more executions run than are looked at',
    '是否有进行中的执行尚不确定：进行中的执行过多，未能全部查看',
  ),
  unversioned: both('started without a version', '未按版本启动'),
  versionsFoot: both(
    'A process that runs keeps the version that it started with. A version without running executions is drained.',
    '进行中的流程始终使用启动时的版本；没有进行中执行的版本即已排空。',
  ),
  noReason: both('Please give a reason.', '请填写原因。'),
  yourName: both('your name', '您的姓名'),
  whole: both('The whole record is verified by', '完整记录的核验命令：'),
} as const;

export const ACTION_NAMES: { readonly [action in OperatorAction]: Text } = {
  retry: both('Try the step again', '重试该步骤'),
  skip: both('Go on without the step', '跳过该步骤'),
  cancel: both('Cancel, and undo what was done', '取消并撤销已完成的内容'),
  redrive: both('Go on at the step that failed', '从失败的步骤继续'),
  'send-again': both('Tell the OA again', '重新通知 OA'),
};

export const STATE_NAMES: { readonly [state in ActState]: Text } = {
  'asked-for': both('asked for', '已提出'),
  done: both('done', '已完成'),
  'failed-again': both('failed again', '再次失败'),
  gone: both('history not kept any more', '历史已不再保留'),
};

export const REFUSAL_NAMES: { readonly [refusal in ActRefusal]: Text } = {
  'waits-no-more': both('It waits no more: somebody else was faster.', '已不再等待，可能已由他人处理。'),
  'not-offered': both('This cannot be done about it.', '该事项不支持此操作。'),
  'reason-needed': both('It needs a reason.', '需要填写原因。'),
  'own-request': both(
    'It is your own request: another operator must do it.',
    '这是您本人的申请，须由其他运维人员处理。',
  ),
  refused: both('It was refused where it was to be done.', '执行方已拒绝。'),
};

export function countText(count: number, noun: Text): Text {
  return both(`${noun.en} (${count})`, `${noun.zh}（${count}）`);
}

/** Executions that ended badly beyond those that are shown; `isAtLeast`: not all were looked at. */
export function furtherEnds(count: number, isAtLeast: boolean): Text {
  return both(
    `${count}${isAtLeast ? ' or more' : ''} further executions ended badly`,
    isAtLeast ? `另有至少 ${count} 个执行异常结束` : `另有 ${count} 个执行异常结束`,
  );
}
