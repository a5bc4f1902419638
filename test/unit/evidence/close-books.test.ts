import { describe, expect, it } from 'vitest';
import { unpackLines } from '../../../functions/evidence/books/jsonl.ts';
import { closeBooks, secondsBehind } from '../../../functions/evidence/close-books.ts';
import { type Manifest, manifestSchema } from '../../../functions/evidence/domain/book.ts';
import { noteGrowth } from '../../../functions/evidence/note-growth.ts';
import { growthKey } from '../../../functions/process/keys.ts';
import { SettableClock } from '../../support/ambient.ts';
import { type EvidenceWorld, evidenceWorld } from '../../support/evidence-world.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const FIRST = '2026-01-01';

async function manifestOf({ shelf }: Pick<EvidenceWorld, 'shelf'>, day = FIRST): Promise<Manifest> {
  const content = await shelf.read(`books/${day}/manifest.json`);
  return manifestSchema.parse(JSON.parse(Buffer.from(content ?? []).toString()));
}

async function linesOf({ shelf }: Pick<EvidenceWorld, 'shelf'>, path: string) {
  return (await unpackLines((await shelf.read(path)) ?? new Uint8Array())).map((line) => JSON.parse(line));
}

function entryOf(processId: string) {
  return { processId, actor: { kind: 'meridian', id: 'test' } } as const;
}

describe('noting growth', () => {
  it('notes each process once, on the day of the note and not of the entry', async () => {
    const store = new MemoryStore();
    const clock = new SettableClock('2026-03-02T00:00:01.000Z');

    await noteGrowth({ store, clock }, ['P-1', 'P-2', 'P-1'].map(entryOf));

    expect(await store.read(growthKey('2026-03-02', 'P-1'))).toBeDefined();
    expect(await store.read(growthKey('2026-03-02', 'P-2'))).toBeDefined();
    expect(await store.read(growthKey('2026-03-01', 'P-1'))).toBeUndefined();
  });

  it('takes more processes than a transaction', async () => {
    const store = new MemoryStore();
    const entries = Array.from({ length: 250 }, (_, index) => entryOf(`P-${index}`));

    await noteGrowth({ store, clock: new SettableClock('2026-03-02T00:00:01.000Z') }, entries);

    expect(await store.read(growthKey('2026-03-02', 'P-249'))).toBeDefined();
  });
});

