/**
 * Guessing at links is limited in front of the look-up: so many unknown links per address and minute, then none is
 * looked up until the minute is over.
 */
import { guessKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { ConcurrencyError } from '../runtime/errors.ts';

/** A person with a broken mail programme stays far below; 256 bits make even a million a minute hopeless. */
const MAX_GUESSES_PER_MINUTE = 20;
/** Attempts to count against others of the same address counting at the same time. */
const MAX_ATTEMPTS = 8;
/** How long a counter is kept after its minute. */
const KEEP_SECONDS = 3600;

interface Guesses {
  readonly count: number;
}

/** Whether the address has used up its guesses of this minute. */
export async function hasGuessedTooOften(store: ProcessStore, address: string, now: Date): Promise<boolean> {
  const counter = await store.read<Guesses>(keyOf(address, now));
  return (counter?.value.count ?? 0) >= MAX_GUESSES_PER_MINUTE;
}

/** Counts one unknown link. Under contention that outlasts all attempts it may stay uncounted: others were counted. */
export async function countGuess(store: ProcessStore, address: string, now: Date): Promise<void> {
  const key = keyOf(address, now);
  const expiresAt = new Date(now.getTime() + KEEP_SECONDS * 1000);
  for (let attempt = 1; attempt <= MAX_ATTEMPTS; attempt += 1) {
    const counter = await store.read<Guesses>(key);
    const value: Guesses = { count: (counter?.value.count ?? 0) + 1 };
    const change =
      counter === undefined
        ? ({ kind: 'create', key, value, expiresAt } as const)
        : ({ kind: 'replace', key, ifVersion: counter.version, value, expiresAt } as const);
    try {
      await store.commit({ entries: [], personal: [], changes: [change] });
      return;
    } catch (error) {
      if (!(error instanceof ConcurrencyError)) {
        throw error;
      }
    }
  }
}

function keyOf(address: string, now: Date) {
  return guessKey(network(address), now.toISOString().slice(0, 16));
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
