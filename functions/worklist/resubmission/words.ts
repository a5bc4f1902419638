/** What the page says on which a request that was returned is changed. */
import { both, type Text } from '../../pages/language.ts';

export const RESUBMISSION_LABELS = {
  change: both('Change and send again', '修改并重新提交'),
  changeHere: both('It came back to you. Change it here, or in the OA.', '申请已退回。请在此或在 OA 中修改。'),
  returnedByCheck: both('The checks returned it', '校验未通过，已退回'),
  until: both('It can be sent again until', '重新提交截止'),
  cannotSend: both('It cannot be sent again', '无法重新提交'),
  notSent: both('It was not sent', '未能提交'),
  incomplete: both('Please correct what is marked', '请更正标出的内容'),
  incompleteText: both('Nothing was sent yet. What you wrote is still here.', '尚未提交，您填写的内容已保留。'),
  refusedBefore: both('What you sent before was not complete', '您上次提交的内容不完整'),
  missing: both('Please fill this in.', '请填写此项。'),
  takeOut: both('Take it out', '删除'),
  send: both('Send it again', '重新提交'),
  startAgain: both('Begin anew with what stands', '放弃修改，重新填写'),
} as const;

/** Said once it was taken. */
export const SENT = {
  title: both('It was sent', '已重新提交'),
  text: both(
    'It is checked now. If anything is wrong you get a mail, and can send it again.',
    '正在校验。如有问题，您将收到邮件，可再次修改提交。',
  ),
} as const;

export const FIELD_LABELS = {
  title: both('Title', '标题'),
  supplier: both('Supplier (code)', '供应商编码'),
  costCentre: both('Cost centre', '成本中心'),
  legalEntity: both('Legal entity', '法人实体'),
  currency: both('Currency', '币种'),
  justification: both('Why it is needed', '事由说明'),
  computedHint: both('Amounts and the total follow from quantities and prices.', '金额与合计按数量和单价自动计算。'),
  newLine: both('One more line', '新增一行'),
  newLineHint: both('Leave it empty if you need none.', '不需要时请留空。'),
  product: both('Product (code)', '产品编码'),
  category: both('Category', '类别'),
  quantity: both('Quantity', '数量'),
  unitPrice: both('Net price per unit', '未税单价'),
  expenseCategory: both('Kind of expense', '费用类别'),
  date: both('Date', '日期'),
  description: both('What it was for', '说明'),
  units: both('Days, nights or people', '天数、晚数或人数'),
  amount: both('Amount with tax', '含税金额'),
  journey: both('Number of the approved journey', '已批准的出差申请编号'),
  receiptNumber: both('Number on the receipt', '票据号码'),
  seller: both('Seller', '销售方'),
  sellerTaxId: both('Tax number of the seller', '销售方税号'),
  total: both('Total', '合计'),
  totalComputed: both('The total is the sum of the lines.', '合计按各行金额自动计算。'),
  totalHint: both(
    'Lines in other currencies count at the rate of their day. If the total differs you are told what it is.',
    '外币按当日汇率折算。如合计不符，系统会告知正确金额。',
  ),
  leaveKind: both('Kind of leave', '假期类别'),
  madeProduct: both('Product that is made (code)', '成品编码'),
  basedOn: both('Bill that it was drawn up on (empty: the one in force)', '基于的物料清单版本（留空为当前生效版本）'),
  effectiveOn: both('Counts from', '生效日期'),
  changeHint: both('Components are the whole bill of materials as it shall be.', '物料行为变更后的完整物料清单。'),
  newComponent: both('One more component', '新增物料'),
  from: both('First day', '开始日期'),
  to: both('Last day', '结束日期'),
  startsAtNoon: both('The morning of the first day is worked', '首日上午上班'),
  endsAtNoon: both('The afternoon of the last day is worked', '末日下午上班'),
  destination: both('Where the journey goes', '出差地点'),
  substitute: both('Who stands in (employee number)', '代理人（工号）'),
  leaveReason: both('Reason', '事由'),
  approvers: both('Whom you choose to decide, and further fields', '所选审批人及其他字段'),
} as const;

export function lineTitle(lineNumber: number): Text {
  return both(`Line ${lineNumber}`, `第 ${lineNumber} 行`);
}

export function componentTitle(lineNumber: number): Text {
  return both(`Component ${lineNumber}`, `物料 ${lineNumber}`);
}

export function receiptTitle(receiptIds: string): Text {
  return both(`Receipt ${receiptIds}`, `票据 ${receiptIds}`);
}

/** `name`: empty where the checks did it. */
export function returnedTitle(name: string): Text {
  return name === '' ? RESUBMISSION_LABELS.returnedByCheck : both(`${name} returned it`, `${name} 已退回`);
}
