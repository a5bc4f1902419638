/** Where dead letters belong: messages in the queue that they come from, events in the queue of their detail-type. Pure. */
import * as z from 'zod';
import { BILL_OF_MATERIALS_PROPOSED } from '../../events/bill-of-materials-proposed.ts';
import { EMPLOYEE_PAYMENT_COMPLETED } from '../../events/employee-payment-completed.ts';
import { ENGINEERING_CHANGE_RESUBMITTED } from '../../events/engineering-change-resubmitted.ts';
import { ENGINEERING_CHANGE_SUBMITTED } from '../../events/engineering-change-submitted.ts';
import { ENGINEERING_CHANGE_URGED } from '../../events/engineering-change-urged.ts';
import { ENGINEERING_CHANGE_WITHDRAWN } from '../../events/engineering-change-withdrawn.ts';
import { EXPENSE_CLAIM_RESUBMITTED } from '../../events/expense-claim-resubmitted.ts';
import { EXPENSE_CLAIM_SUBMITTED } from '../../events/expense-claim-submitted.ts';
import { EXPENSE_CLAIM_URGED } from '../../events/expense-claim-urged.ts';
import { EXPENSE_CLAIM_WITHDRAWN } from '../../events/expense-claim-withdrawn.ts';
import { GOODS_RECEIVED } from '../../events/goods-received.ts';
import { LEAVE_APPROVED } from '../../events/leave-approved.ts';
import { LEAVE_CANCELLED } from '../../events/leave-cancelled.ts';
import { LEAVE_REQUEST_RESUBMITTED } from '../../events/leave-request-resubmitted.ts';
import { LEAVE_REQUEST_SHORTENED } from '../../events/leave-request-shortened.ts';
import { LEAVE_REQUEST_SUBMITTED } from '../../events/leave-request-submitted.ts';
import { LEAVE_REQUEST_URGED } from '../../events/leave-request-urged.ts';
import { LEAVE_REQUEST_WITHDRAWN } from '../../events/leave-request-withdrawn.ts';
import { OFFICE_REQUEST_RESUBMITTED } from '../../events/office-request-resubmitted.ts';
import { OFFICE_REQUEST_SUBMITTED } from '../../events/office-request-submitted.ts';
import { OFFICE_REQUEST_URGED } from '../../events/office-request-urged.ts';
import { OFFICE_REQUEST_WITHDRAWN } from '../../events/office-request-withdrawn.ts';
import { ORDER_CHANGED } from '../../events/order-changed.ts';
import { PAYMENT_COMPLETED } from '../../events/payment-completed.ts';
import { PURCHASE_ORDER_CANCELLED } from '../../events/purchase-order-cancelled.ts';
import { PURCHASE_REQUISITION_RESUBMITTED } from '../../events/purchase-requisition-resubmitted.ts';
import { PURCHASE_REQUISITION_SUBMITTED } from '../../events/purchase-requisition-submitted.ts';
import { PURCHASE_REQUISITION_URGED } from '../../events/purchase-requisition-urged.ts';
import { PURCHASE_REQUISITION_WITHDRAWN } from '../../events/purchase-requisition-withdrawn.ts';
import { STOCK_FELL_BELOW_REORDER_POINT } from '../../events/stock-fell-below-reorder-point.ts';
import { SUPPLIER_INVOICE_RECEIVED } from '../../events/supplier-invoice-received.ts';

/** Events that a rule could not hand to its queue. */
const UNDELIVERED_EVENTS = 'UndeliveredEvents';
/** Alarms that could not be heard: they go to the function that hears them. */
export const ALARM_LETTERS = 'AlarmDeadLetters';

/** Queues by the detail-type that the rules of the bus send to them; by the names of the stack's outputs. */
const QUEUES: Readonly<Record<string, string>> = {
  [PURCHASE_REQUISITION_SUBMITTED]: 'RequestsQueue',
  [EXPENSE_CLAIM_SUBMITTED]: 'RequestsQueue',
  [EXPENSE_CLAIM_WITHDRAWN]: 'RequesterQueue',
  [EXPENSE_CLAIM_RESUBMITTED]: 'RequesterQueue',
  [EXPENSE_CLAIM_URGED]: 'RequesterQueue',
  [LEAVE_REQUEST_SUBMITTED]: 'RequestsQueue',
  [LEAVE_REQUEST_WITHDRAWN]: 'RequesterQueue',
  [LEAVE_REQUEST_SHORTENED]: 'RequesterQueue',
  [LEAVE_REQUEST_RESUBMITTED]: 'RequesterQueue',
  [LEAVE_REQUEST_URGED]: 'RequesterQueue',
  [ENGINEERING_CHANGE_SUBMITTED]: 'RequestsQueue',
  [ENGINEERING_CHANGE_WITHDRAWN]: 'RequesterQueue',
  [ENGINEERING_CHANGE_RESUBMITTED]: 'RequesterQueue',
  [ENGINEERING_CHANGE_URGED]: 'RequesterQueue',
  [OFFICE_REQUEST_SUBMITTED]: 'RequestsQueue',
  [OFFICE_REQUEST_WITHDRAWN]: 'RequesterQueue',
  [OFFICE_REQUEST_RESUBMITTED]: 'RequesterQueue',
  [OFFICE_REQUEST_URGED]: 'RequesterQueue',
  [PURCHASE_REQUISITION_WITHDRAWN]: 'RequesterQueue',
  [PURCHASE_REQUISITION_RESUBMITTED]: 'RequesterQueue',
  [PURCHASE_REQUISITION_URGED]: 'RequesterQueue',
  [LEAVE_APPROVED]: 'LeavesQueue',
  [LEAVE_CANCELLED]: 'LeavesQueue',
  [GOODS_RECEIVED]: 'ErpFactsQueue',
  [SUPPLIER_INVOICE_RECEIVED]: 'ErpFactsQueue',
  [PAYMENT_COMPLETED]: 'ErpFactsQueue',
  [PURCHASE_ORDER_CANCELLED]: 'ErpFactsQueue',
  [EMPLOYEE_PAYMENT_COMPLETED]: 'ErpFactsQueue',
  [BILL_OF_MATERIALS_PROPOSED]: 'ErpFactsQueue',
  [ORDER_CHANGED]: 'OrdersQueue',
  [STOCK_FELL_BELOW_REORDER_POINT]: 'StockQueue',
};

/** The queue of a letter's message by the name of its output, whether or not there is one; undefined: it belongs nowhere. */
export function targetOf(letters: string, body: string): string | undefined {
  if (letters === UNDELIVERED_EVENTS) {
    const event = eventSchema.safeParse(jsonOf(body));
    return event.success ? QUEUES[event.data['detail-type']] : undefined;
  }
  return letters.endsWith('DeadLetters') ? letters.replace(/DeadLetters$/, '') : undefined;
}

/** Scheduler leaves the alarm as it is; Lambda leaves an envelope around it. */
export function alarmIn(body: string): string {
  const envelope = envelopeSchema.safeParse(jsonOf(body));
  return envelope.success ? JSON.stringify(envelope.data.requestPayload) : body;
}

const eventSchema = z.object({ 'detail-type': z.string() });
const envelopeSchema = z.object({ requestPayload: z.json() });

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
