/** What detectors look for, in words. */
import { both, type Text } from '../pages/language.ts';
import type { DetectorName } from './domain/finding.ts';

const DETECTOR_WORDS: { readonly [name in DetectorName]: Text } = {
  'over-authority': both('Approved above everybody’s limit', '审批金额超出全体审批人权限'),
  'segregation-of-duties': both('Duties that must be apart are with one person', '不相容职责由同一人承担'),
  'split-purchase': both('A purchase in pieces below the limit', '疑似拆分采购'),
  'data-mismatch': both('OA, process and ERP do not agree', 'OA、流程与 ERP 数据不一致'),
  'unapproved-document': both('The ERP has a document that nobody approved', 'ERP 中存在未经审批的单据'),
  'duplicate-invoice': both('An invoice was entered twice', '发票重复登记'),
  'similar-invoice': both('Two invoices are nearly the same', '发票金额与日期相近'),
  'fast-approval': both('Approved faster than it can be read', '审批过快'),
  'refused-attempts': both('Many attempts were refused', '多次操作被拒绝'),
  overdue: both('A wait is long over its deadline', '等待严重逾期'),
  'vacant-post': both('Nobody holds a post that the rules name', '规则引用的岗位空缺'),
  'books-differ': both('The ERP does not have what was approved', 'ERP 与审批记录不符'),
  'unknown-document': both('The ERP has a document that no approved process made', 'ERP 中存在无审批流程的单据'),
  'account-changed': both('A supplier’s bank account was changed shortly before payment', '付款前供应商银行账户变更'),
  'calendar-ending': both('The calendar of working days ends soon', '工作日历即将到期'),
  'policy-ending': both('A table of rules is valid for few more days', '政策表有效期即将届满'),
  'policy-expired': both('A table of rules counts although its last day is over', '政策表已过有效期但仍在执行'),
};

/** Of a name that is not known: itself. */
export function detectorText(name: string): Text {
  return Object.entries(DETECTOR_WORDS).find(([known]) => known === name)?.[1] ?? both(name, name);
}
