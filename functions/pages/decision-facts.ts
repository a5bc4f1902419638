/** What a decision about money needs besides the request itself, in words: the same in the mail and on the page. */
import type {
  BudgetFacts,
  EarlierRequest,
  EarlierRequests,
  RequestsSince,
  Row,
} from '../approvals/domain/decision-facts.ts';
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import { compare, multiply } from '../money/money.ts';
import { formatDate, formatInstant, formatMoney } from './format.ts';
import { both, type Language, say, type Text } from './language.ts';
import { outcomeText } from './words.ts';

/** One fact, in the reader's language. */
export interface ShownFact {
  readonly label: string;
  readonly value: string;
  /** Money is missing: not to be overlooked. */
  readonly isWarning?: true;
}

export interface FactReader {
  readonly language: Language;
  /** IANA zone of the reader. */
  readonly timeZone: string;
}

const BUDGET = {
  budgeted: both('Budget', '预算'),
  used: both('Used so far', '已使用'),
  committed: both('Ordered, not invoiced yet', '已下单未开票'),
  after: both('After this request', '本次申请后'),
} as const;

const EARLIER: Readonly<Record<Row, Text>> = {
  purchases: both('Earlier purchases', '历史采购'),
  claims: both('Earlier claims', '历史报销'),
  changes: both('Earlier changes', '历史变更'),
};
const SINCE = both('Asked for since then', '此后提交的申请');
const ON_ITS_WAY = both('under way', '进行中');

/** The budget that is charged; empty: there is none. */
export function budgetFacts({ budget }: DecisionDocument, { language }: FactReader): readonly ShownFact[] {
  if (budget === undefined) {
    return [];
  }
  const { currency, budgeted, used, committed, leftAfter } = budget;
  const money = (amount: string) => formatMoney(amount, currency, language);
  return [
    { label: say(BUDGET.budgeted, language), value: `${money(budgeted)} · ${periodText(budget, language)}` },
    { label: say(BUDGET.used, language), value: money(used) },
    ...(committed === undefined ? [] : [{ label: say(BUDGET.committed, language), value: money(committed) }]),
    ...(leftAfter === undefined ? [] : [afterFact(leftAfter, currency, language)]),
  ];
}

function periodText({ from, to }: BudgetFacts, language: Language): string {
  return `${formatDate(from, language)} – ${formatDate(to, language)}`;
}

function afterFact(leftAfter: string, currency: string, language: Language): ShownFact {
  const label = say(BUDGET.after, language);
  const isExceeded = compare(leftAfter, '0') < 0;
  const amount = formatMoney(isExceeded ? multiply(leftAfter, '-1') : leftAfter, currency, language);
  return isExceeded
    ? { label, value: say(both(`exceeds the budget by ${amount}`, `超出预算 ${amount}`), language), isWarning: true }
    : { label, value: say(both(`leaves ${amount}`, `剩余 ${amount}`), language) };
}

/** What was asked for before in the same row; empty: nothing, or it stands in none. */
export function earlierFacts(document: DecisionDocument, reader: FactReader): readonly ShownFact[] {
  const { earlierRequests, baseCurrency } = document;
  if (earlierRequests === undefined) {
    return [];
  }
  const { language } = reader;
  const inAll = {
    label: say(EARLIER[earlierRequests.of], language),
    value: say(summaryText(earlierRequests, baseCurrency), language),
  };
  return [inAll, ...earlierRequests.latest.map((one) => requestFact(one, baseCurrency, reader))];
}

/** What came into the same row after the question was asked; empty: nothing. */
export function sinceFacts(
  { baseCurrency }: DecisionDocument,
  since: RequestsSince | undefined,
  reader: FactReader,
): readonly ShownFact[] {
  if (since === undefined) {
    return [];
  }
  const { of, count, latest } = since;
  const { en, zh } = ROWS[of];
  const summary = both(`${count} more ${en(count)}`, `${zh} ${count} ${of === 'changes' ? '次' : '笔'}`);
  return [
    { label: say(SINCE, reader.language), value: say(summary, reader.language) },
    ...latest.map((one) => requestFact(one, baseCurrency, reader)),
  ];
}

function requestFact(
  { number, title, amount, at, outcome }: EarlierRequest,
  currency: string,
  { language, timeZone }: FactReader,
): ShownFact {
  const became = outcome === undefined ? ON_ITS_WAY : outcomeText(outcome);
  const what = title === '' ? number : `${title} (${number})`;
  return {
    label: formatInstant(at, language, timeZone),
    value: `${formatMoney(amount, currency, language)} · ${say(became, language)} · ${what}`,
  };
}

function summaryText({ of, count, total, days, isMore }: EarlierRequests, currency: string): Text {
  const { en, zh } = ROWS[of];
  const least = isMore === true ? both('at least ', '至少') : both('', '');
  return {
    en: `${least.en}${count} ${en(count)} in ${days} days, ${formatMoney(total, currency, 'en')} ${SUMS[of].en}`,
    zh: `近 ${days} 天内${zh}${least.zh} ${count} ${SUMS[of].zh} ${formatMoney(total, currency, 'zh-CN')}`,
  };
}

/** One of them, or several. */
const ROWS: Readonly<Record<Row, { readonly en: (count: number) => string; readonly zh: string }>> = {
  purchases: {
    en: (count) => `${count === 1 ? 'purchase' : 'purchases'} from this supplier by the same requester`,
    zh: '同一申请人向该供应商采购',
  },
  claims: { en: (count) => `${count === 1 ? 'claim' : 'claims'} by the same employee`, zh: '该员工报销' },
  changes: { en: (count) => `${count === 1 ? 'change' : 'changes'} of this bill of materials`, zh: '该物料清单变更' },
};

/** What their amounts come to. */
const SUMS: Readonly<Record<Row, Text>> = {
  purchases: both('in all', '笔，合计'),
  claims: both('in all', '笔，合计'),
  changes: both('of stock and orders needed no more', '次，涉及不再需要的库存与在途订单金额'),
};
