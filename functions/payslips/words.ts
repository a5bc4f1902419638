/** Words of the pages of payslips. */
import { both, type Text } from '../pages/language.ts';
import type { PayslipAnswerResult, UnfitReason } from './answer-payslip.ts';
import type { PayslipLine } from './domain/payslip.ts';

export const LABELS = {
  none: both('There is no payslip of yours yet.', '暂无工资条。'),
  payslipOf: (period: string) => both(`Payslip ${period}`, `${period} 工资条`),
  onlyYou: both(
    'Only you can read this page: no operator and no manager can.',
    '本页仅您本人可见，运维人员和主管均无法查看。',
  ),
  net: both('Paid to you', '实发'),
  total: both('Total', '合计'),
  revision: (revision: number) =>
    both(`Revision ${revision}: payroll has corrected it.`, `第 ${revision} 版：薪资部门已更正。`),
  until: both('Please answer before', '请在此之前回复'),
  confirm: both('Confirm', '确认无误'),
  dispute: both('It is wrong', '有异议'),
  reason: both('What is wrong', '异议说明'),
  reasonHint: both(
    'The operators of this system read this, and settle it with payroll. They do not see the amounts: name the day or the line that you mean, and no amount.',
    '系统运维人员将看到此说明并与薪资部门处理，但看不到金额：请写明具体日期或项目，不要写金额。',
  ),
  confirmed: both('You have confirmed it.', '您已确认。'),
  disputed: both('You have said that it is wrong. Payroll answers you.', '您已提出异议，薪资部门将答复。'),
  unanswered: both(
    'The time to answer is over. What is wrong belongs into a later month: please tell payroll.',
    '已过确认期限。如有错误，请联系薪资部门在以后月份更正。',
  ),
} as const;

export const KINDS: { readonly [kind in PayslipLine['kind']]: Text } = {
  earning: both('Earnings', '应发项目'),
  deduction: both('Deductions', '扣除项目'),
  employer: both('Paid by your employer on top', '单位缴纳（不计入实发）'),
};

/** Why a dispute is not taken as it is written. */
export const UNFIT_REASONS: { readonly [reason in UnfitReason]: Text } = {
  'reason-missing': both('Please say what is wrong.', '请填写异议说明。'),
  'amount-named': both(
    'An amount of your payslip stands in it, and others will read it: please name the line instead.',
    '说明中含有工资条金额，他人将会看到：请改为写明项目名称。',
  ),
};

/** An answer of which the page tells what became. */
export type AnswerShown = Exclude<PayslipAnswerResult, 'unknown' | UnfitReason>;

/** What became of an answer. */
export const RESULTS: {
  readonly [result in AnswerShown]: {
    readonly tone: 'good' | 'bad';
    readonly title: Text;
  };
} = {
  taken: { tone: 'good', title: both('Your answer counts', '已记录您的回复') },
  stale: {
    tone: 'bad',
    title: both('Payroll has corrected it meanwhile: please read it again', '工资条已更正，请重新查看'),
  },
  answered: { tone: 'bad', title: both('You have answered already', '您已回复过') },
  ended: { tone: 'bad', title: both('The time to answer is over', '已过确认期限') },
};
