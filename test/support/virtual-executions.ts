/** The executions of a virtual engine through the adapter of Step Functions: its client alone is replaced. */
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  ListExecutionsCommand,
  RedriveExecutionCommand,
} from '@aws-sdk/client-sfn';
import { stepFunctionsExecutions } from '../../functions/operations/aws/executions.ts';
import type { Executions } from '../../functions/operations/port.ts';
import type { VirtualEngine } from '../../local/step-functions/index.ts';

/** @param machineArns - of the machines whose executions operators see */
export function virtualExecutions(engine: VirtualEngine, machineArns: readonly string[]): Executions {
  return stepFunctionsExecutions({ client: clientOf(engine), machineArns, now: () => engine.now() });
}

function clientOf(engine: VirtualEngine): Parameters<typeof stepFunctionsExecutions>[0]['client'] {
  const send = async (command: object): Promise<object> => {
    if (command instanceof DescribeExecutionCommand) {
      return describe(engine, command.input.executionArn ?? '');
    }
    if (command instanceof GetExecutionHistoryCommand) {
      return { events: historyOf(engine, command.input.executionArn ?? '') };
    }
    if (command instanceof ListExecutionsCommand) {
      const { stateMachineArn, statusFilter } = command.input;
      const executions = engine
        .executions()
        .filter(({ machineArn, status }) => machineArn === stateMachineArn && status === statusFilter)
        .map(({ arn, startedAt, stoppedAt }) => ({ executionArn: arn, startDate: startedAt, stopDate: stoppedAt }));
      return { executions };
    }
    if (command instanceof RedriveExecutionCommand) {
      await engine.redrive(command.input.executionArn ?? '').catch((cause: unknown) => {
        throw named('ExecutionNotRedrivable', cause);
      });
      return {};
    }
    throw new Error(`the virtual engine does not answer ${command.constructor.name}`);
  };
  // The one method that the adapter uses.
  return { send: send as never };
}

function describe(engine: VirtualEngine, arn: string): object {
  const found = engine.executions().find((execution) => execution.arn === arn);
  if (found === undefined) {
    throw named('ExecutionDoesNotExist');
  }
  const { machineArn, status, startedAt, stoppedAt, input, error, cause } = found;
  const isBad = status !== 'RUNNING' && status !== 'SUCCEEDED';
  return {
    ...{ executionArn: arn, stateMachineArn: machineArn, status, startDate: startedAt, stopDate: stoppedAt },
    ...{ input: JSON.stringify(input), error, cause },
    redriveStatus: isBad ? 'REDRIVABLE' : 'NOT_REDRIVABLE',
  };
}

function historyOf(engine: VirtualEngine, arn: string): readonly object[] {
  return engine
    .history(arn)
    .map(({ id, previousEventId, type, timestamp, detailsKey, details }) => ({
      ...{ id, previousEventId, type, timestamp: new Date(timestamp) },
      ...(detailsKey === undefined ? {} : { [detailsKey]: details }),
    }))
    .toReversed();
}

function named(name: string, cause?: unknown): Error {
  return Object.assign(new Error(name, { cause }), { name });
}
