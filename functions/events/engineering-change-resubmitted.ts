/** `meridian.oa` / `EngineeringChangeResubmitted`: the requester altered a change that was returned, and sends it again. */
import * as z from 'zod';
import { resubmissionEnvelopeSchema } from './envelope.ts';

export const ENGINEERING_CHANGE_RESUBMITTED = 'EngineeringChangeResubmitted';

export const engineeringChangeResubmittedSchema = resubmissionEnvelopeSchema.extend({
  change: z.record(z.string(), z.unknown()),
});
