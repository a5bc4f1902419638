/** The state machine waits for a fact that somebody or something outside is to bring, whatever the process is about. */
import type { NewEntry } from '../audit/domain/record.ts';
import { noteMissingYear } from '../calendar/missing-year.ts';
import type { MissingYear, ReckonedWait, WaitClock } from '../calendar/port.ts';
import type { Directory } from '../directory/port.ts';
import type { Policies, WaitingTimes } from '../policy/port.ts';
import type { Alarms } from './alarms.ts';
import {
  answerAgain,
  type Effect,
  openWaits,
  type ProcessChange,
  type ProcessHead,
  type Wait,
  type WaitKind,
} from './domain/process.ts';
import type { WorkChange } from './store/port.ts';
import { type ProcessDeps, updateProcess } from './update-process.ts';
import { once, setWaitAlarms, type WaitTimes } from './wait-alarms.ts';

/** Other waits have a deadline of their own. */
export type FactWaitKind = Exclude<WaitKind, 'approval' | 'leave-start' | 'leave-end' | 'effective-date'>;

export interface AwaitFactInput {
  readonly processId: string;
  readonly kind: FactWaitKind;
  /** The same for every retry of one entry of the state. */
  readonly waitId: string;
  readonly token: string;
}

export interface AwaitFactDeps extends ProcessDeps {
  readonly alarms: Alarms;
  readonly waitClock: WaitClock;
  readonly policies: Policies;
}

/** Who answers for a wait. */
export interface WaitOwner {
  /** Or `operators`. */
  readonly employeeId: string;
  /** IANA zone; the company's when it is undefined. */
  readonly timeZone?: string;
}

/** How one process waits for one kind of thing. */
export interface FactWait<State> {
  /** For people. */
  readonly phase: string;
  /** Name of the state machine, for the record. */
  readonly actor: string;
  readonly owner: WaitOwner;
  /** What is waited for, such as the number of an order. */
  readonly subjectOf: (head: ProcessHead<State>) => string;
  /** When an earlier wait for the same began and ends, where the head's waits do not say. */
  readonly keptTimes?: (head: ProcessHead<State>) => Pick<Wait, 'openedAt' | 'deadline'> | undefined;
  /** Whoever is to do something is told so, in the same transaction. */
  readonly tell?: (head: ProcessHead<State>, times: WaitTimes) => Promise<Told<State>>;
  /** What is taken up with the opening, such as facts that came before it. */
  readonly takeUp?: ((head: ProcessHead<State>, subject: string) => Promise<TakenUp<State>>) | undefined;
  /** Adds what other systems say now, and the answers of the waits that are satisfied by it. */
  readonly read: (head: ProcessHead<State>, change: ProcessChange<State>) => Promise<FactsBatch<State>>;
}

interface Told<State> {
  readonly state?: State;
  readonly effects: readonly Effect[];
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
export async function awaitFact<State>(
  deps: AwaitFactDeps,
  input: AwaitFactInput,
  wait: FactWait<State>,
): Promise<MissingYear | undefined> {
  const opener = { deps, input, wait, policy: await deps.policies.waitingTimes(input.kind) };
  let opening = await openBatch(opener);
  while (opening.hasMore) {
    opening = await openBatch(opener);
  }
  if (opening.open === undefined) {
    return undefined;
  }
  const { times, reckoned } = opening.open;
  await setWaitAlarms(deps.alarms, input, once(times, reckoned.hoursAfter), times.deadline);
  return reckoned.missing;
}

/** The person who holds a post answers for the wait; nobody of a vacant post is written to, but the operators. */
export async function holderOf(directory: Directory, post: string | undefined): Promise<WaitOwner> {
  const holders = post === undefined ? [] : await directory.holdersOf(post);
  return holders[0] ?? { employeeId: 'operators' };
}

interface Opener<State> {
  readonly deps: AwaitFactDeps;
  readonly input: AwaitFactInput;
  readonly wait: FactWait<State>;
  readonly policy: WaitingTimes;
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

function openBatch<State>(opener: Opener<State>): Promise<Opening> {
  const { deps, input, wait } = opener;
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
    const told = (await wait.tell?.(head, open.times)) ?? { effects: [] };
    const { change, hasMore } = await wait.read(head, {
      ...base,
      ...told,
      entries: [...base.entries, ...note.entries],
      effects: [...told.effects, ...note.effects],
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

/** A wait that goes on under a new id (its state timed out, or was entered again by a retry) keeps its deadline. */
function reckonTimes<State>(
  { deps: { clock, waitClock }, input, wait, policy }: Opener<State>,
  head: ProcessHead<State>,
): ReckonedTimes {
  const { countedIn, ...hours } = policy;
  const earlier = Object.values(head.waits).find(({ kind }) => kind === input.kind) ?? wait.keptTimes?.(head);
  const openedAt = earlier?.openedAt ?? clock.now().toISOString();
  const { expireAfterHours } = hours;
  const reckoned = waitClock.reckon({
    openedAt,
    expireAfterHours,
    isOnTheClock: countedIn === 'clock time',
    timeZones: [wait.owner.timeZone],
  });
  const deadline = earlier?.deadline ?? reckoned.hoursAfter(openedAt, expireAfterHours).toISOString();
  return { times: { ...hours, openedAt, deadline }, reckoned, isKept: earlier !== undefined };
}

function openedWait<State>({ input, wait }: Opener<State>, head: ProcessHead<State>, times: WaitTimes): Wait {
  return {
    waitId: input.waitId,
    kind: input.kind,
    subject: wait.subjectOf(head),
    token: input.token,
    openedAt: times.openedAt,
    deadline: times.deadline,
    owner: wait.owner.employeeId,
  };
}

function openingChange<State>(
  { input, wait: { phase, actor } }: Opener<State>,
  head: ProcessHead<State>,
  wait: Wait,
  taken: TakenUp<State>,
  { reckoned, isKept }: ReckonedTimes,
): ProcessChange<State> {
  const isNew = head.waits[input.waitId] === undefined;
  const { waitId, subject, deadline, owner } = wait;
  const known = { waitId, kind: wait.kind, subject, deadline, owner };
  const facts = { ...known, ...taken.facts, ...(isKept ? {} : reckoned.countedBy) };
  return {
    entries: [
      ...(isNew ? [{ type: 'WaitOpened', actor: { kind: 'meridian', id: actor } as const, facts }] : []),
      ...(taken.entries ?? []),
    ],
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
