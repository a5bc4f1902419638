/**
 * The calls that services of AWS make for a stack, with a role of the stack: those of Step Functions for a machine, of
 * Lambda for a function with an event source, of Scheduler for a schedule. No proxy can hear these: the engine's histories,
 * the event sources as they are deployed and the schedules as functions created them tell of them.
 */
import { LambdaClient, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import {
  type HistoryEvent,
  paginateGetExecutionHistory,
  paginateListExecutions,
  SFNClient,
  type TaskScheduledEventDetails,
} from '@aws-sdk/client-sfn';
import * as z from 'zod';
import { CHILD_EVENTS_RULE } from '../../../infra/state-machine-permissions.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import type { Authorization } from './authorizations.ts';
import type { RecordedCall } from './recording-proxy.ts';

/** What somebody asked to do; `caller` is the name of a function, or an ARN. */
export interface Request extends Authorization {
  readonly caller: string;
}

/** What the machines did until now. */
export interface MachineCalls {
  readonly requests: readonly Request[];
  /** ARN of the machine that gave out a task token. */
  machineOf(taskToken: string): string;
}

const invocation = z.object({ FunctionName: z.string() });
const childStart = z.object({ StateMachineArn: z.string() });
const childStarted = z.object({ ExecutionArn: z.string() });

/** Reads the histories of all executions of the machines. */
export async function machineCalls(engineUrl: string, machineArns: readonly string[]): Promise<MachineCalls> {
  const executions = await executionsOf(new SFNClient(clientOptions(engineUrl)), machineArns);
  const aborted = new Set(executions.filter(({ status }) => status === 'ABORTED').map(({ arn }) => arn));
  return {
    requests: executions.flatMap(({ arn, machine, events }) =>
      [...events.flatMap(taskRequests), ...(aborted.has(arn) ? stops(events, aborted) : [])].map((request) => ({
        ...request,
        caller: machine,
      })),
    ),
    machineOf: (taskToken) => {
      const isItsOwn = ({ taskScheduledEventDetails: task }: HistoryEvent) => task?.parameters?.includes(taskToken);
      const execution = executions.find(({ events }) => events.some(isItsOwn));
      if (execution === undefined) throw new Error('no machine gave out the task token');
      return execution.machine;
    },
  };
}

interface Execution {
  readonly arn: string;
  readonly machine: string;
  readonly status: string | undefined;
  readonly events: readonly HistoryEvent[];
}

async function executionsOf(client: SFNClient, machineArns: readonly string[]): Promise<readonly Execution[]> {
  const found: Execution[] = [];
  for (const machine of machineArns) {
    for await (const { executions = [] } of paginateListExecutions({ client }, { stateMachineArn: machine })) {
      for (const { executionArn: arn = '', status } of executions) {
        const events: HistoryEvent[] = [];
        for await (const page of paginateGetExecutionHistory({ client }, { executionArn: arn })) {
          events.push(...(page.events ?? []));
        }
        found.push({ arn, machine, status, events });
      }
    }
  }
  return found;
}

/** A machine that is stopped stops the executions that it waits for. */
function stops(events: readonly HistoryEvent[], aborted: ReadonlySet<string>): readonly Authorization[] {
  return events
    .flatMap(startedChild)
    .filter((child) => aborted.has(child))
    .map((child) => ask('states:StopExecution', child));
}

function startedChild({ taskSubmittedEventDetails: task }: HistoryEvent): readonly string[] {
  return task?.resourceType === 'states' ? [childStarted.parse(JSON.parse(task.output ?? '')).ExecutionArn] : [];
}

/** https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html and connect-stepfunctions.html */
function taskRequests(event: HistoryEvent): readonly Authorization[] {
  const described = startedChild(event).map((child) => ask('states:DescribeExecution', child));
  return event.taskScheduledEventDetails === undefined ? described : scheduled(event.taskScheduledEventDetails);
}

function scheduled({
  resourceType,
  resource,
  parameters = '',
  region,
}: TaskScheduledEventDetails): readonly Authorization[] {
  const task = `${resourceType}:${resource?.replace('.waitForTaskToken', '')}`;
  switch (task) {
    case 'lambda:invoke':
      return [ask('lambda:InvokeFunction', invocation.parse(JSON.parse(parameters)).FunctionName)];
    case 'states:startExecution.sync:2': {
      const machine = childStart.parse(JSON.parse(parameters)).StateMachineArn;
      const rule = `arn:aws:events:${region}:${machine.split(':')[4]}:rule/${CHILD_EVENTS_RULE}`;
      return [
        ask('states:StartExecution', machine),
        ...['events:PutTargets', 'events:PutRule', 'events:DescribeRule'].map((action) => ask(action, rule)),
      ];
    }
    default:
      throw new Error(`a machine calls ${task}, of which no permission is known`);
  }
}

/**
 * What Lambda does with the role of a function to read its event source.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-configure-lambda-function-trigger.html
 * https://docs.aws.amazon.com/lambda/latest/dg/services-ddb-create.html
 */
const EVENT_SOURCES: Readonly<Record<string, (source: string) => readonly Authorization[]>> = {
  sqs: (queue) =>
    ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'].map((action) => ask(action, queue)),
  dynamodb: (stream) => [
    ...['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'].map((action) =>
      ask(action, stream),
    ),
    // Asked for when the mapping is created, of no resource.
    ask('dynamodb:ListStreams', '*'),
  ],
};

/** Counted for functions that called anything: nothing else wakes a function that has an event source. */
export async function eventSourceCalls(endpoint: string, calls: readonly RecordedCall[]): Promise<readonly Request[]> {
  const client = new LambdaClient(clientOptions(endpoint));
  const awake = new Set(calls.map(({ caller }) => caller));
  const requests: Request[] = [];
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client }, {})) {
    for (const { EventSourceArn: source = '', FunctionArn = '' } of EventSourceMappings) {
      const caller = functionName(FunctionArn);
      const read = EVENT_SOURCES[source.split(':')[2] ?? ''];
      if (read === undefined) throw new Error(`nobody knows how Lambda reads ${source}`);
      if (awake.has(caller)) requests.push(...read(source).map((one) => ({ ...one, caller })));
    }
  }
  return requests;
}

const schedule = z.object({ Target: z.object({ Arn: z.string(), RoleArn: z.string() }) });

/**
 * What Scheduler does with the role that a function gave it: it invokes the target. Counted for targets that called
 * anything and that no machine invoked.
 */
export function schedulerCalls(calls: readonly RecordedCall[], machines: MachineCalls): readonly Request[] {
  const awake = new Set(calls.map(({ caller }) => caller));
  const invoked = new Set(machines.requests.map(({ resource }) => resource));
  return calls
    .filter(({ service, method }) => service === 'scheduler' && method === 'POST')
    .map(({ body }) => schedule.parse(JSON.parse(body)).Target)
    .filter(({ Arn }) => awake.has(functionName(Arn)) && !invoked.has(Arn))
    .map(({ Arn, RoleArn }) => ({ ...ask('lambda:InvokeFunction', Arn), caller: RoleArn }));
}

function functionName(arn: string): string {
  return arn.split(':')[6] ?? arn;
}

function ask(action: string, resource: string): Authorization {
  return { action, resource, context: {} };
}
