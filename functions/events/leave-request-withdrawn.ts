/** `meridian.oa` / `LeaveRequestWithdrawn`: the requester takes a leave request back, also one that is approved and has not begun. */
import { withdrawalSchema } from './envelope.ts';

export const LEAVE_REQUEST_WITHDRAWN = 'LeaveRequestWithdrawn';

export const leaveRequestWithdrawnSchema = withdrawalSchema;
