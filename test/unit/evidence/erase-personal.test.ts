import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { NewEntry } from '../../../functions/audit/domain/record.ts';
import { damagesOf, readRecordOf } from '../../../functions/audit/verify-record.ts';
import { eraseExpired } from '../../../functions/evidence/erase-expired.ts';
import { eraseEmployee, eraseProcess } from '../../../functions/evidence/erase-personal.ts';
import { noteGrowth } from '../../../functions/evidence/note-growth.ts';
import { untoldKey } from '../../../functions/process/keys.ts';
import { readHead, updateProcess } from '../../../functions/process/update-process.ts';
import { verifyBooks } from '../../../local/tools/books/verify-books.ts';
import { type EvidenceWorld, evidenceWorld } from '../../support/evidence-world.ts';

const ORDER = { by: 'Data protection officer', reason: 'request 2026-17' };
const said = (id: string, comment = 'fine'): Partial<NewEntry> => ({
  actor: { kind: 'person', id },
  personal: { comment },
});

let world: EvidenceWorld;
let folder: string;

beforeEach(async () => {
  world = await evidenceWorld();
  folder = await mkdtemp(join(tmpdir(), 'erasure-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function end(processId: string): Promise<void> {
  await updateProcess<unknown, void>(world, processId, () => ({
    change: {
      entries: [{ type: 'Ended', actor: { kind: 'meridian', id: 'test' }, facts: {} }],
      end: { outcome: 'done' },
    },
    output: undefined,
  }));
  await noteGrowth(world, await world.store.readRecord(processId));
}

async function isWhole(processId: string): Promise<boolean> {
  const found = await readRecordOf(world.store, processId);
  return found !== undefined && damagesOf(found.reading).length === 0;
}

const values = async (processId: string) => (await world.store.readPersonal(processId)).map(({ sequence }) => sequence);

describe('erasing personal values of a process', () => {
  it('removes all, says so in the record, and leaves the chain whole', async () => {
    await world.grow('P-1', 3, said('E-1002'));
    await end('P-1');

    expect(await eraseProcess(world, 'P-1', ORDER)).toBe(3);

    expect(await values('P-1')).toEqual([]);
    expect((await world.store.readRecord('P-1')).at(-1)).toMatchObject({
      type: 'PersonalValuesErased',
      facts: { operator: ORDER.by, reason: ORDER.reason, sequences: [1, 2, 3] },
    });
    expect(await isWhole('P-1')).toBe(true);
  });

  it('does nothing a second time', async () => {
    await world.grow('P-1', 1, said('E-1002'));
    await end('P-1');
    await eraseProcess(world, 'P-1', ORDER);
    const { length } = await world.store.readRecord('P-1');

    expect(await eraseProcess(world, 'P-1', ORDER)).toBe(0);
    expect(await world.store.readRecord('P-1')).toHaveLength(length);
  });

  it('takes more than one transaction holds', async () => {
    await world.grow('P-1', 200, said('E-1002'));
    await end('P-1');

    expect(await eraseProcess(world, 'P-1', ORDER)).toBe(200);
    expect(await values('P-1')).toEqual([]);
    expect(await isWhole('P-1')).toBe(true);
  });

  it('erases nothing that it could not record', async () => {
    await world.grow('P-1', 1, said('E-1002'));
    await end('P-1');
    world.store.commitFault = () => 'before';

    await expect(eraseProcess(world, 'P-1', ORDER)).rejects.toThrow('did not answer');
    expect(await values('P-1')).toEqual([1]);
  });

  it('refuses a process that runs, and one that there is not', async () => {
    await world.grow('P-1', 1, said('E-1002'));

    await expect(eraseProcess(world, 'P-1', ORDER)).rejects.toMatchObject({ rule: 'process-runs' });
    await expect(eraseProcess(world, 'P-9', ORDER)).rejects.toMatchObject({ rule: 'no-such-process' });
    expect(await values('P-1')).toEqual([1]);
  });

  it('leaves the books of before whole, with what they have of the values and without', async () => {
    await world.grow('P-1', 2, said('E-1002'));
    await end('P-1');
    await world.nextDay();
    await eraseProcess(world, 'P-1', ORDER);
    await noteGrowth(world, await world.store.readRecord('P-1'));
    await world.nextDay();
    await world.shelf.writeTo(folder);
    expect(await verifyBooks(folder)).toMatchObject({ personal: { checked: 2 }, findings: [] });

    await rm(join(folder, 'personal'), { recursive: true });
    expect(await verifyBooks(folder)).toMatchObject({ personal: { checked: 0, filesGone: 1 }, findings: [] });
  });
});

describe('erasing what there is of an employee', () => {
  it('takes all of their own requests, their own words in those of others, and leaves what runs', async () => {
    // Requests of the tests are those of E-1001.
    await world.grow('P-own', 1, said('E-1002'));
    await world.grow('P-running', 1, said('E-1002'));
    await end('P-own');

    expect(await eraseEmployee(world, 'E-1001', ORDER)).toEqual({
      erasures: [{ processId: 'P-own', erased: 1 }],
      running: ['P-running'],
    });
  });

  it('takes what they wrote about requests of others, and nothing else there', async () => {
    await world.grow('P-1', 1, said('E-1002'));
    await world.grow('P-1', 1, said('E-1003'));
    await end('P-1');

    expect(await eraseEmployee(world, 'E-1003', ORDER)).toEqual({
      erasures: [{ processId: 'P-1', erased: 1 }],
      running: [],
    });
    expect(await values('P-1')).toEqual([1]);
  });

  it('takes what the OA refused to hear: it may quote what somebody wrote', async () => {
    await world.grow('P-1', 1, said('E-1002'));
    await end('P-1');
    const key = untoldKey('P-1', 'effect-1');
    const value = { message: { text: { en: 'Please change it: with Ms Wu', zh: '' } } };
    const list = { name: 'untold', at: '2026-01-05T09:00:00.000Z' } as const;
    await world.store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value, list }] });

    await eraseProcess(world, 'P-1', ORDER);

    expect(await world.store.read(key)).toBeUndefined();
    expect(await world.store.listByTime('untold', { order: 'oldest-first', limit: 10 })).toEqual([]);
    expect(await eraseProcess(world, 'P-1', ORDER)).toBe(0);
  });

  it.each([
    ['who wrote in the process', 'E-1003', 'gone'],
    ['who wrote nothing there', 'E-1009', 'kept'],
  ])('takes what the OA refused to hear with the words of an employee %s', async (_, employeeId, becomes) => {
    await world.grow('P-1', 1, said('E-1003'));
    await end('P-1');
    const key = untoldKey('P-1', 'effect-1');
    await world.store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value: {} }] });

    await eraseEmployee(world, employeeId, ORDER);

    expect((await world.store.read(key)) === undefined ? 'gone' : 'kept').toBe(becomes);
  });

  it('takes what the process keeps of their own request, and leaves that of others', async () => {
    const keep = async (processId: string) => {
      await world.grow(processId, 1, said('E-1003'));
      await updateProcess<unknown, void>(world, processId, () => ({
        change: { entries: [], state: { claim: { title: 'Dinner', justification: 'with Ms Wu' } } },
        output: undefined,
      }));
      await end(processId);
    };
    await keep('P-own');
    await eraseEmployee(world, 'E-1003', ORDER);
    expect((await readHead(world.store, 'P-own'))?.state).toMatchObject({ claim: { justification: 'with Ms Wu' } });

    await eraseEmployee(world, 'E-1001', ORDER);
    expect((await readHead(world.store, 'P-own'))?.state).toEqual({ claim: { title: 'Dinner', justification: '' } });
  });
});

