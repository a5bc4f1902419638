/** What the entries of purchases say, from the requisition to the order. */
import { bad, type EntryWords, plain, quiet } from './entry-tone.ts';
import { issuesText } from './issues-text.ts';

export const REQUISITION_WORDS: { readonly [type: string]: EntryWords } = {
  RequisitionRegistered: plain((f) =>
    f.say(
      `${f.person('requesterId')} filed the request as ${f.text('requestId')} in ${f.text('system')}`,
      `${f.person('requesterId')}在 ${f.text('system')} 提交申请 ${f.text('requestId')}`,
    ),
  ),
  RequisitionValidated: plain((f) =>
    f.say(
      `The requisition is complete: ${f.amount('total', 'currency')} from supplier ${f.text('supplierCode')}`,
      `申请校验通过：${f.amount('total', 'currency')}，供应商 ${f.text('supplierCode')}`,
    ),
  ),
  RequisitionRefused: bad((f) =>
    f.say(`The requisition was refused: ${issuesText(f)}`, `申请未受理：${issuesText(f)}`),
  ),
  RequisitionEnriched: plain((f) =>
    f.say(
      `The ERP knows the supplier ${f.text('supplierName')} and the products; ${f.money('baseTotal')} in the company's currency`,
      `ERP 已核对供应商 ${f.text('supplierName')} 及产品，折合本币 ${f.money('baseTotal')}`,
    ),
  ),
  RequisitionResubmitted: plain((f) =>
    f.say(
      `The requester sent a changed requisition in the place of version ${f.text('replacesVersion')}`,
      `申请人修改后重新提交，替换第 ${f.text('replacesVersion')} 版`,
    ),
  ),
  ResubmissionRefused: bad((f) => {
    const why = issuesText(f) || f.text('refusal');
    return f.say(
      `What was sent again was not taken (${why}); version ${f.text('version')} stands`,
      `重新提交的内容未被受理（${why}），仍为第 ${f.text('version')} 版`,
    );
  }),
  DuplicateRefused: bad((f) =>
    f.say('Another request under the same number was refused', '同一编号下内容不同的申请被拒绝'),
  ),
  Withdrawn: plain((f) => f.say('The requester withdrew it', '申请人撤回申请')),
  WithdrawalRefused: bad((f) =>
    f.say(`A withdrawal was refused (${f.text('refusal')})`, `撤回请求被拒绝（${f.text('refusal')}）`),
  ),
};

export const ORDER_WORDS: { readonly [type: string]: EntryWords } = {
  OrderIntended: quiet((f) =>
    f.say(`About to order for ${f.amount('total', 'currency')}`, `准备下单：${f.amount('total', 'currency')}`),
  ),
  OrderCreated: plain((f) =>
    f.say(
      `Purchase order ${f.text('orderNumber')} confirmed in the ERP: ${f.amount('total', 'currency')}`,
      `ERP 采购订单 ${f.text('orderNumber')} 已确认：${f.amount('total', 'currency')}`,
    ),
  ),
  OrderCancelIntended: quiet((f) =>
    f.say(`About to cancel order ${f.text('orderNumber')}`, `准备取消订单 ${f.text('orderNumber')}`),
  ),
  OrderCancelled: plain((f) =>
    f.say(`Order ${f.text('orderNumber')} cancelled in the ERP`, `订单 ${f.text('orderNumber')} 已在 ERP 中取消`),
  ),
  LateOrderFound: bad((f) =>
    f.say(
      `The ERP made order ${f.text('orderNumber')} after the purchase had ended; the operators were told`,
      `采购结束后 ERP 才生成订单 ${f.text('orderNumber')}，已通知运维`,
    ),
  ),
  IntentWithoutEffect: quiet((f) =>
    f.say('What was asked of the ERP without an answer was never done', '向 ERP 发出且未收到答复的请求最终未被执行'),
  ),
  OrderKept: bad((f) =>
    f.say(
      `Order ${f.text('orderNumber')} stands in the ERP: goods were received on it`,
      `订单 ${f.text('orderNumber')} 已有收货，保留在 ERP 中`,
    ),
  ),
  PurchaseOrderCancelled: bad((f) =>
    f.say(`Order ${f.text('orderNumber')} was cancelled in the ERP`, `订单 ${f.text('orderNumber')} 在 ERP 中被取消`),
  ),
  GoodsReceived: plain((f) => {
    const lines = f.items('lines').map((line) => `${line.text('lineNumber')}: ${line.text('quantity')}`);
    return f.say(
      `Goods received (${f.text('receiptNumber')}; line and quantity ${lines.join(', ')})`,
      `已收货（${f.text('receiptNumber')}；行号与数量 ${lines.join('，')}）`,
    );
  }),
  ShortReceiptAccepted: plain((f) =>
    f.say('Going on with what was received so far was accepted', '已同意按现有收货继续'),
  ),
};
