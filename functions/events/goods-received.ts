/** `meridian.erp` / `GoodsReceived`: goods of an order were received. A pointer: the reader asks the ERP again before it believes it. */
import * as z from 'zod';
import { erpFactSchema } from './erp-fact.ts';

export const GOODS_RECEIVED = 'GoodsReceived';

export const goodsReceivedSchema = erpFactSchema.extend({ receiptNumber: z.string().min(1).max(64) });
