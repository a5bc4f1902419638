/** What the OA says of leave that Meridian decides on. */
import { LEAVE_REQUEST_RESUBMITTED } from '../../functions/events/leave-request-resubmitted.ts';
import {
  LEAVE_REQUEST_SUBMITTED,
  type LeaveRequest,
  type LeaveRequestSubmitted,
} from '../../functions/events/leave-request-submitted.ts';
import { LEAVE_REQUEST_WITHDRAWN } from '../../functions/events/leave-request-withdrawn.ts';
import { envelope, putEvent } from './put-event.ts';

/** A leave request in the OA. */
export interface FiledLeave {
  readonly requestId: string;
  readonly employeeId: string;
}

/** @throws Error when the bus does not take the event, as all functions here */
export async function submitLeave(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: FiledLeave,
  leave: LeaveRequest,
): Promise<void> {
  const detail: LeaveRequestSubmitted = { ...envelope(requestId), requester: { employeeId }, leave };
  await putEvent(endpoint, busName, LEAVE_REQUEST_SUBMITTED, detail);
}

/** Sends a request again in the place of the version that was returned. */
export async function resubmitLeave(
  endpoint: string,
  busName: string,
  { requestId, employeeId, replacesVersion }: FiledLeave & { readonly replacesVersion: number },
  leave: LeaveRequest,
): Promise<void> {
  const detail = { ...envelope(requestId), requester: { employeeId }, replacesVersion, leave };
  await putEvent(endpoint, busName, LEAVE_REQUEST_RESUBMITTED, detail);
}

/** Takes a request back, also one that is approved and has not begun. */
export async function withdrawLeave(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: FiledLeave,
  reason: string,
): Promise<void> {
  const detail = { ...envelope(requestId), withdrawnBy: { employeeId }, reason };
  await putEvent(endpoint, busName, LEAVE_REQUEST_WITHDRAWN, detail);
}
