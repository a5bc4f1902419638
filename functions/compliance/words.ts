/** Words of the pages of compliance. */
import { both, type Text } from '../pages/language.ts';
import type { CaseDecision } from './domain/case-state.ts';
import type { ComplianceRule } from './domain/finding.ts';

export const LABELS = {
  title: both('Compliance', '合规'),
  openCases: both('Open cases', '待处理案件'),
  noCases: both('No case is open.', '没有待处理的案件。'),
  case: both('Case', '案件编号'),
  severity: both('Severity', '严重程度'),
  owner: both('Owner', '负责人'),
  deadline: both('Decide before', '处理截止'),
  held: both('On hold', '已冻结'),
  found: both('What was seen', '发现内容'),
  processes: both('Processes', '相关流程'),
  evidence: both('Evidence', '证据'),
  entry: both('entry', '记录'),
  history: both('What happened', '处理过程'),
  record: both('The record of the case', '案件记录'),
  decide: both('Decide', '处理'),
  reason: both('Reason', '理由'),
  reasonHint: both(
    'It stands in the record of the case. Name no more about people than is needed.',
    '将写入案件记录，请勿填写不必要的个人信息。',
  ),
  assign: both('Give the case to somebody else', '转交案件'),
  assignTo: both('Employee id or name', '工号或姓名'),
  assignButton: both('Give it to them', '转交'),
  decided: both('Decided', '已处理'),
  refused: both('Nothing was changed', '操作未生效'),
  done: both('Done', '已完成'),
  back: both('All open cases', '全部待处理案件'),
  approvalNote: both(
    'The processes wait for one more approval, by somebody who has no part in them. Until it is given or denied nothing can be decided here.',
    '相关流程正等待未参与其中的人员追加审批；审批完成前无法在此处理。',
  ),
} as const;

export const DECISIONS: { readonly [decision in CaseDecision]: Text } = {
  release: both('Let the processes go on', '解除冻结，继续流程'),
  cancel: both('End the processes', '终止流程'),
  close: both('Close the case', '关闭案件'),
};

export const SEVERITY_WORDS: { readonly [severity in ComplianceRule['severity']]: Text } = {
  low: both('Low', '低'),
  medium: both('Medium', '中'),
  high: both('High', '高'),
};

const FACTS: { readonly [fact: string]: Text } = {
  subject: both('Question', '审批事项'),
  amount: both('Amount', '金额'),
  approvers: both('Approved by', '审批人'),
  employeeId: both('Person', '人员'),
  duty: both('Duty', '职责冲突'),
  seconds: both('Seconds', '秒数'),
  refusals: both('Refused because', '拒绝原因'),
  document: both('Document', '单据'),
  number: both('Number', '单号'),
  expected: both('Expected', '应为'),
  found: both('Found', '实为'),
  supplier: both('Supplier', '供应商'),
  costCentre: both('Cost centre', '成本中心'),
  invoices: both('Invoices', '发票'),
  numbers: both('Numbers on paper', '票面号码'),
  totals: both('Totals', '金额'),
  total: both('Together', '合计'),
  limit: both('Limit', '限额'),
  requesters: both('Requested by', '申请人'),
  wait: both('Waits for', '等待'),
  owner: both('Answers for it', '负责人'),
  deadline: both('Deadline', '截止'),
  post: both('Post', '岗位'),
  tables: both('Tables', '规则表'),
  table: both('Table', '政策表'),
  calendar: both('Calendar', '日历'),
  lastDay: both('Last day', '最后一天'),
  field: both('What differs', '差异项目'),
  part: both('Line', '行'),
  fix: both('Safe fix', '安全的处理方式'),
  party: both('Supplier or employee', '供应商或员工'),
  key: both('Reference that it carries', '所带业务编号'),
  createdAt: both('Entered in the ERP', 'ERP 录入时间'),
  changedAt: both('Account changed', '账户变更时间'),
  earlierCase: both('Decided before, and there again', '曾处理后再次出现（原案件）'),
};

/** Name of a fact of a finding. */
export function factText(name: string): Text {
  return FACTS[name] ?? both(name, name);
}
