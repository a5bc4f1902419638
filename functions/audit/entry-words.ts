import { say, type Text } from '../pages/language.ts';
import { midSentence, oaStatusText, outcomeText, scopeText, waitText } from '../pages/words.ts';
import { APPROVAL_WORDS } from './approval-words.ts';
import { bad, type EntryWords, plain, quiet, type Tone } from './entry-tone.ts';
import type { FactReader } from './fact-reader.ts';

/** The sentence of an entry. */
export function entrySentence(type: string, facts: FactReader): string {
  return WORDS[type]?.sentence(facts) ?? type;
}

export function entryTone(type: string): Tone {
  return WORDS[type]?.tone ?? 'plain';
}

const REQUISITION: { readonly [type: string]: EntryWords } = {
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

/** What is wrong, field by field; in Chinese where it was written in Chinese too. */
const issuesText = (f: FactReader): string =>
  f
    .items('issues')
    .map((issue) => {
      const [field, problem] = [issue.text('field'), issue.text('problem')];
      // Findings of a request's own checks name the field in their sentence.
      const named = problem.startsWith(`${field}:`) ? problem : `${field}: ${problem}`;
      return f.say(named, issue.text('problemZh') || named);
    })
    .join(f.say('; ', '；'));

const EXPENSE: { readonly [type: string]: EntryWords } = {
  ClaimRegistered: plain((f) =>
    f.say(
      `${f.person('requesterId')} filed the claim as ${f.text('requestId')} in ${f.text('system')}`,
      `${f.person('requesterId')}在 ${f.text('system')} 提交报销 ${f.text('requestId')}`,
    ),
  ),
  ClaimChecked: plain((f) =>
    f.say(
      `The claim is complete: ${f.money('baseTotal')}; findings to be judged: ${f.text('findings')}`,
      `报销校验通过：${f.money('baseTotal')}；待复核事项 ${f.text('findings')} 项`,
    ),
  ),
  ClaimRefused: bad((f) => f.say(`The claim was refused: ${issuesText(f)}`, `报销未受理：${issuesText(f)}`)),
  ReturnedByCheck: bad((f) =>
    f.say(`The checks returned it to the requester: ${issuesText(f)}`, `校验未通过，已退回申请人：${issuesText(f)}`),
  ),
  ClaimResubmitted: plain((f) =>
    f.say(
      `The requester sent a changed claim in the place of version ${f.text('replacesVersion')}`,
      `申请人修改后重新提交报销，替换第 ${f.text('replacesVersion')} 版`,
    ),
  ),
  PostingIntended: quiet((f) =>
    f.say(
      `About to post the claim: ${f.money('owed')} to be paid, ${f.money('setOff')} set off`,
      `准备入账：应付 ${f.money('owed')}，冲抵借款 ${f.money('setOff')}`,
    ),
  ),
  PostingRefused: bad((f) =>
    f.say(`The ERP refused the posting: ${f.text('message')}`, `ERP 拒绝入账：${f.text('message')}`),
  ),
  EntryPosted: plain((f) =>
    f.say(
      `Posted as journal entry ${f.text('entryNumber')}: ${f.money('owed')} to be paid, ${f.money('setOff')} set off`,
      `已入账，凭证 ${f.text('entryNumber')}：应付 ${f.money('owed')}，冲抵借款 ${f.money('setOff')}`,
    ),
  ),
  ReversalIntended: quiet((f) =>
    f.say(`About to take back entry ${f.text('entryNumber')}`, `准备冲销凭证 ${f.text('entryNumber')}`),
  ),
  EntryReversed: plain((f) =>
    f.say(`Entry ${f.text('entryNumber')} taken back in the books`, `凭证 ${f.text('entryNumber')} 已冲销`),
  ),
  EntryKept: bad((f) =>
    f.say(
      `Entry ${f.text('entryNumber')} stands in the books: something of it is paid`,
      `凭证 ${f.text('entryNumber')} 已有付款，保留入账`,
    ),
  ),
  LateEntryFound: bad((f) =>
    f.say(
      `The ERP posted entry ${f.text('entryNumber')} after the claim had ended; the operators were told`,
      `报销结束后 ERP 才生成凭证 ${f.text('entryNumber')}，已通知运维`,
    ),
  ),
  ClaimClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};

const LEAVE_REQUEST: { readonly [type: string]: EntryWords } = {
  LeaveRequestRegistered: plain((f) =>
    f.say(
      `${f.person('requesterId')} asked for leave as ${f.text('requestId')} in ${f.text('system')}`,
      `${f.person('requesterId')}在 ${f.text('system')} 提交休假申请 ${f.text('requestId')}`,
    ),
  ),
  LeaveRequestChecked: plain((f) =>
    f.say(
      `The request is complete: ${f.text('kind')}, ${f.text('length')} working days from ${f.text('from')} to ${f.text('to')}`,
      `校验通过：${f.text('kind')}，${f.text('from')} 至 ${f.text('to')}，共 ${f.text('length')} 个工作日`,
    ),
  ),
  LeaveRequestRefused: bad((f) =>
    f.say(`The leave request was refused: ${issuesText(f)}`, `休假申请未受理：${issuesText(f)}`),
  ),
  LeaveRequestResubmitted: plain((f) =>
    f.say(
      `The requester sent a changed leave request in the place of version ${f.text('replacesVersion')}`,
      `申请人修改后重新提交休假申请，替换第 ${f.text('replacesVersion')} 版`,
    ),
  ),
  AbsenceIntended: quiet((f) =>
    f.say(`About to record ${f.text('kind')} leave in the ERP`, `准备在 ERP 中登记休假（${f.text('kind')}）`),
  ),
  AbsenceRecorded: plain((f) =>
    f.text('substituteId') === ''
      ? f.say(
          `${f.text('days')} days recorded in the ERP; nobody can stand in`,
          `ERP 已登记 ${f.text('days')} 天，无人可代理`,
        )
      : f.say(
          `${f.text('days')} days recorded in the ERP; ${f.person('substituteId')} stands in`,
          `ERP 已登记 ${f.text('days')} 天，由${f.person('substituteId')}代理`,
        ),
  ),
  AbsenceCancelIntended: quiet((f) => f.say('About to take the absence back in the ERP', '准备在 ERP 中撤销休假')),
  AbsenceCancelled: plain((f) =>
    f.say('The absence was taken back in the ERP; nobody stands in any more', 'ERP 中的休假已撤销，不再代理'),
  ),
  LeaveRequestClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};

const PAYROLL: { readonly [type: string]: EntryWords } = {
  PayrollRunOpened: plain((f) =>
    f.say(
      `Attendance of ${f.text('period')} is collected: ${f.text('employees')} people of the directory`,
      `开始汇总 ${f.text('period')} 考勤：通讯录共 ${f.text('employees')} 人`,
    ),
  ),
  PayrollFiguresHandedOver: plain((f) =>
    f.say(
      `Figures of ${f.text('employees')} employees handed over as ${f.text('reference')}, SHA-256 ${f.text('digest')}; for ${f.text('accepted')} with a difference the ERP's figures were taken`,
      `已交付 ${f.text('employees')} 人的考勤数据：${f.text('reference')}，SHA-256 ${f.text('digest')}；其中 ${f.text('accepted')} 人存在差异，以 ERP 为准`,
    ),
  ),
  PayrollAnswerUnfit: bad((f) =>
    f.say(
      `What payroll sent cannot be used (${f.text('problems')} problems); the operators were told`,
      `薪资系统返回的文件无法使用（${f.text('problems')} 处问题），已通知运维`,
    ),
  ),
  PayrollRejected: bad((f) =>
    f.say(
      `Payroll rejected the figures for ${f.text('reasons')} reasons`,
      `薪资系统退回考勤数据（${f.text('reasons')} 条原因）`,
    ),
  ),
  PayrollCalculated: plain((f) =>
    f.say(
      `Payroll took the figures and calculated ${f.text('payslips')} payslips`,
      `薪资系统已接收并核算 ${f.text('payslips')} 份工资条`,
    ),
  ),
  PayslipOpened: quiet((f) =>
    f.say(`The payslip of ${f.text('period')} is due`, `准备发放 ${f.text('period')} 工资条`),
  ),
  PayslipPublished: plain((f) =>
    f.say(
      `The payslip can be read by its employee alone, revision ${f.text('revision')}`,
      `工资条已发放，仅本人可见（第 ${f.text('revision')} 版）`,
    ),
  ),
  PayslipConfirmed: plain((f) =>
    f.say(`The employee confirmed revision ${f.text('revision')}`, `员工已确认第 ${f.text('revision')} 版`),
  ),
  PayslipDisputed: bad((f) =>
    f.say(`The employee disputes revision ${f.text('revision')}`, `员工对第 ${f.text('revision')} 版提出异议`),
  ),
  PayslipClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
  PayrollRunClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};

const ORDER: { readonly [type: string]: EntryWords } = {
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

const PAYMENT: { readonly [type: string]: EntryWords } = {
  SupplierInvoiceReceived: plain((f) =>
    f.say(
      `Supplier's invoice ${f.text('supplierReference') || f.text('invoiceId')} entered: ${f.amount('total', 'currency')}`,
      `已登记供应商发票 ${f.text('supplierReference') || f.text('invoiceId')}：${f.amount('total', 'currency')}`,
    ),
  ),
  SupplierInvoiceCancelled: plain((f) =>
    f.say(
      `Supplier's invoice ${f.text('supplierReference') || f.text('invoiceId')} cancelled`,
      `供应商发票 ${f.text('supplierReference') || f.text('invoiceId')} 已作废`,
    ),
  ),
  InvoicesMatched: plain((f) =>
    f.text('result') === 'accepted'
      ? f.say('The differences were accepted; order, receipt and invoice are matched', '差异已接受，三单匹配通过')
      : f.say('Order, receipt and invoice agree', '订单、收货与发票三单一致'),
  ),
  InvoicesMismatched: bad((f) => {
    const differences = f
      .items('differences')
      .map((d) => `${d.text('kind')} ${d.text('expected')} → ${d.text('found')}`);
    return f.say(
      `Order, receipt and invoice differ: ${differences.join('; ')}`,
      `三单不一致：${differences.join('；')}`,
    );
  }),
  CorrectionRequested: plain((f) => f.say('A corrected invoice is asked for', '已要求更正发票')),
  PaymentIntended: quiet((f) =>
    f.say(`About to request the payment of ${f.money('amount')}`, `准备提交付款 ${f.money('amount')}`),
  ),
  PaymentRequested: plain((f) =>
    f.say(
      `Payment ${f.text('paymentNumber')} requested in the ERP: ${f.money('amount')}`,
      `已在 ERP 提交付款 ${f.text('paymentNumber')}：${f.money('amount')}`,
    ),
  ),
  PaymentCompleted: plain((f) =>
    f.say(
      `Payment ${f.text('paymentNumber')} completed: ${f.money('amount')}`,
      `付款 ${f.text('paymentNumber')} 已完成：${f.money('amount')}`,
    ),
  ),
  PaymentFailed: bad((f) => f.say(`Payment ${f.text('paymentNumber')} failed`, `付款 ${f.text('paymentNumber')} 失败`)),
};

const COURSE: { readonly [type: string]: EntryWords } = {
  FactNotConfirmed: bad((f) =>
    f.say(
      `${f.text('fact')} ${f.text('documentId')} was reported, but the ERP does not show it`,
      `收到 ${f.text('fact')} ${f.text('documentId')} 的通知，但 ERP 中查无此记录`,
    ),
  ),
  WaitOpened: plain((f) =>
    f.say(
      `Waiting for ${f.word('kind', waitText)} until ${f.instant('deadline')}; ${f.person('owner')} sees to it`,
      `等待${f.word('kind', waitText)}，截止 ${f.instant('deadline')}，负责人${f.person('owner')}`,
    ),
  ),
  CalendarYearMissing: bad((f) =>
    f.say(
      `The calendar (${f.text('calendar')}) has no holidays of ${f.text('year')}: this wait counts hours of the clock; the operators know`,
      `日历（${f.text('calendar')}）缺少 ${f.text('year')} 年的节假日，本次等待按自然时间计算，已通知运维`,
    ),
  ),
  WaitReminded: plain((f) =>
    f.say(
      `${f.person('reminded')} reminded of ${f.word('kind', waitText)}`,
      `已提醒${f.person('reminded')}：${f.word('kind', waitText)}`,
    ),
  ),
  WaitEscalated: plain((f) =>
    f.say(
      `${f.word('kind', waitText)} is overdue: ${f.person('escalatedTo')} told`,
      `${f.word('kind', waitText)}逾期，已通知${f.person('escalatedTo')}`,
    ),
  ),
  WaitExpired: bad((f) =>
    f.say(`Gave up waiting for ${f.word('kind', waitText)}`, `等待${f.word('kind', waitText)}超时`),
  ),
  StepFailed: bad((f) =>
    f.say(`Step ${f.text('step')} failed: ${f.text('error')}`, `步骤 ${f.text('step')} 失败：${f.text('error')}`),
  ),
  MailSent: quiet((f) => f.say(`Mail sent to ${f.person('to')}`, `已向${f.person('to')}发送邮件`)),
  MailSkipped: quiet((f) =>
    f.say(`No mail to ${f.person('to')}: nothing is left to decide`, `无需再向${f.person('to')}发送邮件`),
  ),
  MailFailed: bad((f) =>
    f.say(
      `A mail to ${f.person('to')} could not be sent: ${f.text('reason')}`,
      `发给${f.person('to')}的邮件未能送出：${f.text('reason')}`,
    ),
  ),
  OaTold: quiet((f) =>
    f.say(`The OA was told: ${f.word('status', oaStatusText)}`, `已通知 OA：${f.word('status', oaStatusText)}`),
  ),
  OaNotTold: bad((f) => f.say(`The OA was not told: ${f.text('reason')}`, `未能通知 OA：${f.text('reason')}`)),
  ResumeRefused: quiet((f) =>
    f.say(
      'The process did not wait any more when it was to be resumed: it was resumed before, or the wait timed out',
      '恢复流程时它已不再等待：此前已恢复，或等待已超时',
    ),
  ),
  HoldPlaced: bad((f) =>
    f.say(
      `${f.text('operator')} stopped the process before its next step that commits money`,
      `${f.text('operator')} 冻结了流程，下一个涉及款项的步骤不会执行`,
    ),
  ),
  HoldReleased: plain((f) =>
    f.say(`${f.text('operator')} let the process go on`, `${f.text('operator')} 解除了冻结，流程继续`),
  ),
  EffectStuck: bad((f) =>
    f.say(
      `Something that was to be done outside is still not done (${f.text('kind')}); the operators were told`,
      `一项对外操作多次重试仍未完成（${f.text('kind')}），已通知运维`,
    ),
  ),
  PurchaseClosed: plain((f) =>
    f.say(`Closed: ${midSentence(f.word('outcome', outcomeText))}`, `流程结束：${f.word('outcome', outcomeText)}`),
  ),
};

const leaveText = (f: FactReader): string =>
  f.say(
    `${f.person('employeeId')} is away from ${f.instant('begins')} until ${f.instant('ends')}; ${substituteText(f)}`,
    `${f.person('employeeId')}于 ${f.instant('begins')} 至 ${f.instant('ends')} 休假；${substituteText(f)}`,
  );

const substituteText = (f: FactReader): string => {
  if (f.text('status') === 'past') {
    return f.say('that was over already, and nobody stands in', '假期已过，无需代理');
  }
  return f.text('substituteId') === ''
    ? f.say('nobody can stand in, and the operators were told', '无人可代理，已通知运维')
    : f.say(
        `${f.person('substituteId')} stands in (chosen by the ${f.word('chosenBy', chooserText)})`,
        `由${f.person('substituteId')}代理（依据：${f.word('chosenBy', chooserText)}）`,
      );
};

const CHOOSERS: { readonly [chooser: string]: Text } = {
  event: { en: 'request', zh: '请假单' },
  directory: { en: 'directory', zh: '组织架构' },
  manager: { en: 'rule that it is the manager', zh: '直接上级规则' },
};
const chooserText = (name: string): Text => CHOOSERS[name] ?? { en: name, zh: name };

const scopeOf = (f: FactReader): string => say(scopeText(f.texts('scope')), f.language);

const PEOPLE: { readonly [type: string]: EntryWords } = {
  LeaveApproved: plain(leaveText),
  LeaveChanged: plain((f) => f.say(`Changed: ${leaveText(f)}`, `已变更：${leaveText(f)}`)),
  LeaveCancelled: plain((f) =>
    f.say(`The leave of ${f.person('employeeId')} was cancelled`, `${f.person('employeeId')}的休假已取消`),
  ),
  SubstituteNamed: plain((f) =>
    f.say(
      `${f.person('employeeId')} named ${f.person('substituteId')} to stand in from ${f.instant('begins')} until ${f.instant('ends')} (${midSentence(scopeOf(f))})`,
      `${f.person('employeeId')}指定${f.person('substituteId')}于 ${f.instant('begins')} 至 ${f.instant('ends')} 代理（${scopeOf(f)}）`,
    ),
  ),
  SubstitutionEnded: plain((f) =>
    f.say(
      `${f.person('employeeId')} ended it: ${f.person('substituteId')} stands in no more`,
      `${f.person('employeeId')}已结束代理，${f.person('substituteId')}不再代理`,
    ),
  ),
  DirectoryChanged: plain((f) =>
    f.say(
      `${f.text('operator')} put version ${f.text('version')} of the directory in use (${f.text('people') || 'the deployment’s'} people; before: ${f.text('before')})`,
      `${f.text('operator')} 启用了组织架构第 ${f.text('version')} 版（人员：${f.text('people') || '随部署文件'}；此前为第 ${f.text('before')} 版）`,
    ),
  ),
};

const WORDS: { readonly [type: string]: EntryWords } = {
  ...REQUISITION,
  ...EXPENSE,
  ...LEAVE_REQUEST,
  ...PAYROLL,
  ...APPROVAL_WORDS,
  ...ORDER,
  ...PAYMENT,
  ...COURSE,
  ...PEOPLE,
};
