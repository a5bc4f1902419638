import * as z from 'zod';
import { GOODS_RECEIVED, goodsReceivedSchema } from '../events/goods-received.ts';
import { PAYMENT_COMPLETED, paymentCompletedSchema } from '../events/payment-completed.ts';
import { PURCHASE_ORDER_CANCELLED, purchaseOrderCancelledSchema } from '../events/purchase-order-cancelled.ts';
import { SUPPLIER_INVOICE_RECEIVED, supplierInvoiceReceivedSchema } from '../events/supplier-invoice-received.ts';
import { erpPort } from '../runtime/erp.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './record-erp-fact.env.ts';
import { type ReportedFact, recordErpFact } from './record-erp-fact.ts';

export const message = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal(GOODS_RECEIVED), detail: goodsReceivedSchema }),
  z.object({ 'detail-type': z.literal(SUPPLIER_INVOICE_RECEIVED), detail: supplierInvoiceReceivedSchema }),
  z.object({ 'detail-type': z.literal(PAYMENT_COMPLETED), detail: paymentCompletedSchema }),
  z.object({ 'detail-type': z.literal(PURCHASE_ORDER_CANCELLED), detail: purchaseOrderCancelledSchema }),
]);

export const handler = queueHandler({
  environment,
  message,
  run: (event, variables) => {
    const deps = processDeps(variables);
    return recordErpFact({ ...deps, erp: erpPort(variables, deps) }, reportedFact(event));
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
