/** What is wrong with a part of a book, by nothing but its lines: changed, missing, reordered and added entries. */
import { hash as digest } from 'node:crypto';
import {
  type ChainHead,
  entryHash,
  type PersonalValues,
  personalDigest,
  type RecordEntry,
} from '../../audit/domain/record.ts';
import { type Stretch, stretchSchema } from './book.ts';
import { type ErasedLine, type ErasedValues, erasedByEntry, erasedLineOf, placeOf } from './erased-values.ts';
import { objectOf } from './json-line.ts';

/** What a verification found, in the reader's words. */
export interface Finding {
  /** Which file, process and entry it is about, as far as it is about one. */
  readonly path?: string;
  readonly processId?: string;
  readonly sequence?: number;
  readonly problem: string;
}

export interface PartLines {
  readonly heads: readonly string[];
  readonly entries: readonly string[];
  /** Undefined: they were left out. */
  readonly personal?: readonly string[];
}

export interface CheckedLines {
  readonly findings: readonly Finding[];
  /** What its personal values say of those that are not there any more: whether the record says so too, stands in later books. */
  readonly erased: readonly ErasedLine[];
  /** What its entries erased, here or in earlier books. */
  readonly erasures: readonly ErasedValues[];
}

/** Clocks of two functions differ by less; one that goes back further was set back, or the instants are not true. */
const CLOCK_TOLERANCE_MS = 60_000;

/** An entry as a line has it. */
interface ReadEntry {
  readonly entry: RecordEntry;
  readonly isUnchanged: boolean;
}

export function checkPart(lines: PartLines): CheckedLines {
  const findings: Finding[] = [];
  const erasures: ErasedValues[] = [];
  const stretches = readStretches(lines.heads, findings);
  const digests = new Map<string, string | undefined>();
  const keepsDigests = lines.personal !== undefined;
  const byProcess = new Map<string, ReadEntry[]>();
  let place = -1;
  for (const [index, line] of lines.entries.entries()) {
    const read = readEntry(line);
    if (read === undefined) {
      findings.push({ problem: `line ${index + 1} of the entries is no entry` });
      continue;
    }
    const { processId, sequence } = read.entry;
    const stretchPlace = stretches.get(processId)?.place;
    if (stretchPlace === undefined) {
      findings.push({ processId, sequence, problem: 'the entry was added: the book has no such process' });
      continue;
    }
    if (stretchPlace < place) {
      findings.push({ processId, sequence, problem: 'the entry stands out of order: behind those of a later process' });
    }
    place = Math.max(place, stretchPlace);
    const list = byProcess.get(processId);
    if (list === undefined) {
      byProcess.set(processId, [read]);
    } else {
      list.push(read);
    }
    const erasure = erasedByEntry(read.entry);
    erasures.push(...(erasure === undefined ? [] : [erasure]));
    if (keepsDigests && read.entry.personalDigest !== undefined) {
      digests.set(placeOf(read.entry), read.entry.personalDigest);
    }
  }
  for (const { stretch } of stretches.values()) {
    checkStretch(stretch, byProcess.get(stretch.processId) ?? [], findings);
  }
  return { erased: checkPersonal(lines.personal ?? [], digests, findings), erasures, findings };
}

/** Of the lines of `heads`; undefined: it is none. */
export function readStretch(line: string): Stretch | undefined {
  const parsed = stretchSchema.safeParse(objectOf(line));
  return parsed.success ? parsed.data : undefined;
}

function readStretches(lines: readonly string[], findings: Finding[]) {
  const stretches = new Map<string, { readonly stretch: Stretch; readonly place: number }>();
  for (const [place, line] of lines.entries()) {
    const stretch = readStretch(line);
    if (stretch === undefined) {
      findings.push({ problem: `line ${place + 1} of the heads is no head` });
    } else if (stretches.has(stretch.processId)) {
      findings.push({ processId: stretch.processId, problem: 'the process stands twice in the heads' });
    } else {
      stretches.set(stretch.processId, { stretch, place });
    }
  }
  return stretches;
}

