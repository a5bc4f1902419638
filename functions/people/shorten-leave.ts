/** Somebody comes back from a running leave before its last day: the OA says so, or they do themselves. */
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import type { LeaveRequestShortened } from '../events/leave-request-shortened.ts';
import { versionOf } from '../process/domain/process.ts';
import { type Decision, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { deliveredOnce } from '../requests/delivered-once.ts';
import { withAnswers } from '../requests/domain/request.ts';
import { processIdOf } from '../requests/register-request.ts';
import { channelOf, type Declined, type RequesterChannel } from '../requests/requester-channel.ts';
import { type SaidEnd, SHORTENING_REFUSALS, shorteningRefusal } from './domain/early-return.ts';
import { leaveInstants } from './domain/leave-days.ts';
import { shorteningRefusedMessage } from './domain/leave-messages.ts';
import { checkedLeave, LEAVE, type LeaveHead, type LeaveRequestState } from './domain/leave-process.ts';

export interface ShortenLeaveDeps extends ProcessDeps {
  readonly company: Pick<CompanyFacts, 'timeZone'>;
}

export interface EarlyReturn extends SaidEnd, Pick<LeaveRequestShortened, 'oa' | 'reason'> {
  /** Employee id of whoever says it. */
  readonly by: string;
  readonly eventId: string;
  /** How it came, where whoever sent it sees the answer; undefined: from the OA, which is told when it does not count. */
  readonly via?: RequesterChannel;
  /** Of what did not come over the bus. */
  readonly once?: OnlyOnce<'taken'>;
}

type Heard = 'taken' | Declined;

/** As {@link shortenLeave}, of an event of the OA. */
export function hearEarlyReturn(deps: ShortenLeaveDeps, event: LeaveRequestShortened): Promise<Heard | 'unknown'> {
  const { oa, shortenedBy, to = '', endsAtNoon, isNotTaken, reason, metadata } = event;
  const said = { to, endsAtNoon, isNotTaken, reason };
  return shortenLeave(deps, { oa, by: shortenedBy.employeeId, ...said, eventId: metadata.eventId });
}

/**
 * `unknown`: no process of that request yet; the event is to come again. One that comes twice changes nothing the second time.
 * What is taken is the leave's next version: it is asked about where the rules of its kind say so, and carried out then.
 */
export async function shortenLeave(deps: ShortenLeaveDeps, said: EarlyReturn): Promise<Heard | 'unknown'> {
  const { oa, by, to, endsAtNoon, isNotTaken, eventId, via, once } = said;
  const processId = processIdOf(LEAVE, oa);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  const words = { eventId, shortenedBy: by, to, endsAtNoon, ...(isNotTaken ? { isNotTaken } : {}) };
  const delivery = deliveredOnce<Heard>(deps.store, processId, via, words);
  return updateProcess<LeaveRequestState, Heard>(deps, processId, async (head) => {
    const earlier = (await delivery?.earlier()) ?? (await once?.earlier());
    if (earlier !== undefined) {
      return { output: earlier };
    }
    const refusal = shorteningRefusal(head, by, said);
    const decision = refusal === undefined ? take(deps, head, said) : refuse(said, refusal);
    const kept = [
      ...(delivery === undefined ? [] : [delivery.keep(decision.output)]),
      ...(once === undefined || decision.output !== 'taken' ? [] : [once.keep('taken')]),
    ];
    return { ...decision, also: kept };
  });
}

function take(
  { company, clock }: ShortenLeaveDeps,
  head: LeaveHead,
  said: EarlyReturn,
): Decision<LeaveRequestState, Heard> {
  const { to, endsAtNoon, reason, eventId } = said;
  const { leave, checked } = checkedLeave(head.state);
  const ends = said.isNotTaken ? checked.begins : leaveInstants({ ...leave, to, endsAtNoon }, company.timeZone).until;
  const isToBeApproved = said.isNotTaken || checked.isEndedAtOnce !== true;
  const notTaken = said.isNotTaken ? ({ isNotTaken: true } as const) : {};
  const documentVersion = versionOf(head) + 1;
  const entry = {
    type: 'EarlyReturnReported',
    actor: { kind: 'person', id: head.requesterId },
    facts: { eventId, to, endsAtNoon, ...notTaken, isToBeApproved, version: documentVersion, ...channelOf(said) },
    ...(reason === '' ? {} : { personal: { reason } }),
  } as const;
  const state = { ...head.state, shortening: { to, endsAtNoon, ends, isToBeApproved, ...notTaken } };
  const change = withAnswers(LEAVE, head, { entries: [entry], state, documentVersion }, clock.now());
  return { change, output: 'taken' };
}

function refuse(
  said: EarlyReturn,
  refusal: NonNullable<ReturnType<typeof shorteningRefusal>>,
): Decision<LeaveRequestState, Heard> {
  const { by, eventId, via } = said;
  const actor = { kind: 'person', id: by } as const;
  return {
    change: {
      entries: [{ type: 'ShorteningRefused', actor, facts: { eventId, refusal, ...channelOf(said) } }],
      effects: via === undefined ? [{ kind: 'tell-oa', message: shorteningRefusedMessage(refusal) }] : [],
    },
    output: { refusal, reason: SHORTENING_REFUSALS[refusal] },
  };
}
