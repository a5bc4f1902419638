/** `meridian.oa` / `LeaveCancelled`: the leave does not take place, or ends before its time. For good. */
import * as z from 'zod';
import { metadataSchema, oaReferenceSchema } from './envelope.ts';

export const LEAVE_CANCELLED = 'LeaveCancelled';

export const leaveCancelledSchema = z.object({
  metadata: metadataSchema,
  oa: oaReferenceSchema,
  /** Must be whose leave it is. */
  employee: z.object({ employeeId: z.string().min(1).max(64) }),
});
export type LeaveCancelled = z.infer<typeof leaveCancelledSchema>;
