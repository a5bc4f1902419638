/**
 * Guessing at links is limited in front of the look-up: so many unknown links per address and minute, then none is
 * looked up until the minute is over. Whatever comes, a minute of one address keeps as many items as it allows guesses, so
 * that one guess costs the same in a flood as alone.
 */
import { guessKey } from '../process/keys.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';

/** A person with a broken mail programme stays far below; 256 bits make even a million a minute hopeless. */
const MAX_GUESSES_PER_MINUTE = 20;
/** How long a guess is kept after its minute. */
const KEEP_SECONDS = 3600;

/** A refused guess, as operators see it: of an unknown link, or of an address that may not guess any more. */
export type RefusedGuess = 'unknown' | 'too-many-guesses';

export interface GuessDeps extends ProcessDeps {
  /** Hears of each guess that was refused: operators see how many there are. */
  readonly onGuess?: (guess: RefusedGuess) => void;
}

/**
 * Before what may be a guess: stops it, and counts it for the operators, where the address has used up its guesses of this minute.
 * @param task - what is tried again and again: attempts on it count by themselves, so that they stop nobody else behind the
 *   same address
 */
export async function isGuessStopped(deps: GuessDeps, address: string, task?: string): Promise<boolean> {
  const isOver = (await freeSlots(deps, minuteOf(address, task, deps.clock.now()))).length === 0;
  if (isOver) {
    deps.onGuess?.('too-many-guesses');
  }
  return isOver;
}

/**
 * Counts one guess. Each takes a slot of its minute by chance, since those who come at once would refuse each other at a
 * counter, and most would stay uncounted. Who finds none free any more need not count.
 */
export async function countGuess(deps: ProcessDeps, address: string, task?: string): Promise<void> {
  const now = deps.clock.now();
  const minute = minuteOf(address, task, now);
  // Whoever loses a slot has seen another one taken: after as many attempts as slots none is free.
  for (let attempt = 1; attempt <= MAX_GUESSES_PER_MINUTE; attempt += 1) {
    const free = await freeSlots(deps, minute);
    const slot = free[Number.parseInt(deps.randomness.uuid().slice(0, 8), 16) % free.length];
    if (slot === undefined || (await takesSlot(deps, { ...minute, slot }, now))) {
      return;
    }
  }
}

interface Minute {
  /** Of the address, and the task if it counts by itself. */
  readonly network: string;
  /** ISO 8601 in UTC, as far as the minute. */
  readonly minute: string;
}

function minuteOf(address: string, task: string | undefined, now: Date): Minute {
  const counted = [network(address), ...(task === undefined ? [] : [task])].join(' ');
  return { network: counted, minute: now.toISOString().slice(0, 16) };
}

async function freeSlots({ store }: ProcessDeps, { network, minute }: Minute): Promise<readonly string[]> {
  const { partition, sort } = guessKey(network, minute, '');
  const taken = new Set((await store.list(partition, sort)).map(({ key }) => key.sort));
  return SLOTS.filter((slot) => !taken.has(guessKey(network, minute, slot).sort));
}

const SLOTS = Array.from({ length: MAX_GUESSES_PER_MINUTE }, (_, slot) => String(slot));

async function takesSlot(
  { store }: ProcessDeps,
  { network, minute, slot }: Minute & { readonly slot: string },
  now: Date,
): Promise<boolean> {
  const key = guessKey(network, minute, slot);
  const expiresAt = new Date(now.getTime() + KEEP_SECONDS * 1000);
  try {
    await store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value: {}, expiresAt }] });
    return true;
  } catch (error) {
    if (error instanceof ConcurrencyError) {
      return false;
    }
    throw error;
  }
}

/** Whoever has an IPv6 address has 2^64 of them: they count together. */
function network(address: string): string {
  if (!address.includes(':') || address.includes('.')) {
    return address;
  }
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array.from({ length: zeros }, () => '0'), ...right];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
