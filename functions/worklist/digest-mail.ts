/** The morning's mail of what somebody is asked, with the way to the page where they decide it. */
import type { OpenTask } from '../approvals/domain/open-tasks.ts';
import { type MailModel, subjectLine } from '../mail/mail-model.ts';
import { formatInstant, formatMoney } from '../pages/format.ts';
import { both, type Language, say } from '../pages/language.ts';
import { SUBJECTS } from '../pages/words.ts';

/** Tasks that the mail names; the page has them all. */
const MAX_SHOWN = 12;

const LABELS = {
  earliest: both('Those with the earliest deadlines:', '截止时间最近的事项：'),
  begun: both(
    'They are away from now on. What was open before is on your list of tasks as well: you may take it over, by the first thing that you do about it, within your own authority. It stays on theirs until then.',
    '对方自现在起不在岗。此前已有的待办现也列在您的待办中，您可在自己的权限内处理，处理后即由您接手；在此之前仍保留在对方的待办中。',
  ),
  open: both('View my tasks', '查看我的待办'),
  why: both(
    'Sent on the mornings of working days while something waits for you; nobody reads answers to this mail.',
    '仅在工作日早晨有待办事项时发送。本邮件由系统自动发送，请勿回复。',
  ),
  whyBegun: both(
    'Sent once when somebody for whom you stand in is away and tasks of theirs are open; nobody reads answers to this mail.',
    '在您所代理的人员开始不在岗且有待办事项时发送一次。本邮件由系统自动发送，请勿回复。',
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
  /** Name of whoever is away from now on, where the mail is of their tasks alone; absent: it is the morning's. */
  readonly begun?: string;
  /** Of the page with all of them. */
  readonly url: string;
  readonly language: Language;
  readonly timeZone: string;
}

export function digestMail({ tasks, hasMore, begun, url, language, timeZone }: DigestParts): MailModel {
  const count = hasMore ? `${tasks.length}+` : String(tasks.length);
  const isOne = tasks.length === 1 && !hasMore;
  const waiting =
    begun === undefined
      ? both(isOne ? 'One task waits for you' : `${count} tasks wait for you`, `您有 ${count} 项待办`)
      : both(
          `You stand in for ${begun}: ${isOne ? 'one task waits' : `${count} tasks wait`}`,
          `请代理${begun}：有 ${count} 项待办`,
        );
  const heading = say(waiting, language);
  return {
    language,
    subject: subjectLine(heading),
    preview: tasks[0]?.task.title ?? '',
    heading,
    paragraphs: [
      ...(begun === undefined ? [] : [say(LABELS.begun, language)]),
      ...(tasks.length > MAX_SHOWN ? [say(LABELS.earliest, language)] : []),
    ],
    facts: tasks
      .slice(0, MAX_SHOWN)
      .map((one) => ({ label: one.task.title, value: taskText(one, language, timeZone) })),
    lines: [],
    button: { label: say(LABELS.open, language), url },
    smallPrint: [say(begun === undefined ? LABELS.why : LABELS.whyBegun, language)],
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
