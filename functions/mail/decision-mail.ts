/** Mails that ask a person to decide, or show what is decided: everything needed to make up one's mind, and the link. */
import { type ApprovalState, levelAt } from '../approvals/domain/approval-state.ts';
import type { DocumentChanges } from '../approvals/domain/compare-documents.ts';
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import { budgetFacts, earlierFacts } from '../pages/decision-facts.ts';
import {
  changedSinceText,
  changeFacts,
  howText,
  NOTHING_CHANGED,
  versionNumberText,
} from '../pages/document-changes.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import { both, type Language, say, type Text } from '../pages/language.ts';
import { deciderText, doneText, levelText, SUBJECTS } from '../pages/words.ts';
import { type MailFact, type MailModel, subjectLine } from './mail-model.ts';

export type DecisionTemplate =
  | 'decision-requested'
  | 'decision-opinion'
  | 'decision-reminder'
  | 'decision-escalated'
  | 'decision-sign-in'
  | 'decision-out-of-reach'
  | 'decision-copied';

export interface DecisionMailParts {
  readonly template: DecisionTemplate;
  readonly approval: ApprovalState;
  /** Undefined: the level is open no more, and the person is asked nothing. */
  readonly deadline?: string;
  /** Index of the level that the person is asked about, or from which they were copied. */
  readonly level: number;
  /** Who copied the person, in words: a name, or the rules. */
  readonly copiedBy?: string;
  readonly costCentreName?: string;
  /** Since the version that was returned. */
  readonly changes?: DocumentChanges;
  /** Who has decided so far, by what counts still; oldest first. */
  readonly decided: readonly DecidedBefore[];
  readonly url: string;
  readonly language: Language;
  readonly timeZone: string;
}

export interface DecidedBefore {
  /** Index of the level. */
  readonly level: number;
  /** Name of the person. */
  readonly by: string;
  /** Name of whose task it was by the rules, where somebody else decided it. */
  readonly onBehalfOf?: string;
  readonly action: string;
  /** ISO 8601. */
  readonly at: string;
}

/** The page has them all; a mail that is cut off by its programme would lose its button. */
const MAX_LINES = 12;

const OPENINGS: { readonly [template in DecisionTemplate]: { readonly subject: Text; readonly lead: Text } } = {
  'decision-requested': {
    subject: both('Please decide', '请审批'),
    lead: both('Your decision is needed.', '有一项事务需要您审批。'),
  },
  'decision-opinion': {
    subject: both('Your opinion, please', '请提供意见'),
    lead: both(
      'A colleague asks for your opinion before deciding; the decision stays with them.',
      '同事在审批前征求您的意见，最终决定仍由其本人作出。',
    ),
  },
  'decision-reminder': {
    subject: both('Reminder', '催办'),
    lead: both('This still waits for your decision.', '该事项仍在等待您的审批。'),
  },
  'decision-escalated': {
    subject: both('Escalated to you', '已升级至您'),
    lead: both(
      'This was not decided in time, so you are asked as well, in the place of whoever has not answered. Whoever of you decides first decides.',
      '该事项未在规定时间内处理，现同时请您代未答复者审批。以先作出的决定为准。',
    ),
  },
  'decision-sign-in': {
    subject: both('Please sign in to decide', '请登录后审批'),
    lead: both(
      'The rules of the company have changed: for this amount the link alone decides no more, neither this one nor one that you have already. Please open it and sign in to decide.',
      '公司规则已变更：此金额不能再仅凭邮件链接审批，此前收到的链接同样如此。请打开链接并登录后审批。',
    ),
  },
  'decision-out-of-reach': {
    subject: both('Please decide', '请审批'),
    lead: both(
      'Those who were asked cannot approve this among themselves any more: too few of them are left, or nobody whose limit covers the amount. You are asked in their place, and your decision counts for the level.',
      '该层级其余审批人已无法通过（可同意人数不足，或均无相应金额权限），现请您审批，您的决定即为该层级的结果。',
    ),
  },
  'decision-copied': {
    subject: both('For your information', '抄送'),
    lead: both(
      'You were copied. You can read this, and there is nothing for you to decide.',
      '该事项抄送给您，仅供查阅，无需您处理。',
    ),
  },
};

const LABELS = {
  level: both('Level', '审批层级'),
  requester: both('Requested by', '申请人'),
  supplier: both('Supplier', '供应商'),
  costCentre: both('Cost centre', '成本中心'),
  version: both('Version', '版本'),
  onPage: both('; what was said about the version before is on the page', '（此前版本的审批意见见页面）'),
  deadline: both('Decide by', '审批截止'),
  copiedBy: both('Copied by', '抄送人'),
  files: both('Files on the page', '页面上的附件'),
  open: both('View and decide', '查看并审批'),
  personal: both(
    'This link is for you only: whoever has it can decide in your name. Please do not forward this mail.',
    '此链接仅供您本人使用，持有链接者可以您的名义作出决定，请勿转发本邮件。',
  ),
  view: both('View', '查看'),
  reading: both(
    'The link shows this to you for 30 days, and decides nothing.',
    '此链接可在 30 天内查阅，不能用于审批。',
  ),
  readersOnly: both('It is for you only. Please do not forward this mail.', '此链接仅供您本人使用，请勿转发本邮件。'),
  opening: both('Opening the link decides nothing yet.', '打开链接不会自动作出决定。'),
} as const;

