/** `meridian.oa` / `PurchaseRequisitionResubmitted`: the requester changed a requisition that was returned, and sends it again. */
import * as z from 'zod';
import { requisitionEnvelopeSchema } from './purchase-requisition-submitted.ts';

export const PURCHASE_REQUISITION_RESUBMITTED = 'PurchaseRequisitionResubmitted';

/** The whole requisition anew, not only what changed; what is wrong in it is answered field by field. */
export const purchaseRequisitionResubmittedSchema = requisitionEnvelopeSchema.extend({
  /** The version that was returned, as the OA was told it; the first is 1. */
  replacesVersion: z.int().min(1),
});
export type PurchaseRequisitionResubmitted = z.infer<typeof purchaseRequisitionResubmittedSchema>;
