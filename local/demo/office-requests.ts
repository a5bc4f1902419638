/** What the OA says of forms that people of the company file. */
import { OFFICE_REQUEST_RESUBMITTED } from '../../functions/events/office-request-resubmitted.ts';
import {
  OFFICE_REQUEST_SUBMITTED,
  type OfficeRequest,
  type OfficeRequestSubmitted,
} from '../../functions/events/office-request-submitted.ts';
import { envelope, putEvent } from './put-event.ts';

/** A request in the OA. */
export interface FiledForm {
  readonly requestId: string;
  readonly employeeId: string;
}

/** @throws Error when the bus does not take the event, as all functions here */
export async function submitForm(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: FiledForm,
  request: OfficeRequest,
): Promise<void> {
  const detail: OfficeRequestSubmitted = { ...envelope(requestId), requester: { employeeId }, request };
  await putEvent(endpoint, busName, OFFICE_REQUEST_SUBMITTED, detail);
}

/** Sends a request again in the place of the version that was returned. */
export async function resubmitForm(
  endpoint: string,
  busName: string,
  { requestId, employeeId, replacesVersion }: FiledForm & { readonly replacesVersion: number },
  request: OfficeRequest,
): Promise<void> {
  const detail = { ...envelope(requestId), requester: { employeeId }, replacesVersion, request };
  await putEvent(endpoint, busName, OFFICE_REQUEST_RESUBMITTED, detail);
}
