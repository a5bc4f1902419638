/** `meridian.oa` / `PurchaseRequisitionUrged`: the requester asks those who are to decide to get on with it. */
import * as z from 'zod';
import { metadataSchema, oaReferenceSchema } from './envelope.ts';

export const PURCHASE_REQUISITION_URGED = 'PurchaseRequisitionUrged';

export const purchaseRequisitionUrgedSchema = z.object({
  metadata: metadataSchema,
  oa: oaReferenceSchema,
  /** Must be the requester of the requisition. */
  urgedBy: z.object({ employeeId: z.string().min(1).max(64) }),
});
export type PurchaseRequisitionUrged = z.infer<typeof purchaseRequisitionUrgedSchema>;
