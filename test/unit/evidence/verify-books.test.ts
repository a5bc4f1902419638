import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chainEntries, EMPTY_CHAIN, entryHash, type RecordEntry } from '../../../functions/audit/domain/record.ts';
import { packLines, unpackLines } from '../../../functions/evidence/books/jsonl.ts';
import {
  type BookPart,
  type Manifest,
  manifestText,
  partRoot,
  type Stretch,
} from '../../../functions/evidence/domain/book.ts';
import { merkleRoot } from '../../../functions/evidence/domain/merkle.ts';
import type { Signer } from '../../../functions/evidence/signing/port.ts';
import { verifyBooks } from '../../../local/tools/books/verify-books.ts';
import { type EvidenceWorld, evidenceWorld, memorySigner } from '../../support/evidence-world.ts';

const FIRST = '2026-01-01';
const SECOND = '2026-01-02';

let folder: string;
let world: EvidenceWorld;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'books-'));
  world = await evidenceWorld();
  await world.grow('P-1', 4, { personal: { comment: 'fine' } });
  await world.grow('P-2', 3);
  await world.nextDay();
  await world.grow('P-1', 2);
  await world.nextDay();
  await world.shelf.writeTo(folder);
});

afterEach(() => rm(folder, { recursive: true, force: true }));

const read = (path: string) => readFile(join(folder, path));
const manifest = async (day: string): Promise<Manifest> =>
  JSON.parse((await read(`books/${day}/manifest.json`)).toString());
const linesAt = async (path: string) => unpackLines(await read(path));

interface Lines {
  readonly heads: readonly string[];
  readonly entries: readonly string[];
}

/** Changes the lines of the first part of a book. */
async function changeLines(day: string, change: (lines: Lines) => Partial<Lines>): Promise<void> {
  const part = await firstPart(day);
  const before = { heads: await linesAt(part.heads.path), entries: await linesAt(part.entries.path) };
  for (const [kind, lines] of Object.entries(change(before))) {
    await writeFile(join(folder, part[kind as keyof Lines].path), await packLines(lines));
  }
}

async function firstPart(day: string): Promise<BookPart> {
  const part = (await manifest(day)).parts[0];
  if (part === undefined) throw new Error('the book has no part');
  return part;
}

/** Makes the manifest say what the files have, and signs it: as whoever changed them would, with a key of their own. */
async function coverUp(day: string, signer: Signer = memorySigner()): Promise<void> {
  const before = await manifest(day);
  const part = await firstPart(day);
  const file = async (kind: keyof Lines) => {
    const content = await read(part[kind].path);
    const sha256 = createHash('sha256').update(content).digest('hex');
    return { ...part[kind], sha256, lines: (await unpackLines(content)).length };
  };
  const stretches = (await linesAt(part.heads.path)).map((line): Stretch => JSON.parse(line));
  const covered = { ...part, root: partRoot(stretches), heads: await file('heads'), entries: await file('entries') };
  const text = manifestText({
    ...before,
    parts: [covered],
    root: merkleRoot([covered.root]),
    chains: covered.heads.lines,
    entries: covered.entries.lines,
  });
  await writeFile(join(folder, `books/${day}/manifest.json`), text);
  const signature = Buffer.from(await signer.sign(Buffer.from(text))).toString('base64');
  await writeFile(join(folder, `books/${day}/manifest.sig`), signature);
}

async function findings(keyPem?: string) {
  return (await verifyBooks(folder, { keyPem })).findings;
}

const isOf = (processId: string, sequence?: number) => (line: string) => {
  const entry: RecordEntry = JSON.parse(line);
  return entry.processId === processId && (sequence === undefined || entry.sequence === sequence);
};
const onEntry =
  (processId: string, sequence: number, change: (entry: RecordEntry) => RecordEntry) => (lines: Lines) => ({
    entries: lines.entries.map((line) =>
      isOf(processId, sequence)(line) ? JSON.stringify(change(JSON.parse(line))) : line,
    ),
  });
const rehashed = ({ hash: _, ...content }: RecordEntry): RecordEntry => ({ ...content, hash: entryHash(content) });
const at = (processId: string, sequence: number, problem: string) =>
  expect.objectContaining({ processId, sequence, problem: expect.stringContaining(problem) });
const UNSIGNED = expect.objectContaining({ problem: 'the signature is not that of this manifest by this key' });
const NOT_THE_FILE = expect.objectContaining({ problem: 'the file is not the one of the manifest' });

