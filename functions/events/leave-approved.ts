/** `meridian.oa` / `LeaveApproved`: somebody will be away, and the company has agreed. Put again with other dates it changes the leave. */
import * as z from 'zod';
import { FILED_SUBJECTS } from '../approvals/domain/plan.ts';
import { metadataSchema, oaReferenceSchema } from './envelope.ts';

export const LEAVE_APPROVED = 'LeaveApproved';

const employeeSchema = z.object({ employeeId: z.string().min(1).max(64) });
const instantSchema = z.iso.datetime({ offset: true });

export const leaveApprovedSchema = z
  .object({
    metadata: metadataSchema,
    /** Names the leave for ever. */
    oa: oaReferenceSchema,
    employee: employeeSchema,
    /** From this instant up to, but not including, `until`. */
    from: instantSchema,
    until: instantSchema,
    /** Who stands in; absent: whom the directory names, else the manager. */
    substitute: employeeSchema.optional(),
    /** Subjects of approvals that go to the substitute; absent: all of them. */
    scope: z.array(z.enum(FILED_SUBJECTS)).min(1).optional(),
  })
  .refine(({ from, until }) => Date.parse(from) < Date.parse(until), { path: ['until'], error: 'must be after from' });
export type LeaveApproved = z.infer<typeof leaveApprovedSchema>;
