import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../functions/audit/domain/record.ts';
import type { PendingEffect, ProcessHead } from '../../../functions/process/domain/process.ts';
import { headKey } from '../../../functions/process/keys.ts';
import { runningProcesses } from '../../../functions/process/running-processes.ts';
import { createProcess, type ProcessDeps, readHead, updateProcess } from '../../../functions/process/update-process.ts';
import { ConcurrencyError } from '../../../functions/runtime/errors.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { interleaved } from '../../support/interleaved-store.ts';
import { type CommitFault, MemoryStore } from '../../support/memory-store.ts';
import { type Counter, newHead, newWait, noted } from './heads.ts';

const PROCESS = 'P2P-1';

async function registered() {
  const store = new MemoryStore();
  const clock = new SettableClock();
  const deps = { store, clock, randomness: seededRandomness(1) };
  await createProcess(deps, newHead(), { entries: [noted({ writer: 'first' })] }, []);
  return { store, clock, deps };
}

type Deps = ProcessDeps;

/** Adds to the counter once per writer: a repetition finds that it did, and changes nothing. */
function addOnce(deps: Deps, writer: string): Promise<string> {
  return updateProcess<Counter, string>(deps, PROCESS, ({ state }) =>
    state.by.includes(writer)
      ? { output: 'done before' }
      : {
          change: {
            entries: [noted({ writer })],
            state: { count: state.count + 1, by: [...state.by, writer] },
            effects: [{ kind: 'mail', mail: { to: writer, template: 'process-news', facts: {} } }],
          },
          output: 'done now',
        },
  );
}

async function headOf(store: MemoryStore): Promise<ProcessHead<Counter>> {
  const head = await readHead<Counter>(store, PROCESS);
  if (head === undefined) {
    throw new Error('the process is gone');
  }
  return head;
}

/** That record, head and outbox tell the same story: each writer of `by` once, in the same order. */
async function expectConsistent(store: MemoryStore): Promise<void> {
  const head = await headOf(store);
  const record = await store.readRecord(PROCESS);
  expect(verifyChain(PROCESS, record, { expectedHead: head.chain })).toEqual([]);
  expect(record.map(({ facts }) => facts.writer)).toEqual(['first', ...head.state.by]);
  expect(new Set(head.state.by).size).toBe(head.state.by.length);
  expect(head.state.count).toBe(head.state.by.length);
  const mails = store.effects().map(({ effect }) => (effect.kind === 'mail' ? effect.mail.to : effect.kind));
  expect(mails.sort()).toEqual([...head.state.by].sort());
}

async function runningIn(store: MemoryStore): Promise<string[]> {
  const ids: string[] = [];
  for await (const { processId } of runningProcesses(store)) {
    ids.push(processId);
  }
  return ids;
}

describe('creating a process', () => {
  it('puts it on the list of processes by its start, with its first entries', async () => {
    const { store } = await registered();

    const listed = await store.listByTime<ProcessHead>('processes', { order: 'newest-first', limit: 10 });
    expect(listed.map(({ value }) => value.processId)).toEqual([PROCESS]);
    expect(await store.readRecord(PROCESS)).toHaveLength(1);
    expect((await headOf(store)).chain.sequence).toBe(1);
  });

  it('leaves the list of those that run when it ends', async () => {
    const { store, deps } = await registered();

    await updateProcess(deps, PROCESS, () => ({
      change: { entries: [noted()], end: { outcome: 'done' } },
      output: undefined,
    }));

    expect(await runningIn(store)).toEqual([]);
    const ended = await store.listByTime<ProcessHead>('ended-processes', { order: 'newest-first', limit: 10 });
    expect(ended.map(({ value }) => value.processId)).toEqual([PROCESS]);
  });

  it('is seen beyond the first page though many started in the same millisecond', async () => {
    const { store, deps } = await registered();
    const ids = Array.from({ length: 450 }, (_, index) => `P-${index}`);
    for (const processId of ids) {
      await createProcess(deps, { ...newHead(), processId }, { entries: [noted()] }, []);
    }

    expect((await runningIn(store)).sort()).toEqual([PROCESS, ...ids].sort());
  });

  it('is refused for a process that exists, and writes none of what belongs to it', async () => {
    const { store, deps } = await registered();
    const key = { partition: 'REQUEST#oa#PR-2', sort: 'PROCESS' };

    const again = createProcess(deps, newHead(), { entries: [noted()] }, [{ kind: 'create', key, value: {} }]);

    await expect(again).rejects.toThrow(ConcurrencyError);
    expect(await store.read(key)).toBeUndefined();
    expect(await store.readRecord(PROCESS)).toHaveLength(1);
  });
});

