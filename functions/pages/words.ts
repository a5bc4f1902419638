/** Words that mails, the decision page and the timeline share. Names without words of their own are shown as they are. */
import type { ApprovalSubject } from '../approvals/domain/plan.ts';
import { both, type Text } from './language.ts';

type Words = { readonly [name: string]: Text };

/** What is to be decided. */
export const SUBJECTS: { readonly [subject in ApprovalSubject]: Text } = {
  order: both('Purchase approval', '采购审批'),
  payment: both('Payment approval', '付款审批'),
  'invoice-mismatch': both('Invoice difference', '发票差异处理'),
  expense: both('Expense approval', '报销审批'),
  'expense-exception': both('Expense review', '报销异常复核'),
  leave: both('Leave or travel', '请假与出差审批'),
  office: both('Office approval', '办公审批'),
  'engineering-change': both('Engineering change', '工程变更审批'),
  compliance: both('One more approval, asked for by compliance', '合规追加审批'),
  operator: both('Step that needs a person', '待人工处理的步骤'),
};

/** On a button. */
const ACTIONS: Words = {
  approve: both('Approve', '同意'),
  reject: both('Reject', '驳回'),
  accept: both('Accept as it is', '同意放行'),
  correct: both('Ask for a corrected invoice', '要求更正发票'),
  cancel: both('Cancel the process', '取消流程'),
  retry: both('Try again', '重试'),
  skip: both('Skip this step', '跳过此步骤'),
};

/** Once it is done. */
const DONE: Words = {
  approve: both('Approved', '已同意'),
  reject: both('Rejected', '已驳回'),
  accept: both('Accepted as it is', '已同意放行'),
  correct: both('Correction requested', '已要求更正'),
  corrected: both('Corrected', '已更正'),
  cancel: both('Cancelled', '已取消'),
  retry: both('Tried again', '已重试'),
  skip: both('Skipped', '已跳过'),
  comment: both('Comment', '意见'),
  question: both('Question', '征求意见'),
  opinion: both('Opinion', '回复意见'),
  'sent-back': both('Sent back', '退回'),
  returned: both('Returned to the requester', '退回申请人'),
};

/** How an approval, a wait or a process ended. */
const OUTCOMES: Words = {
  approved: both('Approved', '已批准'),
  rejected: both('Rejected', '已驳回'),
  accepted: both('Accepted as it is', '已同意放行'),
  correct: both('Correction requested', '已要求更正'),
  retry: both('Tried again', '已重试'),
  skip: both('Skipped', '已跳过'),
  paid: both('Paid', '已付款'),
  posted: both('Posted', '已入账'),
  settled: both('Set off against the advance', '已冲抵借款'),
  granted: both('Granted', '已批准'),
  implemented: both('Carried out', '已实施'),
  stale: both('Overtaken by another change', '因物料清单已变更而未执行'),
  'handed-over': both('Handed over to payroll', '已交付薪资'),
  completed: both('Completed', '已完成'),
  confirmed: both('Confirmed', '已确认'),
  disputed: both('Disputed', '有异议'),
  unanswered: both('Not answered in time', '逾期未确认'),
  refused: both('Not accepted', '未受理'),
  withdrawn: both('Withdrawn', '已撤回'),
  recovered: both('The stock has recovered', '库存已恢复'),
  replenished: both('Replenished', '已补货'),
  cancelled: both('Cancelled', '已取消'),
  stopped: both('Stopped by compliance', '已被合规终止'),
  'cancelled-in-erp': both('Cancelled in the ERP', '已在 ERP 中取消'),
  returned: both('Returned for changes', '已退回修改'),
  expired: both('Expired', '已超时失效'),
  superseded: both('Asked anew', '已重新发起'),
  overtaken: both('What it was about has changed', '所涉单据已变更'),
  'next-level': both('Passed to the next level', '已转至下一级'),
};

/** Names of the levels that the rules delivered with Meridian use; a company's own names are shown as written. */
const LEVELS: Words = {
  Manager: both('Manager', '直属经理'),
  'IT manager': both('IT manager', '信息技术经理'),
  'Department head': both('Department head', '部门负责人'),
  'Managing directors': both('Managing directors', '董事总经理'),
  'Finance director': both('Finance director', '财务总监'),
  'General manager': both('General manager', '总经理'),
  Buyer: both('Buyer', '采购员'),
  'Seal keeper': both('Seal keeper', '印章管理员'),
  'General office': both('General office', '综合办公室'),
  'Expense review': both('Expense review', '报销异常复核'),
  Engineering: both('Engineering', '工程'),
  Production: both('Production', '生产'),
  Purchasing: both('Purchasing', '采购'),
  Quality: both('Quality', '质量'),
  'Cost control': both('Cost control', '成本控制'),
  'Payment approval': both('Payment approval', '付款审批'),
  Operator: both('Operator', '运维人员'),
};

