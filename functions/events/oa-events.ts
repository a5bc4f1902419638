/** All that an OA may say on the bus, by detail-type. */
import * as z from 'zod';
import { ENGINEERING_CHANGE_RESUBMITTED } from './engineering-change-resubmitted.ts';
import { ENGINEERING_CHANGE_SUBMITTED } from './engineering-change-submitted.ts';
import { ENGINEERING_CHANGE_URGED } from './engineering-change-urged.ts';
import { ENGINEERING_CHANGE_WITHDRAWN } from './engineering-change-withdrawn.ts';
import { metadataSchema, oaReferenceSchema } from './envelope.ts';
import { EXPENSE_CLAIM_RESUBMITTED } from './expense-claim-resubmitted.ts';
import { EXPENSE_CLAIM_SUBMITTED } from './expense-claim-submitted.ts';
import { EXPENSE_CLAIM_URGED } from './expense-claim-urged.ts';
import { EXPENSE_CLAIM_WITHDRAWN } from './expense-claim-withdrawn.ts';
import { LEAVE_APPROVED } from './leave-approved.ts';
import { LEAVE_CANCELLED } from './leave-cancelled.ts';
import { LEAVE_REQUEST_RESUBMITTED } from './leave-request-resubmitted.ts';
import { LEAVE_REQUEST_SHORTENED } from './leave-request-shortened.ts';
import { LEAVE_REQUEST_SUBMITTED } from './leave-request-submitted.ts';
import { LEAVE_REQUEST_URGED } from './leave-request-urged.ts';
import { LEAVE_REQUEST_WITHDRAWN } from './leave-request-withdrawn.ts';
import { OFFICE_REQUEST_RESUBMITTED } from './office-request-resubmitted.ts';
import { OFFICE_REQUEST_SUBMITTED } from './office-request-submitted.ts';
import { OFFICE_REQUEST_URGED } from './office-request-urged.ts';
import { OFFICE_REQUEST_WITHDRAWN } from './office-request-withdrawn.ts';
import { PURCHASE_REQUISITION_RESUBMITTED } from './purchase-requisition-resubmitted.ts';
import { PURCHASE_REQUISITION_SUBMITTED } from './purchase-requisition-submitted.ts';
import { PURCHASE_REQUISITION_URGED } from './purchase-requisition-urged.ts';
import { PURCHASE_REQUISITION_WITHDRAWN } from './purchase-requisition-withdrawn.ts';

export const OA_EVENTS = [
  PURCHASE_REQUISITION_SUBMITTED,
  PURCHASE_REQUISITION_RESUBMITTED,
  PURCHASE_REQUISITION_WITHDRAWN,
  PURCHASE_REQUISITION_URGED,
  EXPENSE_CLAIM_SUBMITTED,
  EXPENSE_CLAIM_RESUBMITTED,
  EXPENSE_CLAIM_WITHDRAWN,
  EXPENSE_CLAIM_URGED,
  LEAVE_REQUEST_SUBMITTED,
  LEAVE_REQUEST_RESUBMITTED,
  LEAVE_REQUEST_WITHDRAWN,
  LEAVE_REQUEST_SHORTENED,
  LEAVE_REQUEST_URGED,
  OFFICE_REQUEST_SUBMITTED,
  OFFICE_REQUEST_RESUBMITTED,
  OFFICE_REQUEST_WITHDRAWN,
  OFFICE_REQUEST_URGED,
  ENGINEERING_CHANGE_SUBMITTED,
  ENGINEERING_CHANGE_RESUBMITTED,
  ENGINEERING_CHANGE_WITHDRAWN,
  ENGINEERING_CHANGE_URGED,
  LEAVE_APPROVED,
  LEAVE_CANCELLED,
] as const;

/** The least that must be readable of any event of an OA for its sender to be answered by name. */
export const oaEventSchema = z.looseObject({ metadata: metadataSchema, oa: oaReferenceSchema });
