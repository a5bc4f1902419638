/** What is compared with the books, and what sets it right, in words. */
import { both, type Text } from '../pages/language.ts';
import type { Field, SafeFix } from './domain/mismatch.ts';

const FIELD_WORDS: { readonly [field in Field]: Text } = {
  order: both('Order', '采购订单'),
  'order-state': both('State of the order', '订单状态'),
  supplier: both('Supplier', '供应商'),
  'order-total': both('Total of the order', '订单总额'),
  'order-lines': both('Lines of the order', '订单行数'),
  product: both('Product', '产品'),
  quantity: both('Quantity', '数量'),
  'unit-price': both('Price per unit', '单价'),
  received: both('Quantity received', '收货数量'),
  'received-of-ordered': both('Quantity received of what was ordered', '订购数量与收货数量'),
  invoice: both('Supplier’s invoice', '供应商发票'),
  'invoice-total': both('Total of the invoice', '发票总额'),
  'invoiced-of-received': both('Invoiced of what was ordered and received', '订购、收货与开票'),
  payment: both('Payment', '付款'),
  'payment-amount': both('Amount of the payment', '付款金额'),
  'payment-state': both('State of the payment', '付款状态'),
  'paid-of-invoiced': both('Paid of what was invoiced', '开票金额与付款金额'),
  entry: both('Journal entry', '记账凭证'),
  'entry-state': both('State of the journal entry', '凭证状态'),
  'entry-lines': both('Lines of the journal entry', '凭证分录'),
  absence: both('Days of absence', '缺勤天数'),
  'leave-hours': both('Hours of approved leave', '已批准的休假小时数'),
  'paid-hours': both('Hours that payroll was given', '提交薪资的小时数'),
  attendance: both('Attendance in the ERP', 'ERP 考勤'),
  payslip: both('Payslip', '工资条'),
};

const FIX_WORDS: { readonly [fix in SafeFix]: Text } = {
  restore: both(
    'Set it in the ERP to what was approved; what is really wanted otherwise is filed in the OA and approved.',
    '在 ERP 中改回已审批的内容；确需变更的，请在 OA 重新提交审批。',
  ),
  cancel: both(
    'Cancel it in the ERP: the process has ended without it.',
    '流程已结束且不再需要，请在 ERP 中取消该单据。',
  ),
  file: both(
    'File it in the OA and have it approved, or take it back in the ERP.',
    '请在 OA 补充提交审批，或在 ERP 中撤销。',
  ),
  reclaim: both(
    'Pay nothing more. Ask for what was paid too much, or have the rest approved.',
    '请勿再付款。多付的应追回，少付的应另行审批。',
  ),
  'post-anew': both(
    'Correct the books by an entry of their own; nothing that is posted is changed.',
    '已过账凭证不得修改，请另制更正凭证。',
  ),
  ask: both(
    'Ask the supplier by a telephone number that was known before the change; until then have the payment stopped.',
    '请通过变更前已知的电话向供应商核实；核实前请暂停付款。',
  ),
  'correct-pay': both(
    'No later run looks at the month: give payroll the difference by hand, and correct the request or the ERP where they are wrong.',
    '后续批次不再更正该月：请人工将差额通知薪资系统；申请或 ERP 有误的，请一并更正。',
  ),
  look: both(
    'There is no fix without looking: compare both with the paper before anything is changed.',
    '无法直接修正，请先与纸质单据核对，再作处理。',
  ),
};

const SECTION_WORDS: { readonly [section: string]: Text } = {
  orders: both('Purchase order', '采购订单'),
  payments: both('Payment', '付款'),
  entries: both('Journal entry', '记账凭证'),
};

const VALUES: { readonly [fact: string]: { readonly [value: string]: Text } } = {
  field: FIELD_WORDS,
  fix: FIX_WORDS,
  document: SECTION_WORDS,
};

/** The value of a fact of a case in words; one that needs none is itself. */
export function factValue(name: string, value: string): Text {
  return VALUES[name]?.[value] ?? both(value, value);
}
