/** `meridian.oa` / `PurchaseRequisitionWithdrawn`: the requester takes the requisition back. */
import type * as z from 'zod';
import { withdrawalSchema } from './envelope.ts';

export const PURCHASE_REQUISITION_WITHDRAWN = 'PurchaseRequisitionWithdrawn';

export const purchaseRequisitionWithdrawnSchema = withdrawalSchema;
export type PurchaseRequisitionWithdrawn = z.infer<typeof purchaseRequisitionWithdrawnSchema>;
