import { isDeepStrictEqual } from 'node:util';
import type { MachineDefinition } from './definition.ts';
import type { ExecutionState } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { isObject, type Json } from './json.ts';
import { InvalidDefinition } from './problems.ts';
import { resourceOf } from './resources.ts';
import { readTaskToken, type TaskAnswer } from './tasks.ts';
import { parseDefinition, parseDefinitionText } from './validate.ts';
import { runVirtually } from './virtual-engine.ts';

/** A recording of the real service; see the README beside the data. */
export interface ConformanceCase {
  readonly id: string;
  readonly kind: string;
  readonly queryLanguage?: string;
  readonly definition: unknown;
  readonly definitionText?: string;
  readonly input?: Json;
  readonly taskResults?: { readonly [state: string]: readonly TaskResult[] };
  readonly eventOrder?: string;
  readonly ignore?: readonly string[];
  readonly expected: { readonly [field: string]: Json };
}

interface TaskResult {
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly timeout?: boolean;
}

const MACHINE = 'arn:aws:states:us-east-1:111111111111:stateMachine:conformance';
const LONGEST_RUN_MS = 366 * 86_400_000;

/** Runs a case; the differences from the recording, none when it conforms. */
export async function differences(recorded: ConformanceCase): Promise<string[]> {
  return recorded.kind === 'create-error' ? refusalDifferences(recorded) : executionDifferences(recorded);
}

/** The definition as it is run: with the query language where the recording does not depend on it. */
function definitionOf({ kind, definition, definitionText, queryLanguage }: ConformanceCase): MachineDefinition {
  if (!isObject(definition)) return parseDefinitionText(definitionText ?? '');
  const named = withActivities(definition) as { [key: string]: unknown };
  const isNeutral = queryLanguage === 'neutral' && kind !== 'create-error';
  return parseDefinition(isNeutral ? { QueryLanguage: 'JSONata', ...named } : named);
}

/** The recordings name an activity by a placeholder. */
function withActivities(value: unknown): unknown {
  if (value === 'activity_arn') return 'arn:aws:states:us-east-1:111111111111:activity:recorded';
  if (Array.isArray(value)) return value.map(withActivities);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withActivities(inner)]));
}

function refusalDifferences(recorded: ConformanceCase): string[] {
  const { message, diagnostics } = recorded.expected;
  let refusal = new InvalidDefinition([]);
  try {
    definitionOf(recorded);
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    refusal = error;
  }
  if (message !== undefined) return compare('message', message, refusal.message, true);
  const found = refusal.problems.map((problem) => ({ severity: 'ERROR', ...problem }));
  return compare('diagnostics', diagnostics, found, true);
}

async function executionDifferences(recorded: ConformanceCase): Promise<string[]> {
  const { engine, callbacks } = engineFor(recorded);
  const arn = await engine.start(MACHINE, recorded.input ?? {});
  const end = engine.now().getTime() + LONGEST_RUN_MS;
  for (;;) {
    await engine.settle();
    const callback = callbacks.shift();
    const next = engine.nextTimer();
    if (callback !== undefined) await callback();
    else if (next !== undefined && next.getTime() <= end) await engine.advanceTo(next);
    else break;
  }
  const { status, output, error, cause } = engine.describe(arn);
  const found: { [field: string]: unknown } = withPlaceholders({
    status,
    output,
    error,
    cause,
    ...observed(engine.history(arn)),
  });
  // An execution that was still running when it was recorded has no status.
  const expected = { ...recorded.expected, status: recorded.expected.status ?? 'RUNNING' };
  const inOrder = recorded.eventOrder === undefined;
  return Object.entries(expected).flatMap(([field, value]) =>
    compare(field, value, found[field], inOrder, recorded.ignore),
  );
}

/** An engine that answers tasks from the recording; replies to tasks that wait for one are queued as callbacks. */
function engineFor(recorded: ConformanceCase) {
  const results = new Map(Object.entries(recorded.taskResults ?? {}).map(([name, list]) => [name, [...list]]));
  const callbacks: (() => Promise<unknown>)[] = [];
  const engine = runVirtually({
    machines: new Map([[MACHINE, definitionOf(recorded)]]),
    tasks: (running) => ({
      children: {
        isChildTask: () => false,
        ended: () => undefined,
        start: () => Promise.reject(new Error('Nested executions are answered from the recording')),
      },
      runTask: async ({ taskId, resource }, execution) => {
        const result = results.get(stateOf(execution, taskId))?.shift();
        if (result === undefined) throw new Error('The recording has no answer for this attempt');
        if (resourceOf(resource).pattern === 'request') return result.timeout ? undefined : answerOf(result);
        if (!result.timeout) {
          const end = { kind: 'task-answered', taskId, answer: jobEnd(result) } as const;
          callbacks.push(() => running().dispatch(execution.arn, end));
        }
        return { kind: 'submitted', output: {} };
      },
    }),
  });
  return { engine, callbacks };
}

