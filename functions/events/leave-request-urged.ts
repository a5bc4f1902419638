/** `meridian.oa` / `LeaveRequestUrged`: the requester asks those who are to decide to get on with it. */
import { urgingSchema } from './envelope.ts';

export const LEAVE_REQUEST_URGED = 'LeaveRequestUrged';

export const leaveRequestUrgedSchema = urgingSchema;
