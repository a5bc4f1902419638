import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../../functions/audit/domain/record.ts';
import { noteRead, readingsOf } from '../../../functions/audit/note-read.ts';
import { damagesOf, readRecordOf } from '../../../functions/audit/verify-record.ts';
import { createProcess } from '../../../functions/process/update-process.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { newHead, noted } from '../process/heads.ts';

const DAY = '2026-01-01';
const reader = { kind: 'person', id: 'E-1002' } as const;

async function rig() {
  const store = new MemoryStore();
  const deps = { store, clock: new SettableClock(), randomness: seededRandomness(1) };
  await createProcess(deps, newHead(), { entries: [noted()] }, []);
  return deps;
}

describe('noting who read what', () => {
  it('says who read which thing of which process, first that day', async () => {
    const deps = await rig();
    await noteRead(deps, { processId: 'P2P-1', reader, what: 'record' });
    deps.clock.forward(60);
    await noteRead(deps, { processId: 'P2P-1', reader, what: 'file', fileId: 'f-1' });

    expect(await readingsOf(deps.store, 'P2P-1', DAY)).toMatchObject([
      { type: 'RecordRead', actor: reader, occurredAt: `${DAY}T00:00:00.000Z`, facts: { of: 'P2P-1', what: 'record' } },
      { type: 'RecordRead', actor: reader, occurredAt: `${DAY}T00:01:00.000Z`, facts: { what: 'file', fileId: 'f-1' } },
    ]);
  });

  it('does not grow by the same reader who looks again, but by another and on another day', async () => {
    const deps = await rig();
    for (let look = 0; look < 5; look += 1) await noteRead(deps, { processId: 'P2P-1', reader, what: 'record' });
    await noteRead(deps, { processId: 'P2P-1', reader: { kind: 'person', id: 'E-1003' }, what: 'record' });
    deps.clock.forward(86_400);
    await noteRead(deps, { processId: 'P2P-1', reader, what: 'record' });

    expect(await readingsOf(deps.store, 'P2P-1', DAY)).toHaveLength(2);
    expect(await readingsOf(deps.store, 'P2P-1', '2026-01-02')).toHaveLength(1);
  });

  it('leaves the record of the process as it is, and no trace on the lists of processes', async () => {
    const deps = await rig();
    await noteRead(deps, { processId: 'P2P-1', reader, what: 'record' });

    expect(await deps.store.readRecord('P2P-1')).toHaveLength(1);
    for (const name of ['processes', 'ended-processes'] as const) {
      const listed = await deps.store.listByTime<{ processId: string }>(name, { order: 'newest-first', limit: 10 });
      expect(listed.filter(({ value }) => value.processId !== 'P2P-1')).toEqual([]);
    }
  });

  it('is chained, and verifies as every record does', async () => {
    const deps = await rig();
    await Promise.all(
      ['E-1', 'E-2', 'E-3'].map((id) =>
        noteRead(deps, { processId: 'P2P-1', reader: { kind: 'person', id }, what: 'record' }),
      ),
    );

    const found = await readRecordOf(deps.store, `reads.${DAY}.P2P-1`);
    expect(found?.reading.record).toHaveLength(3);
    expect(found && damagesOf(found.reading)).toEqual([]);
    expect(verifyChain(`reads.${DAY}.P2P-1`, found?.reading.record ?? [])).toEqual([]);
  });

  it('fails when it cannot be noted, so that nothing is shown', async () => {
    const deps = await rig();
    deps.store.commitFault = () => 'before';

    await expect(noteRead(deps, { processId: 'P2P-1', reader, what: 'record' })).rejects.toThrow('did not answer');
  });
});
