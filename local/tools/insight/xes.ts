/** Exports an event log as XES. */
import { XES_FOOTER, XES_HEADER, xesTrace } from '../../../functions/insight/domain/export-xes.ts';
import type { OpenedLog } from './duckdb-log.ts';
import { writePieces } from './text-file.ts';
import { wholeProcesses } from './whole-processes.ts';

/** Replaces the file. */
export async function exportXes(log: OpenedLog, file: string): Promise<void> {
  await writePieces(file, piecesOf(log));
}

async function* piecesOf(log: OpenedLog): AsyncGenerator<string> {
  yield XES_HEADER;
  for await (const rows of wholeProcesses(log)) {
    yield xesTrace(rows);
  }
  yield XES_FOOTER;
}
