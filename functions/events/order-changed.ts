/**
 * `meridian.erp` / `OrderChanged`: a sales or production order was changed, or one of its deliveries, invoices or steps. A
 * pointer: the reader asks the ERP how far the order is.
 */
import * as z from 'zod';
import { ORDER_KINDS } from '../orders/domain/stages.ts';
import { erpFactSchema } from './erp-fact.ts';

export const ORDER_CHANGED = 'OrderChanged';

export const orderChangedSchema = erpFactSchema.extend({
  orderKind: z.enum(ORDER_KINDS),
  /** The ERP's number of the order. */
  orderNumber: z.string().min(1).max(64),
});
export type OrderChanged = z.infer<typeof orderChangedSchema>;
