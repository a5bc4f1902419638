import { randomUUID } from 'node:crypto';
import { ApiError, noMachine, typeNotSupported } from './api-errors.ts';
import { inputAndOutput } from './api-executions.ts';
import { metadataOnly } from './api-machines.ts';
import { nameIn, type Operations } from './api-operation.ts';
import { type ApiRequest, seconds } from './api-request.ts';
import type { Endings } from './endings.ts';
import type { Engine } from './engine.ts';
import type { ExecutionState, NewExecution } from './execution.ts';
import type { JsonObject } from './json.ts';
import { executionArnOf, type Target } from './targets.ts';

/** What the calls that start executions need. */
export interface StartApiDeps {
  readonly engine: Engine;
  readonly targets: (arn: string) => Target | undefined;
  readonly endings: Endings;
}

/** EXPRESS executions are billed in steps of 100 milliseconds, and of 64 MB. */
const BILLED_STEP_MS = 100;
const BILLED_MEMORY_MB = 64;

/** The API calls that start executions. */
export function startOperations({ engine, targets, endings }: StartApiDeps): Operations {
  return {
    StartExecution: async (request) => {
      const target = targetNamed(targets, request);
      const wanted = newExecution(request, target);
      const { state, created } = await engine.start(wanted);
      // AWS: the same name and input of a running execution is the same request, anything else a name used again.
      const repeated = state.status === 'RUNNING' && JSON.stringify(state.input) === JSON.stringify(wanted.input);
      if (!created && !repeated) {
        throw new ApiError('ExecutionAlreadyExists', `Execution Already Exists: '${wanted.arn}'`);
      }
      return { executionArn: wanted.arn, startDate: seconds(state.startedAt) };
    },

    StartSyncExecution: async (request) => {
      const target = targetNamed(targets, request);
      if (target.type !== 'EXPRESS') throw typeNotSupported();
      const wanted = newExecution(request, target);
      const withPayloads = !metadataOnly(request);
      const ended = endings.of(wanted.arn);
      await engine.start(wanted);
      return syncResult(await ended, withPayloads);
    },
  };
}

function targetNamed(targets: StartApiDeps['targets'], request: ApiRequest): Target {
  const { arn, label } = request.machine();
  if (label !== undefined) {
    throw new ApiError('ValidationException', `A Map state of a state machine cannot be started: '${arn}'`);
  }
  const target = targets(arn);
  if (target === undefined) throw noMachine(arn);
  return target;
}

function newExecution(request: ApiRequest, target: Target): NewExecution {
  const name = nameIn(request, randomUUID());
  const input = request.payload(
    'input',
    (reason) => new ApiError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`),
    '{}',
  );
  return { ...target.parts, arn: executionArnOf(target, name, randomUUID()), name, input };
}

function syncResult(state: ExecutionState, withPayloads: boolean): JsonObject {
  const stoppedAt = state.stoppedAt ?? state.startedAt;
  const steps = Math.max(1, Math.ceil((stoppedAt - state.startedAt) / BILLED_STEP_MS));
  return {
    executionArn: state.arn,
    stateMachineArn: state.machineArn,
    name: state.name,
    startDate: seconds(state.startedAt),
    stopDate: seconds(stoppedAt),
    status: state.status,
    ...inputAndOutput(state, withPayloads),
    outputDetails: { included: withPayloads },
    billingDetails: { billedDurationInMilliseconds: steps * BILLED_STEP_MS, billedMemoryUsedInMB: BILLED_MEMORY_MB },
  };
}
