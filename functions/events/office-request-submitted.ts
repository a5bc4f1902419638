/** `meridian.oa` / `OfficeRequestSubmitted`: an employee files a form of the company, such as the use of a seal. */
import * as z from 'zod';
import { namedValuesSchema } from './choices.ts';
import { requestEnvelopeSchema } from './envelope.ts';

export const OFFICE_REQUEST_SUBMITTED = 'OfficeRequestSubmitted';

/** What is filed. Which fields there are says the form. */
export const officeRequestSchema = z.object({
  /** The company's own name of the form, such as `seal-use`. */
  form: z.string().min(1).max(32),
  /** The version that was filled in; absent: the one that counts. */
  formVersion: z.int().min(1).optional(),
  /** What people know the request by. It stands on lists and in the record. */
  title: z.string().trim().min(1).max(200),
  /** Values by the names that the form gives its fields. */
  fields: z.record(z.string(), z.json()),
  /** Whom the requester chose to decide: employee ids, by the names that the form's route gives them (`choice:<name>`). */
  approvers: namedValuesSchema.optional(),
});
export type OfficeRequest = z.infer<typeof officeRequestSchema>;

/** The least that must be readable for the request to be known and its sender answered. */
export const officeRequestEnvelopeSchema = requestEnvelopeSchema.extend({ request: z.record(z.string(), z.unknown()) });

export const officeRequestSubmittedSchema = officeRequestEnvelopeSchema.extend({ request: officeRequestSchema });
export type OfficeRequestSubmitted = z.infer<typeof officeRequestSubmittedSchema>;
