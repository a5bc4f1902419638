/** What the requester says in the OA about a request that is on its way, whatever is asked for. */
import { type UrgeDeps, urgeApproval } from '../approvals/urge-approval.ts';
import type { ResubmissionEnvelope, Urging, Withdrawal } from '../events/envelope.ts';
import type { Filed, RequestKind, RequestState } from './domain/request.ts';
import { processIdOf } from './register-request.ts';
import type { Declined } from './requester-channel.ts';
import { resubmitRequest } from './resubmit-request.ts';
import { withdrawRequest } from './withdraw-request.ts';

/** Each answers `unknown` when it has overtaken its request: it is to come again. */
export function hearWithdrawal<State extends RequestState>(
  deps: UrgeDeps,
  kind: RequestKind<State>,
  { oa, withdrawnBy, reason, metadata: { eventId } }: Withdrawal,
): Promise<string | Declined> {
  return withdrawRequest(deps, kind, { oa, withdrawnBy: withdrawnBy.employeeId, reason, eventId });
}

export function hearUrging<State extends RequestState>(
  deps: UrgeDeps,
  kind: RequestKind<State>,
  { oa, urgedBy, metadata: { eventId } }: Urging,
): Promise<string> {
  return urgeApproval(deps, { processId: processIdOf(kind, oa), by: urgedBy.employeeId, eventId });
}

export function hearResubmission<State extends RequestState>(
  deps: UrgeDeps,
  kind: RequestKind<State>,
  { oa, requester, replacesVersion, metadata: { eventId } }: ResubmissionEnvelope,
  filed: Filed,
): Promise<string | Declined> {
  return resubmitRequest(deps, kind, { oa, requesterId: requester.employeeId, replacesVersion, filed, eventId });
}
