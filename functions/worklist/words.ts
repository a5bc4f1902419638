/** What the pages of somebody's own tasks and requests say. */
import type { Text } from '../pages/language.ts';

const both = (en: string, zh: string): Text => ({ en, zh });

export const LABELS = {
  noTasks: both('There is nothing for you to decide.', '目前没有需要您处理的事项。'),
  standInTasks: both('Of those for whom you stand in', '您代理的同事的待办'),
  awayIs: both('In place of', '代理'),
  noCopies: both('Nobody has copied you yet.', '还没有抄送给您的事项。'),
  noRequests: both('You have not asked for anything yet.', '您还没有提交过申请。'),
  allKinds: both('All', '全部'),
  kinds: both('Kind of task', '任务类型'),
  opinion: both('Your opinion is asked for', '征求您的意见'),
  copiedBy: both('Copied by', '抄送人'),
  overdueAfter: both('Decide by', '审批截止'),
  more: both('Next page', '下一页'),
  first: both('First page', '第一页'),
  started: both('Started', '开始'),
  ended: both('Ended', '结束'),
  operators: both('the operators', '运维人员'),
  urge: both('Urge', '催办'),
  notUrged: both('Nobody was urged', '未能催办'),
} as const;

/** Said once an urge counts. */
export const URGED = {
  title: both('They were urged', '已催办'),
  text: both('Whoever has it now gets a mail.', '当前处理人将收到提醒邮件。'),
} as const;