export function decisionMail(parts: DecisionMailParts): MailModel {
  const { approval, language } = parts;
  const { document, subject } = approval.plan;
  const opening = OPENINGS[parts.template];
  const amount = amountOf(document, language);
  const separator = language === 'en' ? ': ' : '：';
  const topic = amount === undefined ? document.title : `${document.title} (${amount.main})`;
  return {
    language,
    subject: subjectLine(`${say(opening.subject, language)}${separator}${topic}`),
    preview: `${say(SUBJECTS[subject], language)} · ${document.requesterName ?? ''}`,
    heading: document.title,
    paragraphs: [`${say(SUBJECTS[subject], language)}${language === 'en' ? '. ' : '：'}${say(opening.lead, language)}`],
    ...(amount === undefined ? {} : { amount }),
    facts: factsOf(parts),
    lines: document.lines.slice(0, MAX_LINES).map((line) => ({
      label: line.label,
      how: howText(line, document.currency, language),
      amount: formatMoney(line.amount, document.currency, language),
    })),
    ...moreLines(document.lines.length - MAX_LINES, language),
    ...linkOf(parts),
  };
}

/** The link, and what its reader is to know of it. */
function linkOf({ template, url, language }: DecisionMailParts): Pick<MailModel, 'button' | 'smallPrint'> {
  const [label, ...smallPrint] =
    template === 'decision-copied'
      ? ([LABELS.view, LABELS.reading, LABELS.readersOnly] as const)
      : ([LABELS.open, LABELS.opening, LABELS.personal] as const);
  return { button: { label: say(label, language), url }, smallPrint: smallPrint.map((text) => say(text, language)) };
}

function factsOf(parts: DecisionMailParts): readonly MailFact[] {
  const { approval, deadline, level, copiedBy, costCentreName, language, timeZone } = parts;
  const { document } = approval.plan;
  const costCentre = costCentreName === undefined ? document.costCentre : `${costCentreName} (${document.costCentre})`;
  const known: readonly (readonly [Text, string | undefined])[] = [
    [LABELS.version, versionText(parts)],
    [LABELS.requester, document.requesterName],
    [LABELS.supplier, document.supplier],
    [LABELS.costCentre, costCentre],
    [LABELS.level, say(levelText(levelAt(approval.plan, level).name), language)],
    [LABELS.deadline, deadline === undefined ? undefined : formatInstant(deadline, language, timeZone)],
    [LABELS.copiedBy, copiedBy],
    ...document.notes
      .filter(({ isOnPageOnly }) => isOnPageOnly !== true)
      .map(({ label, value }) => [label, value] as const),
    ...decidedFacts(parts),
    [LABELS.files, approval.attachments.length === 0 ? undefined : String(approval.attachments.length)],
  ];
  const facts = known.flatMap(([label, value]) =>
    value === undefined || value === '' ? [] : [{ label: say(label, language), value }],
  );
  const judged = [...changedFacts(parts), ...budgetFacts(document, parts), ...earlierFacts(document, parts)];
  return [...facts, ...judged.map(({ label, value }) => ({ label, value }))];
}

/** What was said about the version before stands on the page alone: a mail goes on to others. */
function versionText({ approval: { plan }, changes, language }: DecisionMailParts): string | undefined {
  const { documentVersion } = plan;
  const number = say(versionNumberText(documentVersion), language);
  const pointer = changes === undefined ? '' : say(LABELS.onPage, language);
  return documentVersion === 1 ? undefined : `${number}${pointer}`;
}

/** What changed, as far as a mail may say it; the page has it all. */
function changedFacts({ changes, language }: DecisionMailParts): readonly MailFact[] {
  if (changes === undefined) {
    return [];
  }
  const notes = changes.notes.filter(({ isOnPageOnly }) => isOnPageOnly !== true);
  const facts = changeFacts({ ...changes, notes }, language);
  const since = say(changedSinceText(changes), language);
  const rest = Math.max(0, facts.length - MAX_LINES) + changes.notes.length - notes.length;
  const last = facts.length === 0 && rest === 0 ? NOTHING_CHANGED : moreChanges(rest);
  return [
    ...facts.slice(0, MAX_LINES).map(({ label, value }) => ({ label: `${since} · ${label}`, value })),
    ...(facts.length > 0 && rest === 0 ? [] : [{ label: since, value: say(last, language) }]),
  ];
}

function moreChanges(count: number): Text {
  return both(`${count} more on the page`, `另有 ${count} 处变更，见页面`);
}

/** The level, and who decided what there when. */
function decidedFacts({ approval, decided, language, timeZone }: DecisionMailParts) {
  return decided.map(({ level, by, onBehalfOf, action, at }) => {
    const who = say(deciderText({ en: by, zh: by }, onBehalfOf), language);
    const what = `${say(doneText(action), language)} · ${who} · ${formatInstant(at, language, timeZone)}`;
    return [levelText(levelAt(approval.plan, level).name), what] as const;
  });
}

/** What failed before it was checked has no amount yet. */
function amountOf(document: DecisionDocument, language: Language): MailModel['amount'] {
  if (document.total === '0') {
    return undefined;
  }
  const main = formatMoney(document.total, document.currency, language);
  return document.currency === document.baseCurrency
    ? { main }
    : { main, base: formatMoney(document.baseTotal, document.baseCurrency, language) };
}

function moreLines(count: number, language: Language) {
  return count <= 0 ? {} : { moreLines: say(both(`and ${count} more lines`, `另有 ${count} 行明细`), language) };
}
