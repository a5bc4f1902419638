/** What stands on the bus, for whoever puts or reads it, by who puts it. */
import type * as z from 'zod';
import * as billProposed from '../../../functions/events/bill-of-materials-proposed.ts';
import * as employeePayment from '../../../functions/events/employee-payment-completed.ts';
import * as changeResubmitted from '../../../functions/events/engineering-change-resubmitted.ts';
import * as changeSubmitted from '../../../functions/events/engineering-change-submitted.ts';
import * as changeUrged from '../../../functions/events/engineering-change-urged.ts';
import * as changeWithdrawn from '../../../functions/events/engineering-change-withdrawn.ts';
import * as claimResubmitted from '../../../functions/events/expense-claim-resubmitted.ts';
import * as claimSubmitted from '../../../functions/events/expense-claim-submitted.ts';
import * as claimUrged from '../../../functions/events/expense-claim-urged.ts';
import * as claimWithdrawn from '../../../functions/events/expense-claim-withdrawn.ts';
import * as goods from '../../../functions/events/goods-received.ts';
import * as leaveApproved from '../../../functions/events/leave-approved.ts';
import * as leaveCancelled from '../../../functions/events/leave-cancelled.ts';
import * as leaveResubmitted from '../../../functions/events/leave-request-resubmitted.ts';
import * as leaveShortened from '../../../functions/events/leave-request-shortened.ts';
import * as leaveSubmitted from '../../../functions/events/leave-request-submitted.ts';
import * as leaveUrged from '../../../functions/events/leave-request-urged.ts';
import * as leaveWithdrawn from '../../../functions/events/leave-request-withdrawn.ts';
import * as officeResubmitted from '../../../functions/events/office-request-resubmitted.ts';
import * as officeSubmitted from '../../../functions/events/office-request-submitted.ts';
import * as officeUrged from '../../../functions/events/office-request-urged.ts';
import * as officeWithdrawn from '../../../functions/events/office-request-withdrawn.ts';
import * as orderChanged from '../../../functions/events/order-changed.ts';
import * as payment from '../../../functions/events/payment-completed.ts';
import * as orderCancelled from '../../../functions/events/purchase-order-cancelled.ts';
import * as requisitionResubmitted from '../../../functions/events/purchase-requisition-resubmitted.ts';
import * as requisitionSubmitted from '../../../functions/events/purchase-requisition-submitted.ts';
import * as requisitionUrged from '../../../functions/events/purchase-requisition-urged.ts';
import * as requisitionWithdrawn from '../../../functions/events/purchase-requisition-withdrawn.ts';
import * as stockFell from '../../../functions/events/stock-fell-below-reorder-point.ts';
import * as invoice from '../../../functions/events/supplier-invoice-received.ts';

interface PublishedEvent {
  readonly summary: string;
  /** Of its detail. */
  readonly schema: z.ZodType;
}

type Events = Readonly<Record<string, PublishedEvent>>;

