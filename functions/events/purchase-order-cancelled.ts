/** `meridian.erp` / `PurchaseOrderCancelled`: somebody cancelled the order in the ERP. A pointer, like every fact. */
import type * as z from 'zod';
import { erpFactSchema } from './erp-fact.ts';

export const PURCHASE_ORDER_CANCELLED = 'PurchaseOrderCancelled';

export const purchaseOrderCancelledSchema = erpFactSchema;
export type PurchaseOrderCancelled = z.infer<typeof purchaseOrderCancelledSchema>;
