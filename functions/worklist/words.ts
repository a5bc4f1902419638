/** What the pages of somebody's own tasks and requests say. */
import type { Text } from '../pages/language.ts';

const both = (en: string, zh: string): Text => ({ en, zh });

export const LABELS = {
  tasks: both('My tasks', '我的待办'),
  requests: both('My requests', '我的申请'),
  account: both('Account', '账户'),
  navigation: both('My pages', '我的页面'),
  noTasks: both('There is nothing for you to decide.', '目前没有需要您处理的事项。'),
  noRequests: both('You have not asked for anything yet.', '您还没有提交过申请。'),
  allKinds: both('All', '全部'),
  kinds: both('Kind of task', '任务类型'),
  opinion: both('Your opinion is asked for', '征求您的意见'),
  overdueAfter: both('Decide by', '审批截止'),
  since: both('Since', '自'),
  more: both('Next page', '下一页'),
  first: both('First page', '第一页'),
  running: both('Running', '进行中'),
  started: both('Started', '开始'),
  ended: both('Ended', '结束'),
  has: both('Now with', '当前处理人'),
  waits: both('Waits for', '等待'),
  until: both('until', '截止'),
  history: both('What happened', '过程记录'),
  operators: both('the operators', '运维人员'),
} as const;
