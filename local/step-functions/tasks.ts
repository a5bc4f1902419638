import type { TaskRefusal } from './ambient.ts';
import type { TaskState } from './definition.ts';
import type { Failure, OpenTask, Thread } from './execution.ts';
import { EvaluationError, evaluate, evaluateAs, requireSeconds } from './expressions.ts';
import type { Json, JsonObject } from './json.ts';
import { exceedsPayloadLimit, isObject } from './json.ts';
import { type Resource, resourceOf, taskEventFields, taskEventType } from './resources.ts';
import {
  causeInState,
  dataLimitExceeded,
  emit,
  failureFields,
  type RunTask,
  requireWithinLimit,
  scopeOf,
  stateOf,
  type Turn,
  visitOf,
} from './turn.ts';

/** What became of a Lambda call. */
export type LambdaOutcome =
  | { readonly kind: 'returned'; readonly payload: unknown }
  | {
      readonly kind: 'threw';
      readonly errorType: string;
      readonly errorMessage: string;
      readonly trace?: readonly string[];
    }
  | { readonly kind: 'timed-out' };

/** What the outside reports of a task. */
export type TaskAnswer =
  | { readonly kind: 'lambda'; readonly outcome: LambdaOutcome; readonly requestId: string }
  /** The call has been accepted; the task goes on until its token or its child execution answers. */
  | {
      readonly kind: 'submitted';
      readonly output: Json;
      readonly childArn?: string;
      /** Where it is known already how the job ends. */
      readonly end?: Extract<TaskAnswer, { readonly kind: 'job-ended' }>;
    }
  | { readonly kind: 'succeeded'; readonly output: Json }
  /** The child execution that a submitted task waits for has ended. */
  | { readonly kind: 'job-ended'; readonly output: Json }
  | { readonly kind: 'job-ended'; readonly error?: string; readonly cause?: string }
  | { readonly kind: 'failed'; readonly error?: string; readonly cause?: string };

/**
 * Evaluates a task's fields and schedules an attempt; throws EvaluationError.
 *
 * @returns the failure of a task that is turned away before it has begun
 */
export async function scheduleTask(turn: Turn, thread: Thread): Promise<Failure | undefined> {
  const state = stateOf(turn, thread) as TaskState;
  const resource = resourceOf(state.Resource);
  const nextId = turn.state.lastEventId + 1;
  const token = resource.pattern === 'waitForTaskToken' ? taskToken(turn, nextId) : undefined;
  const scope = scopeOf(turn, thread, {}, token === undefined ? {} : { Task: { Token: token } });
  const args =
    state.Arguments === undefined ? visitOf(thread).input : await evaluate(state.Arguments, 'Arguments', scope);
  const timeout = await seconds(state.TimeoutSeconds, 'TimeoutSeconds', scope);
  const heartbeat = await seconds(state.HeartbeatSeconds, 'HeartbeatSeconds', scope);
  const roleArn = await roleOf(state, scope);

  const text = JSON.stringify(args);
  requireWithinLimit(text, state.Resource);
  const refusal = refusalOf(turn, thread, state.Resource);
  if (refusal?.phase === 'lookup') {
    const detail = `The ${resource.kind} ${state.Resource} does not exist.`;
    return { error: 'States.Runtime', cause: causeInState(visitOf(thread), detail) };
  }
  if (refusal?.phase === 'schedule') return refuse(turn, thread, resource, 'ScheduleFailed', refusal);
  const region = turn.state.arn.split(':')[3] ?? 'us-east-1';
  const id = emit(turn, thread, taskEventType(resource, 'Scheduled'), {
    ...taskEventFields(resource, 'Scheduled'),
    ...(resource.kind === 'service' ? { region, parameters: text } : { input: text }),
    ...(timeout === undefined ? {} : { timeoutInSeconds: timeout }),
    ...(heartbeat === undefined ? {} : { heartbeatInSeconds: heartbeat }),
    ...(roleArn === undefined ? {} : { taskCredentials: { roleArn } }),
  });
  if (refusal !== undefined) return refuse(turn, thread, resource, 'StartFailed', refusal);
  emit(turn, thread, taskEventType(resource, 'Started'), taskEventFields(resource, 'Started'));
  const task: OpenTask = {
    id,
    resource: state.Resource,
    arguments: args,
    submitted: false,
    ...(token === undefined ? {} : { token }),
    ...(timeout === undefined ? {} : { deadline: turn.ambient.now + timeout * 1000 }),
    ...(heartbeat === undefined
      ? {}
      : { heartbeatMs: heartbeat * 1000, heartbeatDeadline: turn.ambient.now + heartbeat * 1000 }),
    ...(resource.service === 'states' ? { childName: turn.random.uuid() } : {}),
  };
  thread.waiting = { kind: 'task', task };
  turn.commands.push(commandOf(task));
  return undefined;
}

