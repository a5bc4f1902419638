import * as z from 'zod';
import { EMPLOYEE_PAYMENT_COMPLETED, employeePaymentCompletedSchema } from '../events/employee-payment-completed.ts';
import { GOODS_RECEIVED, goodsReceivedSchema } from '../events/goods-received.ts';
import { PAYMENT_COMPLETED, paymentCompletedSchema } from '../events/payment-completed.ts';
import { PURCHASE_ORDER_CANCELLED, purchaseOrderCancelledSchema } from '../events/purchase-order-cancelled.ts';
import { SUPPLIER_INVOICE_RECEIVED, supplierInvoiceReceivedSchema } from '../events/supplier-invoice-received.ts';
import { recordEmployeePayment } from '../expenses/record-employee-payment.ts';
import { erpPort, ledgerPort } from '../runtime/erp.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './record-erp-fact.env.ts';
import { type ReportedFact, recordErpFact } from './record-erp-fact.ts';

/** About an order. */
export const message = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal(GOODS_RECEIVED), detail: goodsReceivedSchema }),
  z.object({ 'detail-type': z.literal(SUPPLIER_INVOICE_RECEIVED), detail: supplierInvoiceReceivedSchema }),
  z.object({ 'detail-type': z.literal(PAYMENT_COMPLETED), detail: paymentCompletedSchema }),
  z.object({ 'detail-type': z.literal(PURCHASE_ORDER_CANCELLED), detail: purchaseOrderCancelledSchema }),
]);

const employeePaid = z.object({
  'detail-type': z.literal(EMPLOYEE_PAYMENT_COMPLETED),
  detail: employeePaymentCompletedSchema,
});

export const handler = queueHandler<z.infer<typeof environment>, z.infer<typeof message | typeof employeePaid>>({
  environment,
  message: z.discriminatedUnion('detail-type', [message, employeePaid]),
  run: (event, variables): Promise<unknown> => {
    const deps = processDeps(variables);
    return event['detail-type'] === EMPLOYEE_PAYMENT_COMPLETED
      ? recordEmployeePayment({ ...deps, ledger: ledgerPort(variables, deps) }, event.detail.entryNumber)
      : recordErpFact({ ...deps, erp: erpPort(variables, deps) }, reportedFact(event));
  },
});

/** What a message of the queue says happened. */
export function reportedFact(event: z.infer<typeof message>): ReportedFact {
  const { metadata, orderNumber } = event.detail;
  return {
    type: event['detail-type'],
    orderNumber,
    documentId: documentIdOf(event),
    eventId: metadata.eventId,
    occurredAt: metadata.occurredAt,
  };
}

function documentIdOf(event: z.infer<typeof message>): string {
  switch (event['detail-type']) {
    case GOODS_RECEIVED:
      return event.detail.receiptNumber;
    case SUPPLIER_INVOICE_RECEIVED:
      return event.detail.invoiceId;
    case PAYMENT_COMPLETED:
      return event.detail.paymentNumber;
    case PURCHASE_ORDER_CANCELLED:
      return event.detail.orderNumber;
  }
}
