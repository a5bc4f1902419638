import { executionArn, expressExecutionArn } from './arns.ts';
import type { ChildExecutions } from './engine.ts';
import type { ExecutionState, NewExecution } from './execution.ts';
import type { Json, JsonObject } from './json.ts';
import { isObject } from './json.ts';
import type { MachineType } from './machines.ts';
import { resourceOf } from './resources.ts';
import { optimisedDetails } from './services/service-errors.ts';
import type { TaskAnswer } from './tasks.ts';
import type { RunTask } from './turn.ts';

/** What nested executions need: how to find a machine, and how to start one. */
export interface NestedDeps {
  readonly machine: (arn: string) => NestedMachine | undefined;
  readonly start: (parts: NewExecution) => Promise<{ readonly state: ExecutionState }>;
  /** The error by which a start fails before anything has begun; for tests. */
  readonly failStart?: (machineArn: string) => string | undefined;
}

/** What a nested execution takes from its machine. */
type NestedMachine = Omit<NewExecution, 'arn' | 'name' | 'input' | 'startedBy'> & { readonly type?: MachineType };

/** The integration `states:startExecution`, in all its patterns, inside the engine itself. */
export function nestedExecutions(deps: NestedDeps): ChildExecutions {
  return {
    isChildTask: ({ resource }) => {
      const { kind, service, action } = resourceOf(resource);
      return kind === 'service' && service === 'states' && action === 'startExecution';
    },
    start: async (command, parent) => {
      const args = isObject(command.arguments) ? (command.arguments as JsonObject) : {};
      const machineArn = String(args.StateMachineArn ?? '');
      const machine = deps.machine(machineArn);
      if (machine === undefined) {
        return refused('StateMachineDoesNotExist', `State Machine Does Not Exist: '${machineArn}'`, command);
      }
      const error = deps.failStart?.(machineArn);
      if (error !== undefined) return { kind: 'failed', error, cause: 'The execution could not be started.' };
      const { type, ...parts } = machine;
      const { pattern } = resourceOf(command.resource);
      const express = type === 'EXPRESS';
      if (express && (pattern === 'sync' || pattern === 'sync:2')) {
        return {
          kind: 'failed',
          error: 'StepFunctions.StateMachineTypeNotSupportedException',
          cause: 'This operation is not supported by this type of state machine',
        };
      }
      const drawn = command.childName ?? '';
      const name = typeof args.Name === 'string' ? args.Name : drawn;
      const { state: child } = await deps.start({
        ...parts,
        arn: express ? expressExecutionArn(parts.machineArn, name, drawn) : executionArn(parts.machineArn, name),
        name,
        input: args.Input ?? {},
        startedBy: { executionArn: parent.arn, taskId: command.taskId, pattern },
      });
      if (!isStartedBy(child, parent.arn, command.taskId)) {
        return refused('ExecutionAlreadyExists', `Execution Already Exists: '${child.arn}'`, command);
      }
      return started(pattern, child);
    },
    ended: (child) => {
      const pattern = child.startedBy?.pattern;
      return pattern === 'sync' || pattern === 'sync:2' ? endOf(child, pattern) : undefined;
    },
  };
}

/** What StartExecution refuses, as the optimised integration tells of it. */
function refused(code: string, message: string, { childName = '' }: RunTask): TaskAnswer {
  const cause = `${message} (${optimisedDetails('AWSStepFunctions', 400, code, childName)})`;
  return { kind: 'failed', error: `StepFunctions.${code}Exception`, cause };
}

function isStartedBy({ startedBy }: ExecutionState, executionArn: string, taskId: number): boolean {
  return startedBy?.executionArn === executionArn && startedBy.pattern !== 'item' && startedBy.taskId === taskId;
}

function started(pattern: string, child: ExecutionState): TaskAnswer {
  const output: JsonObject = { ExecutionArn: child.arn, StartDate: child.startedAt };
  if (pattern === 'request') return { kind: 'succeeded', output };
  return { kind: 'submitted', output, ...(pattern === 'waitForTaskToken' ? {} : { childArn: child.arn }) };
}

function endOf(child: ExecutionState, pattern: 'sync' | 'sync:2'): TaskAnswer {
  const asText = (value: Json): Json => JSON.stringify(value);
  if (child.status === 'SUCCEEDED') {
    return { kind: 'job-ended', output: describeChild(child, pattern === 'sync' ? asText : (value) => value) };
  }
  return { kind: 'job-ended', error: 'States.TaskFailed', cause: JSON.stringify(describeChild(child, asText)) };
}

/** DescribeExecution's answer, as an integration gives it; Input and Output are values or texts. */
function describeChild(child: ExecutionState, shape: (value: Json) => Json): JsonObject {
  return {
    ...(child.cause === undefined ? {} : { Cause: child.cause }),
    ...(child.error === undefined ? {} : { Error: child.error }),
    ExecutionArn: child.arn,
    Input: shape(child.input),
    InputDetails: { Included: true },
    Name: child.name,
    ...(child.output === undefined ? {} : { Output: shape(child.output), OutputDetails: { Included: true } }),
    RedriveCount: child.redriveCount,
    RedriveStatus: child.status === 'SUCCEEDED' ? 'NOT_REDRIVABLE' : 'REDRIVABLE',
    ...(child.status === 'SUCCEEDED' ? { RedriveStatusReason: 'Execution is SUCCEEDED and cannot be redriven' } : {}),
    StartDate: child.startedAt,
    ...(child.machineAliasArn === undefined ? {} : { StateMachineAliasArn: child.machineAliasArn }),
    StateMachineArn: child.machineArn,
    ...(child.machineVersionArn === undefined ? {} : { StateMachineVersionArn: child.machineVersionArn }),
    Status: child.status,
    StopDate: child.stoppedAt ?? child.startedAt,
  };
}
