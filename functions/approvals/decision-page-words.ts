/** What the decision page says besides the facts: for people who are in a hurry and on a phone. */
import { both, type Text } from '../pages/language.ts';
import type { Message } from '../pages/message-page.tsx';
import { copierText, levelText } from '../pages/words.ts';
import { type ApprovalSubject, OPERATORS } from './domain/plan.ts';

export const LABELS = {
  nextHint: both('To be chosen by whoever decides last on this level.', '由本级最后作出决定的人选择。'),
  nextNobody: both('Please choose', '请选择'),
  requester: both('Requested by', '申请人'),
  supplier: both('Supplier', '供应商'),
  costCentre: both('Cost centre', '成本中心'),
  version: both('Version', '版本'),
  deadline: both('Decide by', '审批截止'),
  lines: both('Lines', '明细'),
  notes: both('More facts', '其他信息'),
  budget: both('Budget of the cost centre', '成本中心预算'),
  earlierRequests: both('What came before', '历史记录'),
  requestsSince: both('What came since', '后续申请'),
  files: both('Files', '附件'),
  attach: both('Attach a file', '添加附件'),
  file: both('File', '文件'),
  fileHint: both(
    'PDF, picture (PNG, JPEG, WebP, HEIC) or Office document of at most 10 MB. It is kept in the record; others who decide see it.',
    'PDF、图片（PNG、JPEG、WebP、HEIC）或 Office 文档，不超过 10 MB。附件将保存在审批记录中，其他审批人可见。',
  ),
  upload: both('Send the file', '上传'),
  backToTask: both('Back to the decision', '返回审批页'),
  erasedName: both('File (its name was erased)', '附件（名称已删除）'),
  earlier: both('Decided so far', '已有审批意见'),
  saidBefore: both('Said about earlier versions', '此前版本的审批意见'),
  copies: both('Copied to', '抄送'),
  isVoid: both('counts no more', '已失效'),
  decision: both('Your decision', '您的决定'),
  comment: both('Comment', '意见'),
  commentHint: both('Needed for: ', '以下操作必须填写：'),
  commentOptional: both('Optional. It is kept in the record.', '选填，将保存在审批记录中。'),
  commentMissing: both('Please write a reason first.', '请先填写理由。'),
  process: both('Process', '流程编号'),
  operators: both('the operators on duty', '值班运维人员'),
} as const;

/** For whom the link is. */
export function personalText(name: string): Text {
  const person = personText(name);
  return both(
    `This link is for ${person.en} only. Please do not forward it.`,
    `此链接仅供${person.zh}本人使用，请勿转发。`,
  );
}

/** Who acts. */
export function signedInText(name: string): Text {
  return both(`Signed in as ${name}.`, `当前登录：${name}。`);
}

/** Who let somebody know. */
export function copiedText(name: string): Text {
  const copier = copierText(name);
  return both(`by ${copier.en}`, `抄送人：${copier.zh}`);
}

/** Where a decision stands in the record. */
export function entryText(sequence: number): Text {
  return both(`entry ${sequence} of the record`, `记录第 ${sequence} 条`);
}

/** About which version somebody decided. */
export function keptText(version: number): Text {
  return both(`about version ${version}, and still counted`, `针对第 ${version} 版，沿用`);
}

/** About which earlier version something was said. */
export function aboutVersionText(version: number): Text {
  return both(`about version ${version}`, `针对第 ${version} 版`);
}

/** To which earlier version something was added. */
export function versionText(version: number): Text {
  return both(`of version ${version}`, `第 ${version} 版的附件`);
}

/** Names of persons stand in the directory; whoever is on duty does not. */
export function personText(name: string): Text {
  return name === OPERATORS ? LABELS.operators : { en: name, zh: name };
}

/** Above the names among whom the next approver is chosen. */
export function nextLabel(level: string): Text {
  const { en, zh } = levelText(level);
  return { en: `Who decides next (${en})`, zh: `下一审批人（${zh}）` };
}

/** Said once a file has arrived; whether it counts is not known then. */
export function mayApproveText(names: readonly string[]): Text {
  return both(`Who may approve it: ${names.join(', ')}`, `可批准的人员：${names.join('、')}`);
}

export const FILE_ARRIVED = {
  title: both('The file has arrived', '附件已收到'),
  text: both(
    'It is checked now and stands in the list below in a moment; open this page again to see it. Should it not be taken, you get a mail that says why.',
    '系统正在检查该附件，稍后刷新本页即可在列表中看到。如未能保存，您会收到说明原因的邮件。',
  ),
} as const;

