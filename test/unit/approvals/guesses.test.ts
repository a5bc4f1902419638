import { describe, expect, it } from 'vitest';
import { countGuess, isGuessStopped } from '../../../functions/approvals/guesses.ts';
import type { Transaction } from '../../../functions/process/store/port.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const NOW = '2026-01-01T00:00:10.000Z';

function guesses() {
  const store = new MemoryStore();
  const clock = new SettableClock(NOW);
  const deps = { store, clock, randomness: seededRandomness(1) };
  const guess = async (address: string, times: number) => {
    for (let count = 0; count < times; count += 1) {
      await countGuess(deps, address);
    }
  };
  return { store, clock, deps, guess, isOver: (address: string) => isGuessStopped(deps, address) };
}

describe('guessing at links', () => {
  it('is over for the minute after twenty guesses of one address', async () => {
    const { clock, guess, isOver } = guesses();

    await guess('192.0.2.1', 19);
    expect(await isOver('192.0.2.1')).toBe(false);
    await guess('192.0.2.1', 1);

    expect(await isOver('192.0.2.1')).toBe(true);
    expect(await isOver('192.0.2.2')).toBe(false);
    clock.forward(49.999);
    expect(await isOver('192.0.2.1')).toBe(true);
    clock.forward(0.001);
    expect(await isOver('192.0.2.1')).toBe(false);
  });

  it('is counted in full when all come at once', async () => {
    const { deps, isOver } = guesses();

    await Promise.all(Array.from({ length: 19 }, () => countGuess(deps, '192.0.2.1')));
    expect(await isOver('192.0.2.1')).toBe(false);
    await countGuess(deps, '192.0.2.1');

    expect(await isOver('192.0.2.1')).toBe(true);
  });

  it('keeps no more of a thousand at once than are allowed, and reads no more', async () => {
    const { store, deps } = guesses();
    let most = 0;
    const list = store.list.bind(store);
    store.list = async <T>(partition: string, prefix: string) => {
      const items = await list<T>(partition, prefix);
      most = Math.max(most, items.length);
      return items;
    };

    await Promise.all(Array.from({ length: 1_000 }, () => countGuess(deps, '192.0.2.1')));
    await isGuessStopped(deps, '192.0.2.1');

    expect(most).toBe(20);
  });

  it.each([
    ['2001:db8:1:2:aaaa:bbbb:cccc:dddd', '2001:DB8:1:2:1:1:1:1', true],
    ['2001:db8:1:2::1', '2001:db8:1:2:ffff::', true],
    ['2001:db8::1', '2001:db8:0:0:9::', true],
    ['::1', '0:0:0:0:0:0:0:2', true],
    ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
    ['2001:db8::1', '2001:db9::1', false],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.2', false],
  ])('from %s and from %s counts together: %s', async (one, other, together) => {
    const { guess, isOver } = guesses();

    await guess(one, 20);

    expect(await isOver(other)).toBe(together);
  });

  it('leaves what goes away by itself', async () => {
    const { store, guess } = guesses();
    const written: Transaction[] = [];
    const commit = store.commit.bind(store);
    store.commit = (transaction) => {
      written.push(transaction);
      return commit(transaction);
    };

    await guess('192.0.2.1', 2);

    const kept = { kind: 'create', expiresAt: new Date('2026-01-01T01:00:10.000Z') };
    expect(written.flatMap((transaction) => transaction.changes)).toMatchObject([kept, kept]);
  });

  it('is not let through because the table is down', async () => {
    const { store, deps } = guesses();
    store.commitFault = () => 'before';

    await expect(countGuess(deps, '192.0.2.1')).rejects.toBeInstanceOf(ConnectorTransientError);
  });
});
