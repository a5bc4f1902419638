/** `meridian.oa` / `LeaveRequestShortened`: the requester of a leave that has begun is back, or comes back, before its last day, or took none of it. */
import * as z from 'zod';
import { metadataSchema, oaReferenceSchema, requesterSchema } from './envelope.ts';

export const LEAVE_REQUEST_SHORTENED = 'LeaveRequestShortened';

export const leaveRequestShortenedSchema = z
  .object({
    metadata: metadataSchema,
    oa: oaReferenceSchema,
    /** Must be the requester. */
    shortenedBy: requesterSchema,
    /** The last day of the leave from now on, `YYYY-MM-DD` of the company's time zone; it may be over. */
    to: z.iso.date().optional(),
    /** No day of it was taken: then `to` is left out. */
    isNotTaken: z.boolean().default(false),
    /** The afternoon of that day is worked. */
    endsAtNoon: z.boolean().default(false),
    /** Personal: it stands beside the record, where it can be erased. */
    reason: z.string().max(1000).default(''),
  })
  .refine(({ to, isNotTaken }) => isNotTaken !== (to !== undefined), {
    path: ['to'],
    message: 'name the last day of the leave, or say with isNotTaken that no day of it was taken',
  });
export type LeaveRequestShortened = z.infer<typeof leaveRequestShortenedSchema>;
