/** What the requester says in the OA about a requisition that is on its way. */
import * as z from 'zod';
import {
  PURCHASE_REQUISITION_RESUBMITTED,
  purchaseRequisitionResubmittedSchema,
} from '../events/purchase-requisition-resubmitted.ts';
import {
  PURCHASE_REQUISITION_WITHDRAWN,
  purchaseRequisitionWithdrawnSchema,
} from '../events/purchase-requisition-withdrawn.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './hear-requester.env.ts';
import { resubmitRequisition } from './resubmit-requisition.ts';
import { withdrawPurchase } from './withdraw-purchase.ts';

const message = z.discriminatedUnion('detail-type', [
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
    if ((await hear(processDeps(variables), event)) === 'unknown') {
      // It may have overtaken its requisition: the queue brings it again, and keeps it for a person in the end.
      throw new ConcurrencyError(`no purchase of ${system} ${requestId} is registered yet`);
    }
  },
});

function hear(deps: ProcessDeps, event: z.infer<typeof message>): Promise<string> {
  const { oa, metadata } = event.detail;
  switch (event['detail-type']) {
    case PURCHASE_REQUISITION_WITHDRAWN: {
      const { withdrawnBy, reason } = event.detail;
      return withdrawPurchase(deps, { oa, withdrawnBy: withdrawnBy.employeeId, reason, eventId: metadata.eventId });
    }
    case PURCHASE_REQUISITION_RESUBMITTED: {
      const { requester, replacesVersion, requisition } = event.detail;
      return resubmitRequisition(deps, {
        oa,
        requesterId: requester.employeeId,
        replacesVersion,
        requisition: z.record(z.string(), z.json()).parse(requisition),
        eventId: metadata.eventId,
      });
    }
  }
}
