/**
 * The state machine waits for a moment that is known, however far away: it lasts as long as the policies of other waits do
 * not, and nobody is reminded of it.
 */
import type { Alarms } from '../process/alarms.ts';
import { staleWaits } from '../process/await-fact.ts';
import { answerAgain, type ProcessChange, type Wait } from '../process/domain/process.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { type RequestHead, type RequestKind, type RequestState, withAnswers } from './domain/request.ts';

export interface AwaitMomentInput {
  readonly processId: string;
  readonly kind: 'leave-start' | 'leave-end' | 'effective-date';
  /** The same for every retry of one entry of the state. */
  readonly waitId: string;
  readonly token: string;
}

export interface Moment<State extends RequestState> {
  /** For people. */
  readonly phase: string;
  /** ISO 8601 in UTC. */
  readonly at: (head: RequestHead<State>) => string;
  /** The state from when it is waited for. */
  readonly from?: (state: State) => State;
}

/**
 * Ends with the outcome `expired` at the moment, at once if it is over, or with the outcome of an interruption before.
 * Idempotent per wait.
 */
export async function awaitMoment<State extends RequestState>(
  deps: ProcessDeps & { readonly alarms: Alarms },
  kind: RequestKind<State>,
  input: AwaitMomentInput,
  moment: Moment<State>,
): Promise<void> {
  const { processId, waitId, token } = input;
  const deadline = await updateProcess<State, string | undefined>(deps, processId, (head) => {
    const again = answerAgain(head, waitId, token);
    if (again !== undefined) {
      return { change: again, output: undefined };
    }
    const now = deps.clock.now();
    const change = openingChange(kind, head, input, moment, now);
    const isOpen = (change.answers ?? []).length === 0;
    return { change, output: isOpen ? moment.at(head) : undefined };
  });
  if (deadline !== undefined) {
    await deps.alarms.set({ processId, waitId, purpose: 'expire' }, new Date(deadline));
  }
}

function openingChange<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  { waitId, kind: waitKind, token }: AwaitMomentInput,
  { phase, at, from }: Moment<State>,
  now: Date,
): ProcessChange<State> {
  const earlier = head.waits[waitId];
  const deadline = at(head);
  const wait: Wait = {
    waitId,
    kind: waitKind,
    subject: head.processId,
    token,
    openedAt: earlier?.openedAt ?? now.toISOString(),
    deadline,
    owner: head.requesterId,
  };
  const { subject, owner } = wait;
  const opened = {
    type: 'WaitOpened',
    actor: { kind: 'meridian', id: kind.kind },
    facts: { waitId, kind: waitKind, subject, deadline, owner },
  } as const;
  const base = {
    entries: earlier === undefined ? [opened] : [],
    open: wait,
    abandon: staleWaits(head, wait),
    phase,
    ...(from === undefined ? {} : { state: from(head.state) }),
  };
  const change = withAnswers(kind, head, base, now);
  const isOver = now.getTime() >= Date.parse(deadline);
  return isOver && change.answers?.length === 0
    ? { ...change, answers: [{ waitId, output: { outcome: 'expired' } }] }
    : change;
}
