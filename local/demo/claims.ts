/** What the OA says of expense claims. */
import { EXPENSE_CLAIM_RESUBMITTED } from '../../functions/events/expense-claim-resubmitted.ts';
import {
  EXPENSE_CLAIM_SUBMITTED,
  type ExpenseClaim,
  type ExpenseClaimSubmitted,
} from '../../functions/events/expense-claim-submitted.ts';
import { EXPENSE_CLAIM_WITHDRAWN } from '../../functions/events/expense-claim-withdrawn.ts';
import { envelope, putEvent } from './put-event.ts';

/** A claim in the OA. */
export interface FiledClaim {
  readonly requestId: string;
  readonly employeeId: string;
}

/** @throws Error when the bus does not take the event, as all functions here */
export async function submitClaim(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: FiledClaim,
  claim: ExpenseClaim,
): Promise<void> {
  const detail: ExpenseClaimSubmitted = { ...envelope(requestId), requester: { employeeId }, claim };
  await putEvent(endpoint, busName, EXPENSE_CLAIM_SUBMITTED, detail);
}

/** Sends a claim again in the place of the version that was returned. */
export async function resubmitClaim(
  endpoint: string,
  busName: string,
  { requestId, employeeId, replacesVersion }: FiledClaim & { readonly replacesVersion: number },
  claim: ExpenseClaim,
): Promise<void> {
  const detail = { ...envelope(requestId), requester: { employeeId }, replacesVersion, claim };
  await putEvent(endpoint, busName, EXPENSE_CLAIM_RESUBMITTED, detail);
}

export async function withdrawClaim(
  endpoint: string,
  busName: string,
  { requestId, employeeId }: FiledClaim,
  reason: string,
): Promise<void> {
  const detail = { ...envelope(requestId), withdrawnBy: { employeeId }, reason };
  await putEvent(endpoint, busName, EXPENSE_CLAIM_WITHDRAWN, detail);
}
