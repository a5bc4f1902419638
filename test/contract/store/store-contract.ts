/** What every process store promises. Each test works on keys of its own, so that all share one store. */
import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainEntries, EMPTY_CHAIN, type NewEntry, verifyChain } from '../../../functions/audit/domain/record.ts';
import type { ProcessHead } from '../../../functions/process/domain/process.ts';
import { headKey } from '../../../functions/process/keys.ts';
import type { ProcessStore, Transaction, WorkChange, WorkKey } from '../../../functions/process/store/port.ts';
import { createProcess, updateProcess } from '../../../functions/process/update-process.ts';
import { ConcurrencyError } from '../../../functions/runtime/errors.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';

const NOW = new Date('2026-01-01T00:00:00.000Z');

function newKey(sort = 'ITEM'): WorkKey {
  return { partition: `TEST#${randomUUID()}`, sort };
}

function changes(...all: readonly WorkChange[]): Transaction {
  return { entries: [], personal: [], changes: all };
}

function create(key: WorkKey, value: object, list?: { name: 'processes' | 'intents'; at: string }): WorkChange {
  return { kind: 'create', key, value, ...(list === undefined ? {} : { list }) };
}

function chained(processId: string, news: readonly NewEntry[]) {
  return chainEntries(processId, EMPTY_CHAIN, news, { now: NOW, newSalt: () => 'salt' });
}

function note(facts: NewEntry['facts'], personal?: NewEntry['personal']): NewEntry {
  return {
    type: 'Noted',
    actor: { kind: 'person', id: 'E-1001' },
    facts,
    ...(personal === undefined ? {} : { personal }),
  };
}

function newHead(processId: string): ProcessHead<{ count: number }> {
  return {
    processId,
    kind: 'test',
    executionId: 'execution',
    oa: { system: 'oa', requestId: processId },
    requesterId: 'E-1001',
    chain: EMPTY_CHAIN,
    status: 'running',
    phase: 'Test',
    startedAt: NOW.toISOString(),
    waits: {},
    answers: {},
    holds: [],
    state: { count: 0 },
  };
}

/** Any text, halves of surrogate pairs included: a cut in the middle of a character makes them. */
const anyText = fc.string({
  unit: fc.oneof(fc.constantFrom('\ud83d', '\udc4d', '中', '"', '\\', '\u0000'), fc.string()),
});

export function describeProcessStore(name: string, open: () => ProcessStore): void {
  describe(`the process store in ${name}`, () => {
    describeWorkItems(open);
    describeTimeLists(open);
    describeTransactions(open);
    describeRecords(open);
    describeRaces(open);
  });
}

