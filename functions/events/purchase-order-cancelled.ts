/** `meridian.erp` / `PurchaseOrderCancelled`: somebody cancelled the order in the ERP. A pointer, like every fact. */
import { erpFactSchema } from './erp-fact.ts';

export const PURCHASE_ORDER_CANCELLED = 'PurchaseOrderCancelled';

export const purchaseOrderCancelledSchema = erpFactSchema;
