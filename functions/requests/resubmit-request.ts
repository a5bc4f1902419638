/** The requester sends what they changed in the place of what was returned. */
import { listApprovals } from '../approvals/approval-store.ts';
import { digestOf } from '../audit/domain/canonical-json.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import type { OaReference } from '../events/envelope.ts';
import { type ProcessChange, versionOf } from '../process/domain/process.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { resubmissionRefusalReason, resubmissionRefusedMessage } from './domain/messages.ts';
import { type RequestHead, type RequestKind, type RequestState, withAnswers } from './domain/request.ts';
import {
  isDeliveredAgain,
  type Resubmission,
  type ResubmissionRefusal,
  resubmissionRefusal,
  withResubmission,
} from './domain/rework.ts';
import { impersonal, personalOf, processIdOf } from './register-request.ts';

/**
 * Taken when it was asked for; whether it is complete is found by the steps that check every request. What is not
 * taken is recorded and answered, and changes nothing. Delivered again it changes nothing and is answered no more.
 * `unknown`: no process of that request.
 */
export async function resubmitRequest<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  input: Resubmission & { readonly oa: OaReference },
): Promise<'taken' | 'refused' | 'unknown'> {
  const processId = processIdOf(kind, input.oa);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<State, 'taken' | 'refused'>(deps, processId, async (head) => {
    if (isDeliveredAgain(head, input)) {
      return { output: 'taken' };
    }
    const now = deps.clock.now();
    const refusal = resubmissionRefusal(kind, head, await listApprovals(deps.store, processId), input, now);
    return refusal === undefined
      ? { change: taken(kind, head, input, now), output: 'taken' }
      : { change: refused(kind, head, input, refusal), output: 'refused' };
  });
}

function taken<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  input: Resubmission,
  now: Date,
): ProcessChange<State> {
  const entry: NewEntry = {
    ...entryOf(kind.entryTypes.resubmitted, input, {
      filedDigest: digestOf(input.filed),
      filed: impersonal(kind, input.filed),
    }),
    ...personalOf(kind, input.filed),
  };
  return withAnswers(kind, head, { entries: [entry], state: withResubmission(kind, head, input) }, now);
}

function refused<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  input: Resubmission,
  refusal: ResubmissionRefusal,
): ProcessChange<State> {
  const told = { refusal, version: versionOf(head) };
  const message = resubmissionRefusedMessage(resubmissionRefusalReason(kind.noun, refusal), told);
  return {
    entries: [entryOf('ResubmissionRefused', input, told)],
    effects: [{ kind: 'tell-oa', message }],
  };
}

function entryOf(type: string, { eventId, requesterId, replacesVersion }: Resubmission, more: NewEntry['facts']) {
  return {
    type,
    actor: { kind: 'person', id: requesterId },
    facts: { eventId, replacesVersion, ...more },
  } as const;
}
