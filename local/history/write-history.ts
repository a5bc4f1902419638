/** Writes a history as the event log that the stack keeps: gzipped JSON lines, a folder for each day. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { dayOfRow, eventRow } from '../../functions/insight/domain/event-log.ts';
import type { ToldCase } from './telling.ts';

/** Rows of one file: enough that there are few files, few enough that half a year of open days fits in memory. */
const ROWS_A_FILE = 2000;

export interface WrittenHistory {
  readonly processes: number;
  readonly entries: number;
  readonly files: number;
}

/** @param folder - is made; what lies in it stays, and a history of the same options takes its own place */
export async function writeHistory(history: AsyncIterable<ToldCase>, folder: string): Promise<WrittenHistory> {
  const waiting = new Map<string, string[]>();
  const files = new Map<string, number>();
  let [processes, entries] = [0, 0];
  const flush = async (day: string, lines: readonly string[]) => {
    const number = (files.get(day) ?? 0) + 1;
    files.set(day, number);
    await mkdir(join(folder, `day=${day}`), { recursive: true });
    const name = `history-${String(number).padStart(5, '0')}.jsonl.gz`;
    await writeFile(join(folder, `day=${day}`, name), gzipSync(`${lines.join('\n')}\n`, { level: 4 }));
  };
  for await (const told of history) {
    processes += 1;
    for (const row of told.map(eventRow).filter((one) => one !== undefined)) {
      entries += 1;
      const day = dayOfRow(row);
      const lines = waiting.get(day) ?? [];
      lines.push(JSON.stringify(row));
      waiting.set(day, lines);
      if (lines.length >= ROWS_A_FILE) {
        waiting.delete(day);
        await flush(day, lines);
      }
    }
  }
  for (const [day, lines] of waiting) {
    await flush(day, lines);
  }
  return { processes, entries, files: [...files.values()].reduce((sum, count) => sum + count, 0) };
}
