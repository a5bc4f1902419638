/** Words of what people do with a task besides deciding it. */
import { both, type Text } from '../pages/language.ts';

export const TASK_LABELS = {
  more: both('More', '更多操作'),
  to: both('Colleague (employee id, mail address or full name)', '同事（工号、邮箱或姓名）'),
  words: both('Note', '附言'),
  where: both('Signs', '签署顺序'),
  target: both('Back to', '退回至'),
  signer: both('Signer', '加签人'),
  opinion: both('Your opinion', '您的意见'),
} as const;

/** On the button of each task. */
export const TASK_BUTTONS = {
  comment: both('Leave a comment', '发表意见'),
  claim: both('Claim', '认领'),
  release: both('Give back to the group', '退回待认领'),
  transfer: both('Transfer', '转办'),
  delegate: both('Ask for an opinion', '征求意见（委派）'),
  copy: both('Copy to a colleague', '抄送'),
  'give-back': both('Send the opinion', '提交意见'),
  recall: both('Wait no longer for the opinion', '取消征求意见'),
  'take-back': both('Take back my decision', '取回我的决定'),
  'add-signer': both('Add a signer', '加签'),
  'remove-signer': both('Remove the signer', '减签'),
  'return-to-level': both('Send back', '退回'),
  'return-to-requester': both('Return to the requester for changes', '退回申请人修改'),
} as const;

export const PLACES = {
  before: both('before me', '在我之前'),
  beside: both('beside me', '与我并行'),
  after: both('after me', '在我之后'),
} as const;

/** Once it is done. */
export const TASK_DONE: { readonly [task in keyof typeof TASK_BUTTONS]: Text } = {
  comment: both('Your comment is kept', '意见已保存'),
  claim: both('The task is yours', '已认领'),
  release: both('The task is back with the group', '已退回待认领'),
  transfer: both('The task is transferred', '已转办'),
  delegate: both('Your colleague is asked', '已征求意见'),
  copy: both('Your colleague is copied', '已抄送'),
  'give-back': both('Your opinion is sent', '意见已提交'),
  recall: both('The opinion is no longer waited for', '已取消征求意见'),
  'take-back': both('Your decision is taken back', '已取回'),
  'add-signer': both('The signer is asked', '已加签'),
  'remove-signer': both('The signer is removed', '已减签'),
  'return-to-level': both('The question is sent back', '已退回'),
  'return-to-requester': both('The requester is asked to change it', '已退回申请人修改'),
};
