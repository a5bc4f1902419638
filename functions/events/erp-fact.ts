/** What every fact of the ERP carries on the bus. */
import * as z from 'zod';
import { metadataSchema } from './envelope.ts';

export const erpFactSchema = z.object({
  metadata: metadataSchema,
  erp: z.object({ system: z.string().min(1).max(32) }),
  /** The ERP's number of the purchase order: the key by which facts find their process. */
  orderNumber: z.string().min(1).max(64),
});