/** The role in whose name a task is to run. Permissions are not checked here, but the expression must hold. */
async function roleOf(
  { Credentials: credentials }: TaskState,
  scope: ReturnType<typeof scopeOf>,
): Promise<Json | undefined> {
  if (credentials === undefined || credentials.RoleArn === undefined) return undefined;
  return evaluateAs('string', credentials.RoleArn, 'Credentials/RoleArn', scope);
}

function refusalOf(turn: Turn, thread: Thread, resource: string): TaskRefusal | undefined {
  return turn.ambient.refusalOf?.({ executionArn: turn.state.arn, stateName: visitOf(thread).name, resource });
}

function refuse(
  turn: Turn,
  thread: Thread,
  resource: Resource,
  phase: 'ScheduleFailed' | 'StartFailed' | 'SubmitFailed',
  failure: Failure,
): Failure {
  emit(turn, thread, taskEventType(resource, phase), {
    ...taskEventFields(resource, phase),
    ...failureFields(failure),
  });
  return failure;
}

/** The command that runs an open task, also after a restart. */
export function commandOf(task: OpenTask): RunTask {
  return {
    kind: 'run-task',
    taskId: task.id,
    resource: task.resource,
    arguments: task.arguments,
    ...(task.childName === undefined ? {} : { childName: task.childName }),
  };
}

async function seconds(
  field: number | string | undefined,
  location: 'TimeoutSeconds' | 'HeartbeatSeconds',
  scope: ReturnType<typeof scopeOf>,
): Promise<number | undefined> {
  if (field === undefined) return undefined;
  const found = await evaluateAs('number', field, location, scope);
  if (!(Number.isInteger(found) && found > 0)) {
    throw new EvaluationError(location, `The ${location} field must be a positive integer: ${found}`);
  }
  requireSeconds(found, location);
  return found;
}

const TOKEN_MARK = 'sfn1';

/** A token names its execution and its attempt, so that a reply finds its way, and holds 64 random digits. */
function taskToken(turn: Turn, taskId: number): string {
  const text = [TOKEN_MARK, turn.state.arn, taskId, turn.random.hex()].join('|');
  return Buffer.from(text, 'utf8').toString('base64');
}

/** Where a task token belongs, or undefined for a text that is no token. */
export function readTaskToken(token: string): { readonly executionArn: string; readonly taskId: number } | undefined {
  const parts = Buffer.from(token, 'base64').toString('utf8').split('|');
  const [mark, executionArn, taskId, digits] = parts;
  if (parts.length !== 4 || mark !== TOKEN_MARK || executionArn === undefined || !/^\d+$/.test(taskId ?? '')) {
    return undefined;
  }
  return /^[0-9a-f]{64}$/.test(digits ?? '') ? { executionArn, taskId: Number(taskId) } : undefined;
}

/** The thread that waits for a task's answer, if it still does. */
export function waitingThread(
  threads: { readonly [id: string]: Thread },
  wanted: (task: OpenTask) => boolean,
): { readonly thread: Thread; readonly task: OpenTask } | undefined {
  for (const thread of Object.values(threads)) {
    if (thread.waiting?.kind === 'task' && wanted(thread.waiting.task)) return { thread, task: thread.waiting.task };
  }
  return undefined;
}

/** How a task went on: still open, done with a result, or failed. */
export type TaskEnd = { readonly result: Json } | { readonly failure: Failure } | undefined;

