/** What could be better, in plain words with figures and an example: made of the answers of the saved queries. */
import { both, type Language, say, type Text } from '../pages/language.ts';
import { levelText, outcomeText, SUBJECTS, waitText } from '../pages/words.ts';
import { type AnswerRow, type EventLogAnswers, numberOf, textOf } from './log-answers.ts';

export interface ReportSection {
  readonly title: string;
  /** Each stands for itself. Empty: nothing was found, which the reader is told as well. */
  readonly findings: readonly string[];
}

export interface ReportWords {
  readonly language: Language;
  /** Name of an employee; an id that nobody knows stays as it is. */
  readonly nameOf: (employeeId: string) => string;
}

/** Findings of a section: the largest. */
const MOST = 5;
/** Below so many answers nothing is said about what somebody never does. */
const ENOUGH = 30;
/** Seen less often, two people who wait for each other are chance. */
const OFTEN = 10;

/** Sections in the order of what a reader wants to know first. */
export async function reportOf(log: EventLogAnswers, words: ReportWords): Promise<readonly ReportSection[]> {
  const [cycles, levels, waits, answers, rework, turns, load, failures] = await Promise.all([
    log.ask('cycle-times'),
    log.ask('level-waits'),
    log.ask('waits'),
    log.ask('level-answers'),
    log.ask('rework'),
    log.ask('in-turn'),
    log.ask('approver-load'),
    log.ask('failures'),
  ]);
  const tell = (title: Text, rows: readonly AnswerRow[], finding: (row: AnswerRow) => Text): ReportSection => ({
    title: say(title, words.language),
    findings: rows.map((row) => say(finding(row), words.language)),
  });
  const asked = levels.filter((row) => row.subject !== 'operator');
  const yesOnly = answers.filter((row) => row.subject !== 'operator' && isYesOnly(row));
  return [
    tell(both('How long it takes', '办理时长'), cycles, cycleText),
    tell(both('Where approvals wait', '审批瓶颈'), asked.slice(0, MOST), levelWaitText),
    tell(both('What else is waited for', '其他等待'), waits.filter(isNoMoment).slice(0, MOST), waitedText),
    tell(both('Who takes longest', '审批最慢的人员'), slowest(load), loadText(words)),
    tell(both('Levels that never say no', '从未驳回的审批层级'), yesOnly, yesOnlyText),
    tell(both('Who always waits for whom', '总在互相等待的审批人'), oftenInTurn(turns), inTurnText(words)),
    tell(
      both('What is done again', '返工'),
      rework.filter((row) => numberOf(row, 'times') > 0).slice(0, MOST),
      reworkText,
    ),
    tell(both('What fails', '失败步骤'), failures.slice(0, MOST), failureText),
  ];
}

/** A leave takes as long as it takes: nobody is waited for. */
function isNoMoment(row: AnswerRow): boolean {
  return !['leave-start', 'leave-end', 'effective-date'].includes(textOf(row, 'wait_kind'));
}

function isYesOnly(row: AnswerRow): boolean {
  return numberOf(row, 'answers') >= ENOUGH && numberOf(row, 'no') + numberOf(row, 'sent_back') === 0;
}

function slowest(load: readonly AnswerRow[]): readonly AnswerRow[] {
  return load
    .filter((row) => numberOf(row, 'answers') >= ENOUGH)
    .sort((one, other) => numberOf(other, 'median_hours') - numberOf(one, 'median_hours'))
    .slice(0, MOST);
}

function oftenInTurn(turns: readonly AnswerRow[]): readonly AnswerRow[] {
  return turns.filter((row) => numberOf(row, 'times') >= OFTEN).slice(0, MOST);
}

const cycleText = (row: AnswerRow): Text => {
  const [kind, ended] = [kindText(textOf(row, 'kind')), outcomeText(textOf(row, 'outcome'))];
  const [count, half, most] = [textOf(row, 'processes'), hours(row, 'median_hours'), hours(row, 'p90_hours')];
  return both(
    `${kind.en}, ${ended.en.toLowerCase()}: ${count}; half of them took no more than ${half} h, nine in ten no more than ${most} h`,
    `${kind.zh}（${ended.zh}）：${count} 件；半数不超过 ${half} 小时，九成不超过 ${most} 小时`,
  );
};

const levelWaitText = (row: AnswerRow): Text => {
  const at = placeText(row);
  const [visits, total, slow] = [textOf(row, 'visits'), hours(row, 'total_hours'), textOf(row, 'slowest_process')];
  const [half, most, late] = [hours(row, 'median_hours'), hours(row, 'p90_hours'), textOf(row, 'escalated')];
  return both(
    `${at.en}: asked ${visits} times, ${total} h of waiting in all; half of the answers came within ${half} h, nine in ten within ${most} h; escalated ${late} times. The slowest: ${slow}`,
    `${at.zh}：共 ${visits} 次，累计等待 ${total} 小时；半数在 ${half} 小时内答复，九成在 ${most} 小时内答复；升级 ${late} 次。最慢一件：${slow}`,
  );
};

