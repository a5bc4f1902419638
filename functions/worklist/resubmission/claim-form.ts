/** What an employee changes of an expense claim: lines, the receipts that prove them, and the total. Pure. */
import { decimalSchema, roundToCurrency, sum } from '../../money/money.ts';
import type { Filed } from '../../requests/domain/request.ts';
import { type DocumentForm, type FormPart, textAt } from './document-form.ts';
import { itemsAt, type Path, valueAt, withoutItems, withValue } from './document-path.ts';
import { namedApprovers } from './named-approvers.ts';
import { FIELD_LABELS, lineTitle, receiptTitle } from './words.ts';

/** `currency`: the company's own, in which a claim has its total. */
export function claimForm(currency: string): DocumentForm {
  return {
    parts: (document) => [
      {
        fields: [
          { path: ['title'], label: FIELD_LABELS.title, input: 'text', isRequired: true, maxLength: 200 },
          { path: ['costCentre'], label: FIELD_LABELS.costCentre, input: 'text', isRequired: true, maxLength: 32 },
          { path: ['legalEntity'], label: FIELD_LABELS.legalEntity, input: 'text', isRequired: true, maxLength: 32 },
          { path: ['justification'], label: FIELD_LABELS.justification, input: 'area', maxLength: 2000 },
        ],
      },
      ...itemsAt(document, ['lines']).map((_, index) => linePart(document, index)),
      ...itemsAt(document, ['receipts']).map((_, index) => receiptPart(document, index)),
      isAllIn(document, currency) ? { hint: FIELD_LABELS.totalComputed, fields: [] } : totalPart(currency),
      ...namedApprovers(document),
    ],
    complete: (document) => withTotal(withoutIdleReceipts(withoutMissingReceipts(document)), currency),
  };
}

function linePart(document: Filed, index: number): FormPart {
  const at: Path = ['lines', index];
  const receipts = itemsAt(document, [...at, 'receiptIds']).filter((id) => typeof id === 'string');
  return {
    title: lineTitle(index + 1),
    ...(receipts.length === 0 ? {} : { hint: receiptTitle(receipts.join(', ')) }),
    item: at,
    fields: [
      {
        path: [...at, 'category'],
        label: FIELD_LABELS.expenseCategory,
        input: 'text',
        isRequired: true,
        maxLength: 32,
      },
      { path: [...at, 'date'], label: FIELD_LABELS.date, input: 'date', isRequired: true },
      { path: [...at, 'description'], label: FIELD_LABELS.description, input: 'text', maxLength: 500 },
      { path: [...at, 'units'], label: FIELD_LABELS.units, input: 'whole' },
      { path: [...at, 'amount'], label: FIELD_LABELS.amount, input: 'decimal', isRequired: true },
      { path: [...at, 'currency'], label: FIELD_LABELS.currency, input: 'text', isRequired: true, maxLength: 3 },
      { path: [...at, 'journey'], label: FIELD_LABELS.journey, input: 'text', maxLength: 64 },
    ],
  };
}

function receiptPart(document: Filed, index: number): FormPart {
  const at: Path = ['receipts', index];
  return {
    title: receiptTitle(textAt(document, [...at, 'receiptId'])),
    item: at,
    fields: [
      { path: [...at, 'number'], label: FIELD_LABELS.receiptNumber, input: 'text', maxLength: 64 },
      { path: [...at, 'date'], label: FIELD_LABELS.date, input: 'date', isRequired: true },
      { path: [...at, 'amount'], label: FIELD_LABELS.amount, input: 'decimal', isRequired: true },
      { path: [...at, 'currency'], label: FIELD_LABELS.currency, input: 'text', isRequired: true, maxLength: 3 },
      { path: [...at, 'sellerName'], label: FIELD_LABELS.seller, input: 'text', maxLength: 200 },
      { path: [...at, 'sellerTaxId'], label: FIELD_LABELS.sellerTaxId, input: 'text', maxLength: 40 },
    ],
  };
}

function totalPart(currency: string): FormPart {
  return {
    title: { en: `Total in ${currency}`, zh: `合计（${currency}）` },
    hint: FIELD_LABELS.totalHint,
    fields: [{ path: ['total'], label: FIELD_LABELS.total, input: 'decimal', isRequired: true }],
  };
}

/** A receipt that was taken out proves no line any more. */
function withoutMissingReceipts(document: Filed): Filed {
  const receipts = itemsAt(document, ['receipts']).map((_, index) =>
    textAt(document, ['receipts', index, 'receiptId']),
  );
  const missing = itemsAt(document, ['lines']).flatMap((_, line) =>
    itemsAt(document, ['lines', line, 'receiptIds']).flatMap((id, index): Path[] =>
      typeof id === 'string' && receipts.includes(id) ? [] : [['lines', line, 'receiptIds', index]],
    ),
  );
  return withoutItems(document, missing);
}

/** What proves no line goes with those that it proved: the checks take no receipt that nothing refers to. */
function withoutIdleReceipts(document: Filed): Filed {
  const named = itemsAt(document, ['lines']).flatMap((_, index) => itemsAt(document, ['lines', index, 'receiptIds']));
  const idle = itemsAt(document, ['receipts']).flatMap((_, index): Path[] =>
    named.includes(textAt(document, ['receipts', index, 'receiptId'])) ? [] : [['receipts', index]],
  );
  return withoutItems(document, idle);
}

/** What lines in another currency come to depends on rates that only the ERP has. */
function withTotal(document: Filed, currency: string): Filed {
  const amounts = itemsAt(document, ['lines']).map((_, index) => textAt(document, ['lines', index, 'amount']));
  return isAllIn(document, currency) && amounts.every((amount) => decimalSchema.safeParse(amount).success)
    ? withValue(document, ['total'], roundToCurrency(sum(amounts), currency))
    : document;
}

function isAllIn(document: Filed, currency: string): boolean {
  return itemsAt(document, ['lines']).every((_, index) => valueAt(document, ['lines', index, 'currency']) === currency);
}
