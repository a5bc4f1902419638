/** Requests that were filed in the OA begin their processes: the same for all kinds, each under an event of its own. */
import * as z from 'zod';
import { CHANGE } from '../engineering/domain/change-process.ts';
import {
  ENGINEERING_CHANGE_SUBMITTED,
  engineeringChangeEnvelopeSchema,
} from '../events/engineering-change-submitted.ts';
import { EXPENSE_CLAIM_SUBMITTED, expenseClaimEnvelopeSchema } from '../events/expense-claim-submitted.ts';
import { LEAVE_REQUEST_SUBMITTED, leaveRequestEnvelopeSchema } from '../events/leave-request-submitted.ts';
import { OFFICE_REQUEST_SUBMITTED, officeRequestEnvelopeSchema } from '../events/office-request-submitted.ts';
import { PURCHASE_REQUISITION_SUBMITTED, requisitionEnvelopeSchema } from '../events/purchase-requisition-submitted.ts';
import { EXPENSE } from '../expenses/domain/expense.ts';
import { OFFICE } from '../office/domain/office-process.ts';
import { LEAVE } from '../people/domain/leave-process.ts';
import { stateMachineStarter } from '../process/adapters/step-functions.ts';
import { PURCHASE } from '../procurement/domain/purchase.ts';
import { stepFunctionsClient } from '../runtime/clients.ts';
import { queueHandler } from '../runtime/handler.ts';
import { environment } from './start-process.env.ts';
import { startProcess } from './start-process.ts';

/** By detail-type. */
const STARTS = {
  [PURCHASE_REQUISITION_SUBMITTED]: {
    machine: 'PROCURE_TO_PAY_ARN',
    noun: PURCHASE.noun,
    schema: requisitionEnvelopeSchema,
  },
  [EXPENSE_CLAIM_SUBMITTED]: {
    machine: 'EXPENSE_TO_POSTING_ARN',
    noun: EXPENSE.noun,
    schema: expenseClaimEnvelopeSchema,
  },
  [LEAVE_REQUEST_SUBMITTED]: {
    machine: 'LEAVE_REQUEST_ARN',
    noun: LEAVE.noun,
    schema: leaveRequestEnvelopeSchema,
  },
  [OFFICE_REQUEST_SUBMITTED]: {
    machine: 'OFFICE_REQUEST_ARN',
    noun: OFFICE.noun,
    schema: officeRequestEnvelopeSchema,
  },
  [ENGINEERING_CHANGE_SUBMITTED]: {
    machine: 'ENGINEERING_CHANGE_ARN',
    noun: CHANGE.noun,
    schema: engineeringChangeEnvelopeSchema,
  },
} as const;

export const handler = queueHandler({
  environment,
  // What is wrong inside the detail is named by the use-case, field by field.
  message: z.object({
    'detail-type': z.enum([
      PURCHASE_REQUISITION_SUBMITTED,
      EXPENSE_CLAIM_SUBMITTED,
      LEAVE_REQUEST_SUBMITTED,
      OFFICE_REQUEST_SUBMITTED,
      ENGINEERING_CHANGE_SUBMITTED,
    ]),
    detail: z.unknown(),
  }),
  run: ({ 'detail-type': detailType, detail }, variables) => {
    const { machine, noun, schema } = STARTS[detailType];
    return startProcess(
      { starter: stateMachineStarter(stepFunctionsClient(), variables[machine]) },
      noun,
      schema,
      detail,
    );
  },
});
