import type { MachineDefinition } from '../definition.ts';
import { requireExpress } from '../express.ts';
import type { HistoryEvent } from '../history.ts';
import { isObject } from '../json.ts';
import { memoryObjects } from '../map/memory-objects.ts';
import { answersOf, createMocks, stateOfTask, type TaskMock } from '../mocks.ts';
import { InvalidDefinition } from '../problems.ts';
import { resourceOf } from '../resources.ts';
import { readTaskToken } from '../tasks.ts';
import { parseDefinition, parseDefinitionText } from '../validate.ts';
import { runVirtually } from '../virtual-engine.ts';
import { compare, parsed } from './compare.ts';
import type { ConformanceCase, TaskResult } from './format.ts';
import { testStateDifferences } from './test-state.ts';

const MACHINE = 'arn:aws:states:us-east-1:111111111111:stateMachine:conformance';
const LONGEST_RUN_MS = 366 * 86_400_000;

/** Runs a case; the differences from the recording, none when it conforms. */
export async function differences(recorded: ConformanceCase): Promise<string[]> {
  if (recorded.kind === 'create-error') return refusalDifferences(recorded);
  return recorded.kind === 'test-state' ? testStateDifferences(recorded) : executionDifferences(recorded);
}

/** The definition as it is run: with the query language where the recording does not depend on it. */
function definitionOf({ kind, definition, definitionText, queryLanguage }: ConformanceCase): MachineDefinition {
  if (!isObject(definition)) return parseDefinitionText(definitionText ?? '');
  const named = withActivities(definition) as { [key: string]: unknown };
  const isNeutral = queryLanguage === 'neutral' && kind !== 'create-error';
  return parseDefinition(isNeutral ? { QueryLanguage: 'JSONata', ...named } : named);
}

/** The recordings name an activity by a placeholder. */
const ACTIVITY_NAME = 'activity_arn';
const ACTIVITY_ARN = 'arn:aws:states:us-east-1:111111111111:activity:recorded';

function withActivities(value: unknown): unknown {
  if (value === ACTIVITY_NAME) return ACTIVITY_ARN;
  if (Array.isArray(value)) return value.map(withActivities);
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withActivities(inner)]));
}

function refusalDifferences(recorded: ConformanceCase): string[] {
  const { message, diagnostics } = recorded.expected;
  let refusal = new InvalidDefinition([]);
  try {
    const definition = definitionOf(recorded);
    if (recorded.stateMachineType === 'EXPRESS') requireExpress(definition);
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    refusal = error;
  }
  if (message !== undefined) return compare('message', message, refusal.message, { inOrder: true });
  const found = refusal.problems.map((problem) => ({ severity: 'ERROR', ...problem }));
  return compare('diagnostics', diagnostics, found, { inOrder: true });
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
  const comparison = { inOrder: recorded.eventOrder === undefined, ignore: recorded.ignore };
  return Object.entries(expected).flatMap(([field, value]) =>
    field === 'scheduled' && isObject(value) && UNATTRIBUTED in value
      ? compare(field, Object.values(value).flat(), Object.values(found.scheduled ?? {}).flat(), {
          ...comparison,
          inOrder: false,
        })
      : compare(field, value, found[field], comparison),
  );
}

/** Answers that a recording does not attribute to a state stand under this name. */
const UNATTRIBUTED = '?';

/** An engine that answers tasks from the recording; replies to tasks that wait for one are queued as callbacks. */
function engineFor(recorded: ConformanceCase) {
  const { [UNATTRIBUTED]: anybodys = [], ...results } = recorded.taskResults ?? {};
  const mocks = Object.fromEntries(Object.entries(results).map(([name, list]) => [name, list.map(mockOf)]));
  const answers = createMocks(mocks, anybodys.map(mockOf));
  const callbacks: (() => Promise<unknown>)[] = [];
  const engine = runVirtually({
    machines: new Map([[MACHINE, definitionOf(recorded)]]),
    tasks: (running) => ({
      objects: memoryObjects(recorded.fixtures?.s3),
      children: {
        isChildTask: () => false,
        ended: () => undefined,
        start: () => Promise.reject(new Error('Nested executions are answered from the recording')),
      },
      refusalOf: ({ stateName, resource }) =>
        resourceOf(resource).kind === 'activity' && !answers.isMocked(stateName)
          ? { phase: 'lookup' }
          : answers.refusalOf(stateName),
      runTask: async (command, execution) => {
        const { taskId } = command;
        const { answer, end } = answersOf(answers.next(stateOfTask(execution, taskId)), command);
        if (end !== undefined) {
          callbacks.push(() => running().dispatch(execution.arn, { kind: 'task-answered', taskId, answer: end }));
        }
        return answer;
      },
    }),
  });
  return { engine, callbacks };
}

function mockOf({ output, timeout, event = '', error, cause }: TaskResult): TaskMock {
  if (timeout) return { timeout };
  if (output !== undefined) return { output };
  const phase = /(Schedule|Start|Submit)Failed$/.exec(event)?.[1]?.toLowerCase() as 'schedule' | 'start' | 'submit';
  return {
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
    ...(phase === undefined ? {} : { at: phase }),
  };
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

/** Activities and task tokens as the recordings have them: these numbered in the order in which they appear. */
function withPlaceholders<T>(found: T): T {
  const numbers = new Map<unknown, number>();
  const replaced = (value: unknown): unknown => {
    if (typeof value === 'string' && readTaskToken(value) !== undefined) {
      if (!numbers.has(value)) numbers.set(value, numbers.size + 1);
      return `<task_token:${numbers.get(value)}>`;
    }
    if (typeof value === 'string') return value.replaceAll(ACTIVITY_ARN, ACTIVITY_NAME);
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
