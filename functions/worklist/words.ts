/** What the pages of somebody's own tasks and requests say. */
import { both } from '../pages/language.ts';

export const LABELS = {
  noTasks: both('There is nothing for you to decide.', '目前没有需要您处理的事项。'),
  standInTasks: both('Of those for whom you stand in', '您代理的同事的待办'),
  awayIs: both('In place of', '代理'),
  noDecided: both('You have not decided anything yet.', '您还没有处理过审批事项。'),
  countsNoMore: both('counts no more', '已失效'),
  becameOfIt: both('What became of it:', '结果：'),
  underWay: both('under way', '审批中'),
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
  withdraw: both('Withdraw', '撤回'),
  withdrawalHint: both(
    'Those who are asked now are told, and so is the OA. What was ordered or booked for it is taken back. It cannot be undone: file a new request instead.',
    '撤回后，当前处理人和 OA 会收到通知，已下的订单或已登记的缺勤会被取消。撤回后不能恢复，如有需要请重新提交申请。',
  ),
  reason: both('Why you withdraw it', '撤回原因'),
  reasonHint: both('It is kept in the record.', '将保存在审批记录中。'),
  reasonMissing: both('Please write a reason first.', '请先填写原因。'),
  keep: both('Back to my requests', '返回我的申请'),
  cannotWithdraw: both('It cannot be withdrawn', '无法撤回'),
  notWithdrawn: both('It was not withdrawn', '未能撤回'),
  notUrged: both('Nobody was urged', '未能催办'),
} as const;

/** Said once an urge counts. */
export const URGED = {
  title: both('They were urged', '已催办'),
  text: both('Whoever has it now gets a mail.', '当前处理人将收到提醒邮件。'),
} as const;

/** Said once a withdrawal counts. */
export const WITHDRAWN = {
  title: both('It is withdrawn', '已撤回'),
  text: both('Nothing more is decided about it. The OA is told.', '流程不再继续审批，OA 将收到通知。'),
} as const;
