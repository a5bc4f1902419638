/** Exports an event log as OCEL 2.0. */
import { OcelExport } from '../../../functions/insight/domain/export-ocel.ts';
import type { OpenedLog } from './duckdb-log.ts';
import { writePieces } from './text-file.ts';
import { wholeProcesses } from './whole-processes.ts';

/** Replaces the file. */
export async function exportOcel(log: OpenedLog, file: string): Promise<void> {
  await writePieces(file, piecesOf(log));
}

async function* piecesOf(log: OpenedLog): AsyncGenerator<string> {
  const exported = new OcelExport();
  yield '{"events":[\n';
  let comma = '';
  for await (const rows of wholeProcesses(log)) {
    yield `${comma}${exported
      .eventsOf(rows)
      .map((event) => JSON.stringify(event))
      .join(',\n')}`;
    comma = ',\n';
  }
  yield '\n],"objects":[\n';
  comma = '';
  for (const object of exported.objects()) {
    yield `${comma}${JSON.stringify(object)}`;
    comma = ',\n';
  }
  yield `\n],"eventTypes":${JSON.stringify(exported.eventTypes())},"objectTypes":${JSON.stringify(exported.objectTypes())}}\n`;
}
