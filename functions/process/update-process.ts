/** How a process changes: read its head, decide, commit under its version; again when somebody was faster. */
import { chainEntries } from '../audit/domain/record.ts';
import { OWN_SYSTEM } from '../events/envelope.ts';
import type { Clock, Randomness } from '../runtime/ambient.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { effectDueAt } from './domain/effect-due.ts';
import {
  applyChange,
  type Effect,
  type PendingEffect,
  type ProcessChange,
  type ProcessHead,
  resumeEffects,
} from './domain/process.ts';
import { effectKey, headKey, ownRequestKey } from './keys.ts';
import type { ProcessStore, WorkChange } from './store/port.ts';

export interface ProcessDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
  /** Waits after so many attempts (from 1) that others were faster than; absent where the store is memory: no wait. */
  readonly backOff?: (attempt: number) => Promise<void>;
}

/** A decision on a process: the change, further items of the same transaction, and what the caller gets back. */
export interface Decision<State, Output> {
  /** Undefined: nothing is to be changed (it was done before). */
  readonly change?: ProcessChange<State>;
  readonly also?: readonly WorkChange[];
  /** Entries of the process whose personal values are erased with the change. */
  readonly erase?: readonly number[];
  readonly output: Output;
}

/**
 * Attempts against concurrent writers before giving up with ConcurrencyError, which the caller's caller retries. Of
 * writers who keep step one wins each round: enough for twenty people who sign at the same instant, each of them twice.
 */
const MAX_ATTEMPTS = 40;

/**
 * Reads the head, lets `decide` compute a change from it, and commits both or neither. `decide` may be called several
 * times and must not act on the outside world.
 * @throws ConcurrencyError when other writers won every time.
 */
export async function updateProcess<State, Output>(
  deps: ProcessDeps,
  processId: string,
  decide: (head: ProcessHead<State>) => Decision<State, Output> | Promise<Decision<State, Output>>,
): Promise<Output> {
  for (let attempt = 1; ; attempt += 1) {
    const item = await deps.store.read<ProcessHead<State>>(headKey(processId));
    if (item === undefined) {
      throw new Error(`process ${processId} is not registered`);
    }
    const decision = await decide(item.value);
    if (decision.change === undefined) {
      return decision.output;
    }
    try {
      await commitChange(
        deps,
        item.value,
        { kind: 'replace', ifVersion: item.version },
        decision.change,
        decision.also ?? [],
        decision.erase,
      );
      return decision.output;
    } catch (error) {
      if (!(error instanceof ConcurrencyError) || attempt === MAX_ATTEMPTS) {
        throw error;
      }
      await deps.backOff?.(attempt);
    }
  }
}

/** The head of a process as committed last. */
export async function readHead<State>(store: ProcessStore, processId: string): Promise<ProcessHead<State> | undefined> {
  return (await store.read<ProcessHead<State>>(headKey(processId)))?.value;
}

/**
 * The head of a process that a step is about.
 * @throws Error when it was never registered: a bug of its state machine.
 */
export async function registeredHead<State>(store: ProcessStore, processId: string): Promise<ProcessHead<State>> {
  const head = await readHead<State>(store, processId);
  if (head === undefined) {
    throw new Error(`process ${processId} is not registered`);
  }
  return head;
}

/** What stands on a requester's list of what they asked for; the rest is read from the process. */
export interface OwnRequest {
  readonly processId: string;
  /** As filed. */
  readonly title: string;
}

/**
 * Registers a process: its head, its first entries, what belongs to them, and its place on the requester's list, in one
 * transaction. `title`: by which the requester knows it.
 */
export async function createProcess<State>(
  deps: ProcessDeps,
  head: ProcessHead<State>,
  change: ProcessChange<State>,
  also: readonly WorkChange[],
  title = head.oa.requestId,
): Promise<void> {
  const { processId, requesterId, startedAt } = head;
  const value: OwnRequest = { processId, title };
  const own: WorkChange = { kind: 'create', key: ownRequestKey(requesterId, startedAt, processId), value };
  await commitChange(deps, head, { kind: 'create' }, change, [own, ...also]);
}

async function commitChange<State>(
  deps: ProcessDeps,
  head: ProcessHead<State>,
  write: { readonly kind: 'create' } | { readonly kind: 'replace'; readonly ifVersion: number },
  change: ProcessChange<State>,
  also: readonly WorkChange[],
  erase: readonly number[] = [],
): Promise<void> {
  const now = deps.clock.now();
  const chained = chainEntries(head.processId, head.chain, change.entries, { now, newSalt: () => randomSalt(deps) });
  const next: ProcessHead<State> = { ...applyChange(head, change, now), chain: chained.head };
  const list = { name: next.status === 'ended' ? 'ended-processes' : 'processes', at: placeOf(next) } as const;
  const effects = [...resumeEffects(head, change), ...(change.effects ?? [])].filter((effect) => isFor(head, effect));
  const version = write.kind === 'create' ? 1 : write.ifVersion + 1;
  await deps.store.commit({
    entries: chained.entries,
    personal: chained.personal,
    ...(erase.length === 0 ? {} : { erasures: erase.map((sequence) => ({ processId: head.processId, sequence })) }),
    changes: [
      { ...write, key: headKey(head.processId), value: next, list },
      ...effects.map((effect, index) =>
        pendingEffect(head.processId, effectIdOf(chained.head.sequence, version, index), effect, now),
      ),
      ...also,
    ],
  });
}

/** No OA asked for what Meridian began itself: none is told of it. */
function isFor({ oa }: Pick<ProcessHead, 'oa'>, { kind }: Effect): boolean {
  return kind !== 'tell-oa' || oa.system !== OWN_SYSTEM;
}

/** Place on the lists of processes, by start; no two are at one place, so that a reader can go on behind it. */
export function placeOf({ startedAt, processId }: Pick<ProcessHead, 'startedAt' | 'processId'>): string {
  return `${startedAt}#${processId}`;
}

/**
 * Begins with the entry of the record that the effect follows from, for readers that put effects in order; the head's
 * version makes it unique, since a change may add no entry.
 */
function effectIdOf(sequence: number, version: number, index: number): string {
  return `${String(sequence).padStart(8, '0')}-${version}-${index}`;
}

function pendingEffect(processId: string, effectId: string, effect: Effect, now: Date): WorkChange {
  const value: PendingEffect = { processId, effectId, effect, createdAt: now.toISOString(), attempts: 0 };
  const list = { name: 'effects', at: effectDueAt(value, now).toISOString() } as const;
  return { kind: 'create', key: effectKey(processId, effectId), value, list };
}

function randomSalt(deps: ProcessDeps): string {
  return deps.randomness.uuid();
}
