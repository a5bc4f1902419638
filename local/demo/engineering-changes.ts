/** What the OA says of engineering changes. */
import {
  ENGINEERING_CHANGE_SUBMITTED,
  type EngineeringChange,
  type EngineeringChangeSubmitted,
} from '../../functions/events/engineering-change-submitted.ts';
import { envelope, putEvent } from './put-event.ts';

/** @throws Error when the bus does not take the event */
export async function submitChange(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: { readonly requestId: string; readonly employeeId: string },
  change: EngineeringChange,
): Promise<void> {
  const detail: EngineeringChangeSubmitted = { ...envelope(requestId), requester: { employeeId }, change };
  await putEvent(endpoint, busName, ENGINEERING_CHANGE_SUBMITTED, detail);
}
