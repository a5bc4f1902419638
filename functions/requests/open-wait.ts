/** The state machine waits for a fact, for the requester to change what was returned, or for a hold to be released. */

import type { NewEntry } from '../audit/domain/record.ts';
import { noteMissingYear } from '../calendar/missing-year.ts';
import type { MissingYear, ReckonedWait, WaitClock } from '../calendar/port.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies, WaitingTimes } from '../policy/port.ts';
import type { Alarms } from '../process/alarms.ts';
import {
  answerAgain,
  openWaits,
  type ProcessChange,
  type ProcessHead,
  type Wait,
  type WaitKind,
} from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { setWaitAlarms, type WaitTimes } from '../process/wait-alarms.ts';
import { askForRework } from './ask-for-rework.ts';
import { type RequestHead, type RequestKind, type RequestState, withAnswers } from './domain/request.ts';
import { readRequest } from './read-request.ts';

export type FactWaitKind = Exclude<WaitKind, 'approval' | 'leave-start'>;

export interface OpenWaitInput {
  readonly processId: string;
  readonly kind: FactWaitKind;
  /** The same for every retry of one entry of the state. */
  readonly waitId: string;
  readonly token: string;
}

export interface OpenWaitDeps extends ProcessDeps {
  readonly alarms: Alarms;
  readonly waitClock: WaitClock;
  readonly policies: Policies;
  readonly directory: Directory;
}

/** How one process waits for one kind of thing. */
export interface FactWait<State extends RequestState> {
  /** For people. */
  readonly phase: string;
  /** Whose holder answers for it; without post, or with a vacant one, it belongs to the operators. */
  readonly post?: string | undefined;
  /** What is waited for, such as the number of an order. */
  readonly subjectOf: (head: RequestHead<State>) => string;
  /** What is taken up with the opening, such as facts that came before it. */
  readonly takeUp?: (head: RequestHead<State>, subject: string) => Promise<TakenUp<State>>;
  /** Adds what other systems say now, and the answers of the waits that are satisfied by it. */
  readonly read?: (head: RequestHead<State>, change: ProcessChange<State>) => Promise<FactsBatch<State>>;
}

export interface TakenUp<State> {
  /** For the entry that the wait was opened. */
  readonly facts?: NewEntry['facts'];
  readonly entries?: readonly NewEntry[];
  readonly state?: State;
  readonly also?: readonly WorkChange[];
  readonly hasMore: boolean;
}

export interface FactsBatch<State> {
  readonly change: ProcessChange<State>;
  /** More is new than one change takes: commit this one and ask again. Waits are answered by the last one only. */
  readonly hasMore: boolean;
}

/**
 * Opens the wait with its deadline and owner; answered at once when it is satisfied already, so that an event that came
 * before the wait, or got lost, is not missed. Idempotent per wait.
 * @returns the year whose working days were asked for and are not known.
 */
export async function openWait<State extends RequestState>(
  deps: OpenWaitDeps,
  kind: RequestKind<State>,
  input: OpenWaitInput,
  wait: FactWait<State>,
): Promise<MissingYear | undefined> {
  const opener = {
    deps,
    kind,
    input,
    wait,
    policy: await deps.policies.waitingTimes(input.kind),
    owner: await ownerOf(deps, input, wait.post),
  };
  let opening = await openBatch(opener);
  while (opening.hasMore) {
    opening = await openBatch(opener);
  }
  if (opening.open === undefined) {
    return undefined;
  }
  const { times, reckoned } = opening.open;
  await setWaitAlarms(deps.alarms, input, times, reckoned.hoursAfter);
  return reckoned.missing;
}

interface Opener<State extends RequestState> {
  readonly deps: OpenWaitDeps;
  readonly kind: RequestKind<State>;
  readonly input: OpenWaitInput;
  readonly wait: FactWait<State>;
  readonly policy: WaitingTimes;
  readonly owner: Owner;
}

interface Opening {
  /** Undefined: the wait is answered already. */
  readonly open?: ReckonedTimes;
  /** More is new, or kept, than this one transaction took. */
  readonly hasMore: boolean;
}

interface ReckonedTimes {
  readonly times: WaitTimes;
  readonly reckoned: ReckonedWait;
  /** An earlier entry of the state had opened the wait. */
  readonly isKept: boolean;
}

function openBatch<State extends RequestState>(opener: Opener<State>): Promise<Opening> {
  const { deps, kind, input, wait } = opener;
  return updateProcess<State, Opening>(deps, input.processId, async (head) => {
    const again = answerAgain(head, input.waitId, input.token);
    if (again !== undefined) {
      return { change: again, output: { hasMore: false } };
    }
    const open = reckonTimes(opener, head);
    const opened = head.waits[input.waitId] ?? openedWait(opener, head, open.times);
    const taken = (await wait.takeUp?.(head, opened.subject)) ?? { hasMore: false };
    const note = await noteMissingYear(deps.store, input.waitId, open.isKept ? undefined : open.reckoned.missing);
    const base = openingChange(opener, head, { ...opened, token: input.token }, taken, open);
    const asked = input.kind === 'rework' ? await askForRework(deps, kind, head, open.times) : { effects: [] };
    const { change, hasMore } = await readFacts(opener, head, {
      ...base,
      ...asked,
      entries: [...base.entries, ...note.entries],
      effects: [...asked.effects, ...note.effects],
    });
    const also = [...(taken.also ?? []), ...note.also];
    if (hasMore || taken.hasMore) {
      // Answered by the last transaction only, or each that follows would answer again.
      return { change: { ...change, answers: [] }, also, output: { hasMore: true } };
    }
    const isAnswered = (change.answers ?? []).length > 0;
    return { change, also, output: { hasMore: false, ...(isAnswered ? {} : { open }) } };
  });
}

