/** `meridian.oa` / `LeaveRequestSubmitted`: an employee asks for leave, and Meridian is to decide on it. */
import * as z from 'zod';
import { choicesShape } from './choices.ts';
import { requestEnvelopeSchema } from './envelope.ts';

export const LEAVE_REQUEST_SUBMITTED = 'LeaveRequestSubmitted';

/** What is asked for. Dates are `YYYY-MM-DD` of the company's time zone. */
export const leaveRequestSchema = z.object({
  /** The company's own code of the kind of leave, such as `annual`: the table `leave-entitlement` and the ERP know it. */
  kind: z.string().regex(/^[a-z][a-z0-9-]{0,31}$/u, 'must be a short lower-case code such as "annual"'),
  /** First day of the leave. */
  from: z.iso.date(),
  /** Last day of the leave. */
  to: z.iso.date(),
  /** The morning of the first day is worked. */
  startsAtNoon: z.boolean().default(false),
  /** The afternoon of the last day is worked. */
  endsAtNoon: z.boolean().default(false),
  /** Where a journey on business goes; kinds of leave that are no business have none. */
  destination: z.string().min(1).max(200).optional(),
  /** Personal: it stands beside the record, where it can be erased. */
  reason: z.string().max(2000).default(''),
  /** Who is to stand in; absent: whom the directory names, else the manager. */
  substituteId: z.string().min(1).max(64).optional(),
  ...choicesShape,
});
export type LeaveRequest = z.infer<typeof leaveRequestSchema>;

/** The least that must be readable for the request to be known and its sender answered. */
export const leaveRequestEnvelopeSchema = requestEnvelopeSchema.extend({ leave: z.record(z.string(), z.unknown()) });

export const leaveRequestSubmittedSchema = leaveRequestEnvelopeSchema.extend({ leave: leaveRequestSchema });
export type LeaveRequestSubmitted = z.infer<typeof leaveRequestSubmittedSchema>;
