/** A request that was returned to its requester, and what is sent in its place. Pure. */
import { type ApprovalState, RETURNED } from '../../approvals/domain/approval-state.ts';
import { digestOf } from '../../audit/domain/canonical-json.ts';
import { versionOf } from '../../process/domain/process.ts';
import type { Filed, RequestHead, RequestKind, RequestState, Rework } from './request.ts';

/** What is sent more often than this is no longer cleared up by sending it again; and every attempt runs through the machine. */
const MAX_ATTEMPTS = 20;

/** Why what was sent changes nothing. Stable names: they stand in the record and choose the words of the answer. */
export type ResubmissionRefusal =
  | 'duplicate'
  | 'ended'
  | 'not-the-requester'
  | 'other-version'
  | 'not-asked-for'
  | 'too-late'
  | 'too-often';

export interface Resubmission {
  readonly eventId: string;
  readonly requesterId: string;
  readonly replacesVersion: number;
  readonly filed: Filed;
}

/** The event that was taken last is delivered again: whoever sent it is owed no second answer. */
export function isDeliveredAgain({ state: { rework } }: RequestHead, { eventId, filed }: Resubmission): boolean {
  return rework?.eventId === eventId && rework.sentDigest === digestOf(filed);
}

/** Undefined: it is taken, and checked next. `approvals`: all of the process. */
export function resubmissionRefusal<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  approvals: readonly ApprovalState[],
  sent: Resubmission,
  now: Date,
): ResubmissionRefusal | undefined {
  const { rework } = head.state;
  if (rework?.eventId === sent.eventId) {
    return 'duplicate';
  }
  if (head.status === 'ended' || head.interruption !== undefined) {
    return 'ended';
  }
  if (sent.requesterId !== head.requesterId) {
    return 'not-the-requester';
  }
  if (sent.replacesVersion !== versionOf(head)) {
    return 'other-version';
  }
  if (!isReturned(kind, head, approvals) || rework?.sent === 'unchecked') {
    return 'not-asked-for';
  }
  // At the deadline itself the wait ends: what comes then would be taken by nobody.
  if (rework?.deadline !== undefined && now.getTime() >= new Date(rework.deadline).getTime()) {
    return 'too-late';
  }
  return (rework?.attempts ?? 0) >= MAX_ATTEMPTS ? 'too-often' : undefined;
}

/** The present version went back to the requester, and nobody is asked about it any more. */
function isReturned<State extends RequestState>(
  { subjects, isCarriedOut }: RequestKind<State>,
  head: RequestHead<State>,
  approvals: readonly ApprovalState[],
): boolean {
  const own = approvals.filter(
    ({ plan }) =>
      subjects.includes(plan.subject) && plan.documentVersion === versionOf(head) && !isCarriedOut(head.state),
  );
  return (
    (own.some(({ outcome }) => outcome === RETURNED) || head.state.rework?.byCheck === versionOf(head)) &&
    own.every(({ status, outcome }) => status === 'closed' && outcome !== 'approved')
  );
}

/** What stands was returned by the checks, and nothing that is still to be checked has come in its place. */
export function isReturnedByCheck(head: RequestHead): boolean {
  const { rework } = head.state;
  return rework?.sent === 'refused' || (rework?.byCheck === versionOf(head) && rework.sent === undefined);
}

/** With what was sent in the place of what was returned: to be checked from the beginning. */
export function withResubmission<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  { eventId, filed }: Resubmission,
): State {
  const rework: Rework = {
    ...head.state.rework,
    attempts: (head.state.rework?.attempts ?? 0) + 1,
    eventId,
    sentDigest: digestOf(filed),
    sent: 'unchecked',
    title: kind.titleOf(head),
  };
  return { ...kind.withoutChecks(head.state), filed, rework };
}

/** Once it is complete it is the next version, and nothing is asked of the requester any more. */
function withoutAsking({
  sent: _checked,
  byCheck: _returned,
  openedAt: _from,
  deadline: _until,
  ...kept
}: Rework): Rework {
  return kept;
}

/** The state of what is complete: the first version, or the next one after what was returned. */
export function completed<State extends RequestState>(head: RequestHead<State>, state: State) {
  const { rework } = state;
  return rework?.sent === undefined
    ? { state }
    : { state: { ...state, rework: withoutAsking(rework) }, documentVersion: versionAfter(head) };
}

/** The version that what is being checked becomes once it is complete. */
export function versionAfter(head: RequestHead): number {
  return versionOf(head) + (head.state.rework?.sent === undefined ? 0 : 1);
}
