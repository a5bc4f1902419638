import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { packLines, unpackLines } from '../../../functions/evidence/books/jsonl.ts';
import { closeBooks, newestClosedDay } from '../../../functions/evidence/close-books.ts';
import { eraseExpired } from '../../../functions/evidence/erase-expired.ts';
import { eraseFromBooks, pendingErasures } from '../../../functions/evidence/erase-from-books.ts';
import { eraseProcess } from '../../../functions/evidence/erase-personal.ts';
import { noteGrowth } from '../../../functions/evidence/note-growth.ts';
import { updateProcess } from '../../../functions/process/update-process.ts';
import { compareBooks } from '../../../local/tools/books/compare-books.ts';
import { exportBooks } from '../../../local/tools/books/export-books.ts';
import { bookReport } from '../../../local/tools/books/report-books.ts';
import { verifyBooks } from '../../../local/tools/books/verify-books.ts';
import { type EvidenceWorld, evidenceWorld } from '../../support/evidence-world.ts';

const ORDER = { by: 'Data protection officer', reason: 'request 2026-17' };
const FIRST = 'personal/2026-01-01/part-00001.personal.jsonl.gz';
const SECOND = 'personal/2026-01-02/part-00001.personal.jsonl.gz';

let folder: string;
let world: EvidenceWorld;

