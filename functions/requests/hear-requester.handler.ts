/** What requesters say in the OA about what is on its way: the same of every process, each under events of its own. */
import * as z from 'zod';
import type { UrgeDeps } from '../approvals/urge-approval.ts';
import {
  PURCHASE_REQUISITION_RESUBMITTED,
  purchaseRequisitionResubmittedSchema,
} from '../events/purchase-requisition-resubmitted.ts';
import { PURCHASE_REQUISITION_URGED, purchaseRequisitionUrgedSchema } from '../events/purchase-requisition-urged.ts';
import {
  PURCHASE_REQUISITION_WITHDRAWN,
  purchaseRequisitionWithdrawnSchema,
} from '../events/purchase-requisition-withdrawn.ts';
import { PURCHASE } from '../procurement/domain/purchase.ts';
import { waitClock } from '../runtime/calendar.ts';
import { companyDirectory } from '../runtime/company-files.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './hear-requester.env.ts';
import { hearResubmission, hearUrging, hearWithdrawal } from './hear-requester.ts';

const message = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal(PURCHASE_REQUISITION_URGED), detail: purchaseRequisitionUrgedSchema }),
  z.object({ 'detail-type': z.literal(PURCHASE_REQUISITION_WITHDRAWN), detail: purchaseRequisitionWithdrawnSchema }),
  z.object({
    'detail-type': z.literal(PURCHASE_REQUISITION_RESUBMITTED),
    detail: purchaseRequisitionResubmittedSchema,
  }),
]);

const filedSchema = z.record(z.string(), z.json());

export const handler = queueHandler({
  environment,
  message,
  run: async (event, variables) => {
    const { system, requestId } = event.detail.oa;
    const process = processDeps(variables);
    const directory = companyDirectory(process.store);
    const deps = { ...process, waitClock: waitClock(variables), directory };
    if ((await hear(deps, event)) === 'unknown') {
      // It may have overtaken its request: the queue brings it again, and keeps it for a person in the end.
      throw new ConcurrencyError(`no process of ${system} ${requestId} is registered yet`);
    }
  },
});

function hear(deps: UrgeDeps, event: z.infer<typeof message>): Promise<string> {
  switch (event['detail-type']) {
    case PURCHASE_REQUISITION_WITHDRAWN:
      return hearWithdrawal(deps, PURCHASE, event.detail);
    case PURCHASE_REQUISITION_URGED:
      return hearUrging(deps, PURCHASE, event.detail);
    case PURCHASE_REQUISITION_RESUBMITTED:
      return hearResubmission(deps, PURCHASE, event.detail, filedSchema.parse(event.detail.requisition));
  }
}