describe('closing the book of a day', () => {
  it('closes none before the day has been over for an hour', async () => {
    const world = await evidenceWorld();
    await world.grow('P-1');
    world.clock.forward(12 * 3600 + 3599);
    expect(await closeBooks(world)).toEqual([]);

    world.clock.forward(1);
    expect(await closeBooks(world)).toEqual([{ day: FIRST, chains: 2, entries: 2, damages: 0 }]);
  });

  it('tells how far the books are behind, from the end of the first day without one', async () => {
    const world = await evidenceWorld();
    expect(await secondsBehind({ ...world, store: new MemoryStore() })).toBe(0);
    await world.grow('P-1');
    await closeBooks(world);
    expect(await secondsBehind(world)).toBe(0);

    world.clock.forward(12 * 3600 + 60);
    expect(await secondsBehind(world)).toBe(60);
    world.clock.forward(2 * 24 * 3600);
    expect(await secondsBehind(world)).toBe(2 * 24 * 3600 + 60);
    await closeBooks(world);
    expect(await secondsBehind(world)).toBe(60);
  });

  it('has every entry of the day, where each process stood, and the personal values apart', async () => {
    const world = await evidenceWorld();
    await world.grow('P-1', 3, { personal: { comment: 'fine' } });
    await world.grow('P-2', 2);
    await world.nextDay();

    const manifest = await manifestOf(world);
    const [part] = manifest.parts;
    expect(manifest).toMatchObject({ day: FIRST, chains: 3, entries: 6, damages: [], installation: 'meridian-test' });
    const entries = await linesOf(world, part?.entries.path ?? '');
    expect(entries.filter(({ processId }) => processId === 'P-1')).toEqual(await world.store.readRecord('P-1'));
    expect(JSON.stringify(entries)).not.toContain('fine');
    expect(await linesOf(world, part?.personal?.path ?? '')).toEqual(await world.store.readPersonal('P-1'));
    expect(part?.personal?.path).toMatch(/^personal\//);
    const heads = await linesOf(world, part?.heads.path ?? '');
    expect(heads.find(({ processId }) => processId === 'P-2')).toMatchObject({
      after: { sequence: 0 },
      upTo: { sequence: 2, hash: (await world.store.readRecord('P-2')).at(-1)?.hash },
    });
  });

  it('goes on where the book before ended, names it, and leaves out what did not grow', async () => {
    const world = await evidenceWorld();
    await world.grow('P-1', 2);
    await world.grow('P-2', 2);
    await world.nextDay();
    await world.grow('P-1', 1);
    await world.nextDay();

    const manifest = await manifestOf(world, '2026-01-02');
    const heads = await linesOf(world, manifest.parts[0]?.heads.path ?? '');
    expect(heads.map(({ processId }) => processId).sort()).toEqual(['P-1', 'books']);
    expect(heads.find(({ processId }) => processId === 'P-1')).toMatchObject({
      after: { sequence: 2 },
      upTo: { sequence: 3 },
    });
    expect(manifest.previous?.day).toBe(FIRST);
  });

  it('closes the book of a day without growth, so that none is missing in the row', async () => {
    const world = await evidenceWorld();
    world.clock.forward(3 * 86_400);

    expect((await closeBooks(world)).map(({ day }) => day)).toEqual([FIRST, '2026-01-02', '2026-01-03']);
    expect(await manifestOf(world, '2026-01-03')).toMatchObject({
      chains: 0,
      parts: [],
      previous: { day: '2026-01-02' },
    });
  });

  it('records that it closed the book, with the digest of its manifest', async () => {
    const world = await evidenceWorld();
    await world.grow('P-1');
    await world.nextDay();

    const closing = (await world.store.readRecord('books')).at(-1);
    await world.nextDay();
    const { previous } = await manifestOf(world, '2026-01-02');
    expect(closing).toMatchObject({ type: 'BookClosed', facts: { day: FIRST, manifestSha256: previous?.sha256 } });
  });

  it('stops when there is no time, and goes on behind the last part', async () => {
    const world = await evidenceWorld();
    for (let index = 0; index < 30; index += 1) {
      await world.grow(`P-${index}`);
    }
    world.clock.forward(86_400);
    let turns = 0;
    const hasTime = () => {
      turns += 1;
      return turns % 2 === 1;
    };
    while ((await closeBooks({ ...world, hasTime })).length === 0) {
      expect(turns).toBeLessThan(100);
    }

    expect(await manifestOf(world)).toMatchObject({ chains: 31, entries: 31 });
  });

  it('writes the same part again when it was cut short, though processes have grown since', async () => {
    const world = await evidenceWorld();
    await world.grow('P-1', 2);
    world.clock.forward(86_400);
    world.shelf.beforePut = (path) => {
      if (path.includes('entries')) throw new Error('cut short');
    };
    await expect(closeBooks(world)).rejects.toThrow('cut short');
    world.shelf.beforePut = () => undefined;
    await world.grow('P-1', 5);

    await closeBooks(world);

    const [part] = (await manifestOf(world)).parts;
    const entries = await linesOf(world, part?.entries.path ?? '');
    expect(entries.filter(({ processId }) => processId === 'P-1')).toHaveLength(2);
  });

  it('closes a book once when two runs meet', async () => {
    const world = await evidenceWorld();
    await world.grow('P-1', 2);
    world.clock.forward(86_400);

    const runs = await Promise.allSettled([closeBooks(world), closeBooks(world)]);

    const closed = runs.flatMap((run) => (run.status === 'fulfilled' ? run.value : []));
    expect(closed.filter(({ day }) => day === FIRST)).toHaveLength(1);
    const recorded = (await world.store.readRecord('books')).filter(({ facts }) => facts.day === FIRST);
    expect(recorded).toHaveLength(1);
  });

  it('tells of an entry that was changed in the table before it was closed', async () => {
    const world = await evidenceWorld();
    await world.grow('P-1', 3);
    world.store.tamper('P-1', 2, (entry) => ({ ...entry, facts: { amount: '1.00' } }));

    const [closed] = await world.nextDay();

    expect(closed?.damages).toBe(1);
    expect((await manifestOf(world)).damages).toEqual([
      { processId: 'P-1', sequence: 2, damage: 'content was changed after it was recorded' },
    ]);
  });

  it('tells of a process that is not there any more', async () => {
    const world = await evidenceWorld();
    await noteGrowth(world, [entryOf('P-gone')]);

    await world.nextDay();

    expect((await manifestOf(world)).damages).toEqual([
      { processId: 'P-gone', sequence: 0, damage: 'the process is not there any more' },
    ]);
  });
});
