/** The OA says that somebody comes back from a running leave before its last day. */
import type { LeaveRequestShortened } from '../events/leave-request-shortened.ts';
import type { Policies } from '../policy/port.ts';
import { versionOf } from '../process/domain/process.ts';
import { type Decision, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import type { CompanyFacts } from '../requests/company.ts';
import { deliveredOnce } from '../requests/delivered-once.ts';
import { withAnswers } from '../requests/domain/request.ts';
import { processIdOf } from '../requests/register-request.ts';
import type { Declined } from '../requests/requester-channel.ts';
import { SHORTENING_REFUSALS, shorteningRefusal } from './domain/early-return.ts';
import { leaveInstants } from './domain/leave-days.ts';
import { shorteningRefusedMessage } from './domain/leave-messages.ts';
import { checkedLeave, LEAVE, type LeaveHead, type LeaveRequestState } from './domain/leave-process.ts';

export interface ShortenLeaveDeps extends ProcessDeps {
  readonly policies: Policies;
  readonly company: CompanyFacts;
}

type Heard = 'taken' | Declined;

/**
 * `unknown`: no process of that request yet; the event is to come again. One that comes twice changes nothing the second time.
 * What is taken is the leave's next version: it is asked about where the rules of its kind say so, and carried out then.
 */
export async function shortenLeave(deps: ShortenLeaveDeps, event: LeaveRequestShortened): Promise<Heard | 'unknown'> {
  const { oa, shortenedBy, to, endsAtNoon, metadata } = event;
  const processId = processIdOf(LEAVE, oa);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  const said = { eventId: metadata.eventId, shortenedBy: shortenedBy.employeeId, to, endsAtNoon };
  const delivery = deliveredOnce<Heard>(deps.store, processId, undefined, said);
  return updateProcess<LeaveRequestState, Heard>(deps, processId, async (head) => {
    const earlier = await delivery?.earlier();
    if (earlier !== undefined) {
      return { output: earlier };
    }
    const refusal = shorteningRefusal(head, shortenedBy.employeeId, event);
    const decision = refusal === undefined ? await take(deps, head, event) : refuse(event, refusal);
    return { ...decision, also: delivery === undefined ? [] : [delivery.keep(decision.output)] };
  });
}

async function take(
  { policies, company, clock }: ShortenLeaveDeps,
  head: LeaveHead,
  { to, endsAtNoon, reason, metadata: { eventId } }: LeaveRequestShortened,
): Promise<Decision<LeaveRequestState, Heard>> {
  const { leave } = checkedLeave(head.state);
  const { until: ends } = leaveInstants({ ...leave, to, endsAtNoon }, company.timeZone);
  // Of a kind that is offered no more somebody decides.
  const isToBeApproved = (await policies.leaveRule(leave.kind))?.isEarlyReturnApproved ?? true;
  const documentVersion = versionOf(head) + 1;
  const entry = {
    type: 'EarlyReturnReported',
    actor: { kind: 'person', id: head.requesterId },
    facts: { eventId, to, endsAtNoon, isToBeApproved, version: documentVersion },
    ...(reason === '' ? {} : { personal: { reason } }),
  } as const;
  const state = { ...head.state, shortening: { to, endsAtNoon, ends, isToBeApproved } };
  const change = withAnswers(LEAVE, head, { entries: [entry], state, documentVersion }, clock.now());
  return { change, output: 'taken' };
}

function refuse(
  { shortenedBy, metadata: { eventId } }: LeaveRequestShortened,
  refusal: NonNullable<ReturnType<typeof shorteningRefusal>>,
): Decision<LeaveRequestState, Heard> {
  const actor = { kind: 'person', id: shortenedBy.employeeId } as const;
  return {
    change: {
      entries: [{ type: 'ShorteningRefused', actor, facts: { eventId, refusal } }],
      effects: [{ kind: 'tell-oa', message: shorteningRefusedMessage(refusal) }],
    },
    output: { refusal, reason: SHORTENING_REFUSALS[refusal] },
  };
}