describe('changing a process', () => {
  it('needs a process that is registered', async () => {
    const { deps } = await registered();

    const change = updateProcess<Counter, void>(deps, 'P2P-9', () => ({ output: undefined }));

    await expect(change).rejects.toThrow('process P2P-9 is not registered');
  });

  it('writes nothing when there is nothing to change', async () => {
    const { store, deps } = await registered();
    const before = store.commits;

    expect(await updateProcess<Counter, number>(deps, PROCESS, ({ state }) => ({ output: state.count }))).toBe(0);
    expect(store.commits).toBe(before);
  });

  it('stamps entries with the clock, and salts each entry with personal values anew', async () => {
    const { store, clock, deps } = await registered();
    clock.forward(90);
    const personal = { comment: 'fine' };
    const entries = [
      { ...noted(), personal },
      { ...noted(), personal },
    ];

    await updateProcess<Counter, void>(deps, PROCESS, () => ({ change: { entries }, output: undefined }));

    const [, second] = await store.readRecord(PROCESS);
    expect(second?.occurredAt).toBe('2026-01-01T00:01:30.000Z');
    const salts = (await store.readPersonal(PROCESS)).map(({ salt }) => salt);
    expect(new Set(salts).size).toBe(2);
    const head = await headOf(store);
    const kept = { expectedHead: head.chain, personal: await store.readPersonal(PROCESS) };
    expect(verifyChain(PROCESS, await store.readRecord(PROCESS), kept)).toEqual([]);
  });

  it('puts the resumption of an answered wait into the outbox, with the other effects in their order', async () => {
    const { store, deps } = await registered();
    const open = newWait('w-1');
    await updateProcess<Counter, void>(deps, PROCESS, () => ({ change: { entries: [], open }, output: undefined }));
    const mail = { kind: 'mail', mail: { to: 'E-1001', template: 'process-news', facts: {} } } as const;
    const answers = [{ waitId: 'w-1', output: { outcome: 'approved' } }];

    await updateProcess<Counter, void>(deps, PROCESS, () => ({
      change: { entries: [noted()], answers, effects: [mail] },
      output: undefined,
    }));

    const pending = store.effects();
    expect(pending.map(({ effect }) => effect)).toEqual([
      { kind: 'resume', waitId: 'w-1', token: open.token, output: { outcome: 'approved' } },
      mail,
    ]);
    expect(pending[0]).toMatchObject({ processId: PROCESS, attempts: 0, createdAt: '2026-01-01T00:00:00.000Z' });
    const due = await store.listByTime<PendingEffect>('effects', {
      order: 'oldest-first',
      limit: 10,
      before: '2026-01-01T00:01:00.001Z',
    });
    expect(due.map(({ value }) => value.effect.kind)).toEqual(['resume']);
    expect(await store.listByTime('effects', { order: 'oldest-first', limit: 10 })).toHaveLength(2);
  });

  it('gives effects of changes without entries ids of their own', async () => {
    const { store, deps } = await registered();
    const effects = [{ kind: 'mail', mail: { to: 'E-1001', template: 'process-news', facts: {} } }] as const;

    for (let times = 0; times < 3; times += 1) {
      await updateProcess<Counter, void>(deps, PROCESS, () => ({
        change: { entries: [], effects },
        output: undefined,
      }));
    }

    expect(new Set(store.effects().map(({ effectId }) => effectId)).size).toBe(3);
  });

  it('commits further items with the change, or none of it', async () => {
    const { store, deps } = await registered();
    const key = { partition: 'LINK#1', sort: 'LINK' };
    await store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value: {} }] });
    let decisions = 0;

    const change = updateProcess<Counter, void>(deps, PROCESS, () => {
      decisions += 1;
      return { change: { entries: [noted()] }, also: [{ kind: 'delete', key, ifVersion: 7 }], output: undefined };
    });

    await expect(change).rejects.toThrow(ConcurrencyError);
    expect(decisions).toBe(40);
    expect(await store.readRecord(PROCESS)).toHaveLength(1);
    expect(await store.read(headKey(PROCESS))).toMatchObject({ version: 1 });
  });

  it('decides again on the head as another writer left it', async () => {
    const { store, deps } = await registered();
    const seen: number[] = [];

    await updateProcess<Counter, void>(deps, PROCESS, async ({ state }) => {
      seen.push(state.count);
      if (seen.length === 1) {
        await addOnce(deps, 'faster');
      }
      return {
        change: {
          entries: [noted({ writer: 'slower' })],
          state: { count: state.count + 1, by: [...state.by, 'slower'] },
          effects: [{ kind: 'mail', mail: { to: 'slower', template: 'process-news', facts: {} } }],
        },
        output: undefined,
      };
    });

    expect(seen).toEqual([0, 1]);
    await expectConsistent(store);
  });

  it('does not repeat a commit by itself whose answer was lost: only the caller can tell whether it was done', async () => {
    const { store, deps } = await registered();
    store.commitFault = (commit) => (commit === 2 ? 'after' : undefined);

    await expect(addOnce(deps, 'one')).rejects.toMatchObject({ name: 'ConnectorTransientError' });
    expect(await addOnce(deps, 'one')).toBe('done before');

    await expectConsistent(store);
    expect((await headOf(store)).state.count).toBe(1);
  });

  it('loses and doubles nothing with any writers at once, whatever the store does, when each repeats until it is told', async () => {
    const faults = fc.array(fc.constantFrom<CommitFault>('before', 'after', undefined), { maxLength: 30 });
    const writers = fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'), { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(writers, faults, fc.scheduler(), async (all, planned, scheduler) => {
        const { store, deps } = await registered();
        store.commitFault = (commit) => planned[commit - 2];
        const slow = { ...deps, store: interleaved(store, scheduler) };

        const done = Promise.all(all.map((writer) => untilTold(() => addOnce(slow, writer))));
        await scheduler.waitFor(done);

        await expectConsistent(store);
        expect((await headOf(store)).state.by.toSorted()).toEqual(all.toSorted());
      }),
      { numRuns: 60 },
    );
  });
});

async function untilTold(act: () => Promise<string>): Promise<void> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    const error = await act().then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error === undefined) {
      return;
    }
    expect(['ConcurrencyError', 'ConnectorTransientError']).toContain(error instanceof Error ? error.name : error);
  }
  throw new Error('never told');
}
