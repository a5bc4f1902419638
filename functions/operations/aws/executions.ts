/** Executions of AWS Step Functions, as an operator asks for them. */
import {
  DescribeExecutionCommand,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  RedriveExecutionCommand,
  type SFNClient,
} from '@aws-sdk/client-sfn';
import { awsFailure, errorName } from '../../process/adapters/failures.ts';
import type { StepEvent } from '../domain/act.ts';
import type { Execution, Executions, MachineVersion } from '../port.ts';
import { nameOf, unlessGone } from './answers.ts';
import { badEndsOf } from './bad-ends.ts';
import { versionsOf } from './versions.ts';

export interface ExecutionParts {
  readonly client: Pick<SFNClient, 'send'>;
  /** ARNs of the machines whose executions an operator may have go on: none that another machine waits for. */
  readonly machineArns: readonly string[];
  readonly now: () => Date;
}

/** Of 1,000 events: more than all that follows an act. */
const HISTORY_PAGES = 25;
/** Answers of RedriveExecution that stay what they are. */
const NOT_REDRIVABLE = ['ExecutionNotRedrivable', 'ExecutionDoesNotExist', 'ValidationException', 'InvalidArn'];

export function stepFunctionsExecutions({ client, machineArns, now }: ExecutionParts): Executions {
  return {
    badEnds: () => badEndsOf(client, machineArns, now()),
    describe: (executionId) => describe(client, machineArns, executionId),
    async redrive(executionArn, clientToken) {
      try {
        await client.send(new RedriveExecutionCommand({ executionArn, clientToken }));
        return undefined;
      } catch (cause) {
        if (NOT_REDRIVABLE.includes(errorName(cause))) {
          return errorName(cause);
        }
        throw awsFailure('Step Functions', cause);
      }
    },
    eventsAfter: (executionId, instant) => eventsAfter(client, executionId, new Date(instant)),
    async versions() {
      const found: MachineVersion[] = [];
      for (const machineArn of machineArns) {
        found.push(...(await versionsOf(client, machineArn)));
      }
      return found;
    },
  };
}

async function describe(
  client: ExecutionParts['client'],
  machineArns: readonly string[],
  executionId: string,
): Promise<Execution | undefined> {
  const found = await unlessGone(client.send(new DescribeExecutionCommand({ executionArn: executionId })));
  const machineArn = machineArns.find((arn) => arn === found?.stateMachineArn);
  if (found?.startDate === undefined || machineArn === undefined) {
    return undefined;
  }
  const { status = '', startDate, stopDate, input, error = '', cause = '', redriveStatus, redriveStatusReason } = found;
  return {
    executionId,
    machine: nameOf(machineArn),
    status,
    startedAt: startDate.toISOString(),
    ...(stopDate === undefined ? {} : { endedAt: stopDate.toISOString() }),
    input: jsonOf(input),
    error,
    cause,
    ...(redriveStatus === 'REDRIVABLE' ? {} : { notRedrivable: redriveStatusReason ?? `it is ${status}` }),
  };
}

/** Read backwards, so that no more is read than what followed. */
async function eventsAfter(
  client: ExecutionParts['client'],
  executionArn: string,
  instant: Date,
): Promise<readonly StepEvent[] | undefined> {
  const types = new Map<number, string>();
  const after: HistoryEvent[] = [];
  let nextToken: string | undefined;
  for (let page = 0; page < HISTORY_PAGES; page += 1) {
    const query = { executionArn, reverseOrder: true, includeExecutionData: false, maxResults: 1_000 };
    const found = await unlessGone(client.send(new GetExecutionHistoryCommand({ ...query, nextToken })));
    if (found === undefined) {
      return undefined;
    }
    const { events = [] } = found;
    for (const event of events) {
      types.set(event.id ?? 0, event.type ?? '');
    }
    const news = events.filter(({ timestamp }) => timestamp !== undefined && timestamp > instant);
    after.push(...news);
    ({ nextToken } = found);
    if (nextToken === undefined || news.length < events.length) {
      break;
    }
  }
  return after.reverse().flatMap((event) => stepEvent(event, types.get(event.previousEventId ?? 0) ?? ''));
}

/** A state whose failure was caught is left as well: what happened just before tells how it ended. */
function stepEvent(event: HistoryEvent, typeBefore: string): readonly StepEvent[] {
  const { type = '' } = event;
  const isWork = /^(Task|Map|Parallel)State/.test(type);
  const entered = event.stateEnteredEventDetails?.name;
  if (entered !== undefined) {
    return [{ kind: 'entered', step: entered, isWork }];
  }
  const left = event.stateExitedEventDetails?.name;
  if (left !== undefined) {
    return [{ kind: /(Failed|TimedOut|Aborted)$/.test(typeBefore) ? 'failed' : 'succeeded', step: left, isWork }];
  }
  switch (type) {
    case 'ExecutionRedriven':
      return [{ kind: 'redriven' }];
    case 'ExecutionSucceeded':
      return [{ kind: 'execution-succeeded' }];
    case 'ExecutionFailed':
    case 'ExecutionTimedOut':
    case 'ExecutionAborted':
      return [{ kind: 'execution-failed' }];
    default:
      return [];
  }
}

function jsonOf(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}
