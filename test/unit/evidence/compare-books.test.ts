import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chainEntries, entryHash, type RecordEntry } from '../../../functions/audit/domain/record.ts';
import { damagesOf, readRecordOf } from '../../../functions/audit/verify-record.ts';
import { newestClosedDay } from '../../../functions/evidence/close-books.ts';
import { headKey } from '../../../functions/process/keys.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { compareBooks, comparisonReport } from '../../../local/tools/books/compare-books.ts';
import { exportBooks } from '../../../local/tools/books/export-books.ts';
import { type EvidenceWorld, evidenceWorld } from '../../support/evidence-world.ts';

let folder: string;
let world: EvidenceWorld;
let days: readonly string[];
const personal = { checked: 0, filesGone: 0, erased: 0, erasedLater: [] };

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'compare-'));
  world = await evidenceWorld();
  await world.grow('P-1', 3);
  await world.grow('P-2', 1);
  await world.nextDay();
  await world.grow('P-1', 2);
  await world.nextDay();
  const newest = (await newestClosedDay(world.store)) ?? '';
  ({ days } = await exportBooks(world.shelf, { newest, withPersonal: false, erasures: [] }, folder));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** The same tables, in which a record reads otherwise. */
function reading(change: (entries: readonly RecordEntry[]) => readonly RecordEntry[]): ProcessStore {
  return new Proxy(world.store as ProcessStore, {
    get(store, name) {
      const value: unknown = Reflect.get(store, name);
      if (name === 'readRecord') {
        return async (processId: string) => {
          const entries = await store.readRecord(processId);
          return processId === 'P-1' ? change(entries) : entries;
        };
      }
      return typeof value === 'function' ? value.bind(store) : value;
    },
  });
}

const compared = (store: ProcessStore = world.store) => compareBooks(store, folder, { days, personal });

describe('comparing books with the tables', () => {
  it('finds nothing while nobody has touched them, whatever came since', async () => {
    await world.grow('P-1', 4);
    await world.grow('P-3', 1);

    const result = await compared();

    expect(result.findings).toEqual([]);
    expect(result.entries).toBeGreaterThan(5);
    expect(result.beyond).toBeGreaterThanOrEqual(4);
    expect(comparisonReport(result).at(-1)).toBe('the tables say what the books say');
  });

  it('names the entry that was changed, its book and what differs', async () => {
    world.store.tamper('P-1', 2, (entry) => ({ ...entry, facts: { amount: '1.00' } }));

    const { findings } = await compared();

    expect(findings).toContainEqual({
      processId: 'P-1',
      sequence: 2,
      problem: 'it is another than in the book of 2026-01-01: facts',
    });
    expect(new Set(findings.map(({ processId }) => processId))).toEqual(new Set(['P-1']));
  });

  it('finds a record that was written anew so well that its own chain is whole', async () => {
    const forged = await forgeWhole('P-1', 3);

    const [found, { findings }] = [await readRecordOf(world.store, 'P-1'), await compared()];

    expect(found === undefined ? ['no record'] : damagesOf(found.reading)).toEqual([]);
    expect(findings.map(({ sequence }) => sequence)).toEqual(forged);
    expect(findings[0]?.problem).toBe('it is another than in the book of 2026-01-01: hash, type');
  });

  it('names each entry that is missing, in the middle and at the end', async () => {
    const { findings } = await compared(
      reading((entries) => entries.filter(({ sequence }) => sequence !== 2 && sequence !== 5)),
    );

    expect(findings).toEqual(
      expect.arrayContaining([
        { processId: 'P-1', sequence: 2, problem: 'it is in the book of 2026-01-01 and not in the table' },
        { processId: 'P-1', sequence: 5, problem: 'it is in the book of 2026-01-02 and not in the table' },
      ]),
    );
  });

  it('names an entry that was added behind those of the books', async () => {
    const { findings } = await compared(
      reading((entries) => {
        const last = entries.at(-1);
        const head = { sequence: last?.sequence ?? 0, hash: last?.hash ?? '' };
        const news = [{ type: 'DecisionMade', actor: { kind: 'person', id: 'E-1' }, facts: {} }] as const;
        return [...entries, ...chainEntries('P-1', head, news, { now: new Date(0), newSalt: () => '' }).entries];
      }),
    );

    expect(findings).toContainEqual(expect.objectContaining({ processId: 'P-1', sequence: 6 }));
    expect(comparisonReport(await compared()).at(-1)).toBe('the tables say what the books say');
  });

  it('names a process that is gone', async () => {
    const gone = reading(() => []);
    const withoutHead = new Proxy(gone, {
      get(store, name) {
        const value: unknown = Reflect.get(store, name);
        const isHead = (key: { readonly partition: string }) => key.partition === headKey('P-1').partition;
        return name === 'read'
          ? async (key: { readonly partition: string; readonly sort: string }) =>
              isHead(key) ? undefined : store.read(key)
          : value;
      },
    });

    const { findings } = await compared(withoutHead);

    expect(findings.map(({ sequence }) => sequence)).toEqual([1, 2, 3, 4, 5]);
  });
});

/** Somebody who may write to the tables changes an entry, and all that follows from it. */
async function forgeWhole(processId: string, from: number): Promise<readonly number[]> {
  const entries = await world.store.readRecord(processId);
  let previousHash = entries.find(({ sequence }) => sequence === from)?.previousHash ?? '';
  const changed: number[] = [];
  for (const { sequence } of entries.filter((entry) => entry.sequence >= from)) {
    world.store.tamper(processId, sequence, ({ hash: _, ...entry }) => {
      const content = { ...entry, previousHash, ...(sequence === from ? { type: 'Forged' } : {}) };
      previousHash = entryHash(content);
      return { ...content, hash: previousHash };
    });
    changed.push(sequence);
  }
  const head = await world.store.read<{ readonly chain: object }>(headKey(processId));
  const chain = { sequence: changed.at(-1) ?? 0, hash: previousHash };
  await world.store.commit({
    entries: [],
    personal: [],
    changes: [{ kind: 'put', key: headKey(processId), value: { ...head?.value, chain } }],
  });
  return changed;
}
