/** What every mail of news is made of: its reader, and facts with their labels. */
import { formatInstant } from '../pages/format.ts';
import { both, type Language, say, type Text } from '../pages/language.ts';
import type { MailRequest } from '../process/domain/process.ts';
import type { MailModel } from './mail-model.ts';

/** Whom a mail is for, and where the pages are. */
export interface Reader {
  readonly language: Language;
  readonly timeZone: string;
  /** Origin of the pages, without a slash at its end. */
  readonly pagesUrl: string;
  /** Whether people can sign in, and so have pages of their own. */
  readonly hasSignIn: boolean;
}

export type Facts = MailRequest['facts'];
export type Template = (
  facts: Facts,
  reader: Reader,
) => Omit<MailModel, 'language' | 'subject'> & { readonly topic: string };

const LABELS = {
  orderNumber: both('Purchase order', '采购订单'),
  entryNumber: both('Journal entry', '会计凭证'),
  documents: both('Documents', '单据'),
  reason: both('Reason', '原因'),
  process: both('Process', '流程编号'),
  request: both('Request', '申请编号'),
  subject: both('Concerns', '涉及单据'),
  decided: both('Decided', '审批结果'),
  nowWith: both('Now with', '现由'),
  returnedBy: both('Returned by', '退回人'),
  sendBefore: both('Please send it before', '修改截止'),
  since: both('Waiting since', '开始等待'),
  deadline: both('Ends at', '等待截止'),
  approvers: both('Asked', '已通知'),
  message: both('Message', '消息内容'),
  recipient: both('Recipient', '收件人'),
  template: both('Mail', '邮件类型'),
  fileName: both('File', '附件'),
  from: both('From', '开始'),
  until: both('Until', '结束'),
  scope: both('Tasks', '事项'),
  case: both('Case', '案件编号'),
  decideBefore: both('Please decide before', '处理截止'),
  effect: both('Action', '动作编号'),
  lastError: both('Last error', '最近错误'),
  approvalId: both('Approval', '审批编号'),
  amount: both('Amount', '金额'),
  linkLimit: both('A link may decide up to', '链接审批上限'),
  more: both('And more', '其余'),
} as const;

export const AUTOMATIC = both(
  'Sent by Meridian; nobody reads answers to this mail.',
  '本邮件由系统自动发送，请勿回复。',
);

/** Without those that are empty; one without a label has its name. */
export function shown(facts: { readonly [name: string]: string | undefined }, language: Language): MailModel['facts'] {
  const labels: { readonly [name: string]: Text } = LABELS;
  return Object.entries(facts).flatMap(([name, value]) =>
    hasText(value) ? [{ label: say(labels[name] ?? { en: name, zh: name }, language), value }] : [],
  );
}

export function instant(value: string | undefined, language: Language, timeZone: string): string | undefined {
  return hasText(value) ? formatInstant(value, language, timeZone) : undefined;
}

export function hasText(value: string | undefined): value is string {
  return value !== undefined && value !== '';
}

/** The reason, as its reader understands it. */
export function inLanguage({ reason, reasonZh }: Facts, language: Language): string | undefined {
  return language === 'zh-CN' && hasText(reasonZh) ? reasonZh : reason;
}