function describeWorkItems(open: () => ProcessStore): void {
  it('has nothing under a key that was never written', async () => {
    expect(await open().read(newKey())).toBeUndefined();
    expect(await open().list(newKey().partition, '')).toEqual([]);
  });

  it('creates an item once', async () => {
    const key = newKey();
    await open().commit(changes(create(key, { colour: 'red' })));

    await expect(open().commit(changes(create(key, { colour: 'blue' })))).rejects.toThrow(ConcurrencyError);
    expect(await open().read(key)).toEqual({ key, version: 1, value: { colour: 'red' } });
  });

  it('replaces an item of the version that was read, and no other', async () => {
    const key = newKey();
    await open().commit(changes(create(key, { step: 1 })));
    await open().commit(changes({ kind: 'replace', key, ifVersion: 1, value: { step: 2 } }));

    const late: WorkChange = { kind: 'replace', key, ifVersion: 1, value: { step: 'late' } };
    await expect(open().commit(changes(late))).rejects.toThrow(ConcurrencyError);
    const absent: WorkChange = { kind: 'replace', key: newKey(), ifVersion: 1, value: {} };
    await expect(open().commit(changes(absent))).rejects.toThrow(ConcurrencyError);
    expect(await open().read(key)).toEqual({ key, version: 2, value: { step: 2 } });
  });

  it('deletes an item of the version that was read, and no other', async () => {
    const key = newKey();
    await open().commit(changes(create(key, {})));

    await expect(open().commit(changes({ kind: 'delete', key, ifVersion: 2 }))).rejects.toThrow(ConcurrencyError);
    expect(await open().read(key)).toBeDefined();
    await open().commit(changes({ kind: 'delete', key, ifVersion: 1 }));
    expect(await open().read(key)).toBeUndefined();
    await expect(open().commit(changes({ kind: 'delete', key, ifVersion: 1 }))).rejects.toThrow(ConcurrencyError);
  });

  it('gives the items of a partition by prefix, in the order of their sort keys', async () => {
    const { partition } = newKey();
    const keys = ['B#2', 'A#1', 'B#10', 'B#1', 'C'].map((sort) => ({ partition, sort }));
    await open().commit(changes(...keys.map((key) => create(key, { is: key.sort }))));

    const listed = await open().list<{ is: string }>(partition, 'B#');
    expect(listed.map(({ value }) => value.is)).toEqual(['B#1', 'B#10', 'B#2']);
    expect(await open().list(partition, '')).toHaveLength(5);
  });

  it('puts an item whatever stands there, and removes one whether or not it is there', async () => {
    const [put, gone] = [newKey(), newKey()];
    await open().commit(changes({ kind: 'put', key: put, value: { step: 1 } }, { kind: 'remove', key: gone }));
    await open().commit(changes({ kind: 'put', key: put, value: { step: 2 } }, create(gone, {})));

    expect(await open().read(put)).toEqual({ key: put, version: 1, value: { step: 2 } });
    await open().commit(changes({ kind: 'remove', key: put }, { kind: 'remove', key: gone }));
    expect([await open().read(put), await open().read(gone)]).toEqual([undefined, undefined]);
  });

  it('gives pages of a partition from either end, also behind an item that is gone', async () => {
    const { partition } = newKey();
    const keys = ['A#1', 'B#1', 'B#2', 'B#3', 'B#4', 'B#5', 'C#1'].map((sort) => ({ partition, sort }));
    await open().commit(changes(...keys.map((key) => create(key, {}))));
    const page = async (limit: number, order: 'first-to-last' | 'last-to-first', after?: string) =>
      (await open().page(partition, 'B#', { limit, order, after })).map(({ key }) => key.sort);

    expect(await page(2, 'first-to-last')).toEqual(['B#1', 'B#2']);
    expect(await page(9, 'first-to-last', 'B#2')).toEqual(['B#3', 'B#4', 'B#5']);
    expect(await page(2, 'last-to-first')).toEqual(['B#5', 'B#4']);
    expect(await page(9, 'last-to-first', 'B#4')).toEqual(['B#3', 'B#2', 'B#1']);
    expect(await page(9, 'first-to-last', 'B#5')).toEqual([]);

    await open().commit(changes({ kind: 'remove', key: { partition, sort: 'B#3' } }));
    expect(await page(1, 'first-to-last', 'B#3')).toEqual(['B#4']);
    expect(await page(1, 'last-to-first', 'B#3')).toEqual(['B#2']);
  });

  it('gives a page of items that are together larger than one answer can be', async () => {
    const { partition } = newKey();
    const sorts = Array.from({ length: 12 }, (_, index) => `B#${String(index).padStart(2, '0')}`);
    const text = 'x'.repeat(200_000);
    await open().commit(changes(...sorts.map((sort) => create({ partition, sort }, { text }))));

    const page = await open().page(partition, 'B#', { limit: 10, order: 'first-to-last', after: 'B#00' });
    expect(page.map(({ key }) => key.sort)).toEqual(sorts.slice(1, 11));
  });

  it('gives all items of a partition that is larger than one answer can be', async () => {
    const { partition } = newKey();
    const sorts = ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'];
    const text = 'x'.repeat(200_000);
    await open().commit(changes(...sorts.map((sort) => create({ partition, sort }, { text }))));

    expect((await open().list(partition, '')).map(({ key }) => key.sort)).toEqual(sorts);
  });

  it('gives back what was written as JSON has it, and shares no object with its caller', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(anyText, fc.jsonValue({ stringUnit: 'binary' })), async (value) => {
        const key = newKey();
        const before = JSON.stringify(value);
        await open().commit(changes(create(key, value)));
        const item = await open().read<Record<string, unknown>>(key);

        expect(JSON.stringify(item?.value)).toBe(before);
        expect(item?.value).not.toBe(value);
      }),
      { numRuns: 25 },
    );
  });
}

