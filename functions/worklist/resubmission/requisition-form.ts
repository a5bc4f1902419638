/** What a requester changes of a purchase requisition. Amounts and total follow from quantities and prices. Pure. */
import { currencySchema, decimalSchema, multiply, roundToCurrency, sum } from '../../money/money.ts';
import type { Filed } from '../../requests/domain/request.ts';
import { type DocumentForm, type FormPart, textAt } from './document-form.ts';
import { itemsAt, type Path, withValue } from './document-path.ts';
import { namedApprovers } from './named-approvers.ts';
import { FIELD_LABELS, lineTitle } from './words.ts';

export const REQUISITION_FORM: DocumentForm = {
  parts: (document) => {
    const count = itemsAt(document, ['lines']).length;
    return [
      {
        hint: FIELD_LABELS.computedHint,
        fields: [
          { path: ['title'], label: FIELD_LABELS.title, input: 'text', isRequired: true, maxLength: 200 },
          { path: ['supplierCode'], label: FIELD_LABELS.supplier, input: 'text', isRequired: true, maxLength: 64 },
          { path: ['costCentre'], label: FIELD_LABELS.costCentre, input: 'text', isRequired: true, maxLength: 32 },
          { path: ['legalEntity'], label: FIELD_LABELS.legalEntity, input: 'text', maxLength: 32 },
          { path: ['currency'], label: FIELD_LABELS.currency, input: 'text', isRequired: true, maxLength: 3 },
          { path: ['justification'], label: FIELD_LABELS.justification, input: 'area', maxLength: 2000 },
        ],
      },
      ...Array.from({ length: count }, (_, index) => linePart(index)),
      { ...linePart(count), title: FIELD_LABELS.newLine, hint: FIELD_LABELS.newLineHint, isNew: true },
      ...namedApprovers(document),
    ];
  },
  complete: (document) => {
    const { length } = itemsAt(document, ['lines']);
    const lines = Array.from({ length }, (_, index) => ['lines', index]);
    const priced = lines.reduce(withAmount, document);
    const amounts = lines.map((line) => textAt(priced, [...line, 'amount']));
    return amounts.every(isDecimal) ? withValue(priced, ['total'], sum(amounts)) : priced;
  },
};

function linePart(index: number): FormPart {
  const at: Path = ['lines', index];
  return {
    title: lineTitle(index + 1),
    item: at,
    fields: [
      { path: [...at, 'productCode'], label: FIELD_LABELS.product, input: 'text', isRequired: true, maxLength: 64 },
      { path: [...at, 'category'], label: FIELD_LABELS.category, input: 'text', maxLength: 32 },
      { path: [...at, 'quantity'], label: FIELD_LABELS.quantity, input: 'decimal', isRequired: true },
      { path: [...at, 'unitPrice'], label: FIELD_LABELS.unitPrice, input: 'decimal', isRequired: true },
    ],
  };
}

/** As it was where quantity, price or currency is no such thing: the checks say so. */
function withAmount(document: Filed, line: Path): Filed {
  const currency = textAt(document, ['currency']);
  const [quantity, unitPrice] = [textAt(document, [...line, 'quantity']), textAt(document, [...line, 'unitPrice'])];
  return isDecimal(quantity) && isDecimal(unitPrice) && currencySchema.safeParse(currency).success
    ? withValue(document, [...line, 'amount'], roundToCurrency(multiply(quantity, unitPrice), currency))
    : document;
}

function isDecimal(text: string): boolean {
  return decimalSchema.safeParse(text).success;
}
