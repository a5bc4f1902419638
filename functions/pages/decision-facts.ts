/** What a decision about money needs besides the request itself, in words: the same in the mail and on the page. */
import type { EarlierPurchases } from '../approvals/domain/decision-facts.ts';
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import { formatInstant, formatMoney } from './format.ts';
import { type Language, say, type Text } from './language.ts';
import { outcomeText } from './words.ts';

/** One fact, in the reader's language. */
export interface ShownFact {
  readonly label: string;
  readonly value: string;
}

export interface FactReader {
  readonly language: Language;
  /** IANA zone of the reader. */
  readonly timeZone: string;
}

const both = (en: string, zh: string): Text => ({ en, zh });

const EARLIER = both('Earlier purchases', '历史采购');
const ON_ITS_WAY = both('under way', '进行中');

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
