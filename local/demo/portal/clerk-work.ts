/** What is left for the clerks to do with an order, read off Tryton's documents. Pure. */
import { compare, multiply, roundToCurrency, subtract, sum } from '../../../functions/money/money.ts';
import type { ByProduct } from '../../tryton/clerks.ts';
import { PRODUCTS } from '../../tryton/company-data.ts';
import type { InvoiceDocument, OrderDocument, PaymentDocument, ReceiptDocument } from '../../tryton/documents.ts';

/** An order with everything that belongs to it. */
export interface OrderFile {
  readonly order: OrderDocument;
  readonly receipts: readonly ReceiptDocument[];
  readonly invoices: readonly InvoiceDocument[];
  readonly payments: readonly PaymentDocument[];
}

/** How much dearer the supplier's paper is when a person wants to see a difference. */
const DEARER = '1.1';

/** The name that people know a product by. */
export function productName(code: string): string {
  return PRODUCTS.find((product) => product.code === code)?.name ?? code;
}

/** What has not arrived, per product; empty: nothing is to come. */
export function stillToCome({ order, receipts }: OrderFile): readonly ByProduct[] {
  if (order.state !== 'processing' || !IS_COMING.includes(order.shipmentState)) return [];
  const received = receipts.filter(({ state }) => state === 'done').flatMap(({ lines }) => lines);
  const codes = [...new Set(order.lines.map(({ productCode }) => productCode))];
  return codes
    .map((productCode) => ({
      productCode,
      value: subtract(quantityOf(order.lines, productCode), quantityOf(received, productCode)),
    }))
    .filter(({ value }) => compare(value, '0') > 0);
}

/** Tryton's words for an order whose goods are not all there. */
const IS_COMING: readonly string[] = ['waiting', 'partially shipped'];

function quantityOf(
  lines: readonly { readonly productCode: string; readonly quantity: string }[],
  productCode: string,
): string {
  return sum(lines.filter((line) => line.productCode === productCode).map(({ quantity }) => quantity));
}

/** The invoice that Tryton drafted from a receipt and that waits for the supplier's paper. */
export function draftInvoice({ invoices }: OrderFile): InvoiceDocument | undefined {
  return invoices.findLast(({ state }) => state === 'draft');
}

/** A higher price for the invoice's first product. */
export function dearerPrice(invoice: InvoiceDocument): readonly ByProduct[] {
  const line = invoice.lines.find(({ productCode }) => productCode !== '');
  return line === undefined
    ? []
    : [
        {
          productCode: line.productCode,
          value: roundToCurrency(multiply(line.unitPrice, DEARER), invoice.currency),
        },
      ];
}

/** Prices by which an entered invoice differs from its order, as they ought to be; empty: it agrees. */
export function pricesToCorrect({ order }: OrderFile, invoice: InvoiceDocument): readonly ByProduct[] {
  if (invoice.state !== 'validated') return [];
  return order.lines
    .filter((line) =>
      invoice.lines.some(
        ({ productCode, unitPrice }) => productCode === line.productCode && compare(unitPrice, line.unitPrice) !== 0,
      ),
    )
    .map(({ productCode, unitPrice }) => ({ productCode, value: unitPrice }));
}

/** The order's file among all documents. */
export function filesOf(documents: {
  readonly orders: readonly OrderDocument[];
  readonly receipts: readonly ReceiptDocument[];
  readonly invoices: readonly InvoiceDocument[];
  readonly payments: readonly PaymentDocument[];
}): readonly OrderFile[] {
  const { orders, receipts, invoices, payments } = documents;
  return orders.map((order) => {
    const isOfOrder = ({ orderNumbers }: { readonly orderNumbers: readonly string[] }): boolean =>
      orderNumbers.includes(order.orderNumber);
    return {
      order,
      receipts: receipts.filter(isOfOrder),
      invoices: invoices.filter(isOfOrder),
      payments: payments.filter(isOfOrder),
    };
  });
}