/** Phases of a process. */
const PHASES: Words = {
  Registration: both('Registered', '已登记'),
  Validation: both('Validation', '校验'),
  'Order approval': both('Purchase approval', '采购审批'),
  Differences: both('Differences', '差异处理中'),
  Rework: both('With the requester for changes', '退回修改中'),
  Order: both('Ordered', '已下单'),
  ordered: both('Ordered', '已下单'),
  'in-production': both('In production', '生产中'),
  finished: both('Finished', '已完工'),
  shipped: both('Shipped', '已发货'),
  invoiced: both('Invoiced', '已开票'),
  'Goods receipt': both('Goods receipt', '等待收货'),
  'Supplier invoice': both('Supplier invoice', '等待发票'),
  'Three-way match': both('Three-way match', '三单匹配'),
  'Payment approval': both('Payment approval', '付款审批'),
  'Expense review': both('Expense review', '报销异常复核'),
  'Expense approval': both('Expense approval', '报销审批'),
  Posting: both('In the books', '已入账'),
  Payment: both('Payment', '付款'),
  Checks: both('Checked', '已校验'),
  'Leave approval': both('Leave approval', '休假审批'),
  'Office approval': both('Office approval', '办公审批'),
  Numbered: both('Approved and numbered', '已批准并编号'),
  'Change approval': both('Change approval', '工程变更审批'),
  'Approved change': both('Approved, not in force yet', '已批准，尚未生效'),
  'Approved leave': both('Approved, not begun yet', '已批准，尚未开始'),
  Stock: both('Stock checked', '核对库存'),
  Purchase: both('Being bought', '采购中'),
  Leave: both('On leave', '休假中'),
  Attendance: both('Attendance being collected', '汇总考勤中'),
  'Handed over': both('Handed over to payroll', '已交付薪资'),
  Payroll: both('Payroll calculates', '薪资核算中'),
  Payslip: both('Payslip to be confirmed', '工资条待确认'),
  'On hold': both('On hold', '已冻结'),
  'Waiting for an operator': both('Waiting for an operator', '等待运维处理'),
  Closed: both('Closed', '已结束'),
};

/** What the OA is told. */
const OA_STATUSES: Words = {
  ...OUTCOMES,
  accepted: both('Accepted for processing', '已受理'),
  ordered: both('Ordered', '已下单'),
  received: both('Goods received', '已收货'),
  'under-review': both('Looked at by a person', '人工审核中'),
  matched: both('Invoices matched', '发票已核对'),
  recorded: both('In the ERP', '已登记到 ERP'),
  taken: both('Over', '已休完'),
  'payment-requested': both('Payment requested', '已提交付款'),
  'payment-refused': both('Payment refused by the bank', '付款被银行退回'),
  reversed: both('Entry reversed', '凭证已冲销'),
  duplicate: both('Duplicate', '重复申请'),
  'withdrawal-refused': both('Withdrawal refused', '撤回被拒绝'),
  'shortening-refused': both('Early return refused', '提前结束未受理'),
  'urge-refused': both('Urge refused', '催办未受理'),
  'resubmission-refused': both('Resubmission refused', '重新提交未受理'),
};

/** What a process waits for. */
const WAITS: Words = {
  approval: both('an approval', '审批'),
  'goods-receipt': both('the goods', '收货'),
  'supplier-invoice': both("the supplier's invoice", '供应商发票'),
  payment: both('the payment', '付款完成'),
  'leave-start': both('the first day of the leave', '休假开始'),
  'effective-date': both('the day of the engineering change', '工程变更生效日'),
  'leave-end': both('the last day of the leave', '休假结束'),
  hold: both('the release of a hold', '解除冻结'),
  payroll: both("payroll's answer", '薪资系统答复'),
  payslip: both('your word on your payslip', '本人确认工资条'),
  rework: both('changes by the requester', '申请人修改'),
};

export const actionText = lookUp(ACTIONS);
export const doneText = lookUp(DONE);
export const outcomeText = lookUp({ ...DONE, ...OUTCOMES });
export const levelText = lookUp(LEVELS);
export const phaseText = lookUp(PHASES);
export const oaStatusText = lookUp(OA_STATUSES);
export const waitText = lookUp(WAITS);

/** Who let somebody know: a name; empty: the rules for approvals did. */
export const copierText = (name: string): Text =>
  name === '' ? both('the approval rules', '审批规则') : both(name, name);

/** Who decided, and for whom, by name; without the latter, for themselves. */
export function deciderText(by: Text, onBehalfOf: string | undefined): Text {
  return onBehalfOf === undefined ? by : both(`${by.en} on behalf of ${onBehalfOf}`, `${by.zh}（代${onBehalfOf}）`);
}

const SUBJECT_WORDS: Words = SUBJECTS;

/** What goes to a substitute; empty: everything. */
export function scopeText(scope: readonly string[]): Text {
  const words = scope.map((subject) => SUBJECT_WORDS[subject] ?? { en: subject, zh: subject });
  return scope.length === 0
    ? both('Everything', '全部事项')
    : { en: words.map(({ en }) => en).join(', '), zh: words.map(({ zh }) => zh).join('、') };
}

/** English words as they stand within a sentence; names such as ERP stay as they are. */
export function midSentence(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
}

function lookUp(words: Words): (name: string) => Text {
  return (name) => words[name] ?? { en: name, zh: name };
}
