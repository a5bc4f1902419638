/** `meridian.oa` / `LeaveRequestShortened`: the requester of a leave that has begun is back, or comes back, before its last day. */
import * as z from 'zod';
import { metadataSchema, oaReferenceSchema, requesterSchema } from './envelope.ts';

export const LEAVE_REQUEST_SHORTENED = 'LeaveRequestShortened';

export const leaveRequestShortenedSchema = z.object({
  metadata: metadataSchema,
  oa: oaReferenceSchema,
  /** Must be the requester. */
  shortenedBy: requesterSchema,
  /** The last day of the leave from now on, `YYYY-MM-DD` of the company's time zone; it may be over. */
  to: z.iso.date(),
  /** The afternoon of that day is worked. */
  endsAtNoon: z.boolean().default(false),
  /** Personal: it stands beside the record, where it can be erased. */
  reason: z.string().max(1000).default(''),
});
export type LeaveRequestShortened = z.infer<typeof leaveRequestShortenedSchema>;
