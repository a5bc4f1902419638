/** What a decision about money needs besides the request itself, in words: the same in the mail and on the page. */
import type { BudgetFacts, EarlierPurchases } from '../approvals/domain/decision-facts.ts';
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import { compare, multiply } from '../money/money.ts';
import { formatDate, formatInstant, formatMoney } from './format.ts';
import { type Language, say, type Text } from './language.ts';
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

const both = (en: string, zh: string): Text => ({ en, zh });

const BUDGET = {
  budgeted: both('Budget', '预算'),
  used: both('Used so far', '已使用'),
  committed: both('Ordered, not invoiced yet', '已下单未开票'),
  after: both('After this request', '本次申请后'),
} as const;

const EARLIER = both('Earlier purchases', '历史采购');
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

/** What the requester bought from the supplier before; empty: nothing, or it is no purchase that is asked for. */
export function earlierPurchaseFacts(document: DecisionDocument, reader: FactReader): readonly ShownFact[] {
  const { earlierPurchases, baseCurrency } = document;
  if (earlierPurchases === undefined) {
    return [];
  }
  const { language, timeZone } = reader;
  const inAll = { label: say(EARLIER, language), value: say(summaryText(earlierPurchases, baseCurrency), language) };
  const latest = earlierPurchases.latest.map(({ number, title, amount, at, outcome }) => {
    const became = outcome === undefined ? ON_ITS_WAY : outcomeText(outcome);
    const what = title === '' ? number : `${title} (${number})`;
    return {
      label: formatInstant(at, language, timeZone),
      value: `${formatMoney(amount, baseCurrency, language)} · ${say(became, language)} · ${what}`,
    };
  });
  return [inAll, ...latest];
}

function summaryText({ count, total, days, isMore }: EarlierPurchases, currency: string): Text {
  const purchases = count === 1 ? 'purchase' : 'purchases';
  return {
    en: `${isMore === true ? 'at least ' : ''}${count} ${purchases} from this supplier by the same requester in ${days} days, ${formatMoney(total, currency, 'en')} in all`,
    zh: `近 ${days} 天内同一申请人向该供应商采购${isMore === true ? '至少' : ''} ${count} 笔，合计 ${formatMoney(total, currency, 'zh-CN')}`,
  };
}
