/** Rows of the event log, each process whole and each entry once. */
import { EVENT_COLUMNS, type EventRow } from '../../../functions/insight/domain/event-log.ts';
import type { OpenedLog } from './duckdb-log.ts';

const COLUMNS = EVENT_COLUMNS.map(([name]) => name).join(', ');

/** In the order of their ids, the rows of each in the order of its record. */
export async function* wholeProcesses(log: OpenedLog): AsyncGenerator<readonly EventRow[]> {
  let whole: EventRow[] = [];
  for await (const rows of log.rows(`SELECT DISTINCT ${COLUMNS} FROM event_log ORDER BY process_id, sequence`)) {
    for (const row of rows as unknown as readonly EventRow[]) {
      if (whole[0] !== undefined && whole[0].process_id !== row.process_id) {
        yield whole;
        whole = [];
      }
      whole.push(row);
    }
  }
  if (whole.length > 0) {
    yield whole;
  }
}
