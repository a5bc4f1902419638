/** The requester sends what they changed in the place of what was returned. */
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import { listApprovals } from '../approvals/approval-store.ts';
import { digestOf } from '../audit/domain/canonical-json.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import type { OaReference } from '../events/envelope.ts';
import { type ProcessChange, versionOf } from '../process/domain/process.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { deliveredOnce } from './delivered-once.ts';
import { resubmissionRefusalReason, resubmissionRefusedMessage } from './domain/messages.ts';
import { type Reason, type RequestHead, type RequestKind, type RequestState, withAnswers } from './domain/request.ts';
import {
  isDeliveredAgain,
  type Resubmission,
  type ResubmissionRefusal,
  resubmissionRefusal,
  withResubmission,
} from './domain/rework.ts';
import { impersonal, personalOf, processIdOf } from './register-request.ts';
import { channelOf, type Declined, type RequesterChannel } from './requester-channel.ts';
import { type Issue, issueFacts, reasonOf } from './return-request.ts';

export interface ResubmitInput extends Resubmission {
  readonly oa: OaReference;
  readonly via?: RequesterChannel;
  /** Of what did not come over the bus. */
  readonly once?: OnlyOnce<'taken'>;
  /** What is wrong with it on sight, where whoever sent it waits for the answer: it is not taken then. */
  readonly issues?: readonly Issue[];
}

/** Why it was not taken. `incomplete`: something is wrong with fields of it. */
type Refusal = ResubmissionRefusal | 'incomplete';

/**
 * Taken when it was asked for; whether it is complete is found by the steps that check every request. What is not
 * taken is recorded and answered, and changes nothing. Delivered again it changes nothing and is answered no more.
 * `unknown`: no process of that request.
 */
export async function resubmitRequest<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  input: ResubmitInput,
): Promise<'taken' | 'unknown' | Declined> {
  const processId = processIdOf(kind, input.oa);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  const { eventId, requesterId, replacesVersion, filed } = input;
  const said = { eventId, requesterId, replacesVersion, filed: digestOf(filed) };
  const delivery = deliveredOnce<'taken' | Declined>(deps.store, processId, input.via, said);
  return updateProcess<State, 'taken' | Declined>(deps, processId, async (head) => {
    const earlier = await delivery?.earlier();
    if (earlier !== undefined) {
      return { output: earlier };
    }
    if ((await input.once?.earlier()) !== undefined || isDeliveredAgain(head, input)) {
      return { output: 'taken' };
    }
    const now = deps.clock.now();
    const approvals = await listApprovals(deps.store, processId);
    const refusal =
      resubmissionRefusal(kind, head, approvals, input, now) ?? (hasIssues(input) ? 'incomplete' : undefined);
    return refusal === undefined
      ? {
          change: taken(kind, head, input, now),
          also: [input.once, delivery].flatMap((one) => one?.keep('taken') ?? []),
          output: 'taken',
        }
      : refused(kind, head, input, refusal, delivery);
  });
}

/** Why its requester cannot send it again as things stand; undefined: they can. */
export async function resubmissionObstacle<State extends RequestState>(
  { store, clock }: Pick<ProcessDeps, 'store' | 'clock'>,
  kind: RequestKind<State>,
  head: RequestHead<State>,
): Promise<Reason | undefined> {
  const { requesterId } = head;
  const sent = { eventId: '', requesterId, replacesVersion: versionOf(head), filed: {} };
  const refusal = resubmissionRefusal(kind, head, await listApprovals(store, head.processId), sent, clock.now());
  return refusal === undefined ? undefined : resubmissionRefusalReason(kind.noun, refusal);
}

function hasIssues({ issues = [] }: ResubmitInput): boolean {
  return issues.length > 0;
}

function taken<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  input: ResubmitInput,
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
  input: ResubmitInput,
  refusal: Refusal,
  delivery: OnlyOnce<'taken' | Declined> | undefined,
) {
  const issues = refusal === 'incomplete' ? (input.issues ?? []) : [];
  const told = {
    refusal,
    version: versionOf(head),
    ...(refusal === 'incomplete' ? { issues: issues.map(issueFacts) } : {}),
  };
  const reason =
    refusal === 'incomplete'
      ? reasonOf(issues.map((issue) => issue.reason))
      : resubmissionRefusalReason(kind.noun, refusal);
  const output = { refusal, reason };
  return {
    change: {
      entries: [entryOf('ResubmissionRefused', input, told)],
      effects:
        input.via === undefined
          ? [{ kind: 'tell-oa' as const, message: resubmissionRefusedMessage(reason, told) }]
          : [],
    },
    also: delivery === undefined ? [] : [delivery.keep(output)],
    output,
  };
}

function entryOf(type: string, input: ResubmitInput, more: NewEntry['facts']) {
  const { eventId, requesterId, replacesVersion } = input;
  return {
    type,
    actor: { kind: 'person', id: requesterId },
    facts: { eventId, replacesVersion, ...more, ...channelOf(input) },
  } as const;
}