async function readFacts<State extends RequestState>(
  { deps, kind, wait }: Opener<State>,
  head: RequestHead<State>,
  change: ProcessChange<State>,
): Promise<FactsBatch<State>> {
  return wait.read === undefined
    ? { change: withAnswers(kind, head, change, deps.clock.now()), hasMore: false }
    : wait.read(head, change);
}

/** A wait that goes on under a new id (its state timed out, or was entered again by a retry) keeps its deadline. */
function timesOfEarlier(head: RequestHead, kind: FactWaitKind): Pick<Wait, 'openedAt' | 'deadline'> | undefined {
  const earlier = Object.values(head.waits).find((wait) => wait.kind === kind) ?? reworkTimes(head, kind);
  return earlier === undefined ? undefined : { openedAt: earlier.openedAt, deadline: earlier.deadline };
}

/** What was sent and refused leaves the requester as much time as they had. */
function reworkTimes({ state }: RequestHead, kind: FactWaitKind): Pick<Wait, 'openedAt' | 'deadline'> | undefined {
  const { openedAt, deadline } = state.rework ?? {};
  return kind !== 'rework' || openedAt === undefined || deadline === undefined ? undefined : { openedAt, deadline };
}

function reckonTimes<State extends RequestState>(
  { deps: { clock, waitClock }, input, policy, owner }: Opener<State>,
  head: RequestHead<State>,
): ReckonedTimes {
  const { countedIn, ...hours } = policy;
  const earlier = timesOfEarlier(head, input.kind);
  const openedAt = earlier?.openedAt ?? clock.now().toISOString();
  const { expireAfterHours } = hours;
  const reckoned = waitClock.reckon({
    openedAt,
    expireAfterHours,
    isOnTheClock: countedIn === 'clock time',
    timeZone: owner.timeZone,
  });
  const deadline = earlier?.deadline ?? reckoned.hoursAfter(openedAt, expireAfterHours).toISOString();
  return { times: { ...hours, openedAt, deadline }, reckoned, isKept: earlier !== undefined };
}

interface Owner {
  readonly employeeId: string;
  readonly timeZone?: string;
}

/** The requester answers for what only they can change; nobody of a vacant post is written to, but the operators. */
async function ownerOf(
  deps: OpenWaitDeps,
  { kind, processId }: OpenWaitInput,
  post: string | undefined,
): Promise<Owner> {
  const { directory } = deps;
  if (kind === 'rework') {
    const { requesterId: employeeId } = await readRequest(deps, processId);
    return (await directory.person(employeeId)) ?? { employeeId };
  }
  const holders = post === undefined ? [] : await directory.holdersOf(post);
  return holders[0] ?? { employeeId: 'operators' };
}

function openedWait<State extends RequestState>(
  { input, wait, owner }: Opener<State>,
  head: RequestHead<State>,
  times: WaitTimes,
): Wait {
  return {
    waitId: input.waitId,
    kind: input.kind,
    subject: wait.subjectOf(head),
    token: input.token,
    openedAt: times.openedAt,
    deadline: times.deadline,
    owner: owner.employeeId,
  };
}

function openingChange<State extends RequestState>(
  { kind, input, wait: { phase } }: Opener<State>,
  head: RequestHead<State>,
  wait: Wait,
  taken: TakenUp<State>,
  { reckoned, isKept }: ReckonedTimes,
): ProcessChange<State> {
  const isNew = head.waits[input.waitId] === undefined;
  const { waitId, subject, deadline, owner } = wait;
  const actor = { kind: 'meridian', id: kind.kind } as const;
  const known = { waitId, kind: wait.kind, subject, deadline, owner };
  const facts = { ...known, ...taken.facts, ...(isKept ? {} : reckoned.countedBy) };
  return {
    entries: [...(isNew ? [{ type: 'WaitOpened', actor, facts }] : []), ...(taken.entries ?? [])],
    open: wait,
    abandon: staleWaits(head, wait),
    phase,
    ...(taken.state === undefined ? {} : { state: taken.state }),
  };
}

/** A wait of the same kind that stands open belongs to an earlier entry of the state, which timed out. */
export function staleWaits(head: ProcessHead, { kind, waitId }: Pick<Wait, 'kind' | 'waitId'>): readonly string[] {
  return openWaits(head, kind)
    .map((other) => other.waitId)
    .filter((other) => other !== waitId);
}
