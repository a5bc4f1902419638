/** `meridian.oa` / `PurchaseRequisitionUrged`: the requester asks those who are to decide to get on with it. */
import type * as z from 'zod';
import { urgingSchema } from './envelope.ts';

export const PURCHASE_REQUISITION_URGED = 'PurchaseRequisitionUrged';

export const purchaseRequisitionUrgedSchema = urgingSchema;
export type PurchaseRequisitionUrged = z.infer<typeof purchaseRequisitionUrgedSchema>;
