/** The morning's mail of what somebody is asked, with the way to the page where they decide it. */
import type { OpenTask } from '../approvals/domain/open-tasks.ts';
import { type MailModel, subjectLine } from '../mail/mail-model.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import { type Language, say, type Text } from '../pages/language.ts';
import { SUBJECTS } from '../pages/words.ts';

/** Tasks that the mail names; the page has them all. */
const MAX_SHOWN = 12;

const both = (en: string, zh: string): Text => ({ en, zh });

const LABELS = {
  earliest: both('Those with the earliest deadlines:', '截止时间最近的事项：'),
  open: both('View my tasks', '查看我的待办'),
  why: both(
    'Sent on the mornings of working days while something waits for you; nobody reads answers to this mail.',
    '仅在工作日早晨有待办事项时发送。本邮件由系统自动发送，请勿回复。',
  ),
} as const;

/** What waits for the reader, or for somebody for whom they stand in. */
export interface DigestTask {
  readonly task: OpenTask;
  /** Name of whoever is away; undefined: it is the reader's own. */
  readonly name?: string;
}

export interface DigestParts {
  /** Earliest deadline first; never empty. */
  readonly tasks: readonly DigestTask[];
  /** There are more than these. */
  readonly hasMore: boolean;
  /** Of the page with all of them. */
  readonly url: string;
  readonly language: Language;
  readonly timeZone: string;
}

export function digestMail({ tasks, hasMore, url, language, timeZone }: DigestParts): MailModel {
  const count = hasMore ? `${tasks.length}+` : String(tasks.length);
  const isOne = tasks.length === 1 && !hasMore;
  const heading = say(
    both(isOne ? 'One task waits for you' : `${count} tasks wait for you`, `您有 ${count} 项待办`),
    language,
  );
  return {
    language,
    subject: subjectLine(heading),
    preview: tasks[0]?.task.title ?? '',
    heading,
    paragraphs: tasks.length > MAX_SHOWN ? [say(LABELS.earliest, language)] : [],
    facts: tasks
      .slice(0, MAX_SHOWN)
      .map((one) => ({ label: one.task.title, value: taskText(one, language, timeZone) })),
    lines: [],
    button: { label: say(LABELS.open, language), url },
    smallPrint: [say(LABELS.why, language)],
  };
}

function taskText({ task, name }: DigestTask, language: Language, zone: string) {
  const { subject, requesterName, currency, total, deadline } = task;
  const until = formatInstant(deadline, language, zone);
  return [
    say(SUBJECTS[subject], language),
    ...(requesterName === undefined ? [] : [requesterName]),
    // What failed before it was checked has no amount yet.
    ...(total === '0' ? [] : [formatMoney(total, currency, language)]),
    say(both(`until ${until}`, `截止 ${until}`), language),
    ...(name === undefined ? [] : [say(both(`in place of ${name}`, `代理 ${name}`), language)]),
  ].join(' · ');
}
