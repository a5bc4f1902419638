import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newestClosedDay } from '../../../functions/evidence/close-books.ts';
import { exportBooks } from '../../../local/tools/books/export-books.ts';
import { bookReport } from '../../../local/tools/books/report-books.ts';
import { verifyBooks } from '../../../local/tools/books/verify-books.ts';
import { type EvidenceWorld, evidenceWorld } from '../../support/evidence-world.ts';
import { MemoryStore } from '../../support/memory-store.ts';

let folder: string;
let world: EvidenceWorld;
let newest: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'export-'));
  world = await evidenceWorld();
  for (let day = 0; day < 3; day += 1) {
    await world.grow('P-1', 2, { personal: { comment: 'fine' } });
    await world.nextDay();
  }
  newest = (await newestClosedDay(world.store)) ?? '';
});

afterEach(() => rm(folder, { recursive: true, force: true }));

describe('exporting books', () => {
  it('knows no newest book before the first run', async () => {
    expect(await newestClosedDay(new MemoryStore())).toBeUndefined();
  });

  it('copies all of them into a folder that verifies by itself', async () => {
    const { days } = await exportBooks(world.shelf, { newest, withPersonal: true, erasures: [] }, folder);

    expect(days).toEqual(['2025-12-31', '2026-01-01', '2026-01-02', '2026-01-03']);
    const verified = await verifyBooks(folder);
    expect(verified).toMatchObject({
      entries: 9,
      isFromBeginning: true,
      personal: { checked: 6, filesGone: 0 },
      findings: [],
    });
    expect(bookReport(verified)).toEqual(
      expect.arrayContaining([
        'they begin with the first book of the installation',
        'the books are whole: no entry was changed, is missing, out of order or added',
      ]),
    );
  });

  it('copies those of some days, and leaves personal values out', async () => {
    const which = { newest, from: '2026-01-02', to: '2026-01-02', withPersonal: false, erasures: [] };
    const { days } = await exportBooks(world.shelf, which, folder);

    expect(days).toEqual(['2026-01-02']);
    expect(await readdir(folder)).toEqual(['books']);
    const verified = await verifyBooks(folder);
    expect(verified).toMatchObject({ isFromBeginning: false, personal: { checked: 0, filesGone: 1 }, findings: [] });
    expect(bookReport(verified)).toContain('what was before 2026-01-02 is not in them, and nothing is said about it');
  });

  it('says which personal values are gone, and writes files that only their owner reads', async () => {
    const [path] = [...world.shelf.files.keys()].filter((one) => one.startsWith('personal/2026-01-02'));
    world.shelf.files.delete(path ?? '');

    const { gone } = await exportBooks(world.shelf, { newest, withPersonal: true, erasures: [] }, folder);

    expect(gone).toEqual([path]);
    expect((await stat(join(folder, 'books/2026-01-01/manifest.json'))).mode & 0o077).toBe(0);
  });

  it('fails when a file of a book is missing where the books are kept', async () => {
    world.shelf.files.delete('books/2026-01-01/part-00001.heads.jsonl.gz');

    await expect(exportBooks(world.shelf, { newest, withPersonal: true, erasures: [] }, folder)).rejects.toThrow(
      'books/2026-01-01/part-00001.heads.jsonl.gz is missing',
    );
  });

  it('reports every finding with its place', async () => {
    await exportBooks(world.shelf, { newest, withPersonal: true, erasures: [] }, folder);
    await rm(join(folder, 'books/2026-01-02/part-00001.entries.jsonl.gz'));

    expect(bookReport(await verifyBooks(folder))).toEqual(
      expect.arrayContaining([
        'books/2026-01-02/part-00001.entries.jsonl.gz: the file is missing',
        'P-1, entry 3: the entry is missing',
        expect.stringMatching(/^the books are DAMAGED: \d+ findings$/),
      ]),
    );
  });
});
