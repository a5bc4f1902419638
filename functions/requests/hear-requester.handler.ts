/** What requesters say in the OA about what is on its way: the same of every process, each under events of its own. */
import * as z from 'zod';
import type { UrgeDeps } from '../approvals/urge-approval.ts';
import { CHANGE } from '../engineering/domain/change-process.ts';
import {
  ENGINEERING_CHANGE_RESUBMITTED,
  engineeringChangeResubmittedSchema,
} from '../events/engineering-change-resubmitted.ts';
import { ENGINEERING_CHANGE_URGED, engineeringChangeUrgedSchema } from '../events/engineering-change-urged.ts';
import {
  ENGINEERING_CHANGE_WITHDRAWN,
  engineeringChangeWithdrawnSchema,
} from '../events/engineering-change-withdrawn.ts';
import type { OaReference } from '../events/envelope.ts';
import { EXPENSE_CLAIM_RESUBMITTED, expenseClaimResubmittedSchema } from '../events/expense-claim-resubmitted.ts';
import { EXPENSE_CLAIM_URGED, expenseClaimUrgedSchema } from '../events/expense-claim-urged.ts';
import { EXPENSE_CLAIM_WITHDRAWN, expenseClaimWithdrawnSchema } from '../events/expense-claim-withdrawn.ts';
import { LEAVE_REQUEST_RESUBMITTED, leaveRequestResubmittedSchema } from '../events/leave-request-resubmitted.ts';
import { LEAVE_REQUEST_SHORTENED, leaveRequestShortenedSchema } from '../events/leave-request-shortened.ts';
import { LEAVE_REQUEST_URGED, leaveRequestUrgedSchema } from '../events/leave-request-urged.ts';
import { LEAVE_REQUEST_WITHDRAWN, leaveRequestWithdrawnSchema } from '../events/leave-request-withdrawn.ts';
import { OFFICE_REQUEST_RESUBMITTED, officeRequestResubmittedSchema } from '../events/office-request-resubmitted.ts';
import { OFFICE_REQUEST_URGED, officeRequestUrgedSchema } from '../events/office-request-urged.ts';
import { OFFICE_REQUEST_WITHDRAWN, officeRequestWithdrawnSchema } from '../events/office-request-withdrawn.ts';
import {
  PURCHASE_REQUISITION_RESUBMITTED,
  purchaseRequisitionResubmittedSchema,
} from '../events/purchase-requisition-resubmitted.ts';
import { PURCHASE_REQUISITION_URGED, purchaseRequisitionUrgedSchema } from '../events/purchase-requisition-urged.ts';
import {
  PURCHASE_REQUISITION_WITHDRAWN,
  purchaseRequisitionWithdrawnSchema,
} from '../events/purchase-requisition-withdrawn.ts';
import { EXPENSE } from '../expenses/domain/expense.ts';
import { OFFICE } from '../office/domain/office-process.ts';
import { LEAVE } from '../people/domain/leave-process.ts';
import { hearEarlyReturn, type ShortenLeaveDeps } from '../people/shorten-leave.ts';
import { PURCHASE } from '../procurement/domain/purchase.ts';
import { waitClock } from '../runtime/calendar.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { queueHandler } from '../runtime/handler.ts';
import { companyFacts, processDeps } from '../runtime/wiring.ts';
import { filedSchema } from './domain/request.ts';
import { environment } from './hear-requester.env.ts';
import { hearResubmission, hearUrging, hearWithdrawal } from './hear-requester.ts';
import type { Declined } from './requester-channel.ts';

