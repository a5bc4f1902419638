/** `meridian.oa` / `PurchaseRequisitionWithdrawn`: the requester takes the requisition back. */
import * as z from 'zod';
import { metadataSchema, oaReferenceSchema } from './envelope.ts';

export const PURCHASE_REQUISITION_WITHDRAWN = 'PurchaseRequisitionWithdrawn';

export const purchaseRequisitionWithdrawnSchema = z.object({
  metadata: metadataSchema,
  oa: oaReferenceSchema,
  /** Must be the requester of the requisition. */
  withdrawnBy: z.object({ employeeId: z.string().min(1).max(64) }),
  reason: z.string().min(1).max(1000),
});
export type PurchaseRequisitionWithdrawn = z.infer<typeof purchaseRequisitionWithdrawnSchema>;
