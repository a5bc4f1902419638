/** What the pages of administration say. */
import type { Text } from '../pages/language.ts';
import type { HitPolicy } from '../policy/hit-policy.ts';

const both = (en: string, zh: string): Text => ({ en, zh });

export const LABELS = {
  navigation: both('Administration', '系统管理'),
  title: both('Administration', '系统管理'),
  people: both('People', '人员'),
  policies: both('Policies', '审批政策'),
  own: both('My pages', '我的页面'),
  peopleIntro: both(
    'The org chart as it counts now, what in it needs mending, and everybody’s open tasks: hand them over, or reassign one.',
    '当前生效的组织架构、需要处理的问题，以及每个人的待办：可整体移交或改派单项。',
  ),
  policiesIntro: both(
    'The tables that decide who approves, how long anything waits, and what an invoice may differ by.',
    '决定由谁审批、等待多久以及发票允许差异的政策表。',
  ),
  deployedFile: both('the file of the deployment', '随部署的文件'),
  history: both('Earlier and later: which version counted when', '版本历史'),
  mend: both('To be mended', '需要处理'),
  chart: both('Org chart', '组织架构'),
  wholeChart: both('The whole company', '全公司'),
  left: both('has left', '已离职'),
  department: both('Department', '部门'),
  posts: both('Posts', '岗位'),
  manager: both('Manager', '直属上级'),
  limit: both('Approval limit', '审批限额'),
  noLimit: both('none', '无'),
  substitute: both('Stands in when a leave names nobody', '默认代理人'),
  absences: both('Absences', '缺勤'),
  mail: both('Mail', '邮箱'),
  employeeId: both('Employee id', '工号'),
  openTasks: both('Open tasks', '待办事项'),
  noTasks: both('There is nothing open.', '没有待办事项。'),
  reassign: both('Reassign', '改派'),
  handOver: both('Hand everything over', '整体移交'),
  until: both('until', '截止'),
  handOverTo: both('To whom', '移交给'),
  nameHint: both('Employee id, mail address or full name', '工号、邮箱或完整姓名'),
  preview: both('Show what would move', '预览移交内容'),
  otherPerson: both('Somebody else', '换一个人'),
  wouldMove: both('This moves', '将移交'),
  cannotMove: both('This cannot move', '不能移交'),
  nothing: both(
    'There is nothing to move: nothing is open with this person, and nothing will come to them.',
    '没有可移交的内容：此人目前没有待办，后续层级也不涉及此人。',
  ),
  moved: both('Moved', '已移交'),
  notMoved: both(
    'Not moved: decided or moved by somebody else meanwhile, or not possible any more',
    '未移交：期间已被处理或移走，或已不能移交',
  ),
  back: both('Back to the person', '返回人员页面'),
  unknownPerson: both(
    'That is not exactly one active colleague. Please give the employee id or the mail address.',
    '未找到唯一的在职同事，请填写工号或邮箱。',
  ),
  samePerson: both('That is the person whose tasks these are.', '不能移交给本人。'),
  recorded: both(
    'The record of each process says that you did it. Both people get mails.',
    '每个流程的记录都会写明由您操作，双方均会收到邮件。',
  ),
  always: both('Always', '任何情况'),
  columns: both('Asked for', '输入'),
  digest: both('SHA-256 of the table', '政策表的 SHA-256'),
  tryIt: both('Who would approve?', '由谁审批？'),
  tryIntro: both(
    'Answered by the tables and the directory as they count now. Nothing is filed or recorded.',
    '按当前政策表和组织目录计算，不会提交或记录任何内容。',
  ),
  subject: both('What is asked', '审批事项'),
  amount: both('Amount', '金额'),
  costCentre: both('Cost centre', '成本中心'),
  categories: both('Categories of its lines, separated by commas (may be empty)', '各行类别，以逗号分隔（可留空）'),
  currency: both('Currency of the document (empty: the company’s)', '单据币种（留空：公司本位币）'),
  legalEntity: both(
    'Legal entity that it names (empty: that of the cost centre)',
    '单据注明的法人实体（留空：按成本中心）',
  ),
  wrongCurrency: both('Please give a currency of ISO 4217, such as EUR.', '请填写 ISO 4217 币种代码，例如 EUR。'),
  requester: both('Requester', '申请人'),
  show: both('Show', '查询'),
  wrongAmount: both(
    'Please give a plain number that is not negative, such as 5960.00.',
    '请填写非负数字，例如 5960.00。',
  ),
  wrongCostCentre: both('The directory has no such cost centre.', '组织目录中没有此成本中心。'),
  asked: both('Who is asked', '审批人'),
  firedRows: both('Rows that fire', '命中的行'),
  copied: both('Who is copied', '抄送人员'),
  detours: both('Because', '原因'),
  linkLimit: both('A link alone decides up to', '仅凭邮件链接可审批的上限'),
  nobody: both('Nobody may approve it', '无人可审批'),
  policiesFoot: both(
    'Tables change with a deployment of the stack. Each version is kept from the first approval that it was asked about.',
    '政策表随部署更新；每个版本自首次用于审批起保留。',
  ),
  policyHistory: both('Versions, newest first', '版本历史（新的在前）'),
  notUsedYet: both(
    'The version that is deployed has not been asked about an approval yet.',
    '当前部署的版本尚未用于任何审批。',
  ),
  usedAgain: both(
    'An earlier version is deployed again. The record of each process says by which version it was routed.',
    '当前部署的是较早的版本；每个流程的记录注明其所用版本。',
  ),
  inForce: both('deployed now', '当前部署'),
  firstVersion: both('The first version that is known.', '已知的第一个版本。'),
  olderVersions: both('Older versions are not shown.', '更早的版本未显示。'),
  tooLongToCompare: both('it is too long to be kept, and cannot be compared', '此表过大，未保留，无法比较'),
  showEffect: both('Which requests go another way?', '哪些申请的审批路径不同？'),
  effect: both('Requests that go another way', '审批路径不同的申请'),
  noEffect: both('Every request goes the same way.', '所有申请的路径均不变。'),
  tooManyRequests: both(
    'There are too many kinds of requests to compare on a page; npm run policy -- diff has no limit.',
    '申请种类过多，无法在页面上比较；可使用 npm run policy -- diff。',
  ),
  moreEffects: both(
    'There is more; npm run policy -- diff says it all.',
    '还有更多，完整结果可用 npm run policy -- diff 查看。',
  ),
} as const;

/** A row of a table, by its number. */
export const rowText = (row: number): Text => both(`row ${row}`, `第 ${row} 行`);

/** How the rows of a table go together. */
export const HIT_POLICIES: { readonly [policy in HitPolicy]: Text } = {
  UNIQUE: both('One row at most fits each case', '每种情况最多命中一行'),
  'RULE ORDER': both('Every row that fits counts, in the order of the table', '所有命中的行按表中顺序生效'),
  COLLECT: both('Every row that fits counts', '所有命中的行均生效'),
  FIRST: both('The first row that fits counts', '仅第一条命中的行生效'),
  ANY: both('Rows that fit say the same', '命中的各行结果一致'),
  PRIORITY: both('Of the rows that fit the one of the highest priority counts', '命中的行中优先级最高者生效'),
  'OUTPUT ORDER': both('Every row that fits counts, the highest priority first', '所有命中的行按优先级生效'),
};
