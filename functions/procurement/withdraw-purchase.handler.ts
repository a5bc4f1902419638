import { purchaseRequisitionWithdrawnSchema } from '../events/purchase-requisition-withdrawn.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { busMessage, queueHandler } from '../runtime/handler.ts';
import { processDeps } from '../runtime/wiring.ts';
import { environment } from './withdraw-purchase.env.ts';
import { withdrawPurchase } from './withdraw-purchase.ts';

export const handler = queueHandler({
  environment,
  message: busMessage(purchaseRequisitionWithdrawnSchema),
  run: async ({ detail }, variables) => {
    const outcome = await withdrawPurchase(processDeps(variables), {
      oa: detail.oa,
      withdrawnBy: detail.withdrawnBy.employeeId,
      reason: detail.reason,
      eventId: detail.metadata.eventId,
    });
    if (outcome === 'unknown') {
      // It may have overtaken its requisition: the queue brings it again, and keeps it for a person in the end.
      throw new ConcurrencyError(`no purchase of ${detail.oa.system} ${detail.oa.requestId} is registered yet`);
    }
  },
});
