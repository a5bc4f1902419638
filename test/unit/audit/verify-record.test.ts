import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainEntries, EMPTY_CHAIN, entryHash, type RecordEntry } from '../../../functions/audit/domain/record.ts';
import { damagesOf, type RecordReading, readRecordOf } from '../../../functions/audit/verify-record.ts';
import { headKey } from '../../../functions/process/keys.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import { createProcess, updateProcess } from '../../../functions/process/update-process.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { newHead, noted } from '../process/heads.ts';

const PROCESS = 'P2P-1';

async function withEntries(count: number) {
  const store = new MemoryStore();
  const deps = { store, clock: new SettableClock(), randomness: seededRandomness(1) };
  await createProcess(deps, newHead(), { entries: [noted({ n: 1 })] }, []);
  const add = () =>
    updateProcess<unknown, void>(deps, PROCESS, () => ({
      change: { entries: [{ ...noted(), personal: { comment: 'fine' } }] },
      output: undefined,
    }));
  for (let entries = 1; entries < count; entries += 1) {
    await add();
  }
  return { store, add };
}

async function readingOf(store: ProcessStore): Promise<RecordReading> {
  const found = await readRecordOf(store, PROCESS);
  if (found === undefined) {
    throw new Error('the process is not there');
  }
  return found.reading;
}

function forged(entry: RecordEntry): RecordEntry {
  const { hash: _, ...content } = { ...entry, type: 'Forged' };
  return { ...content, hash: entryHash(content) };
}

describe('verifying the record of a process', () => {
  it('knows no process that was never registered', async () => {
    expect(await readRecordOf(new MemoryStore(), PROCESS)).toBeUndefined();
  });

  it('finds a record whole that ends where the process stands', async () => {
    const { store } = await withEntries(4);

    expect(damagesOf(await readingOf(store))).toEqual([]);
  });

  it('finds what was changed in the table', async () => {
    const { store } = await withEntries(4);
    store.tamper(PROCESS, 2, (entry) => ({ ...entry, facts: { amount: '1.00' } }));

    expect(damagesOf(await readingOf(store))).toEqual([
      { sequence: 2, damage: 'content was changed after it was recorded' },
    ]);
  });

  it('finds a last entry that was forged with a hash of its own', async () => {
    const { store } = await withEntries(3);
    store.tamper(PROCESS, 3, forged);

    expect(damagesOf(await readingOf(store))).toEqual([
      { sequence: 3, damage: 'the process stands at another entry of this number' },
    ]);
  });

  it('finds an entry that was added behind the process’s back, though its chain holds', async () => {
    const { store } = await withEntries(2);
    const { after } = await readingOf(store);
    const fresh = chainEntries(PROCESS, after, [noted()], { now: new Date(0), newSalt: () => 'salt' });
    await store.commit({ entries: fresh.entries, personal: [], changes: [] });

    expect(damagesOf(await readingOf(store))).toEqual([
      { sequence: 3, damage: 'the process stands at entry 2: this one was added' },
    ]);
  });

  it('finds entries that are missing at the end', async () => {
    const { store } = await withEntries(4);
    const reading = await readingOf(store);

    expect(damagesOf({ ...reading, record: reading.record.slice(0, 2), personal: [] })).toEqual([
      { sequence: 4, damage: 'the process stands at this entry: it is missing' },
    ]);
    expect(damagesOf({ ...reading, record: [], personal: [] })).toHaveLength(1);
  });

  it('finds the head of another chain', async () => {
    const { store } = await withEntries(2);
    const item = await store.read<object>(headKey(PROCESS));
    const value = { ...item?.value, chain: { sequence: 2, hash: EMPTY_CHAIN.hash } };
    const change = { kind: 'replace', key: headKey(PROCESS), ifVersion: item?.version ?? 0, value } as const;
    await store.commit({ entries: [], personal: [], changes: [change] });

    expect(damagesOf(await readingOf(store))).toEqual([
      { sequence: 2, damage: 'the process stands at another entry of this number' },
    ]);
  });

  it('finds an entry that was replaced while the process went on', async () => {
    const { store, add } = await withEntries(2);
    const { before } = await readingOf(store);
    await add();
    store.tamper(PROCESS, 3, forged);

    expect(damagesOf({ ...(await readingOf(store)), before })).toEqual([
      { sequence: 3, damage: 'the process stands at another entry of this number' },
    ]);
  });

  it('takes nothing for a damage that a process does while its record is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 3 }), fc.scheduler(), async (more, scheduler) => {
        const { store, add } = await withEntries(2);
        const slow: ProcessStore = {
          read: (key) => scheduler.schedule(Promise.resolve()).then(() => store.read(key)),
          readRecord: (id) => scheduler.schedule(Promise.resolve()).then(() => store.readRecord(id)),
          readPersonal: (id) => scheduler.schedule(Promise.resolve()).then(() => store.readPersonal(id)),
          list: store.list.bind(store),
          page: store.page.bind(store),
          listByTime: store.listByTime.bind(store),
          commit: store.commit.bind(store),
        };
        const going = Array.from({ length: more }, () => scheduler.schedule(Promise.resolve()).then(add));

        const reading = readingOf(slow);
        await scheduler.waitFor(Promise.all([reading, ...going]));

        expect(damagesOf(await reading)).toEqual([]);
      }),
    );
  });
});
