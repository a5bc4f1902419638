/** Reads the record of a process and says what is wrong with it, while the process may be going on. */
import type { ProcessHead } from '../process/domain/process.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import {
  type ChainHead,
  type PersonalValues,
  type RecordDamage,
  type RecordEntry,
  verifyChain,
} from './domain/record.ts';

/** A record with what its own chain cannot tell: where the process stands. */
export interface RecordReading {
  readonly processId: string;
  /** Where the process stood before its record was read: all until there must be in it. */
  readonly before: ChainHead;
  /** Where it stood after: nothing beyond may be in it. */
  readonly after: ChainHead;
  readonly record: readonly RecordEntry[];
  readonly personal: readonly PersonalValues[];
}

/** Undefined: there is no such process. */
export async function readRecordOf(
  store: ProcessStore,
  processId: string,
): Promise<{ readonly head: ProcessHead; readonly reading: RecordReading } | undefined> {
  const before = await readHead(store, processId);
  if (before === undefined) {
    return undefined;
  }
  // In this order no personal values are read whose entry is not.
  const personal = await store.readPersonal(processId);
  const record = await store.readRecord(processId);
  const head = (await readHead(store, processId)) ?? before;
  return { head, reading: { processId, before: before.chain, after: head.chain, record, personal } };
}

/** Everything that is wrong; nothing when the record is whole and ends where the process stands. */
export function damagesOf({ processId, before, after, record, personal }: RecordReading): readonly RecordDamage[] {
  return [
    ...verifyChain(processId, record, { personal }),
    ...missing(before, record),
    ...(after.hash === before.hash ? [] : displaced(after, record)),
    ...added(after, record),
  ];
}

function missing(head: ChainHead, record: readonly RecordEntry[]): readonly RecordDamage[] {
  return head.sequence === 0 || record.some(({ sequence }) => sequence === head.sequence)
    ? displaced(head, record)
    : [{ sequence: head.sequence, damage: 'the process stands at this entry: it is missing' }];
}

function displaced(head: ChainHead, record: readonly RecordEntry[]): readonly RecordDamage[] {
  return record.some(({ sequence, hash }) => sequence === head.sequence && hash !== head.hash)
    ? [{ sequence: head.sequence, damage: 'the process stands at another entry of this number' }]
    : [];
}

function added(head: ChainHead, record: readonly RecordEntry[]): readonly RecordDamage[] {
  return record
    .filter(({ sequence }) => sequence > head.sequence)
    .map(({ sequence }) => ({ sequence, damage: `the process stands at entry ${head.sequence}: this one was added` }));
}
