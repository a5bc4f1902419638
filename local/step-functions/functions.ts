import { createHash } from 'node:crypto';
import jsonata from 'jsonata';
import type { Randomness } from './ambient.ts';

const format = jsonata('$fromMillis($moment, $picture, $zone)');

const HASHES: { readonly [algorithm: string]: string } = {
  MD5: 'md5',
  'SHA-1': 'sha1',
  'SHA-256': 'sha256',
  'SHA-384': 'sha384',
  'SHA-512': 'sha512',
};

/**
 * The functions that AWS adds to JSONata (partition, range, hash, random, uuid, parse), those that must not read the
 * machine's own clock or randomness, and `eval`, which AWS takes away.
 */
export function awsFunctions(now: number, random: Randomness): { [name: string]: unknown } {
  return {
    eval: undefined,
    millis: () => now,
    now: (picture?: string, zone?: string) => format.evaluate(undefined, { moment: now, picture, zone }),
    random: (seed?: number) => (seed === undefined ? random.number() : seeded(seed)),
    shuffle: (items?: unknown) => (items === undefined ? undefined : shuffle(items, random)),
    uuid: () => random.uuid(),
    partition: (items: unknown, size: number) => partition(items, size),
    range: (first: number, last: number, step: number) => range(first, last, step),
    hash: (data: unknown, algorithm: string) => hash(data, algorithm),
    parse: (text: unknown) => (typeof text === 'string' ? JSON.parse(text) : undefined),
  };
}

const MULTIPLIER = 0x5deece66dn;
const BITS_48 = (1n << 48n) - 1n;

/** The first `nextDouble` of Java's `Random`, which is what AWS gives for a seed. */
function seeded(seed: number): number {
  let state = (BigInt(Math.trunc(seed)) ^ MULTIPLIER) & BITS_48;
  const next = (bits: bigint): number => {
    state = (state * MULTIPLIER + 0xbn) & BITS_48;
    return Number(state >> (48n - bits));
  };
  return (next(26n) * 2 ** 27 + next(27n)) / 2 ** 53;
}

function shuffle(items: unknown, random: Randomness): unknown[] {
  const result = Array.isArray(items) ? [...items] : [items];
  for (let last = result.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random.number() * (last + 1));
    [result[last], result[other]] = [result[other], result[last]];
  }
  return result;
}

function partition(items: unknown, size: number): unknown[][] | undefined {
  if (items === undefined) return undefined;
  const all = Array.isArray(items) ? items : [items];
  const step = Math.floor(size);
  if (!(step >= 1)) throw new Error('The chunk size of $partition must be a positive number');
  const parts: unknown[][] = [];
  for (let from = 0; from < all.length; from += step) parts.push(all.slice(from, from + step));
  return parts;
}

/** AWS has no limit of its own here, only one of memory: 200,000 numbers fit in it, 500,000 do not. */
const MOST_NUMBERS = 400_000;

function range(first: number, last: number, step: number): number[] | number | undefined {
  if (!(Number.isFinite(first) && Number.isFinite(last) && Number.isFinite(step)) || step === 0) {
    throw new Error('$range needs a first and a last number and a step that is not 0');
  }
  const [from, to, by] = [Math.trunc(first), Math.trunc(last), Math.trunc(step)];
  const numbers: number[] = [];
  for (let value = from; by > 0 ? value <= to : value >= to; value += by) {
    if (numbers.length >= MOST_NUMBERS) throw new Error('The expression needs more memory than there is');
    numbers.push(value);
  }
  // As a JSONata sequence does, one value stands for itself and none is nothing.
  return numbers.length > 1 ? numbers : numbers[0];
}

function hash(data: unknown, algorithm: string): string | undefined {
  if (data === undefined) return undefined;
  const name = HASHES[algorithm];
  if (name === undefined) throw new Error(`$hash knows no algorithm ${algorithm}`);
  return createHash(name)
    .update(typeof data === 'string' ? data : JSON.stringify(data))
    .digest('hex');
}
