/**
 * `meridian.erp` / `StockFellBelowReorderPoint`: a product is short in a warehouse. A pointer: the reader asks the ERP again
 * before it believes it.
 */
import * as z from 'zod';
import { metadataSchema } from './envelope.ts';

export const STOCK_FELL_BELOW_REORDER_POINT = 'StockFellBelowReorderPoint';

export const stockFellBelowReorderPointSchema = z.object({
  metadata: metadataSchema,
  erp: z.object({ system: z.string().min(1).max(32) }),
  productCode: z.string().min(1).max(64),
  /** The ERP's code of the warehouse. */
  warehouse: z.string().min(1).max(64),
});
export type StockFellBelowReorderPoint = z.infer<typeof stockFellBelowReorderPointSchema>;