const message = z.discriminatedUnion('detail-type', [
  said(PURCHASE_REQUISITION_URGED, purchaseRequisitionUrgedSchema, (deps, urging) =>
    hearUrging(deps, PURCHASE, urging),
  ),
  said(PURCHASE_REQUISITION_WITHDRAWN, purchaseRequisitionWithdrawnSchema, (deps, withdrawal) =>
    hearWithdrawal(deps, PURCHASE, withdrawal),
  ),
  said(PURCHASE_REQUISITION_RESUBMITTED, purchaseRequisitionResubmittedSchema, (deps, sent) =>
    hearResubmission(deps, PURCHASE, sent, filedSchema.parse(sent.requisition)),
  ),
  said(EXPENSE_CLAIM_URGED, expenseClaimUrgedSchema, (deps, urging) => hearUrging(deps, EXPENSE, urging)),
  said(EXPENSE_CLAIM_WITHDRAWN, expenseClaimWithdrawnSchema, (deps, withdrawal) =>
    hearWithdrawal(deps, EXPENSE, withdrawal),
  ),
  said(EXPENSE_CLAIM_RESUBMITTED, expenseClaimResubmittedSchema, (deps, sent) =>
    hearResubmission(deps, EXPENSE, sent, filedSchema.parse(sent.claim)),
  ),
  said(LEAVE_REQUEST_URGED, leaveRequestUrgedSchema, (deps, urging) => hearUrging(deps, LEAVE, urging)),
  said(LEAVE_REQUEST_WITHDRAWN, leaveRequestWithdrawnSchema, (deps, withdrawal) =>
    hearWithdrawal(deps, LEAVE, withdrawal),
  ),
  said(LEAVE_REQUEST_SHORTENED, leaveRequestShortenedSchema, hearEarlyReturn),
  said(LEAVE_REQUEST_RESUBMITTED, leaveRequestResubmittedSchema, (deps, sent) =>
    hearResubmission(deps, LEAVE, sent, filedSchema.parse(sent.leave)),
  ),
  said(OFFICE_REQUEST_URGED, officeRequestUrgedSchema, (deps, urging) => hearUrging(deps, OFFICE, urging)),
  said(OFFICE_REQUEST_WITHDRAWN, officeRequestWithdrawnSchema, (deps, withdrawal) =>
    hearWithdrawal(deps, OFFICE, withdrawal),
  ),
  said(OFFICE_REQUEST_RESUBMITTED, officeRequestResubmittedSchema, (deps, sent) =>
    hearResubmission(deps, OFFICE, sent, filedSchema.parse(sent.request)),
  ),
  said(ENGINEERING_CHANGE_URGED, engineeringChangeUrgedSchema, (deps, urging) => hearUrging(deps, CHANGE, urging)),
  said(ENGINEERING_CHANGE_WITHDRAWN, engineeringChangeWithdrawnSchema, (deps, withdrawal) =>
    hearWithdrawal(deps, CHANGE, withdrawal),
  ),
  said(ENGINEERING_CHANGE_RESUBMITTED, engineeringChangeResubmittedSchema, (deps, sent) =>
    hearResubmission(deps, CHANGE, sent, filedSchema.parse(sent.change)),
  ),
]);

export const handler = queueHandler({
  environment,
  message,
  run: async ({ oa, hear }, variables) => {
    const process = processDeps(variables);
    const directory = companyDirectory(process.store);
    const deps = { ...process, waitClock: waitClock(variables), directory };
    const heard = await hear({ ...deps, company: companyFacts(variables) });
    if (heard === 'unknown') {
      // It may have overtaken its request: the queue brings it again, and keeps it for a person in the end.
      throw new ConcurrencyError(`no process of ${oa.system} ${oa.requestId} is registered yet`);
    }
  },
});

type HearDeps = UrgeDeps & ShortenLeaveDeps;

/** An event of the bus, with who listens to it. */
function said<const DetailType extends string, Detail extends { readonly oa: OaReference }>(
  detailType: DetailType,
  schema: z.ZodType<Detail>,
  hear: (deps: HearDeps, detail: Detail) => Promise<string | Declined>,
) {
  return z
    .object({ 'detail-type': z.literal(detailType), detail: schema })
    .transform(({ detail }) => ({ oa: detail.oa, hear: (deps: HearDeps) => hear(deps, detail) }));
}