function answerOf({ output, error, cause }: TaskResult): TaskAnswer {
  return output === undefined ? { kind: 'failed', ...failure(error, cause) } : { kind: 'succeeded', output };
}

function jobEnd({ output, error, cause }: TaskResult): TaskAnswer {
  return output === undefined ? { kind: 'job-ended', ...failure(error, cause) } : { kind: 'job-ended', output };
}

function failure(error: string | undefined, cause: string | undefined) {
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}

function stateOf(execution: ExecutionState, taskId: number): string {
  const thread = Object.values(execution.threads).find(
    ({ waiting }) => waiting?.kind === 'task' && waiting.task.id === taskId,
  );
  return thread?.visit?.name ?? '';
}

/** A history in the form of the recordings. */
function observed(history: readonly HistoryEvent[]): { [field: string]: unknown } {
  const entered = history.filter(({ type }) => type.endsWith('StateEntered'));
  const scheduled: { [state: string]: unknown[] } = {};
  let evaluationFailed: unknown[] | undefined;
  for (const event of history) {
    if (event.type === 'EvaluationFailed') evaluationFailed = [...(evaluationFailed ?? []), event.details];
    if (!/^(Task|LambdaFunction|Activity)Scheduled$/.test(event.type)) continue;
    const name = stateAround(history, event);
    scheduled[name] = [...(scheduled[name] ?? []), scheduledFields(event)];
  }
  const lengths = history.filter(({ type }) => type === 'MapStateStarted').map(({ details }) => details?.length);
  return {
    eventTypes: history.map(({ type }) => type),
    statesEntered: entered.map(({ details }) => details?.name),
    stateInputs: entered.map(({ details }) => ({ name: details?.name, input: parsed(details?.input) })),
    stateExits: history.filter(({ type }) => type.endsWith('StateExited')).map(exitFields),
    mapLengths: lengths,
    scheduled,
    evaluationFailed,
  };
}

/** Task tokens as the recordings have them: numbered in the order in which they appear. */
function withPlaceholders<T>(found: T): T {
  const numbers = new Map<unknown, number>();
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string' && readTaskToken(value) !== undefined) {
      if (!numbers.has(value)) numbers.set(value, numbers.size + 1);
      return `<task_token:${numbers.get(value)}>`;
    }
    if (Array.isArray(value)) return value.map(replaced);
    if (!isObject(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, replaced(inner)]));
  };
  return replaced(found) as T;
}

function stateAround(history: readonly HistoryEvent[], event: HistoryEvent): string {
  const before = history[event.previousEventId - 1];
  if (before === undefined) return '';
  return before.type.endsWith('StateEntered') ? String(before.details?.name) : stateAround(history, before);
}

function scheduledFields({ details = {} }: HistoryEvent): unknown {
  const { parameters, input, timeoutInSeconds, heartbeatInSeconds } = details;
  return {
    arguments: parsed(parameters ?? input),
    ...(timeoutInSeconds === undefined ? {} : { timeoutSeconds: timeoutInSeconds }),
    ...(heartbeatInSeconds === undefined ? {} : { heartbeatSeconds: heartbeatInSeconds }),
  };
}

function exitFields({ details = {} }: HistoryEvent): unknown {
  const assigned = details.assignedVariables;
  const variables = isObject(assigned)
    ? Object.fromEntries(Object.entries(assigned).map(([name, value]) => [name, parsed(value)]))
    : undefined;
  return {
    name: details.name,
    output: parsed(details.output),
    ...(variables === undefined ? {} : { assignedVariables: variables }),
  };
}

function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Causes that are JSON are compared as JSON; lists of concurrent events as bags. */
function compare(
  field: string,
  wanted: unknown,
  found: unknown,
  inOrder: boolean,
  ignore: readonly string[] = [],
): string[] {
  const form = (value: unknown): unknown => {
    const kept = without(value, `expected.${field}`, ignore);
    if (field === 'cause' || field === 'evaluationFailed') return parsed(kept);
    return !inOrder && Array.isArray(kept) && field !== 'output' ? kept.map(sortedText).toSorted() : kept;
  };
  if (isDeepStrictEqual(form(wanted), form(found))) return [];
  return [`${field}\n    recorded: ${text(form(wanted))}\n    here:     ${text(form(found))}`];
}

function without(value: unknown, path: string, ignore: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => without(item, `${path}[${index}]`, ignore));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ignore.includes(`${path}.${key}`))
      .map(([key, inner]) => [key, without(inner, `${path}.${key}`, ignore)]),
  );
}

/** JSON text in which the order of keys does not count. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
