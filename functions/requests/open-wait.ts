/** The state machine of a request waits for a fact, for its requester to change what was returned, or for a hold to be released. */
import type { MissingYear } from '../calendar/port.ts';
import type { Directory } from '../directory/port.ts';
import {
  type AwaitFactDeps,
  type AwaitFactInput,
  awaitFact,
  type FactsBatch,
  holderOf,
  type TakenUp,
  type WaitOwner,
} from '../process/await-fact.ts';
import type { ProcessChange, Wait } from '../process/domain/process.ts';
import { askForRework } from './ask-for-rework.ts';
import { type RequestHead, type RequestKind, type RequestState, withAnswers } from './domain/request.ts';
import { readRequest } from './read-request.ts';

export interface OpenWaitDeps extends AwaitFactDeps {
  readonly directory: Directory;
}

/** How one kind of request waits for one kind of thing. */
export interface RequestWait<State extends RequestState> {
  /** For people. */
  readonly phase: string;
  /** Whose holder answers for it; without post, or with a vacant one, it belongs to the operators. */
  readonly post?: string | undefined;
  /** What is waited for, such as the number of an order. */
  readonly subjectOf: (head: RequestHead<State>) => string;
  /** See `FactWait`. */
  readonly takeUp?: (head: RequestHead<State>, subject: string) => Promise<TakenUp<State>>;
  /** See `FactWait`; undefined: no other system is asked. */
  readonly read?: (head: RequestHead<State>, change: ProcessChange<State>) => Promise<FactsBatch<State>>;
}

/** As {@link awaitFact}; a request that goes back to its requester asks them, and they answer for the wait. */
export async function openWait<State extends RequestState>(
  deps: OpenWaitDeps,
  kind: RequestKind<State>,
  input: AwaitFactInput,
  wait: RequestWait<State>,
): Promise<MissingYear | undefined> {
  const isRework = input.kind === 'rework';
  return awaitFact<State>(deps, input, {
    ...wait,
    actor: kind.kind,
    owner: isRework ? await requesterOf(deps, input.processId) : await holderOf(deps.directory, wait.post),
    ...(isRework ? { keptTimes: reworkTimes, tell: (head, times) => askForRework(deps, kind, head, times) } : {}),
    read:
      wait.read ??
      (async (head, change) => ({ change: withAnswers(kind, head, change, deps.clock.now()), hasMore: false })),
  });
}

/** Only they can change what was returned. */
async function requesterOf(deps: OpenWaitDeps, processId: string): Promise<WaitOwner> {
  const { requesterId: employeeId } = await readRequest(deps, processId);
  return (await deps.directory.person(employeeId)) ?? { employeeId };
}

/** What was sent and refused leaves the requester as much time as they had. */
function reworkTimes({ state }: RequestHead): Pick<Wait, 'openedAt' | 'deadline'> | undefined {
  const { openedAt, deadline } = state.rework ?? {};
  return openedAt === undefined || deadline === undefined ? undefined : { openedAt, deadline };
}