beforeEach(async () => {
  world = await evidenceWorld();
  folder = await mkdtemp(join(tmpdir(), 'erased-books-'));
  await world.grow('P-1', 2, { personal: { comment: 'seen by Dr Lin' } });
  await world.grow('P-2', 1, { personal: { comment: 'fine' } });
  await world.nextDay();
  await world.grow('P-1', 1, { personal: { comment: 'Dr Lin again' } });
  await end('P-1');
  await world.nextDay();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function end(processId: string): Promise<void> {
  const entries = [{ type: 'Ended', actor: { kind: 'meridian', id: 'test' }, facts: {} }] as const;
  await updateProcess<unknown, void>(world, processId, () => ({
    change: { entries, end: { outcome: 'done' } },
    output: undefined,
  }));
}

async function erase(processId: string): Promise<void> {
  await eraseProcess(world, processId, ORDER);
  await noteGrowth(world, await world.store.readRecord(processId));
}

const takeOut = (personalDays = 30) => eraseFromBooks({ ...world, personalDays });

/** As a person gets them now. */
async function exported() {
  const erasures = await pendingErasures(world.store);
  const newest = (await newestClosedDay(world.store)) ?? '';
  await exportBooks(world.shelf, { newest, withPersonal: true, erasures }, folder);
  return verifyBooks(folder);
}

const textOf = (content: Uint8Array | undefined) => (content === undefined ? '' : gunzipSync(content).toString());

async function rewrite(path: string, change: (lines: readonly string[]) => readonly string[]): Promise<void> {
  const file = join(folder, path);
  await writeFile(file, await packLines(change(await unpackLines(await readFile(file)))));
}

const problems = async () => (await verifyBooks(folder)).findings.map(({ problem }) => problem);

describe('values that were erased after their books were closed', () => {
  it('stand in no export from then on, which verifies and says how many they are', async () => {
    await erase('P-1');

    const books = await exported();

    expect(textOf(await readFile(join(folder, FIRST)))).not.toContain('Dr Lin');
    expect(textOf(await readFile(join(folder, SECOND)))).not.toContain('Dr Lin');
    expect(books).toMatchObject({ personal: { checked: 1, erased: 3, filesGone: 0 }, findings: [] });
    expect(bookReport(books)).toEqual(
      expect.arrayContaining([
        'personal values: 1 checked, 3 erased since, 0 files gone or left out',
        expect.stringMatching(/^of 3 of those that were erased the record says so after these books/),
      ]),
    );
    expect((await compareBooks(world.store, folder, books)).findings).toEqual([]);
  });

  it('are taken out of the books, whose record says so from the next one on', async () => {
    await erase('P-1');

    expect(await takeOut()).toBe(3);

    expect(textOf(world.shelf.files.get(FIRST))).not.toContain('Dr Lin');
    expect(textOf(world.shelf.files.get(FIRST))).toContain('fine');
    expect(textOf(world.shelf.files.get(SECOND))).not.toContain('Dr Lin');
    await world.nextDay();
    expect(await exported()).toMatchObject({ personal: { checked: 1, erased: 3, erasedLater: [] }, findings: [] });
  });

  it('are looked for until a run finds no more of them: one that ran at the same time may have brought them back', async () => {
    await erase('P-1');
    const before = world.shelf.files.get(FIRST) ?? new Uint8Array();
    expect(await takeOut()).toBe(3);
    world.shelf.files.set(FIRST, before);

    expect(await takeOut()).toBe(2);
    expect(await takeOut()).toBe(0);
    expect(await pendingErasures(world.store)).toEqual([]);
  });

  it('are waited for while their book is being written', async () => {
    await world.grow('P-3', 1, { personal: { comment: 'Dr Lin' } });
    await end('P-3');
    world.clock.forward(86_400);
    let isBegun = false;
    const hasTime = () => !isBegun;
    world.shelf.beforePut = (path) => {
      isBegun ||= path.startsWith('personal/');
    };
    await closeBooks({ ...world, hasTime });
    await erase('P-3');
    expect(await takeOut()).toBe(0);
    expect(await pendingErasures(world.store)).toHaveLength(1);

    await closeBooks(world);
    expect(await takeOut()).toBe(1);
    expect(await exported()).toMatchObject({ findings: [] });
  });

  it('are found in the book of another day than that of their entry', async () => {
    await world.grow('P-3');
    // Half an hour after midnight: the book of the day before is not closed, and takes the entry too.
    world.clock.forward(12.5 * 3600);
    await world.grow('P-3', 1, { personal: { comment: 'Dr Lin' } });
    await end('P-3');
    await world.nextDay();
    await erase('P-3');

    expect(world.shelf.files.has('personal/2026-01-03/part-00001.personal.jsonl.gz')).toBe(true);
    expect(await takeOut()).toBe(1);
  });

  it('are in no book when it was not closed before', async () => {
    await world.grow('P-3', 1, { personal: { comment: 'Dr Lin' } });
    await end('P-3');
    await erase('P-3');
    expect(await takeOut()).toBe(0);
    expect(await pendingErasures(world.store)).toEqual([]);

    await world.nextDay();
    expect(await exported()).toMatchObject({ personal: { erased: 0 }, findings: [] });
  });

  it('leave files that go when their day is over, though they are younger', async () => {
    await erase('P-1');
    await takeOut();
    world.clock.forward(3 * 86_400);
    await takeOut(5);
    expect(world.shelf.files.has(FIRST)).toBe(true);

    await takeOut(4);
    expect(world.shelf.files.has(FIRST)).toBe(false);
    expect(world.shelf.files.has(SECOND)).toBe(true);
  });

  it('are not looked for when they go with the time of the books themselves', async () => {
    await eraseExpired({ ...world, personalDays: 1 });
    world.clock.forward(4 * 86_400);
    await eraseExpired({ ...world, personalDays: 1 });

    expect(await world.store.readPersonal('P-1')).toEqual([]);
    expect(await pendingErasures(world.store)).toEqual([]);
  });
});

describe('what only looks like an erasure', () => {
  const lineOf = (erasedBy: number) => `{"erasedBy":${erasedBy},"processId":"P-2","sequence":1}`;
  const sayErased = (erasedBy: number) =>
    rewrite(FIRST, (lines) => lines.map((line) => (line.includes('P-2') ? lineOf(erasedBy) : line)));

  beforeEach(async () => {
    await erase('P-1');
    await world.nextDay();
    await takeOut();
    await exported();
  });

  it('is found when values were changed beside those that were erased', async () => {
    await rewrite(FIRST, (lines) => lines.map((line) => line.replace('fine', 'bad')));

    expect(await problems()).toEqual(['the personal values were changed after they were recorded']);
  });

  it('is found when a line is missing of which nothing says that it was erased', async () => {
    await rewrite(FIRST, (lines) => lines.filter((line) => !line.includes('P-2')));

    expect(await problems()).toEqual(['it has 2 lines instead of 3']);
  });

  it('is found when another line stands twice in its place', async () => {
    await rewrite(FIRST, (lines) =>
      lines.map((line) => (line.includes('P-2') ? (lines[lines.indexOf(line) - 1] ?? lines.at(-1) ?? '') : line)),
    );

    expect(await problems()).toEqual(['personal values are said to be erased that were never there']);
  });

  it('is found when the record of the process does not say so', async () => {
    await sayErased(1);

    expect(await problems()).toEqual([
      'personal values are said to be erased by entry 1, and that entry does not say so',
    ]);
  });

  it('is found in the tables when it is said to have been after the books', async () => {
    await sayErased(9);
    const books = await verifyBooks(folder);

    expect(books).toMatchObject({ personal: { erasedLater: [{ processId: 'P-2', sequence: 1 }] }, findings: [] });
    expect((await compareBooks(world.store, folder, books)).findings).toEqual([
      {
        processId: 'P-2',
        sequence: 1,
        problem: 'personal values are said to be erased by entry 9, and the table does not say so',
      },
    ]);
  });

  it('is found in a file in which nothing is said to be erased', async () => {
    await rewrite(FIRST, (lines) => lines.filter((line) => !line.includes('erasedBy')));

    expect(await problems()).toEqual(['the file is not the one of the manifest', 'it has 1 lines instead of 3']);
  });
});
