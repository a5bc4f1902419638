/** What the requester says in the OA about a requisition that is on its way. */
import * as z from 'zod';
import { type UrgeDeps, urgeApproval } from '../approvals/urge-approval.ts';
import {
  PURCHASE_REQUISITION_RESUBMITTED,
  purchaseRequisitionResubmittedSchema,
} from '../events/purchase-requisition-resubmitted.ts';
import { PURCHASE_REQUISITION_URGED, purchaseRequisitionUrgedSchema } from '../events/purchase-requisition-urged.ts';
import {
  PURCHASE_REQUISITION_WITHDRAWN,
  purchaseRequisitionWithdrawnSchema,
} from '../events/purchase-requisition-withdrawn.ts';
import { processIdOf } from '../requests/register-request.ts';
import { resubmitRequest } from '../requests/resubmit-request.ts';
import { withdrawRequest } from '../requests/withdraw-request.ts';
import { waitClock } from '../runtime/calendar.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { PURCHASE } from './domain/purchase.ts';
import { environment } from './hear-requester.env.ts';

const message = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal(PURCHASE_REQUISITION_URGED), detail: purchaseRequisitionUrgedSchema }),
  z.object({ 'detail-type': z.literal(PURCHASE_REQUISITION_WITHDRAWN), detail: purchaseRequisitionWithdrawnSchema }),
  z.object({
    'detail-type': z.literal(PURCHASE_REQUISITION_RESUBMITTED),
    detail: purchaseRequisitionResubmittedSchema,
  }),
]);

export const handler = queueHandler({
  environment,
  message,
  run: async (event, variables) => {
    const { system, requestId } = event.detail.oa;
    const process = processDeps(variables);
    const directory = companyDirectory(process.store);
    const deps = { ...process, waitClock: waitClock(variables), directory };
    if ((await hear(deps, event)) === 'unknown') {
      // It may have overtaken its requisition: the queue brings it again, and keeps it for a person in the end.
      throw new ConcurrencyError(`no purchase of ${system} ${requestId} is registered yet`);
    }
  },
});

function hear(deps: UrgeDeps, event: z.infer<typeof message>): Promise<string> {
  const { oa, metadata } = event.detail;
  switch (event['detail-type']) {
    case PURCHASE_REQUISITION_WITHDRAWN: {
      const { withdrawnBy, reason } = event.detail;
      return withdrawRequest(deps, PURCHASE, {
        oa,
        withdrawnBy: withdrawnBy.employeeId,
        reason,
        eventId: metadata.eventId,
      });
    }
    case PURCHASE_REQUISITION_URGED: {
      const { employeeId: by } = event.detail.urgedBy;
      return urgeApproval(deps, { processId: processIdOf(PURCHASE, oa), by, eventId: metadata.eventId });
    }
    case PURCHASE_REQUISITION_RESUBMITTED: {
      const { requester, replacesVersion, requisition } = event.detail;
      return resubmitRequest(deps, PURCHASE, {
        oa,
        requesterId: requester.employeeId,
        replacesVersion,
        filed: z.record(z.string(), z.json()).parse(requisition),
        eventId: metadata.eventId,
      });
    }
  }
}
