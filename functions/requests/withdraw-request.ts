/** The requester takes a request back, as long as nothing has happened that cannot be undone. */
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import type { OaReference } from '../events/envelope.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { deliveredOnce } from './delivered-once.ts';
import { WITHDRAWAL_REFUSALS, withdrawalRefusedMessage } from './domain/messages.ts';
import type { Reason, RequestHead, RequestKind, RequestState } from './domain/request.ts';
import { interruptRequest, isDecidedToEnd } from './interrupt-request.ts';
import { processIdOf } from './register-request.ts';
import { channelOf, type Declined, type RequesterChannel } from './requester-channel.ts';

export interface WithdrawInput {
  readonly oa: OaReference;
  readonly withdrawnBy: string;
  readonly reason: string;
  readonly eventId: string;
  readonly via?: RequesterChannel;
}

/**
 * `unknown`: no process of that request yet; the caller lets the event come again, since it may have overtaken the
 * request. A withdrawal that comes twice changes nothing the second time, and one that was refused is not answered again.
 */
export async function withdrawRequest<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  input: WithdrawInput,
): Promise<'withdrawn' | 'unknown' | Declined> {
  const processId = processIdOf(kind, input.oa);
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  const { eventId, withdrawnBy } = input;
  const delivery = deliveredOnce<Declined>(deps.store, processId, input.via, { eventId, withdrawnBy });
  return updateProcess<State, 'withdrawn' | Declined>(deps, processId, async (head) => {
    if (head.interruption?.outcome === 'withdrawn') {
      return { output: 'withdrawn' };
    }
    const earlier = await delivery?.earlier();
    if (earlier !== undefined) {
      return { output: earlier };
    }
    const refusal = await refusalOf(deps, kind, head, input);
    return refusal === undefined ? withdraw(deps, kind, head, input) : refuse(kind, input, refusal, delivery);
  });
}

/** Why the requester may not withdraw it as things stand, for them; undefined: they may. */
export async function withdrawalObstacle<State extends RequestState>(
  deps: Pick<ProcessDeps, 'store'>,
  kind: RequestKind<State>,
  head: RequestHead<State>,
): Promise<Reason | undefined> {
  const refusal = await refusalOf(deps, kind, head, { withdrawnBy: head.requesterId });
  return refusal === undefined ? undefined : reasonOf(kind, refusal);
}

async function refusalOf<State extends RequestState>(
  deps: Pick<ProcessDeps, 'store'>,
  kind: RequestKind<State>,
  head: RequestHead<State>,
  { withdrawnBy }: Pick<WithdrawInput, 'withdrawnBy'>,
): Promise<string | undefined> {
  if (withdrawnBy !== head.requesterId) {
    return 'not-the-requester';
  }
  // What interrupted it first holds: it comes to that end.
  const isEnding = head.status === 'ended' || head.interruption !== undefined;
  const refusal = isEnding ? 'ended' : kind.withdrawalRefusal(head);
  return refusal === undefined && (await isDecidedToEnd(deps, kind, head)) ? 'ended' : refusal;
}

async function withdraw<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  head: RequestHead<State>,
  input: WithdrawInput,
) {
  const interrupted = await interruptRequest(deps, kind, head, {
    outcome: 'withdrawn',
    command: { kind: 'withdraw' },
    entry: {
      type: 'Withdrawn',
      actor: { kind: 'person', id: input.withdrawnBy },
      facts: { eventId: input.eventId, ...channelOf(input) },
      personal: { reason: input.reason },
    },
  });
  return { ...interrupted, output: 'withdrawn' as const };
}

function refuse<State extends RequestState>(
  kind: RequestKind<State>,
  input: WithdrawInput,
  refusal: string,
  delivery: OnlyOnce<Declined> | undefined,
) {
  const reason = reasonOf(kind, refusal);
  const output = { refusal, reason };
  return {
    change: {
      entries: [
        {
          type: 'WithdrawalRefused',
          actor: { kind: 'person' as const, id: input.withdrawnBy },
          facts: { eventId: input.eventId, refusal, ...channelOf(input) },
        },
      ],
      effects: input.via === undefined ? [{ kind: 'tell-oa' as const, message: withdrawalRefusedMessage(reason) }] : [],
    },
    also: delivery === undefined ? [] : [delivery.keep(output)],
    output,
  };
}

function reasonOf<State extends RequestState>({ withdrawalRefusals }: RequestKind<State>, refusal: string): Reason {
  const words: { readonly [refusal: string]: Reason } = { ...WITHDRAWAL_REFUSALS, ...withdrawalRefusals };
  return words[refusal] ?? { en: refusal, zh: refusal };
}
