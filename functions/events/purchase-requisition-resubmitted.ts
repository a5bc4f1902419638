/** `meridian.oa` / `PurchaseRequisitionResubmitted`: the requester changed a requisition that was returned, and sends it again. */
import * as z from 'zod';
import { resubmissionEnvelopeSchema } from './envelope.ts';

export const PURCHASE_REQUISITION_RESUBMITTED = 'PurchaseRequisitionResubmitted';

export const purchaseRequisitionResubmittedSchema = resubmissionEnvelopeSchema.extend({
  requisition: z.record(z.string(), z.unknown()),
});
export type PurchaseRequisitionResubmitted = z.infer<typeof purchaseRequisitionResubmittedSchema>;