/** Takes an answer into the history; tells whether the task has ended by it. */
export function takeAnswer(turn: Turn, thread: Thread, task: OpenTask, answer: TaskAnswer): TaskEnd {
  const resource = resourceOf(task.resource);
  if (answer.kind === 'failed') {
    const { error, cause } = answer;
    const failure = { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
    // A task that waits for more than its call was never handed over.
    if (resource.pattern !== 'request') return { failure: refuse(turn, thread, resource, 'SubmitFailed', failure) };
    return failTask(turn, thread, task, failure);
  }
  if (answer.kind === 'job-ended') {
    return 'output' in answer ? completeTask(turn, thread, task, answer.output) : failTask(turn, thread, task, answer);
  }
  if (answer.kind === 'submitted') {
    submit(turn, thread, task, answer.output);
    if (answer.childArn !== undefined) task.childArn = answer.childArn;
    return undefined;
  }
  if (answer.kind === 'succeeded') {
    return resource.pattern === 'waitForTaskToken' && !task.submitted
      ? submit(turn, thread, task, answer.output)
      : completeTask(turn, thread, task, answer.output);
  }
  const { outcome } = answer;
  if (outcome.kind !== 'returned') return failTask(turn, thread, task, lambdaFailure(outcome, answer.requestId));
  const payload = outcome.payload === undefined ? null : (outcome.payload as Json);
  const output = resource.kind === 'service' ? lambdaResult(payload, task.arguments, answer.requestId) : payload;
  return resource.pattern === 'waitForTaskToken'
    ? submit(turn, thread, task, output)
    : completeTask(turn, thread, task, output);
}

function submit(turn: Turn, thread: Thread, task: OpenTask, output: Json): undefined {
  task.submitted = true;
  const resource = resourceOf(task.resource);
  emit(turn, thread, 'TaskSubmitted', {
    ...taskEventFields(resource, 'Submitted'),
    output: JSON.stringify(output),
    outputDetails: { truncated: false },
  });
}

/** Ends a task with its result. */
export function completeTask(turn: Turn, thread: Thread, task: OpenTask, output: Json): TaskEnd {
  const resource = resourceOf(task.resource);
  const text = JSON.stringify(output);
  if (exceedsPayloadLimit(text)) return failTask(turn, thread, task, dataLimitExceeded(task.resource));
  emit(turn, thread, taskEventType(resource, 'Succeeded'), {
    ...taskEventFields(resource, 'Succeeded'),
    output: text,
    outputDetails: { truncated: false },
  });
  return { result: output };
}

/** Ends a task with an error. */
export function failTask(turn: Turn, thread: Thread, task: OpenTask, failure: Failure): TaskEnd {
  const resource = resourceOf(task.resource);
  emit(turn, thread, taskEventType(resource, 'Failed'), {
    ...taskEventFields(resource, 'Failed'),
    ...failureFields(failure),
  });
  return { failure };
}

/** Ends a task whose time is over; a missed heartbeat is marked so that its own name matches it. */
export function timeOutTask(turn: Turn, thread: Thread, task: OpenTask, heartbeat: boolean): TaskEnd {
  const resource = resourceOf(task.resource);
  emit(turn, thread, taskEventType(resource, 'TimedOut'), {
    ...taskEventFields(resource, 'TimedOut'),
    error: 'States.Timeout',
  });
  if (task.childArn !== undefined) turn.commands.push({ kind: 'stop-child', executionArn: task.childArn });
  return { failure: { error: 'States.Timeout', ...(heartbeat ? { heartbeat } : {}) } };
}

function lambdaFailure(
  outcome: Exclude<LambdaOutcome, { kind: 'returned' }>,
  requestId: string,
): { readonly error: string; readonly cause: string } {
  if (outcome.kind === 'timed-out') {
    const errorMessage = `RequestId: ${requestId} Error: Task timed out`;
    return { error: 'Sandbox.Timedout', cause: JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }) };
  }
  const { errorType, errorMessage, trace } = outcome;
  return { error: errorType, cause: JSON.stringify({ errorType, errorMessage, ...(trace ? { trace } : {}) }) };
}

/** The result of the optimised integration `lambda:invoke`, as AWS shapes it. */
function lambdaResult(payload: Json, args: Json, requestId: string): JsonObject {
  const text = JSON.stringify(payload);
  const qualifier = isObject(args) && typeof args.Qualifier === 'string' ? args.Qualifier : '$LATEST';
  const headers: { [name: string]: string } = {
    Connection: 'keep-alive',
    'Content-Length': String(Buffer.byteLength(text)),
    'Content-Type': 'application/json',
    'X-Amz-Executed-Version': qualifier,
    'x-amzn-RequestId': requestId,
    'x-amzn-Remapped-Content-Length': '0',
  };
  return {
    ExecutedVersion: qualifier,
    Payload: payload,
    SdkHttpMetadata: {
      AllHttpHeaders: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]])),
      HttpHeaders: headers,
      HttpStatusCode: 200,
    },
    SdkResponseMetadata: { RequestId: requestId },
    StatusCode: 200,
  };
}
