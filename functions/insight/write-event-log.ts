/** Entries of the record become files of the event log: one for each day that a batch tells of. */
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { RecordEntry } from '../audit/domain/record.ts';
import { dayOfRow, type EventRow, eventRow } from './domain/event-log.ts';
import type { EventLogFiles } from './port.ts';

export interface WriteEventLogDeps {
  readonly files: EventLogFiles;
}

/**
 * Names follow from the content, so that the same batch, delivered again, writes the same files; in another batch an entry
 * comes a second time, and queries take it once.
 * @throws ConnectorTransientError when a file was not written.
 */
export async function writeEventLog(
  { files }: WriteEventLogDeps,
  entries: readonly RecordEntry[],
): Promise<{ rows: number; files: number }> {
  const rows = entries.flatMap((entry) => eventRow(entry) ?? []);
  const days = new Map<string, EventRow[]>();
  for (const row of [...rows].sort(byPlace)) {
    const day = dayOfRow(row);
    days.set(day, [...(days.get(day) ?? []), row]);
  }
  for (const [day, ofDay] of days) {
    await files.write(nameOf(day, ofDay), gzipSync(`${ofDay.map((row) => JSON.stringify(row)).join('\n')}\n`));
  }
  return { rows: rows.length, files: days.size };
}

function byPlace(one: EventRow, other: EventRow): number {
  return one.process_id === other.process_id
    ? one.sequence - other.sequence
    : one.process_id < other.process_id
      ? -1
      : 1;
}

function nameOf(day: string, rows: readonly EventRow[]): string {
  const content = createHash('sha256');
  for (const { process_id, sequence, hash } of rows) {
    content.update(`${process_id} ${sequence} ${hash}\n`);
  }
  return `day=${day}/${content.digest('hex').slice(0, 32)}.jsonl.gz`;
}