describe('erasing what is kept too long', () => {
  const expire = () => eraseExpired({ ...world, personalDays: 10 });
  const days = async (count: number) => {
    for (let day = 0; day < count; day += 1) await world.nextDay();
  };

  it('erases a process that ended so long ago, and not a day earlier', async () => {
    await expire();
    await world.grow('P-1', 2, said('E-1002'));
    await end('P-1');
    await days(10);
    expect(await expire()).toBe(0);
    expect(await values('P-1')).toEqual([1, 2]);

    await days(1);
    expect(await expire()).toBe(2);
    expect(await values('P-1')).toEqual([]);
    expect((await world.store.readRecord('P-1')).at(-1)?.facts).toMatchObject({ reason: 'retention.personalDays' });
  });

  it('waits for one that runs until so long after its end', async () => {
    await expire();
    await world.grow('P-1', 1, said('E-1002'));
    await days(20);
    expect(await expire()).toBe(0);

    await end('P-1');
    await days(11);
    expect(await expire()).toBe(1);
  });

  it('goes on with the day at which it stopped', async () => {
    await expire();
    await world.grow('P-1', 1, said('E-1002'));
    await end('P-1');
    await days(12);
    expect(await eraseExpired({ ...world, personalDays: 10, hasTime: () => false })).toBe(0);

    expect(await expire()).toBe(1);
  });
});
