/** What a person is shown to decide about a purchase. Pure. */
import type { DecisionDocument, DocumentLine } from '../../approvals/domain/plan.ts';
import { compare, multiply, roundToCurrency, sum } from '../../money/money.ts';
import { budgetBeside } from '../../requests/domain/budget-facts.ts';
import { failureDocument, note, type StepFailure } from '../../requests/domain/step-failure.ts';
import {
  duePayments,
  type OrderReference,
  type PurchaseState,
  payableInvoices,
  plannedTotal,
  receivedQuantity,
} from './purchase.ts';
import { purchaseScope } from './purchase-scope.ts';
import type { Difference } from './three-way-match.ts';

interface Shown {
  readonly state: PurchaseState;
  readonly requesterName: string;
  readonly baseCurrency: string;
}

/** The requisition with what the ERP knows about its products. */
export function requisitionDocument({ state, requesterName, baseCurrency }: Shown): DecisionDocument {
  const { requisition, enrichment } = known(state);
  const lines = requisition.lines.map((line): DocumentLine => {
    const product = enrichment.products.find((candidate) => candidate.code === line.productCode);
    return {
      label: product === undefined ? line.productCode : `${product.name} (${line.productCode})`,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      amount: line.amount,
      ...(product === undefined ? {} : { unit: product.unit }),
    };
  });
  const stock = enrichment.products.map((product) => `${product.code}: ${product.onHand} ${product.unit}`).join(', ');
  const prices = requisition.lines.flatMap((line) => {
    const agreed = enrichment.products.find((product) => product.code === line.productCode)?.supplierPrice;
    return agreed !== undefined &&
      agreed.currency === requisition.currency &&
      compare(agreed.amount, line.unitPrice) !== 0
      ? [`${line.productCode}: ${agreed.amount} ${agreed.currency}`]
      : [];
  });
  return {
    ...heading({ state, requesterName, baseCurrency }),
    total: requisition.total,
    baseTotal: enrichment.baseTotal.amount,
    ...budgetBeside(enrichment.budget, enrichment.baseTotal),
    lines,
    notes: [
      ...note('Reason', '申请理由', requisition.justification),
      ...note('Categories', '类别', categoriesOf(state)),
      ...note('Legal entity', '法人实体', requisition.legalEntity ?? ''),
      ...note('On hand', '现有库存', stock),
      ...note('Agreed price differs', '与协议价不同', prices.join(', ')),
    ],
  };
}

/** By which the rules tell who is asked. */
function categoriesOf(state: PurchaseState): string {
  const { lines } = purchaseScope(state, '');
  return lines
    .map(({ category }) => category)
    .filter((category) => category !== '')
    .join(', ');
}

/** The invoices as they will be paid. */
export function paymentDocument(shown: Shown): DecisionDocument {
  const { state } = shown;
  const total = plannedTotal(state.paymentPlan ?? []);
  return {
    ...heading(shown),
    total,
    baseTotal: inBase(total, shown),
    lines: invoiceLines(state),
    notes: [
      ...note('Purchase order', '采购订单', state.order?.orderNumber ?? ''),
      ...note('Supplier invoices', '供应商发票', invoiceTitles(state)),
      ...note('Tax in the total', '含税额', taxText(state)),
      ...note('Received', '已收货', receivedText(state)),
      ...note('Three-way match', '三单匹配', state.match?.result ?? ''),
    ],
  };
}

/** The invoices with each difference. */
export function mismatchDocument(shown: Shown, differences: readonly Difference[]): DecisionDocument {
  const { state } = shown;
  const total = plannedTotal(duePayments(state));
  return {
    ...heading(shown),
    total,
    baseTotal: inBase(total, shown),
    lines: invoiceLines(state),
    notes: [
      ...note('Purchase order', '采购订单', state.order?.orderNumber ?? ''),
      ...note('Supplier invoices', '供应商发票', invoiceTitles(state)),
      ...differences.flatMap((difference) =>
        note(
          `Difference: ${difference.kind}${difference.lineNumber === undefined ? '' : `, line ${difference.lineNumber}`}`,
          `差异：${difference.kind}${difference.lineNumber === undefined ? '' : `，第 ${difference.lineNumber} 行`}`,
          `${difference.expected} → ${difference.found}`,
        ),
      ),
    ],
  };
}

/** What failed and what it concerns; also for a purchase that is not validated yet. */
export function operatorDocument({ state, ...shown }: Shown, failure: StepFailure): DecisionDocument {
  return failureDocument(failure, {
    ...shown,
    title: state.requisition?.title ?? 'purchase requisition',
    currency: state.requisition?.currency ?? shown.baseCurrency,
    total: state.requisition?.total ?? '0',
    baseTotal: state.enrichment?.baseTotal.amount ?? '0',
    notes: note('Purchase order', '采购订单', state.order?.orderNumber ?? ''),
  });
}

function heading({ state, requesterName, baseCurrency }: Shown) {
  const { requisition, enrichment } = known(state);
  return {
    title: requisition.title,
    requesterName,
    currency: requisition.currency,
    baseCurrency,
    supplier: `${enrichment.supplierName} (${requisition.supplierCode})`,
    costCentre: requisition.costCentre,
  };
}

function known(state: PurchaseState) {
  const { requisition, enrichment } = state;
  if (requisition === undefined || enrichment === undefined) {
    throw new Error('the purchase is not validated and enriched yet');
  }
  return { requisition, enrichment };
}

function inBase(total: string, { state, baseCurrency }: Shown): string {
  return roundToCurrency(multiply(total, known(state).enrichment.rate), baseCurrency);
}

function invoiceLines(state: PurchaseState): DocumentLine[] {
  return payableInvoices(state).flatMap((invoice) =>
    invoice.lines.map((line) => ({
      label: line.description,
      quantity: line.quantity,
      unitPrice: line.unitPrice,
      amount: line.amount,
    })),
  );
}

function invoiceTitles(state: PurchaseState): string {
  return payableInvoices(state)
    .map((invoice) => `${invoice.supplierReference || invoice.invoiceId}: ${invoice.total} ${invoice.currency}`)
    .join(', ');
}

function taxText(state: PurchaseState): string {
  const tax = sum(payableInvoices(state).map((invoice) => invoice.tax));
  return compare(tax, '0') === 0 ? '' : tax;
}

function receivedText(state: PurchaseState): string {
  const lines: OrderReference['lines'] = state.order?.lines ?? [];
  return lines
    .map((line) => `${line.productCode}: ${receivedQuantity(state, line.lineNumber)} / ${line.quantity}`)
    .join(', ');
}