function describeTimeLists(open: () => ProcessStore): void {
  it('merges a time list over its parts, newest or oldest first, up to a limit', async () => {
    const partition = newKey().partition;
    const times = Array.from({ length: 40 }, (_, index) => new Date(NOW.getTime() + index * 1000).toISOString());
    const items = times.map((at, index) =>
      create({ partition, sort: String(index) }, { at }, { name: 'processes' as const, at }),
    );
    await open().commit(changes(...items));
    const read = async (order: 'newest-first' | 'oldest-first', limit: number, before?: string) =>
      (await open().listByTime<{ at?: string }>('processes', { order, limit, ...(before ? { before } : {}) })).map(
        (item) => item.value.at,
      );

    await expect.poll(() => read('oldest-first', 5)).toEqual(times.slice(0, 5));
    await expect.poll(() => read('newest-first', 30)).toEqual(times.slice(-30).reverse());
    await expect.poll(() => read('newest-first', 3, times[20])).toEqual([times[19], times[18], times[17]]);
    await expect.poll(() => read('oldest-first', 5, times[2])).toEqual([times[0], times[1]]);
    const behind = async (order: 'newest-first' | 'oldest-first', after: string | undefined) =>
      (await open().listByTime<{ at?: string }>('processes', { order, limit: 3, after })).map(({ value }) => value.at);
    await expect.poll(() => behind('oldest-first', times[9])).toEqual([times[10], times[11], times[12]]);
    await expect.poll(() => behind('newest-first', times[37])).toEqual([times[39], times[38]]);

    const later = { name: 'processes' as const, at: new Date(NOW.getTime() + 500_000).toISOString() };
    const key = { partition, sort: '0' };
    await open().commit(changes({ kind: 'replace', key, ifVersion: 1, value: { at: times[0] }, list: later }));

    await expect.poll(() => read('oldest-first', 2)).toEqual([times[1], times[2]]);
    await expect.poll(() => read('newest-first', 1)).toEqual([times[0]]);
  });

  it('takes an item off its list when a replacement has no place on it, or when the item is deleted', async () => {
    const [kept, gone, replaced] = [newKey(), newKey(), newKey()];
    const list = { name: 'intents' as const, at: NOW.toISOString() };
    const listed = async () =>
      (await open().listByTime('intents', { order: 'oldest-first', limit: 10 })).map(({ key }) => key);
    await open().commit(changes(...[kept, gone, replaced].map((key) => create(key, {}, list))));
    await expect.poll(listed).toHaveLength(3);

    await open().commit(
      changes(
        { kind: 'replace', key: kept, ifVersion: 1, value: {}, list },
        { kind: 'replace', key: replaced, ifVersion: 1, value: {} },
        { kind: 'delete', key: gone, ifVersion: 1 },
      ),
    );

    await expect.poll(listed).toEqual([kept]);
  });
}

function describeTransactions(open: () => ProcessStore): void {
  it('writes nothing at all when one condition fails', async () => {
    const processId = randomUUID();
    const [taken, fresh] = [newKey(), newKey()];
    await open().commit(changes(create(taken, {})));
    const { entries, personal } = chained(processId, [note({ a: 1 }, { name: 'Li' })]);

    const all = { entries, personal, changes: [create(fresh, {}), create(taken, {})] };
    await expect(open().commit(all)).rejects.toThrow(ConcurrencyError);

    expect(await open().read(fresh)).toBeUndefined();
    expect(await open().readRecord(processId)).toEqual([]);
    expect(await open().readPersonal(processId)).toEqual([]);
  });

  it('takes 100 items at once, and refuses none and 101', async () => {
    const { partition } = newKey();
    const many = Array.from({ length: 101 }, (_, index) => create({ partition, sort: String(index) }, {}));

    await expect(open().commit(changes(...many))).rejects.toThrow(RangeError);
    await expect(open().commit(changes())).rejects.toThrow(RangeError);
    expect(await open().list(partition, '')).toEqual([]);
    await open().commit(changes(...many.slice(0, 100)));
    expect(await open().list(partition, '')).toHaveLength(100);
  });

  it('refuses a transaction that has one item twice', async () => {
    const key = newKey();
    const twice = open().commit(changes(create(key, { n: 1 }), create(key, { n: 2 })));

    await expect(twice).rejects.toMatchObject({ name: 'ConnectorPermanentError' });
    expect(await open().read(key)).toBeUndefined();
  });
}

