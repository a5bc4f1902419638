import { randomUUID } from 'node:crypto';
import { ApiError } from './api-errors.ts';
import { machineNamed, NAME, type Operation, readDefinition } from './api-machines.ts';
import { type ApiRequest, paged, seconds } from './api-request.ts';
import { executionArn } from './arns.ts';
import type { Engine } from './engine.ts';
import type { ExecutionState } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import type { JsonObject } from './json.ts';
import type { Machine, MachineStore } from './machines.ts';
import { redriveStatus } from './redrive.ts';
import type { SqliteJournal } from './sqlite-journal.ts';

/** What the calls about executions need. */
export interface ExecutionApiDeps {
  readonly engine: Engine;
  readonly journal: SqliteJournal;
  readonly machines: MachineStore;
  readonly now: () => number;
}

const STATUSES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED', 'PENDING_REDRIVE'];

/** The API calls that run executions and look at them. */
export function executionOperations({ engine, journal, machines, now }: ExecutionApiDeps): {
  [action: string]: Operation;
} {
  const executionNamed = (request: ApiRequest): ExecutionState => {
    const arn = request.arn('executionArn', 'execution');
    const execution = journal.read(arn);
    if (execution === undefined) throw new ApiError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
    return execution;
  };

  return {
    StartExecution: async (request) => {
      const machine = machineNamed(machines, request);
      const name = request.optionalText('name') ?? randomUUID();
      if (!NAME.test(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
      const input = request.payload('input', 'InvalidExecutionInput', '{}');
      const arn = executionArn(machine.arn, name);
      const { state, created } = await engine.start({ ...machineParts(machine), arn, name, input });
      // AWS: the same name and input of a running execution is the same request, anything else a name used again.
      const repeated = state.status === 'RUNNING' && JSON.stringify(state.input) === JSON.stringify(input);
      if (!created && !repeated) {
        throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${arn}'`);
      }
      return { executionArn: arn, startDate: seconds(state.startedAt) };
    },

    StopExecution: async (request) => {
      const { arn } = executionNamed(request);
      await engine.dispatch(arn, { kind: 'stopped', ...errorAndCause(request) });
      const { stoppedAt, startedAt } = executionNamed(request);
      return { stopDate: seconds(stoppedAt ?? startedAt) };
    },

    RedriveExecution: async (request) => {
      const execution = executionNamed(request);
      const { refusal } = redriveStatus(execution, now());
      const step = refusal === undefined ? await engine.dispatch(execution.arn, { kind: 'redriven' }) : undefined;
      if (step?.accepted !== true) {
        throw new ApiError('ExecutionNotRedrivable', refusal ?? 'Execution is RUNNING and cannot be redriven');
      }
      return { redriveDate: seconds(step.state.redrivenAt ?? now()) };
    },

    DescribeExecution: (request) => describeExecution(executionNamed(request), now()),

    DescribeStateMachineForExecution: (request) => {
      const { machineArn, machineName, roleArn, definition, startedAt } = executionNamed(request);
      return {
        stateMachineArn: machineArn,
        name: machineName,
        definition: JSON.stringify(definition),
        roleArn,
        updateDate: seconds(machines.get(machineArn)?.updatedAt ?? startedAt),
      };
    },

    ListExecutions: (request) => {
      const { arn: machineArn } = machineNamed(machines, request);
      const status = request.optionalText('statusFilter');
      if (status !== undefined && !STATUSES.includes(status)) {
        throw new ApiError('ValidationException', `statusFilter must be one of ${STATUSES.join(', ')}`);
      }
      const page = request.page();
      const found = journal.list({
        machineArn,
        ...(status === undefined ? {} : { status }),
        offset: page.offset,
        limit: page.limit + 1,
      });
      const { items, ...more } = paged(found, page);
      return { executions: items.map(summary), ...more };
    },

    GetExecutionHistory: (request) => {
      const history = journal.history(executionNamed(request).arn);
      const page = request.page();
      const ordered = request.flag('reverseOrder') ? history.toReversed() : history;
      const { items, ...more } = paged(ordered.slice(page.offset, page.offset + page.limit + 1), page);
      return { events: items.map(apiEvent), ...more };
    },

    SendTaskSuccess: async (request) => {
      await engine.sendTaskSuccess(request.text('taskToken'), request.payload('output', 'InvalidOutput'));
      return {};
    },
    SendTaskFailure: async (request) => {
      await engine.sendTaskFailure(request.text('taskToken'), errorAndCause(request));
      return {};
    },
    SendTaskHeartbeat: async (request) => {
      await engine.sendTaskHeartbeat(request.text('taskToken'));
      return {};
    },
  };
}

/** What an execution takes from its machine; an update of the machine does not touch it. */
export function machineParts(machine: Machine) {
  const { arn, name, roleArn, definition } = machine;
  return { machineArn: arn, machineName: name, roleArn, definition: readDefinition(definition) };
}

function errorAndCause(request: ApiRequest): { readonly error?: string; readonly cause?: string } {
  const error = request.optionalText('error');
  const cause = request.optionalText('cause');
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

function summary(state: ExecutionState): JsonObject {
  return {
    executionArn: state.arn,
    stateMachineArn: state.machineArn,
    name: state.name,
    status: state.status,
    startDate: seconds(state.startedAt),
    ...(state.stoppedAt === undefined ? {} : { stopDate: seconds(state.stoppedAt) }),
    redriveCount: state.redriveCount,
    ...(state.redrivenAt === undefined ? {} : { redriveDate: seconds(state.redrivenAt) }),
  };
}

function describeExecution(state: ExecutionState, now: number): JsonObject {
  const { refusal, byMapRun } = redriveStatus(state, now);
  return {
    ...summary(state),
    input: JSON.stringify(state.input),
    inputDetails: { included: true },
    ...(state.output === undefined ? {} : { output: JSON.stringify(state.output), outputDetails: { included: true } }),
    ...(state.error === undefined ? {} : { error: state.error }),
    ...(state.cause === undefined ? {} : { cause: state.cause }),
    redriveStatus: byMapRun ? 'REDRIVABLE_BY_MAP_RUN' : refusal === undefined ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
    ...(refusal === undefined ? {} : { redriveStatusReason: refusal }),
  };
}

function apiEvent({ id, previousEventId, type, timestamp, detailsKey, details }: HistoryEvent): JsonObject {
  return {
    id,
    previousEventId,
    type,
    timestamp: seconds(timestamp),
    ...(detailsKey === undefined || details === undefined ? {} : { [detailsKey]: { ...details } }),
  };
}
