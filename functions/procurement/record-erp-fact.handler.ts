import * as z from 'zod';
import { startProposedChange } from '../engineering/start-proposed-change.ts';
import { BILL_OF_MATERIALS_PROPOSED, billOfMaterialsProposedSchema } from '../events/bill-of-materials-proposed.ts';
import { EMPLOYEE_PAYMENT_COMPLETED, employeePaymentCompletedSchema } from '../events/employee-payment-completed.ts';
import { GOODS_RECEIVED, goodsReceivedSchema } from '../events/goods-received.ts';
import { PAYMENT_COMPLETED, paymentCompletedSchema } from '../events/payment-completed.ts';
import { PURCHASE_ORDER_CANCELLED, purchaseOrderCancelledSchema } from '../events/purchase-order-cancelled.ts';
import { SUPPLIER_INVOICE_RECEIVED, supplierInvoiceReceivedSchema } from '../events/supplier-invoice-received.ts';
import { recordEmployeePayment } from '../expenses/record-employee-payment.ts';
import { stateMachineStarter } from '../process/adapters/step-functions.ts';
import { stepFunctionsClient } from '../runtime/clients.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { engineeringPort, erpPort, ledgerPort } from '../runtime/erp.ts';
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

const billProposed = z.object({
  'detail-type': z.literal(BILL_OF_MATERIALS_PROPOSED),
  detail: billOfMaterialsProposedSchema,
});

type Message = z.infer<typeof message | typeof employeePaid | typeof billProposed>;

export const handler = queueHandler<z.infer<typeof environment>, Message>({
  environment,
  message: z.discriminatedUnion('detail-type', [message, employeePaid, billProposed]),
  run: (event, variables): Promise<unknown> => {
    const deps = processDeps(variables);
    switch (event['detail-type']) {
      case EMPLOYEE_PAYMENT_COMPLETED:
        return recordEmployeePayment({ ...deps, ledger: ledgerPort(variables, deps) }, event.detail.entryNumber);
      case BILL_OF_MATERIALS_PROPOSED: {
        const starter = stateMachineStarter(stepFunctionsClient(), variables.ENGINEERING_CHANGE_ARN);
        const parts = {
          engineering: engineeringPort(variables, deps),
          directory: companyDirectory(deps.store),
          starter,
        };
        return startProposedChange({ ...deps, ...parts }, event.detail);
      }
      default:
        return recordErpFact({ ...deps, erp: erpPort(variables, deps) }, reportedFact(event));
    }
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
