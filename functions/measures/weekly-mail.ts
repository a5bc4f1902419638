/** The weekly mail: how the processes of the week before went, against the week before that. */
import { type MailModel, subjectLine } from '../mail/mail-model.ts';
import { formatDate, formatMoney } from '../pages/format.ts';
import { both, type Language, say, type Text } from '../pages/language.ts';
import { meanOf, percentileOf, type Tallies, tallyName } from './domain/tally.ts';
import { hoursText, kindText, placeText } from './measure-words.ts';
import type { NodeFigures, WaitingProcess } from './read-figures.ts';

/** One kind of process. */
export interface WeekOfKind {
  readonly kind: string;
  readonly week: Tallies;
  readonly before: Tallies;
  readonly slowest: readonly NodeFigures[];
}

export interface WeeklyParts {
  /** Monday of the week that it is about, `YYYY-MM-DD`. */
  readonly week: string;
  /** Kinds with anything to tell. */
  readonly kinds: readonly WeekOfKind[];
  readonly waiting: readonly WaitingProcess[];
  /** Open processes, and their amounts by currency. */
  readonly open: number;
  readonly money: readonly { readonly amount: string; readonly currency: string }[];
  readonly now: Date;
  /** Of the dashboards. */
  readonly url: string;
  readonly language: Language;
}
const HOUR = 3_600_000;

const LABELS = {
  open: both('View the dashboards', '查看看板'),
  why: both(
    'Sent once a week to those whom the company named for it; nobody reads answers to this mail.',
    '每周一次，发送给公司指定的人员。本邮件由系统自动发送，请勿回复。',
  ),
  underWay: both('Under way', '进行中'),
  waiting: both('Waiting longest', '等待最久'),
  slowest: both('Slowest', '最慢节点'),
  quiet: both('Nothing was started, and nothing ended.', '本周没有发起或办结的流程。'),
} as const;

export function weeklyMail({ week, kinds, waiting, open, money, now, url, language }: WeeklyParts): MailModel {
  const day = formatDate(week, language);
  const heading = say(both(`The week from ${day}`, `${day} 起一周流程概况`), language);
  const inFlight = money.map(({ amount, currency }) => formatMoney(amount, currency, language));
  const separator = language === 'en' ? ', ' : '，';
  return {
    language,
    subject: subjectLine(heading),
    preview: say(both(`${open} processes are under way`, `进行中 ${open} 个流程`), language),
    heading,
    paragraphs: kinds.length === 0 ? [say(LABELS.quiet, language)] : [],
    facts: [
      { label: say(LABELS.underWay, language), value: [String(open), ...inFlight].join(separator) },
      ...kinds.map((one) => ({
        label: say(kindText(one.kind), language),
        value: kindFigures(one)
          .map((text) => say(text, language))
          .join(separator),
      })),
      ...waiting.map(({ processId, requestId, standstill: { place, phase, since } }) => ({
        label: `${say(LABELS.waiting, language)}: ${requestId === '' ? processId : requestId}`,
        value: [placeText(place, phase), hoursText(Math.max(0, now.getTime() - Date.parse(since)) / HOUR)]
          .map((text) => say(text, language))
          .join(separator),
      })),
    ],
    lines: [],
    button: { label: say(LABELS.open, language), url },
    smallPrint: [say(LABELS.why, language)],
  };
}

function kindFigures({ week, before, slowest }: WeekOfKind): readonly Text[] {
  const count = (tallies: Tallies, measure: 'ProcessesStarted' | 'CycleHours') =>
    tallies[tallyName(measure)]?.count ?? 0;
  const [started, ended] = [count(week, 'ProcessesStarted'), count(week, 'CycleHours')];
  const [startedBefore, endedBefore] = [count(before, 'ProcessesStarted'), count(before, 'CycleHours')];
  const median = percentileOf(week[tallyName('CycleHours')] ?? { count: 0, thousandths: 0 }, 50);
  const [slow] = slowest;
  return [
    both(`${started} started (before: ${startedBefore})`, `发起 ${started}（上周 ${startedBefore}）`),
    both(`${ended} ended (before: ${endedBefore})`, `办结 ${ended}（上周 ${endedBefore}）`),
    ...(median === undefined ? [] : [labelled(both('median', '历时中位数'), hoursText(median))]),
    ...rate(week, 'FirstPassYield', both('without going back', '一次通过率')),
    ...rate(week, 'OverdueRate', both('overdue', '超期率')),
    ...rate(week, 'ExceptionRate', both('with an exception', '异常率')),
    ...(slow === undefined ? [] : [slowestText(slow)]),
  ];
}

function rate(week: Tallies, measure: 'FirstPassYield' | 'OverdueRate' | 'ExceptionRate', name: Text): readonly Text[] {
  const tally = week[tallyName(measure)];
  const percent = `${tally === undefined ? 0 : Math.round(meanOf(tally))} %`;
  return tally === undefined ? [] : [labelled(name, both(percent, percent))];
}

function slowestText({ place, median }: NodeFigures): Text {
  const [where, hours] = [placeText(place), hoursText(median)];
  return both(
    `${LABELS.slowest.en.toLowerCase()}: ${where.en} ${hours.en}`,
    `${LABELS.slowest.zh} ${where.zh} ${hours.zh}`,
  );
}

function labelled(name: Text, value: Text): Text {
  return both(`${name.en} ${value.en}`, `${name.zh} ${value.zh}`);
}