describe('verifying exported books', () => {
  it('finds nothing wrong with what was exported, by the folder alone', async () => {
    expect(await verifyBooks(folder)).toMatchObject({
      days: ['2025-12-31', FIRST, SECOND],
      entries: 11,
      processes: 3,
      personal: { checked: 4, filesGone: 0 },
      isFromBeginning: true,
      isKeyGiven: false,
      findings: [],
    });
  });

  it('takes the key from whoever verifies', async () => {
    const { pem, sha256 } = await world.signer.publicKey();

    expect(await verifyBooks(folder, { keyPem: pem })).toMatchObject({
      isKeyGiven: true,
      keySha256: sha256,
      findings: [],
    });
  });

  it('says the same by threads, more parts than these', async () => {
    await world.nextDay();
    await world.shelf.writeTo(folder);
    await changeLines(
      FIRST,
      onEntry('P-1', 2, (entry) => ({ ...entry, facts: { amount: '1.00' } })),
    );

    const [alone, together] = [await verifyBooks(folder, { threads: 0 }), await verifyBooks(folder, { threads: 2 })];
    expect(together.findings.length).toBeGreaterThan(0);
    expect(together).toEqual(alone);
  });

  it('says that there are no books where there are none', async () => {
    await expect(verifyBooks(join(folder, 'nowhere'))).rejects.toThrow('there are no books');
  });

  it('finds a changed entry', async () => {
    await changeLines(
      FIRST,
      onEntry('P-1', 2, (entry) => ({ ...entry, facts: { amount: '1.00' } })),
    );

    expect(await findings()).toEqual(
      expect.arrayContaining([NOT_THE_FILE, at('P-1', 2, 'was changed after it was recorded')]),
    );
  });

  it('finds a changed entry whose hash was made anew', async () => {
    await changeLines(
      FIRST,
      onEntry('P-1', 2, (entry) => rehashed({ ...entry, type: 'Forged' })),
    );
    await coverUp(FIRST);

    expect(await findings()).toEqual(expect.arrayContaining([UNSIGNED, at('P-1', 3, 'does not follow')]));
  });

  it('finds a last entry that was changed with its hash', async () => {
    await changeLines(
      FIRST,
      onEntry('P-2', 3, (entry) => rehashed({ ...entry, type: 'Forged' })),
    );

    expect(await findings()).toEqual(expect.arrayContaining([at('P-2', 3, 'closed with another entry')]));
  });

  it('finds a hash that was moved to where it is not read from', async () => {
    await changeLines(FIRST, ({ entries }) => ({
      entries: entries.map((line) => {
        const member = /"hash":"[0-9a-f]{64}",/.exec(line)?.[0] ?? '';
        return isOf('P-2', 1)(line)
          ? line.replace(member, '').replace('"facts":{', `"facts":{${member.slice(0, -1)}`)
          : line;
      }),
    }));

    expect((await findings()).length).toBeGreaterThan(1);
  });

  it('finds a missing entry, first, in the middle and last', async () => {
    for (const sequence of [1, 2, 4]) {
      await world.shelf.writeTo(folder);
      await changeLines(FIRST, ({ entries }) => ({ entries: entries.filter((line) => !isOf('P-1', sequence)(line)) }));
      await coverUp(FIRST);

      expect(await findings()).toEqual(expect.arrayContaining([UNSIGNED, at('P-1', sequence, 'is missing')]));
    }
  });

  it('finds reordered entries of a process, and of two processes', async () => {
    const swap = (one: string, other: string) =>
      changeLines(FIRST, ({ entries }) => {
        const [first, second] = [entries.findIndex(isOf(one, 2)), entries.findIndex(isOf(other, 3))];
        return { entries: entries.with(first, entries[second] ?? '').with(second, entries[first] ?? '') };
      });
    await swap('P-1', 'P-1');
    await coverUp(FIRST);
    expect(await findings()).toEqual(expect.arrayContaining([UNSIGNED, at('P-1', 2, 'out of order')]));

    await world.shelf.writeTo(folder);
    await swap('P-1', 'P-2');
    expect((await findings()).filter(({ problem }) => problem.includes('out of order')).length).toBeGreaterThan(0);
  });

  it('finds an added entry, though its chain holds', async () => {
    const record = await world.store.readRecord('P-2');
    const last = record.at(-1);
    const [forged] = chainEntries(
      'P-2',
      { sequence: 3, hash: last?.hash ?? '' },
      [{ type: 'Noted', actor: { kind: 'meridian', id: 'test' }, facts: {} }],
      { now: world.clock.now(), newSalt: () => 'salt' },
    ).entries;
    await changeLines(FIRST, ({ entries }) => ({ entries: [...entries, JSON.stringify(forged)] }));
    await coverUp(FIRST);

    expect(await findings()).toEqual(expect.arrayContaining([UNSIGNED, at('P-2', 4, 'the entry was added')]));
  });

  it('finds a second entry of a number, as two writers at once would leave it', async () => {
    await changeLines(FIRST, ({ entries }) => ({
      entries: entries.flatMap((line) =>
        isOf('P-2', 2)(line) ? [line, JSON.stringify(rehashed({ ...JSON.parse(line), type: 'Other' }))] : [line],
      ),
    }));

    expect(await findings()).toEqual(expect.arrayContaining([at('P-2', 2, 'the entry was added')]));
  });

  it('finds an entry of a process that was invented', async () => {
    const { entries: forged } = chainEntries(
      'P-9',
      EMPTY_CHAIN,
      [{ type: 'Noted', actor: { kind: 'meridian', id: 'test' }, facts: {} }],
      { now: world.clock.now(), newSalt: () => 'salt' },
    );
    await changeLines(FIRST, ({ entries }) => ({ entries: [...entries, ...forged.map((one) => JSON.stringify(one))] }));

    expect(await findings()).toEqual(expect.arrayContaining([at('P-9', 1, 'the book has no such process')]));
  });

  it('finds a changed manifest', async () => {
    const text = (await read(`books/${FIRST}/manifest.json`)).toString();
    await writeFile(join(folder, `books/${FIRST}/manifest.json`), text.replace('meridian-test', 'meridian-prod'));

    expect(await findings()).toEqual(
      expect.arrayContaining([
        UNSIGNED,
        expect.objectContaining({ problem: `the book of ${FIRST} is another than the one that it follows` }),
      ]),
    );
  });

  it('finds that it was signed with another key', async () => {
    const { pem } = await memorySigner().publicKey();

    const found = await findings(pem);
    expect(found.filter(({ problem }) => problem === 'it was signed with another key')).toHaveLength(3);
    expect(found).toEqual(expect.arrayContaining([UNSIGNED]));
  });

  it('finds a missing file, a file cut short, and a missing signature', async () => {
    const { entries, heads } = await firstPart(FIRST);
    await rm(join(folder, entries.path));
    await rm(join(folder, `books/${SECOND}/manifest.sig`));
    expect(await findings()).toEqual(
      expect.arrayContaining([{ path: entries.path, problem: 'the file is missing' }, UNSIGNED]),
    );

    await world.shelf.writeTo(folder);
    await writeFile(join(folder, heads.path), (await read(heads.path)).subarray(0, 40));
    expect(await findings()).toEqual(
      expect.arrayContaining([{ path: heads.path, problem: 'the file cannot be expanded' }]),
    );
  });

  it('finds a whole process missing, even when the holder of the key signs the book again', async () => {
    await changeLines(FIRST, ({ heads, entries }) => ({
      heads: heads.filter((line) => JSON.parse(line).processId !== 'P-2'),
      entries: entries.filter((line) => !isOf('P-2')(line)),
    }));
    await coverUp(FIRST);
    expect(await findings()).toEqual([UNSIGNED, expect.objectContaining({ path: `books/${SECOND}/manifest.json` })]);

    await coverUp(FIRST, world.signer);
    expect(await findings()).toEqual([
      {
        path: `books/${SECOND}/manifest.json`,
        problem: `the book of ${FIRST} is another than the one that it follows`,
      },
    ]);
  });

  it('finds a book missing between two, and what it had', async () => {
    await rm(join(folder, `books/${FIRST}`), { recursive: true });

    expect(await findings()).toEqual(
      expect.arrayContaining([
        { path: `books/${SECOND}/manifest.json`, problem: `the book before it is missing: ${FIRST}` },
        at('P-1', 4, 'the books before end with another, 0'),
      ]),
    );
  });

  it('says that it does not know the beginning when the first books are not there', async () => {
    for (const day of ['2025-12-31', FIRST]) {
      await rm(join(folder, `books/${day}`), { recursive: true });
    }

    expect(await verifyBooks(folder)).toMatchObject({ isFromBeginning: false, findings: [] });
  });

  it('finds changed personal values, and takes it that they are gone', async () => {
    const { personal } = await firstPart(FIRST);
    const path = join(folder, personal?.path ?? '');
    const lines = await unpackLines(await readFile(path));
    await writeFile(
      path,
      await packLines(lines.map((line, index) => (index === 1 ? line.replace('fine', 'bad') : line))),
    );
    expect(await findings()).toEqual(
      expect.arrayContaining([at('P-1', 2, 'personal values were changed after they were recorded')]),
    );

    await rm(join(folder, 'personal'), { recursive: true });
    expect(await verifyBooks(folder)).toMatchObject({ personal: { checked: 0, filesGone: 1 }, findings: [] });
  });

  it('finds a clock that went back', async () => {
    await world.grow('P-3');
    world.clock.forward(-300);
    await world.grow('P-3');
    world.clock.forward(300);
    await world.nextDay();
    await world.shelf.writeTo(folder);

    expect(await findings()).toEqual([at('P-3', 2, 'the clock went back: the entry is 300 seconds older')]);
  });

  it('tells what was damaged already when the book was closed', async () => {
    await world.grow('P-3', 2);
    world.store.tamper('P-3', 2, (entry) => ({ ...entry, facts: { forged: true } }));
    await world.nextDay();
    await world.shelf.writeTo(folder);

    expect(await findings()).toEqual([
      at('P-3', 2, 'damaged already when the book was closed'),
      at('P-3', 2, 'was changed after it was recorded'),
    ]);
  });
});
