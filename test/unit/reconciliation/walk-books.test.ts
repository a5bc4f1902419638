import { describe, expect, it } from 'vitest';
import { growthKey, growthList } from '../../../functions/process/keys.ts';
import type { BooksReport } from '../../../functions/reconciliation/port.ts';
import { walkBooks } from '../../../functions/reconciliation/walk-books.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { FakeAuditor } from '../../support/fake-auditor.ts';
import { FakeErp } from '../../support/fake-erp.ts';
import { FakeLedger } from '../../support/fake-ledger.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const DAY_MS = 86_400_000;

/** A store and books, and walks through both; each look at the clock takes a second. */
function opened() {
  let now = Date.parse('2026-03-03T01:00:00.000Z');
  const clock = { now: () => new Date(now) };
  const store = new MemoryStore();
  const books = new FakeAuditor({ erp: new FakeErp({ clock }), ledger: new FakeLedger(), clock, pageSize: 2 });
  const told: BooksReport['detail'][] = [];
  let isDown = false;
  const queue = {
    send: async (reports: readonly BooksReport[]) => {
      if (isDown) {
        throw new ConnectorTransientError('SQS did not take it');
      }
      told.push(...reports.map(({ detail }) => detail));
    },
  };
  return {
    books,
    told,
    walk: (seconds = 10_000) => {
      const until = new Date(now + seconds * 1000);
      const ticking = {
        now: () => {
          now += 1000;
          return new Date(now);
        },
      };
      const since = new Date('2026-01-01T00:00:00.000Z');
      return walkBooks({ store, clock: ticking, books, queue, system: 'fake', since, until });
    },
    grow: (day: string, ...processIds: readonly string[]) =>
      store.commit({
        ...{ entries: [], personal: [] },
        changes: processIds.map((processId) => ({ kind: 'put' as const, key: growthKey(day, processId), value: {} })),
      }),
    nextDay: () => {
      now += DAY_MS;
    },
    breakQueue: (broken: boolean) => {
      isDown = broken;
    },
  };
}

const ids = (told: readonly BooksReport['detail'][]) =>
  told.flatMap((detail) => (detail.kind === 'process' ? detail.processId : [])).sort();
/** Ids whose growth stands in one part of a day, the first. */
function idsOfOneShard(count: number): readonly string[] {
  const found: string[] = [];
  for (let number = 0; found.length < count; number += 1) {
    const id = `P-${String(number).padStart(6, '0')}`;
    if (growthKey('2026-03-02', id).partition === growthList('2026-03-02', 0)) {
      found.push(id);
    }
  }
  return found;
}

/** Three sections of the books are looked at first; then each page takes a second or two. */
const SECONDS_INTO_THE_SHARD = 7;
const amount = { amount: '900.00', currency: 'CNY' };

describe('a walk through the books', () => {
  it('tells of each process whose record grew on a day that is over, once', async () => {
    const { told, walk, grow, nextDay } = opened();
    await grow('2026-03-02', 'P-1', 'P-2', 'P-3');
    await grow('2026-03-03', 'P-4');

    await walk();
    expect(ids(told)).toEqual(['P-1', 'P-2', 'P-3']);
    await walk();
    expect(ids(told)).toEqual(['P-1', 'P-2', 'P-3']);

    nextDay();
    await walk();
    expect(ids(told)).toEqual(['P-1', 'P-2', 'P-3', 'P-4']);
  });

  it('looks at every day that went by while nobody walked', async () => {
    const { told, walk, grow, nextDay } = opened();
    await walk();
    await grow('2026-03-03', 'P-1');
    await grow('2026-03-04', 'P-2');
    nextDay();
    nextDay();

    await walk();

    expect(ids(told)).toEqual(['P-1', 'P-2']);
  });

  it('goes on among the records of a day where its time was over', async () => {
    const { told, walk, grow } = opened();
    const many = idsOfOneShard(450);
    for (let from = 0; from < many.length; from += 50) {
      await grow('2026-03-02', ...many.slice(from, from + 50));
    }

    await walk(SECONDS_INTO_THE_SHARD);
    const first = told.length;
    await walk();

    expect(first).toBeGreaterThan(0);
    expect(first).toBeLessThan(many.length);
    expect(ids(told)).toEqual(many);
  });

  it('tells of a document, and once of each process that it names', async () => {
    const { books, told, walk } = opened();
    books.type({ section: 'payments', number: 'PAY-1', party: 'S', amount, key: 'P-1-pay-1', about: ['P-1-order'] });

    await walk();

    expect(told).toMatchObject([
      { kind: 'document', document: { number: 'PAY-1', key: 'P-1-pay-1' }, isSecond: false },
      { kind: 'process', processId: 'P-1', seen: [] },
    ]);
  });

  it('asks no document from before for its process, and compares its process all the same', async () => {
    const { books, told, walk } = opened();
    const createdAt = '2025-12-31T23:59:59.000Z';
    books.type({ section: 'orders', number: 'PO-1', party: 'S', amount, key: 'P-1-order', createdAt });

    await walk();

    expect(told).toEqual([{ kind: 'process', processId: 'P-1', seen: [] }]);
  });

  it('comes by again when the queue did not take a page', async () => {
    const { books, told, walk, breakQueue } = opened();
    books.type({ section: 'orders', number: 'PO-1', party: 'S', amount });
    breakQueue(true);
    await expect(walk()).rejects.toThrow(ConnectorTransientError);

    breakQueue(false);
    await walk();

    expect(told).toMatchObject([{ kind: 'document', document: { number: 'PO-1' } }]);
  });
});
