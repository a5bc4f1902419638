import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { backOffMs } from '../../../functions/process/back-off.ts';
import type { Transaction } from '../../../functions/process/store/port.ts';
import { createProcess, type ProcessDeps, readHead, updateProcess } from '../../../functions/process/update-process.ts';
import { ConcurrencyError } from '../../../functions/runtime/errors.ts';
import { SettableClock, seededNumbers, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { type Counter, newHead, noted } from './heads.ts';

/** By the faked timers, which those of node:timers/promises are not. */
const pause = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

const WRITERS = 20;
const COMMIT_MS = 12;
/** Transactions that begin so close together take items from each other, and none of them wins. */
const SAME_INSTANT_MS = 1;

/** A store whose commits take time, and cancel each other as transactions of DynamoDB do. */
class ContendedStore extends MemoryStore {
  readonly #underWay = new Set<{ readonly since: number; isCancelled: boolean }>();

  override async commit(transaction: Transaction): Promise<void> {
    const own = { since: Date.now(), isCancelled: this.#underWay.size > 0 };
    for (const other of this.#underWay) {
      other.isCancelled ||= own.since - other.since < SAME_INSTANT_MS;
    }
    this.#underWay.add(own);
    await pause(COMMIT_MS);
    this.#underWay.delete(own);
    if (own.isCancelled) {
      throw new ConcurrencyError('TransactionConflict');
    }
    await super.commit(transaction);
  }
}

/** All write at once, and whoever is told to wait does. */
async function writeAtOnce(backOff: ProcessDeps['backOff']) {
  const store = new ContendedStore();
  const deps = { store, clock: new SettableClock(), randomness: seededRandomness(1) };
  const startedAt = Date.now();
  let isDone = false;
  const all = createProcess(deps, newHead(), { entries: [noted()] }, []).then(() =>
    Promise.allSettled(
      Array.from({ length: WRITERS }, (_, writer) =>
        updateProcess<Counter, void>({ ...deps, ...(backOff === undefined ? {} : { backOff }) }, 'P2P-1', (head) => ({
          change: { entries: [noted({ writer })], state: { ...head.state, count: head.state.count + 1 } },
          output: undefined,
        })),
      ),
    ),
  );
  void all.finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await vi.advanceTimersByTimeAsync(1);
  }
  const lost = (await all).filter(({ status }) => status === 'rejected').length;
  return { lost, count: (await readHead<Counter>(store, 'P2P-1'))?.state.count, milliseconds: Date.now() - startedAt };
}

describe('twenty writers whose transactions cancel each other', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('would keep step and all lose, were they to try again at once', async () => {
    expect(await writeAtOnce(undefined)).toMatchObject({ lost: WRITERS, count: 0 });
  });

  it.each([1, 2, 3, 4, 5])(
    'each come through with a wait of chance, within the time of a page (chance %i)',
    async (seed) => {
      const next = seededNumbers(seed);

      const { lost, count, milliseconds } = await writeAtOnce((attempt) => pause(backOffMs(attempt, next())));

      expect({ lost, count }).toEqual({ lost: 0, count: WRITERS });
      expect(milliseconds).toBeLessThan(5_000);
    },
  );
});

describe('the wait before another attempt', () => {
  it('is any time up to a bound that doubles and then stays', () => {
    expect([1, 2, 5, 6, 40].map((attempt) => backOffMs(attempt, 0.5))).toEqual([5, 10, 80, 80, 80]);
    expect(backOffMs(3, 0)).toBe(0);
  });
});
