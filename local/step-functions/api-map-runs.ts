import { ApiError } from './api-errors.ts';
import { executionNamed } from './api-executions.ts';
import type { Operations } from './api-operation.ts';
import { paged, seconds } from './api-request.ts';
import type { ExecutionState, MapRun, Tally } from './execution.ts';
import type { JsonObject } from './json.ts';
import type { SqliteJournal } from './sqlite-journal.ts';

/** The calls that tell of the runs of distributed Maps. */
export function mapRunOperations(journal: SqliteJournal): Operations {
  return {
    DescribeMapRun: (request) => {
      const arn = request.text('mapRunArn');
      // The ARN names the machine and the Map, but not the execution.
      for (const executionArn of journal.all()) {
        const execution = journal.read(executionArn);
        const run = execution?.mapRuns?.find((candidate) => candidate.arn === arn);
        if (execution !== undefined && run !== undefined) return described(execution, run);
      }
      throw new ApiError('ResourceNotFound', `Resource not found: '${arn}'`);
    },

    ListMapRuns: (request) => {
      const execution = executionNamed(journal, request);
      const page = request.page();
      const runs = execution.mapRuns ?? [];
      const { items, ...more } = paged(runs.slice(page.position, page.position + page.limit + 1), page);
      return { mapRuns: items.map((run) => listed(execution, run)), ...more };
    },
  };
}

function listed(execution: ExecutionState, run: MapRun): JsonObject {
  return {
    executionArn: execution.arn,
    mapRunArn: run.arn,
    stateMachineArn: run.arn.replace(':mapRun:', ':stateMachine:').split(':').slice(0, -1).join(':'),
    startDate: seconds(run.startedAt),
    ...(run.stoppedAt === undefined ? {} : { stopDate: seconds(run.stoppedAt) }),
  };
}

function described(execution: ExecutionState, run: MapRun): JsonObject {
  const { concurrency, toleratedCount = 0, toleratedPercentage = 0 } = run.limits;
  const { stateMachineArn: _machine, ...known } = listed(execution, run);
  return {
    ...known,
    status: run.status,
    maxConcurrency: concurrency,
    toleratedFailureCount: toleratedCount,
    toleratedFailurePercentage: toleratedPercentage,
    executionCounts: counts(run.executions, run.resultsWritten),
    itemCounts: counts(run.items, run.resultsWritten),
    redriveCount: run.redriveCount,
    ...(run.redrivenAt === undefined ? {} : { redriveDate: seconds(run.redrivenAt) }),
  };
}

function counts({ PENDING, RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED }: Tally, written: boolean): JsonObject {
  const total = PENDING + RUNNING + SUCCEEDED + FAILED + TIMED_OUT + ABORTED;
  return {
    pending: PENDING,
    running: RUNNING,
    succeeded: SUCCEEDED,
    failed: FAILED,
    timedOut: TIMED_OUT,
    aborted: ABORTED,
    total,
    resultsWritten: written ? total : 0,
  };
}
