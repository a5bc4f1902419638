/** How far the record of a process grew since the books had it last, with what is wrong with it. */
import { EMPTY_CHAIN, type PersonalValues, type RecordEntry, verifyChain } from '../audit/domain/record.ts';
import { bookedKey } from '../process/keys.ts';
import type { ProcessStore, WorkItem } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { type BookDamage, isSameHead, type Stretch } from './domain/book.ts';

/** How far the books have a process: an item of the store. */
export interface Booked {
  /** Of the book. */
  readonly day: string;
  readonly stretch: Stretch;
}

export interface Growth {
  /** Undefined: the books have it all, or nothing can be said of it. */
  readonly stretch?: Stretch;
  readonly entries: readonly RecordEntry[];
  readonly personal: readonly PersonalValues[];
  readonly damages: readonly BookDamage[];
}

/**
 * The stretch of the book of a day. It is kept before it is given, so that a book that is begun again has the same one,
 * however much the process grew in between.
 * @throws ConcurrencyError when whoever writes the same book was faster and said otherwise.
 */
export async function growthOf(store: ProcessStore, day: string, processId: string): Promise<Growth> {
  const booked = await store.read<Booked>(bookedKey(processId));
  const found = booked?.value.day === day ? booked.value.stretch : await nextStretch(store, day, processId, booked);
  if (found === undefined || typeof found === 'string') {
    const sequence = booked?.value.stretch.upTo.sequence ?? 0;
    const damages = found === undefined ? [] : [{ processId, sequence, damage: found }];
    return { entries: [], personal: [], damages };
  }
  return readStretch(store, found);
}

async function readStretch(store: ProcessStore, stretch: Stretch): Promise<Growth> {
  const { processId, after, upTo } = stretch;
  const isIn = ({ sequence }: { readonly sequence: number }) => sequence <= upTo.sequence;
  // In this order no personal values are read whose entry is not.
  const personal = (await store.readPersonal(processId, after.sequence)).filter(isIn);
  const entries = (await store.readRecord(processId, after.sequence)).filter(isIn);
  const damages = verifyChain(processId, entries, { after, expectedHead: upTo, personal });
  return { stretch, entries, personal, damages: damages.map((one) => ({ processId, ...one })) };
}

/** Undefined: it did not grow. A text: what is wrong. */
async function nextStretch(
  store: ProcessStore,
  day: string,
  processId: string,
  booked: WorkItem<Booked> | undefined,
): Promise<Stretch | string | undefined> {
  const after = booked?.value.stretch.upTo ?? EMPTY_CHAIN;
  const upTo = (await readHead(store, processId))?.chain;
  if (upTo === undefined) {
    return 'the process is not there any more';
  }
  if (isSameHead(upTo, after)) {
    return undefined;
  }
  if (upTo.sequence <= after.sequence) {
    return `the process stands at entry ${upTo.sequence}, and at another one than a book has`;
  }
  const stretch: Stretch = { processId, after, upTo };
  const value: Booked = { day, stretch };
  const key = bookedKey(processId);
  const change =
    booked === undefined
      ? ({ kind: 'create', key, value } as const)
      : ({ kind: 'replace', key, ifVersion: booked.version, value } as const);
  try {
    await store.commit({ entries: [], personal: [], changes: [change] });
    return stretch;
  } catch (error) {
    const now = error instanceof ConcurrencyError ? await store.read<Booked>(key) : undefined;
    if (now?.value.day !== day) {
      throw error;
    }
    return now.value.stretch;
  }
}
