/**
 * The events that a form of a suite can become. Sending again is none of them: it names a version, which no suite knows; requesters do
 * it on their pages.
 */
import type * as z from 'zod';
import { EXPENSE_CLAIM_SUBMITTED, expenseClaimSubmittedSchema } from '../events/expense-claim-submitted.ts';
import { EXPENSE_CLAIM_URGED, expenseClaimUrgedSchema } from '../events/expense-claim-urged.ts';
import { EXPENSE_CLAIM_WITHDRAWN, expenseClaimWithdrawnSchema } from '../events/expense-claim-withdrawn.ts';
import { LEAVE_APPROVED, leaveApprovedSchema } from '../events/leave-approved.ts';
import { LEAVE_CANCELLED, leaveCancelledSchema } from '../events/leave-cancelled.ts';
import { LEAVE_REQUEST_SUBMITTED, leaveRequestSubmittedSchema } from '../events/leave-request-submitted.ts';
import { LEAVE_REQUEST_URGED, leaveRequestUrgedSchema } from '../events/leave-request-urged.ts';
import { LEAVE_REQUEST_WITHDRAWN, leaveRequestWithdrawnSchema } from '../events/leave-request-withdrawn.ts';
import {
  PURCHASE_REQUISITION_SUBMITTED,
  purchaseRequisitionSubmittedSchema,
} from '../events/purchase-requisition-submitted.ts';
import { PURCHASE_REQUISITION_URGED, purchaseRequisitionUrgedSchema } from '../events/purchase-requisition-urged.ts';
import {
  PURCHASE_REQUISITION_WITHDRAWN,
  purchaseRequisitionWithdrawnSchema,
} from '../events/purchase-requisition-withdrawn.ts';

interface MappedEvent {
  readonly schema: z.ZodObject;
  /** The field that is whoever filed the form; with `metadata` and `oa` it is not for a table to say. */
  readonly person: 'requester' | 'withdrawnBy' | 'urgedBy' | 'employee';
}

/** By detail-type. */
export const MAPPED_EVENTS: Readonly<Record<string, MappedEvent>> = {
  [PURCHASE_REQUISITION_SUBMITTED]: { schema: purchaseRequisitionSubmittedSchema, person: 'requester' },
  [PURCHASE_REQUISITION_WITHDRAWN]: { schema: purchaseRequisitionWithdrawnSchema, person: 'withdrawnBy' },
  [PURCHASE_REQUISITION_URGED]: { schema: purchaseRequisitionUrgedSchema, person: 'urgedBy' },
  [EXPENSE_CLAIM_SUBMITTED]: { schema: expenseClaimSubmittedSchema, person: 'requester' },
  [EXPENSE_CLAIM_WITHDRAWN]: { schema: expenseClaimWithdrawnSchema, person: 'withdrawnBy' },
  [EXPENSE_CLAIM_URGED]: { schema: expenseClaimUrgedSchema, person: 'urgedBy' },
  [LEAVE_REQUEST_SUBMITTED]: { schema: leaveRequestSubmittedSchema, person: 'requester' },
  [LEAVE_REQUEST_WITHDRAWN]: { schema: leaveRequestWithdrawnSchema, person: 'withdrawnBy' },
  [LEAVE_REQUEST_URGED]: { schema: leaveRequestUrgedSchema, person: 'urgedBy' },
  [LEAVE_APPROVED]: { schema: leaveApprovedSchema, person: 'employee' },
  [LEAVE_CANCELLED]: { schema: leaveCancelledSchema, person: 'employee' },
};