const waitedText = (row: AnswerRow): Text => {
  const [kind, what] = [kindText(textOf(row, 'kind')), waitText(textOf(row, 'wait_kind'))];
  const [visits, total, half] = [textOf(row, 'visits'), hours(row, 'total_hours'), hours(row, 'median_hours')];
  const slow = textOf(row, 'slowest_process');
  return both(
    `${kind.en}, ${what.en}: ${visits} times, ${total} h in all, half of them within ${half} h. The slowest: ${slow}`,
    `${kind.zh}（${what.zh}）：${visits} 次，累计 ${total} 小时，半数在 ${half} 小时内完成。最慢一件：${slow}`,
  );
};

const loadText =
  ({ nameOf }: ReportWords) =>
  (row: AnswerRow): Text => {
    const name = nameOf(textOf(row, 'employee_id'));
    const [count, half] = [textOf(row, 'answers'), hours(row, 'median_hours')];
    return both(
      `${name}: ${count} answers, half of them only after ${half} h`,
      `${name}：答复 ${count} 次，半数超过 ${half} 小时`,
    );
  };

/** By the rule of three: of n answers without a no, the share of no is below 3/n with 95 % confidence. */
const yesOnlyText = (row: AnswerRow): Text => {
  const at = placeText(row);
  const count = numberOf(row, 'answers');
  const share = ((3 / count) * 100).toFixed(1);
  return both(
    `${at.en}: asked ${count} times, said yes ${count} times. If it ever says no, then less than ${share} % of the time (95 % confidence)`,
    `${at.zh}：${count} 次均为同意。若存在否决，比例低于 ${share}%（95% 置信度）`,
  );
};

const inTurnText =
  ({ nameOf }: ReportWords) =>
  (row: AnswerRow): Text => {
    const subject = subjectText(textOf(row, 'subject'));
    const [first, then] = [nameOf(textOf(row, 'first_person')), nameOf(textOf(row, 'then_person'))];
    const [times, saved] = [textOf(row, 'times'), hours(row, 'hours_side_by_side')];
    return both(
      `${subject.en}: ${then} was asked after ${first} ${times} times; asked side by side, ${saved} h of waiting would not have been`,
      `${subject.zh}：${then}在${first}之后审批 ${times} 次；若并行审批，可减少等待 ${saved} 小时`,
    );
  };

const reworkText = (row: AnswerRow): Text => {
  const kind = kindText(textOf(row, 'kind'));
  const [count, reworked, centre] = [numberOf(row, 'processes'), numberOf(row, 'reworked'), textOf(row, 'cost_centre')];
  const share = ((reworked / count) * 100).toFixed(0);
  const at = centre === '' ? both('', '') : both(` of ${centre}`, `（${centre}）`);
  return both(
    `${kind.en}${at.en}: ${reworked} of ${count} (${share} %) were sent back at least once, ${textOf(row, 'times')} times in all`,
    `${kind.zh}${at.zh}：${count} 件中 ${reworked} 件（${share}%）至少退回一次，共 ${textOf(row, 'times')} 次`,
  );
};

const failureText = (row: AnswerRow): Text => {
  const kind = kindText(textOf(row, 'kind'));
  const [step, count, last, one] = ['step', 'failures', 'last_at', 'a_process'].map((column) => textOf(row, column));
  return both(
    `${kind.en}, ${step}: failed ${count} times, last at ${last}. One of them: ${one}`,
    `${kind.zh}（${step}）：失败 ${count} 次，最近一次 ${last}。例如：${one}`,
  );
};

function placeText(row: AnswerRow): Text {
  const [subject, level] = [subjectText(textOf(row, 'subject')), levelText(textOf(row, 'level_name'))];
  return both(`${subject.en}, ${level.en}`, `${subject.zh}·${level.zh}`);
}

function subjectText(name: string): Text {
  return Object.entries(SUBJECTS).find(([subject]) => subject === name)?.[1] ?? both(name, name);
}

const KINDS: { readonly [kind: string]: Text } = {
  'procure-to-pay': both('Purchase', '采购'),
  'expense-to-posting': both('Expense claim', '报销'),
  'leave-request': both('Leave', '请假'),
  'office-request': both('Office request', '办公申请'),
  'engineering-change': both('Engineering change', '工程变更'),
  replenishment: both('Replenishment', '补货'),
  'payroll-run': both('Payroll run', '薪资批次'),
};

function kindText(kind: string): Text {
  return KINDS[kind] ?? both(kind, kind);
}

/** One digit is all that anybody can use. */
function hours(row: AnswerRow, column: string): string {
  const value = numberOf(row, column);
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