/** By detail-type: put by the OA, and read by Meridian. */
export const FROM_OA: Events = {
  [requisitionSubmitted.PURCHASE_REQUISITION_SUBMITTED]: {
    summary: 'An employee filed a purchase requisition.',
    schema: requisitionSubmitted.purchaseRequisitionSubmittedSchema,
  },
  [requisitionResubmitted.PURCHASE_REQUISITION_RESUBMITTED]: {
    summary: 'The requester changed a requisition that was returned, and sends the whole of it again.',
    schema: requisitionResubmitted.purchaseRequisitionResubmittedSchema,
  },
  [requisitionUrged.PURCHASE_REQUISITION_URGED]: {
    summary: 'The requester asks those who are to decide to get on with it.',
    schema: requisitionUrged.purchaseRequisitionUrgedSchema,
  },
  [requisitionWithdrawn.PURCHASE_REQUISITION_WITHDRAWN]: {
    summary: 'The requester takes the requisition back.',
    schema: requisitionWithdrawn.purchaseRequisitionWithdrawnSchema,
  },
  [claimSubmitted.EXPENSE_CLAIM_SUBMITTED]: {
    summary: 'An employee filed an expense claim.',
    schema: claimSubmitted.expenseClaimSubmittedSchema,
  },
  [claimResubmitted.EXPENSE_CLAIM_RESUBMITTED]: {
    summary: 'The employee changed a claim that was returned, and sends the whole of it again.',
    schema: claimResubmitted.expenseClaimResubmittedSchema,
  },
  [claimUrged.EXPENSE_CLAIM_URGED]: {
    summary: 'The employee asks those who are to decide to get on with it.',
    schema: claimUrged.expenseClaimUrgedSchema,
  },
  [claimWithdrawn.EXPENSE_CLAIM_WITHDRAWN]: {
    summary: 'The employee takes the claim back.',
    schema: claimWithdrawn.expenseClaimWithdrawnSchema,
  },
  [leaveSubmitted.LEAVE_REQUEST_SUBMITTED]: {
    summary: 'An employee asks for leave, and Meridian is to decide on it.',
    schema: leaveSubmitted.leaveRequestSubmittedSchema,
  },
  [leaveResubmitted.LEAVE_REQUEST_RESUBMITTED]: {
    summary: 'The requester changed a leave request that was returned, and sends the whole of it again.',
    schema: leaveResubmitted.leaveRequestResubmittedSchema,
  },
  [leaveUrged.LEAVE_REQUEST_URGED]: {
    summary: 'The requester asks those who are to decide to get on with it.',
    schema: leaveUrged.leaveRequestUrgedSchema,
  },
  [leaveWithdrawn.LEAVE_REQUEST_WITHDRAWN]: {
    summary: 'The requester takes the leave request back, also one that is approved and has not begun.',
    schema: leaveWithdrawn.leaveRequestWithdrawnSchema,
  },
  [leaveShortened.LEAVE_REQUEST_SHORTENED]: {
    summary: 'The requester comes back earlier from a leave that has begun.',
    schema: leaveShortened.leaveRequestShortenedSchema,
  },
  [changeSubmitted.ENGINEERING_CHANGE_SUBMITTED]: {
    summary: 'Somebody asks that a product be made of something else.',
    schema: changeSubmitted.engineeringChangeSubmittedSchema,
  },
  [changeResubmitted.ENGINEERING_CHANGE_RESUBMITTED]: {
    summary: 'The requester altered a change that was returned, and sends the whole of it again.',
    schema: changeResubmitted.engineeringChangeResubmittedSchema,
  },
  [changeUrged.ENGINEERING_CHANGE_URGED]: {
    summary: 'The requester asks those who are to decide to get on with it.',
    schema: changeUrged.engineeringChangeUrgedSchema,
  },
  [changeWithdrawn.ENGINEERING_CHANGE_WITHDRAWN]: {
    summary: 'The requester takes the change back, also one that is approved and not in force yet.',
    schema: changeWithdrawn.engineeringChangeWithdrawnSchema,
  },
  [officeSubmitted.OFFICE_REQUEST_SUBMITTED]: {
    summary: 'An employee files a form of the company.',
    schema: officeSubmitted.officeRequestSubmittedSchema,
  },
  [officeResubmitted.OFFICE_REQUEST_RESUBMITTED]: {
    summary: 'The requester changed what was returned of the office request, and sends the whole of it again.',
    schema: officeResubmitted.officeRequestResubmittedSchema,
  },
  [officeUrged.OFFICE_REQUEST_URGED]: {
    summary: 'The requester asks those who are to decide to get on with it.',
    schema: officeUrged.officeRequestUrgedSchema,
  },
  [officeWithdrawn.OFFICE_REQUEST_WITHDRAWN]: {
    summary: 'The requester takes the office request back.',
    schema: officeWithdrawn.officeRequestWithdrawnSchema,
  },
  [leaveApproved.LEAVE_APPROVED]: {
    summary: 'Somebody will be away, and the company has agreed.',
    schema: leaveApproved.leaveApprovedSchema,
  },
  [leaveCancelled.LEAVE_CANCELLED]: {
    summary: 'The leave does not take place, or ends before its time.',
    schema: leaveCancelled.leaveCancelledSchema,
  },
};

/** By detail-type: put by Meridian's connector of the ERP, for Meridian and for whoever else listens. */
export const FROM_ERP: Events = {
  [goods.GOODS_RECEIVED]: { summary: 'Goods of an order were received.', schema: goods.goodsReceivedSchema },
  [invoice.SUPPLIER_INVOICE_RECEIVED]: {
    summary: 'The invoice of a supplier was entered.',
    schema: invoice.supplierInvoiceReceivedSchema,
  },
  [payment.PAYMENT_COMPLETED]: { summary: 'The bank confirmed a payment.', schema: payment.paymentCompletedSchema },
  [orderCancelled.PURCHASE_ORDER_CANCELLED]: {
    summary: 'A purchase order was cancelled.',
    schema: orderCancelled.purchaseOrderCancelledSchema,
  },
  [employeePayment.EMPLOYEE_PAYMENT_COMPLETED]: {
    summary: 'The bank paid, or refused, what an entry owes an employee.',
    schema: employeePayment.employeePaymentCompletedSchema,
  },
  [billProposed.BILL_OF_MATERIALS_PROPOSED]: {
    summary: 'An engineer has marked a bill of materials in the ERP as a proposal.',
    schema: billProposed.billOfMaterialsProposedSchema,
  },
  [stockFell.STOCK_FELL_BELOW_REORDER_POINT]: {
    summary: 'A product is below its reorder point in a warehouse.',
    schema: stockFell.stockFellBelowReorderPointSchema,
  },
  [orderChanged.ORDER_CHANGED]: {
    summary: 'A sales or production order was changed, or one of its deliveries, invoices or steps.',
    schema: orderChanged.orderChangedSchema,
  },
};
