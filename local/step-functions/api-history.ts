import { executionNamed } from './api-executions.ts';
import type { Operations } from './api-operation.ts';
import { paged, seconds } from './api-request.ts';
import type { HistoryEvent } from './history.ts';
import type { JsonObject } from './json.ts';
import type { SqliteJournal } from './sqlite-journal.ts';

/** Details of events that are data of the execution. */
const EXECUTION_DATA = ['input', 'inputDetails', 'output', 'outputDetails'];

/** The API call that tells an execution's history. */
export function historyOperations(journal: SqliteJournal): Operations {
  return {
    GetExecutionHistory: (request) => {
      const { arn } = executionNamed(journal, request);
      const page = request.page();
      const withData = request.optionalFlag('includeExecutionData') ?? true;
      const found = journal.historyPage(arn, {
        after: page.position,
        reverse: request.flag('reverseOrder'),
        limit: page.limit + 1,
      });
      const { items, ...more } = paged(found, page, ({ id }) => id);
      return { events: items.map((event) => apiEvent(event, withData)), ...more };
    },
  };
}

function apiEvent(event: HistoryEvent, withData: boolean): JsonObject {
  const { id, previousEventId, type, timestamp, detailsKey, details = {} } = event;
  const told = Object.entries(details).filter(([field]) => withData || !EXECUTION_DATA.includes(field));
  return {
    id,
    previousEventId,
    type,
    timestamp: seconds(timestamp),
    ...(detailsKey === undefined ? {} : { [detailsKey]: Object.fromEntries(told) }),
  };
}
