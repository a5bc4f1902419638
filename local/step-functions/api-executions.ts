import { ApiError, noMachine, noResource, typeNotSupported } from './api-errors.ts';
import { metadataOnly } from './api-machines.ts';
import { errorAndCause, type Operations } from './api-operation.ts';
import { type ApiRequest, paged, seconds } from './api-request.ts';
import type { Engine } from './engine.ts';
import type { ExecutionState } from './execution.ts';
import type { JsonObject } from './json.ts';
import type { MachineStore } from './machines.ts';
import { redriveStatus } from './redrive.ts';
import type { ExecutionQuery, SqliteJournal } from './sqlite-journal.ts';

/** What the calls about executions need. */
export interface ExecutionApiDeps {
  readonly engine: Engine;
  readonly journal: SqliteJournal;
  readonly machines: MachineStore;
  readonly now: () => number;
}

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];

/** The API calls that look at executions, and end them or take them up again. */
export function executionOperations({ engine, journal, machines, now }: ExecutionApiDeps): Operations {
  return {
    StopExecution: async (request) => {
      const { arn } = executionNamed(journal, request);
      await engine.dispatch(arn, { kind: 'stopped', ...errorAndCause(request) });
      const { stoppedAt, startedAt } = executionNamed(journal, request);
      return { stopDate: seconds(stoppedAt ?? startedAt) };
    },

    RedriveExecution: async (request) => {
      const execution = executionNamed(journal, request);
      const { refusal } = redriveStatus(execution, now());
      const step = refusal === undefined ? await engine.dispatch(execution.arn, { kind: 'redriven' }) : undefined;
      if (step?.accepted !== true) {
        throw new ApiError('ExecutionNotRedrivable', refusal ?? 'Execution is RUNNING and cannot be redriven');
      }
      return { redriveDate: seconds(step.state.redrivenAt ?? now()) };
    },

    DescribeExecution: (request) => describeExecution(executionNamed(journal, request), now(), !metadataOnly(request)),

    DescribeStateMachineForExecution: (request) =>
      describeMachineOf(executionNamed(journal, request), !metadataOnly(request)),

    ListExecutions: (request) => {
      const query = listed(machines, request);
      const page = request.page();
      const found = journal.list({ ...query, offset: page.position, limit: page.limit + 1 });
      const { items, ...more } = paged(found, page);
      return { executions: items.map(summary), ...more };
    },
  };
}

/** The execution that a request names; throws ExecutionDoesNotExist. */
export function executionNamed(journal: SqliteJournal, request: ApiRequest): ExecutionState {
  const arn = request.executionArn();
  const execution = journal.read(arn);
  if (execution === undefined) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
  return execution;
}

/** Which executions a request for a list means. */
function listed(machines: MachineStore, request: ApiRequest): Omit<ExecutionQuery, 'offset' | 'limit'> {
  if (request.optionalText('mapRunArn') !== undefined) {
    throw new ApiError('ValidationException', 'This engine lists no executions by the ARN of a map run');
  }
  if (request.optionalText('stateMachineArn') === undefined) {
    throw new ApiError('ValidationException', 'Must provide a StateMachine ARN or MapRun ARN');
  }
  const status = request.choice('statusFilter', STATUSES);
  if (status === 'PENDING_REDRIVE' || request.optionalText('redriveFilter') !== undefined) {
    throw new ApiError('ValidationException', 'Redrives can be asked for with the ARN of a map run only');
  }
  const { arn, machineArn, version, alias, label } = request.machine();
  const machine = label === undefined ? machines.get(machineArn) : undefined;
  if (machine === undefined) throw noMachine(arn);
  if (machine.type === 'EXPRESS') throw typeNotSupported();
  if (version !== undefined && machines.version(machineArn, version) === undefined) throw noResource(arn);
  if (alias !== undefined && machines.alias(machineArn, alias) === undefined) throw noResource(arn);
  return {
    machineArn,
    ...(version === undefined ? {} : { versionArn: arn }),
    ...(alias === undefined ? {} : { aliasArn: arn }),
    ...(status === undefined ? {} : { status }),
  };
}

function summary(state: ExecutionState): JsonObject {
  return {
    executionArn: state.arn,
    stateMachineArn: state.machineArn,
    name: state.name,
    status: state.status,
    startDate: seconds(state.startedAt),
    ...(state.stoppedAt === undefined ? {} : { stopDate: seconds(state.stoppedAt) }),
    ...(state.machineVersionArn === undefined ? {} : { stateMachineVersionArn: state.machineVersionArn }),
    ...(state.machineAliasArn === undefined ? {} : { stateMachineAliasArn: state.machineAliasArn }),
    redriveCount: state.redriveCount,
    ...(state.redrivenAt === undefined ? {} : { redriveDate: seconds(state.redrivenAt) }),
  };
}

function describeExecution(state: ExecutionState, now: number, withPayloads: boolean): JsonObject {
  const { refusal, byMapRun } = redriveStatus(state, now);
  const { error, ...payloads } = inputAndOutput(state, withPayloads);
  return {
    ...summary(state),
    ...payloads,
    // That of an execution that ran out of time stands in its history only.
    ...(error === undefined || state.status === 'TIMED_OUT' ? {} : { error }),
    redriveStatus: byMapRun ? 'REDRIVABLE_BY_MAP_RUN' : refusal === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(refusal === undefined ? {} : { redriveStatusReason: refusal }),
  };
}

/** What went into an execution and what came out of it. */
export function inputAndOutput(state: ExecutionState, included: boolean): JsonObject {
  return {
    ...(included ? { input: JSON.stringify(state.input) } : {}),
    inputDetails: { included },
    ...(included && state.output !== undefined ? { output: JSON.stringify(state.output) } : {}),
    ...(state.output === undefined ? {} : { outputDetails: { included } }),
    ...(state.error === undefined ? {} : { error: state.error }),
    ...(state.cause === undefined ? {} : { cause: state.cause }),
  };
}

function describeMachineOf(state: ExecutionState, withDefinition: boolean): JsonObject {
  const { machineArn, machineName, roleArn, definition, startedAt, revisedAt, revisionId } = state;
  return {
    stateMachineArn: machineArn,
    name: machineName,
    definition: withDefinition ? JSON.stringify(definition) : '{}',
    roleArn,
    updateDate: seconds(revisedAt ?? startedAt),
    ...(revisionId === undefined ? {} : { revisionId }),
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
}