function describeRecords(open: () => ProcessStore): void {
  it('gives the record of one process in order, with its personal values', async () => {
    const processId = randomUUID();
    const news = Array.from({ length: 12 }, (_, index) =>
      note({ index }, index % 2 === 0 ? { name: '李' } : undefined),
    );
    const { entries, personal } = chained(processId, news);
    await open().commit({ entries: [...entries].reverse(), personal, changes: [] });
    await open().commit({ ...chained(`${processId}-other`, [note({})]), changes: [] });

    expect(await open().readRecord(processId)).toEqual(entries);
    expect(await open().readPersonal(processId)).toEqual(personal);
  });

  it('gives what follows an entry alone', async () => {
    const processId = randomUUID();
    const news = Array.from({ length: 12 }, (_, index) => note({ index }, { name: '李' }));
    const { entries, personal } = chained(processId, news);
    await open().commit({ entries, personal, changes: [] });

    expect(await open().readRecord(processId, 9)).toEqual(entries.slice(9));
    expect(await open().readPersonal(processId, 9)).toEqual(personal.slice(9));
    expect(await open().readRecord(processId, 12)).toEqual([]);
  });

  it('never overwrites an entry or personal values', async () => {
    const processId = randomUUID();
    const first = chained(processId, [note({ amount: '10.00' }, { comment: 'yes' })]);
    const forged = chained(processId, [note({ amount: '99.00' }, { comment: 'no' })]);
    await open().commit({ ...first, changes: [] });

    await expect(open().commit({ ...forged, personal: [], changes: [] })).rejects.toThrow(ConcurrencyError);
    await expect(open().commit({ ...forged, entries: [], changes: [] })).rejects.toThrow(ConcurrencyError);

    expect(await open().readRecord(processId)).toEqual(first.entries);
    expect(await open().readPersonal(processId)).toEqual(first.personal);
  });

  it('keeps whatever was recorded so that the chain still holds when it is read', async () => {
    await fc.assert(
      fc.asyncProperty(fc.dictionary(anyText, anyText), fc.dictionary(anyText, anyText), async (facts, values) => {
        const processId = randomUUID();
        const { entries, personal, head } = chained(processId, [note(facts, values), note({ list: [1, null, facts] })]);
        await open().commit({ entries, personal, changes: [] });

        const record = await open().readRecord(processId);
        const kept = await open().readPersonal(processId);
        expect(record).toHaveLength(2);
        expect(verifyChain(processId, record, { expectedHead: head, personal: kept })).toEqual([]);
      }),
      { numRuns: 25 },
    );
  });
}

function describeRaces(open: () => ProcessStore): void {
  it('lets one of several win who commit the same at the same time', async () => {
    const change = create(newKey(), { claimedBy: 'somebody' });

    const results = await Promise.allSettled(Array.from({ length: 8 }, () => open().commit(changes(change))));

    const lost = results.filter((result) => result.status === 'rejected');
    expect(lost).toHaveLength(7);
    expect(lost.every(({ reason }) => reason instanceof ConcurrencyError)).toBe(true);
  });

  it('keeps the record of 20 concurrent writers without a gap: the entries of those who won, each once', async () => {
    const processId = randomUUID();
    const deps = { store: open(), clock: new SettableClock(), randomness: seededRandomness(7) };
    await createProcess(deps, newHead(processId), { entries: [note({ writer: 'first' })] }, []);

    const writers = Array.from({ length: 20 }, (_, writer) =>
      updateProcess<{ count: number }, number>(deps, processId, (head) => ({
        change: { entries: [note({ writer: String(writer) })], state: { count: head.state.count + 1 } },
        output: writer,
      })),
    );
    const results = await Promise.allSettled(writers);

    const won = results.flatMap((result) => (result.status === 'fulfilled' ? [String(result.value)] : []));
    const lost = results.flatMap((result) => (result.status === 'rejected' ? [result.reason] : []));
    expect(lost.every((reason) => reason instanceof ConcurrencyError)).toBe(true);
    expect(won.length).toBeGreaterThan(0);
    const record = await open().readRecord(processId);
    const head = await open().read<ProcessHead<{ count: number }>>(headKey(processId));
    expect(record.map((entry) => entry.facts.writer).sort()).toEqual(['first', ...won].sort());
    expect(verifyChain(processId, record, head === undefined ? {} : { expectedHead: head.value.chain })).toEqual([]);
    expect(head).toMatchObject({ version: won.length + 1, value: { state: { count: won.length } } });
  });
}
