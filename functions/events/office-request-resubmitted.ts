/** `meridian.oa` / `OfficeRequestResubmitted`: the requester changed an office request that was returned, and sends it again. */
import * as z from 'zod';
import { resubmissionEnvelopeSchema } from './envelope.ts';

export const OFFICE_REQUEST_RESUBMITTED = 'OfficeRequestResubmitted';

export const officeRequestResubmittedSchema = resubmissionEnvelopeSchema.extend({
  request: z.record(z.string(), z.unknown()),
});
