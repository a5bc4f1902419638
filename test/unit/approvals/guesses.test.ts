import { describe, expect, it } from 'vitest';
import { countGuess, hasGuessedTooOften } from '../../../functions/approvals/guesses.ts';
import type { Transaction } from '../../../functions/process/store/port.ts';
import { ConcurrencyError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const NOW = new Date('2026-01-01T00:00:10.000Z');

async function guess(store: MemoryStore, address: string, times: number, now = NOW) {
  for (let count = 0; count < times; count += 1) {
    await countGuess(store, address, now);
  }
}

describe('guessing at links', () => {
  it('is over for the minute after twenty guesses of one address', async () => {
    const store = new MemoryStore();

    await guess(store, '192.0.2.1', 19);
    expect(await hasGuessedTooOften(store, '192.0.2.1', NOW)).toBe(false);
    await guess(store, '192.0.2.1', 1);

    expect(await hasGuessedTooOften(store, '192.0.2.1', NOW)).toBe(true);
    expect(await hasGuessedTooOften(store, '192.0.2.2', NOW)).toBe(false);
    expect(await hasGuessedTooOften(store, '192.0.2.1', new Date('2026-01-01T00:00:59.999Z'))).toBe(true);
    expect(await hasGuessedTooOften(store, '192.0.2.1', new Date('2026-01-01T00:01:00.000Z'))).toBe(false);
  });

  it('is counted in full when all come at once', async () => {
    const store = new MemoryStore();

    await Promise.all(Array.from({ length: 6 }, () => countGuess(store, '192.0.2.1', NOW)));
    await guess(store, '192.0.2.1', 13);
    expect(await hasGuessedTooOften(store, '192.0.2.1', NOW)).toBe(false);
    await guess(store, '192.0.2.1', 1);

    expect(await hasGuessedTooOften(store, '192.0.2.1', NOW)).toBe(true);
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
    const store = new MemoryStore();

    await guess(store, one, 20);

    expect(await hasGuessedTooOften(store, other, NOW)).toBe(together);
  });

  it('leaves a counter that goes away by itself', async () => {
    const store = new MemoryStore();
    const written: Transaction[] = [];
    const commit = store.commit.bind(store);
    store.commit = (transaction) => {
      written.push(transaction);
      return commit(transaction);
    };

    await guess(store, '192.0.2.1', 2);

    const changes = written.flatMap((transaction) => transaction.changes);
    expect(changes).toMatchObject([
      { kind: 'create', value: { count: 1 }, expiresAt: new Date('2026-01-01T01:00:10.000Z') },
      { kind: 'replace', value: { count: 2 }, expiresAt: new Date('2026-01-01T01:00:10.000Z') },
    ]);
  });

  it('gives up counting when others are always faster: they were counted', async () => {
    const store = new MemoryStore();
    let attempts = 0;
    store.commit = async () => {
      attempts += 1;
      throw new ConcurrencyError('somebody else wrote first');
    };

    await countGuess(store, '192.0.2.1', NOW);

    expect(attempts).toBe(8);
  });

  it('is not let through because the table is down', async () => {
    const store = new MemoryStore();
    store.commitFault = () => 'before';

    await expect(countGuess(store, '192.0.2.1', NOW)).rejects.toBeInstanceOf(ConnectorTransientError);
  });
});