function checkStretch({ processId, after, upTo }: Stretch, read: readonly ReadEntry[], findings: Finding[]): void {
  const tell = (sequence: number, problem: string) => findings.push({ processId, sequence, problem });
  const bySequence = new Map<number, ReadEntry>();
  let last = after.sequence;
  for (const one of read) {
    const { sequence } = one.entry;
    if (bySequence.has(sequence) || sequence <= after.sequence || sequence > upTo.sequence) {
      tell(sequence, 'the entry was added');
      continue;
    }
    if (sequence < last) {
      tell(sequence, `the entry stands out of order: behind entry ${last}`);
    }
    last = Math.max(last, sequence);
    bySequence.set(sequence, one);
  }
  checkChain(after, upTo, bySequence, tell);
}

function checkChain(
  after: ChainHead,
  upTo: ChainHead,
  bySequence: ReadonlyMap<number, ReadEntry>,
  tell: (sequence: number, problem: string) => void,
): void {
  let before: { readonly hash: string; readonly at?: number } | undefined = { hash: after.hash };
  for (let sequence = after.sequence + 1; sequence <= upTo.sequence; sequence += 1) {
    const read = bySequence.get(sequence);
    if (read === undefined) {
      tell(sequence, 'the entry is missing');
      before = undefined;
      continue;
    }
    const { entry, isUnchanged } = read;
    if (!isUnchanged) {
      tell(sequence, 'the entry was changed after it was recorded');
    }
    if (before !== undefined && entry.previousHash !== before.hash) {
      tell(sequence, 'the entry does not follow from the one before it');
    }
    const at = Date.parse(entry.occurredAt);
    if (before?.at !== undefined && at < before.at - CLOCK_TOLERANCE_MS) {
      tell(
        sequence,
        `the clock went back: the entry is ${Math.round((before.at - at) / 1000)} seconds older than the one before it`,
      );
    }
    before = { hash: entry.hash, at };
  }
  if (before !== undefined && before.hash !== upTo.hash) {
    tell(upTo.sequence, 'the book was closed with another entry of this number');
  }
}

function checkPersonal(
  lines: readonly string[],
  digests: ReadonlyMap<string, string | undefined>,
  findings: Finding[],
): readonly ErasedLine[] {
  const erased = new Map<string, ErasedLine>();
  for (const [index, line] of lines.entries()) {
    const values = objectOf(line) as PersonalValues | undefined;
    const told = erasedLineOf(values);
    if (told !== undefined) {
      checkErased(told, digests, erased, findings);
      continue;
    }
    if (typeof values?.processId !== 'string' || typeof values.values !== 'object') {
      findings.push({ problem: `line ${index + 1} of the personal values has none` });
      continue;
    }
    const { processId, sequence, salt } = values;
    if (digests.get(placeOf(values)) !== personalDigest(salt, values.values)) {
      findings.push({ processId, sequence, problem: 'the personal values were changed after they were recorded' });
    }
  }
  return [...erased.values()];
}

/** What is said to be erased was there, and is said once: else it would hide that another line is missing. */
function checkErased(
  told: ErasedLine,
  digests: ReadonlyMap<string, string | undefined>,
  erased: Map<string, ErasedLine>,
  findings: Finding[],
): void {
  const { processId, sequence } = told;
  if (!digests.has(placeOf(told)) || erased.has(placeOf(told))) {
    findings.push({ processId, sequence, problem: 'personal values are said to be erased that were never there' });
  }
  erased.set(placeOf(told), told);
}

function readEntry(line: string): ReadEntry | undefined {
  const entry = objectOf(line) as RecordEntry | undefined;
  if (typeof entry?.processId !== 'string' || typeof entry.sequence !== 'number' || typeof entry.hash !== 'string') {
    return undefined;
  }
  return { entry, isUnchanged: isAsHashed(line, entry.hash) || isHashedAnew(entry) };
}

/**
 * Lines are canonical JSON: without the member of the hash, which stands in the middle, they are what was hashed. What the
 * cut leaves can only have the right digest if it is the content as it was recorded, so that the hash cannot stand
 * elsewhere: it would then be missing where it was read from.
 */
function isAsHashed(line: string, hash: string): boolean {
  const member = `"hash":"${hash}",`;
  const place = line.indexOf(member);
  return place > 0 && digest('sha256', line.slice(0, place) + line.slice(place + member.length)) === hash;
}

/** Slower, for lines that somebody wrote in another form. */
function isHashedAnew(entry: RecordEntry): boolean {
  const { hash, ...content } = entry;
  return entryHash(content) === hash;
}
