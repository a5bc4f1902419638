/** What an ERP would have of a purchase or a claim, by what its record says. */
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import type { BookDocument, BookSection } from '../../../functions/connectors/erp/books-port.ts';
import type { EmployeePayment } from '../../../functions/connectors/erp/ledger-port.ts';
import type { GoodsReceipt, Payment, SupplierInvoice } from '../../../functions/connectors/erp/port.ts';
import { divide, multiply, roundToCurrency } from '../../../functions/money/money.ts';
import type { ClaimBooks } from '../../../functions/reconciliation/domain/compare-claim.ts';
import type { PurchaseBooks } from '../../../functions/reconciliation/domain/compare-purchase.ts';

type Line = { readonly productCode: string; readonly quantity: string; readonly unitPrice: string };

/** Each document as it was told last. */
export function booksOf(entries: readonly RecordEntry[]): PurchaseBooks {
  const facts = (type: string) => entries.filter((entry) => entry.type === type).map((entry) => entry.facts);
  const [ordered] = facts('OrderCreated');
  const validated = facts('RequisitionValidated').at(-1);
  const filed = [...facts('RequisitionRegistered'), ...facts('RequisitionResubmitted')].at(-1)?.filed;
  const lines = (filed as { readonly lines?: readonly Line[] } | undefined)?.lines ?? [];
  const isGone = facts('OrderCancelled').length + facts('PurchaseOrderCancelled').length > 0;
  const currency = String(ordered?.currency);
  const billed = (total: string) =>
    lines.map(({ quantity, unitPrice }, index) => {
      const share = multiply(quantity, divide(total, String(ordered?.total ?? '1'), 12));
      const amount = roundToCurrency(multiply(share, unitPrice), currency);
      return { lineNumber: index + 1, description: '', quantity: share, unitPrice, amount };
    });
  const invoices = new Map(
    facts('SupplierInvoiceReceived').map((one) => {
      const told = one as unknown as SupplierInvoice;
      return [told.invoiceId, { ...told, tax: '0', lines: billed(told.total) }];
    }),
  );
  for (const { invoiceId } of facts('SupplierInvoiceCancelled')) {
    invoices.delete(String(invoiceId));
  }
  return {
    order:
      ordered === undefined
        ? undefined
        : {
            orderNumber: String(ordered.orderNumber),
            key: String(ordered.key),
            supplierCode: String(validated?.supplierCode),
            currency,
            state: isGone ? 'cancelled' : 'confirmed',
            lines: lines.map((line, index) => ({
              lineNumber: index + 1,
              ...line,
              amount: roundToCurrency(multiply(line.quantity, line.unitPrice), currency),
            })),
            total: String(ordered.total),
            tax: '0',
          },
    receipts: facts('GoodsReceived') as unknown as readonly GoodsReceipt[],
    invoices: [...invoices.values()],
    payments: facts('PaymentCompleted') as unknown as readonly Payment[],
  };
}

/** The same of a claim. */
export function claimBooksOf(entries: readonly RecordEntry[]): ClaimBooks {
  const facts = (type: string) => entries.filter((entry) => entry.type === type).map((entry) => entry.facts);
  const [posted] = facts('EntryPosted');
  const isReversed = facts('EntryReversed').length > 0;
  return {
    entry:
      posted === undefined
        ? undefined
        : {
            ...{
              entryNumber: String(posted.entryNumber),
              key: String(posted.key),
              date: String(posted.date),
              lines: [],
            },
            ...(isReversed ? { reversedBy: `R-${posted.entryNumber}` } : {}),
          },
    payments: facts('PaymentCompleted') as unknown as readonly EmployeePayment[],
  };
}

const MADE: { readonly [type: string]: readonly [BookSection, number: string] } = {
  OrderCreated: ['orders', 'orderNumber'],
  PaymentRequested: ['payments', 'paymentNumber'],
  EntryPosted: ['entries', 'entryNumber'],
};

/** The documents of the ERP that a record tells of, as an auditor sees them. */
export function documentsOf(entries: readonly RecordEntry[]): readonly BookDocument[] {
  return entries.flatMap(({ type, facts, occurredAt }): readonly BookDocument[] => {
    const made = MADE[type];
    const dates = { createdAt: occurredAt, changedAt: occurredAt };
    const rest = { about: [], party: '', amount: { amount: '1', currency: 'CNY' }, ...dates };
    return made === undefined
      ? []
      : [{ section: made[0], number: String(facts[made[1]]), key: String(facts.key), ...rest }];
  });
}