/** Said of a link that leads nowhere. */
export const MESSAGES = {
  unknown: {
    tone: 'bad',
    title: both('This link is not valid', '链接无效'),
    text: both(
      'It may be broken or incomplete. Please open it exactly as it stands in the mail.',
      '链接可能不完整或已损坏，请按邮件中的原样打开。',
    ),
  },
  tooManyGuesses: {
    tone: 'bad',
    title: both('Too many attempts', '尝试次数过多'),
    text: both('Please wait a minute and open the link of the mail again.', '请稍等一分钟，再打开邮件中的链接。'),
  },
  noFile: {
    tone: 'bad',
    title: both('There is no such file', '附件不存在'),
    text: both('It may have been removed. Please go back to the decision.', '附件可能已被删除，请返回审批页。'),
  },
  hidden: {
    tone: 'wait',
    title: both('This link has expired', '链接已过期'),
    text: both('It shows and decides nothing any more.', '该链接不再显示内容，也不能再作出决定。'),
  },
  badRequest: {
    tone: 'bad',
    title: both('This was not sent by the page', '请求无效'),
    text: both(
      'Nothing was decided. Please open the link of the mail and use the buttons there.',
      '尚未作出决定。请打开邮件中的链接，并使用页面上的按钮。',
    ),
  },
  tooLong: {
    tone: 'bad',
    title: both('The comment is too long', '意见过长'),
    text: both('Nothing was decided. Please go back and shorten it.', '尚未作出决定，请返回并缩短内容。'),
  },
} as const satisfies { readonly [name: string]: Message };

const NEXT_ORDER: { readonly [outcome: string]: Text } = {
  approved: both('The order is sent to the supplier next.', '接下来将向供应商下单。'),
  rejected: both('The requester is told, with your reason.', '申请人将收到通知及您的理由。'),
};

const NEXT_PAYMENT: { readonly [outcome: string]: Text } = {
  approved: both('The payment is requested in the ERP next.', '接下来将在 ERP 中提交付款。'),
  rejected: both('Nothing is paid. The people concerned are told.', '不会付款，相关人员将收到通知。'),
};

const NEXT: { readonly [subject in ApprovalSubject]: { readonly [outcome: string]: Text } } = {
  order: NEXT_ORDER,
  payment: NEXT_PAYMENT,
  'invoice-mismatch': {
    accepted: both('The payment goes to approval next.', '接下来进入付款审批。'),
    correct: both('Meridian waits for the corrected invoice.', '系统将等待更正后的发票。'),
    cancelled: both(
      'What can be undone is undone, and the requester is told.',
      '系统将撤销可撤销的操作，并通知申请人。',
    ),
  },
  expense: {
    approved: both('The claim is posted to the books and paid next.', '接下来将入账并付款。'),
    rejected: both('The requester is told, with your reason.', '申请人将收到通知及您的理由。'),
  },
  'expense-exception': {
    accepted: both('The claim goes to approval next.', '接下来进入报销审批。'),
    rejected: both('The requester is told, with your reason.', '申请人将收到通知及您的理由。'),
  },
  leave: {
    approved: both('The absence is entered in the ERP next.', '接下来将在 ERP 中登记。'),
    rejected: both('The requester is told, with your reason.', '申请人将收到通知及您的理由。'),
  },
  office: {
    approved: both('It gets its number, and the requester is told, next.', '接下来将编号并通知申请人。'),
    rejected: both('The requester is told, with your reason.', '申请人将收到通知及您的理由。'),
  },
  'engineering-change': {
    approved: both(
      'The new bill of materials is prepared in the ERP next, and counts from its day on.',
      '接下来将在 ERP 中建立新物料清单，并于生效日起执行。',
    ),
    rejected: both(
      'Nothing is changed. The requester is told, with your reason.',
      '不做任何更改，申请人将收到通知及您的理由。',
    ),
  },
  compliance: {
    approved: both('The processes that are held go on next.', '接下来解除冻结，相关流程继续。'),
    rejected: both(
      'The processes do not go on: they end, or compliance decides, as the company’s rule says.',
      '相关流程不会继续：将按公司规则终止，或由合规处理。',
    ),
  },
  operator: {
    retry: both('The step runs again next.', '接下来将重新执行该步骤。'),
    skip: both('The process goes on without the step.', '流程将跳过该步骤继续执行。'),
    cancelled: both(
      'What can be undone is undone, and the requester is told.',
      '系统将撤销可撤销的操作，并通知申请人。',
    ),
  },
};

/** Of every subject. */
const NEXT_ANY: { readonly [outcome: string]: Text } = {
  'next-level': both('The next approver is asked next.', '接下来将通知下一级审批人。'),
  undecided: both('Others are still to decide.', '尚待其他审批人作出决定。'),
};

/** What happens after a decision. */
export function nextText(subject: ApprovalSubject, outcome: string): Text {
  return NEXT[subject][outcome] ?? NEXT_ANY[outcome] ?? both('It is recorded.', '已记录。');
}
