/** What is other than in the version before, in words: the same in the mail and on the page. */
import {
  type Changed,
  type DocumentChanges,
  isTotalChanged,
  type LineChange,
} from '../approvals/domain/compare-documents.ts';
import type { DecisionDocument } from '../approvals/domain/plan.ts';
import type { ShownFact } from './decision-facts.ts';
import { formatMoney, formatQuantity } from './format.ts';
import { both, type Language, say, type Text } from './language.ts';

const FIELDS = {
  title: both('Title', '标题'),
  supplier: both('Supplier', '供应商'),
  costCentre: both('Cost centre', '成本中心'),
} as const;
const TOTAL = both('Total', '合计');
/** Where there are no facts. */
export const NOTHING_CHANGED = both('Nothing of what is shown has changed.', '所示内容没有变化。');

/** Above what changed. */
export function changedSinceText({ since }: Pick<DocumentChanges, 'since'>): Text {
  return both(`Changed since version ${since}`, `与第 ${since} 版相比的变更`);
}

/** Of the document as a whole. */
export function versionNumberText(version: number): Text {
  return both(String(version), `第 ${version} 版`);
}

/** How a line's amount comes about. */
export function howText(
  { quantity, unit, unitPrice }: Pick<DecisionDocument['lines'][number], 'quantity' | 'unit' | 'unitPrice'>,
  currency: string,
  language: Language,
): string {
  const of = unit === undefined ? '' : ` ${unit}`;
  return `${formatQuantity(quantity, language)}${of} × ${formatMoney(unitPrice, currency, language)}`;
}

/** The total first, then fields, lines and further facts; empty: nothing that is shown has changed. */
export function changeFacts(changes: DocumentChanges, language: Language): readonly ShownFact[] {
  const { total, fields, lines, notes } = changes;
  return [
    ...(isTotalChanged(changes) ? [{ label: say(TOTAL, language), value: totalText(total, language) }] : []),
    ...fields.map(({ field, ...value }) => ({
      label: say(FIELDS[field], language),
      value: changeText(value, language),
    })),
    ...lines.map((line) => ({ label: line.label, value: changeText(lineTexts(line, total, language), language) })),
    ...notes.map(({ label, ...value }) => ({ label: say(label, language), value: changeText(value, language) })),
  ];
}

function totalText({ before, after }: DocumentChanges['total'], language: Language): string {
  const money = ({ amount, currency }: typeof before) => formatMoney(amount, currency, language);
  return changeText({ before: money(before), after: money(after) }, language);
}

function lineTexts(
  { before, after }: LineChange,
  total: DocumentChanges['total'],
  language: Language,
): Changed<string> {
  const text = (figures: NonNullable<typeof before>, { currency }: typeof total.before) =>
    `${howText(figures, currency, language)} = ${formatMoney(figures.amount, currency, language)}`;
  return {
    ...(before === undefined ? {} : { before: text(before, total.before) }),
    ...(after === undefined ? {} : { after: text(after, total.after) }),
  };
}

/** Facts may hold arrows of their own, so that words say which is which. */
function changeText({ before, after }: Changed<string>, language: Language): string {
  if (before === undefined) {
    return say(both(`added: ${after}`, `新增：${after}`), language);
  }
  return after === undefined
    ? say(both(`taken out: ${before}`, `删除：${before}`), language)
    : say(both(`${before} → now ${after}`, `${before} → 现为 ${after}`), language);
}
