/** What a person is shown to decide about an engineering change, and what an operator may do about a step that failed. Pure. */
import type { DecisionDocument } from '../../approvals/domain/plan.ts';
import type { ComponentFacts } from '../../connectors/erp/engineering-port.ts';
import { compare, type Money } from '../../money/money.ts';
import { type FailureAction, note } from '../../requests/domain/step-failure.ts';
import { CHANGE, type ChangeHead, checkedChange } from './change-process.ts';
import type { Difference } from './compare-bills.ts';

interface Shown {
  readonly requesterName: string;
  /** The company's. */
  readonly currency: string;
}

/** Each component that is altered, with what hangs on it: where it is used, what is on hand, and what is on order. */
export function changeDocument(head: ChangeHead, { requesterName, currency }: Shown): DecisionDocument {
  const { change, checked } = checkedChange(head.state);
  const { bill, differences, impact, atStake } = checked;
  return {
    ...changeAbout(head, requesterName, currency),
    total: atStake.amount,
    baseTotal: atStake.amount,
    lines: [],
    notes: [
      ...note('Product', '产品', `${bill.productCode} ${bill.productName}`),
      ...note('Bill in force', '当前物料清单版本', bill.version),
      ...note('Counts from', '生效日期', change.effectiveOn),
      ...differences.flatMap((difference) => differenceNote(difference, impact)),
      ...impact.flatMap(impactNotes),
      ...note('Needed no more (stock and open orders)', '不再需要的库存与在途订单金额', shownMoney(atStake)),
      ...note('Reason', '变更原因', change.reason),
    ],
  };
}

type Note = DecisionDocument['notes'][number];

function differenceNote({ productCode, from, to }: Difference, impact: readonly ComponentFacts[]): readonly Note[] {
  const { name = '', unit = '' } = impact.find((one) => one.productCode === productCode) ?? {};
  const product = `${productCode} ${name}`.trim();
  return note(wordFor(from, to).en, wordFor(from, to).zh, `${product}: ${from} → ${to} ${unit}`.trim());
}

function wordFor(from: string, to: string): { readonly en: string; readonly zh: string } {
  if (compare(from, '0') === 0) {
    return { en: 'New component', zh: '新增物料' };
  }
  return compare(to, '0') === 0
    ? { en: 'Component left out', zh: '取消物料' }
    : { en: 'Other quantity', zh: '用量调整' };
}

function impactNotes({
  productCode,
  unit,
  onHand,
  stockValue,
  onOrder,
  orderValue,
  usedIn,
}: ComponentFacts): readonly Note[] {
  return [
    ...note(
      `${productCode}: on hand / on order`,
      `${productCode}：库存／在途`,
      `${onHand} ${unit} (${shownMoney(stockValue)}) / ${onOrder} ${unit} (${shownMoney(orderValue)})`,
    ),
    ...note(`${productCode}: used in`, `${productCode}：用于产品`, usedIn.slice(0, SHOWN_PRODUCTS).join(', ')),
  ];
}

/** A part that goes into everything would fill the page. */
const SHOWN_PRODUCTS = 20;

function shownMoney({ amount, currency }: Money): string {
  return `${amount} ${currency}`;
}

/** Also of a change that is not checked yet. */
export function changeAbout(
  head: ChangeHead,
  requesterName: string,
  currency: string,
): Omit<DecisionDocument, 'lines'> {
  return {
    title: CHANGE.titleOf(head),
    requesterName,
    currency,
    baseCurrency: currency,
    total: '0',
    baseTotal: '0',
    notes: [],
  };
}

/** In the order in which they are offered. What leaving a step out means stands in the state machine. */
export function changeFailureActions(step: string): readonly FailureAction[] {
  switch (step) {
    case 'DiscardVersion':
      // Taken back by hand in the ERP.
      return ['retry', 'skip'];
    case 'CloseChange':
      return ['retry'];
    default:
      return ['retry', 'cancel'];
  }
}
