/** What the OA says of engineering changes. */
import { ENGINEERING_CHANGE_RESUBMITTED } from '../../functions/events/engineering-change-resubmitted.ts';
import {
  ENGINEERING_CHANGE_SUBMITTED,
  type EngineeringChange,
  type EngineeringChangeSubmitted,
} from '../../functions/events/engineering-change-submitted.ts';
import { ENGINEERING_CHANGE_WITHDRAWN } from '../../functions/events/engineering-change-withdrawn.ts';
import { envelope, putEvent } from './put-event.ts';

/** A change in the OA. */
export interface FiledChange {
  readonly requestId: string;
  readonly employeeId: string;
}

/** @throws Error when the bus does not take the event, as all functions here */
export async function submitChange(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: FiledChange,
  change: EngineeringChange,
): Promise<void> {
  const detail: EngineeringChangeSubmitted = { ...envelope(requestId), requester: { employeeId }, change };
  await putEvent(endpoint, busName, ENGINEERING_CHANGE_SUBMITTED, detail);
}

/** Sends a change again in the place of the version that was returned. */
export async function resubmitChange(
  endpoint: string,
  busName: string,
  { requestId, employeeId, replacesVersion }: FiledChange & { readonly replacesVersion: number },
  change: EngineeringChange,
): Promise<void> {
  const detail = { ...envelope(requestId), requester: { employeeId }, replacesVersion, change };
  await putEvent(endpoint, busName, ENGINEERING_CHANGE_RESUBMITTED, detail);
}

/** Takes a change back, also one that is approved and not in force yet. */
export async function withdrawChange(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: FiledChange,
  reason: string,
): Promise<void> {
  const detail = { ...envelope(requestId), withdrawnBy: { employeeId }, reason };
  await putEvent(endpoint, busName, ENGINEERING_CHANGE_WITHDRAWN, detail);
}
