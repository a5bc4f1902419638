/** `meridian.oa` / `LeaveRequestResubmitted`: the requester changed a leave request that was returned, and sends it again. */
import * as z from 'zod';
import { resubmissionEnvelopeSchema } from './envelope.ts';

export const LEAVE_REQUEST_RESUBMITTED = 'LeaveRequestResubmitted';

export const leaveRequestResubmittedSchema = resubmissionEnvelopeSchema.extend({
  leave: z.record(z.string(), z.unknown()),
});
