import type { TaskRefusal } from './ambient.ts';
import type { ExecutionState } from './execution.ts';
import { toJson } from './json.ts';
import { resourceOf } from './resources.ts';
import type { TaskAnswer } from './tasks.ts';
import { failureFields, type RunTask } from './turn.ts';

/** The answer of one attempt of a task, in place of the service, the function or the machine that it calls. */
export type TaskMock =
  | { readonly output: unknown }
  | {
      readonly error?: string;
      readonly cause?: string;
      /** Where it fails, when not in its work: before it is scheduled, started, or taken by the service. */
      readonly at?: 'schedule' | 'start' | 'submit';
    }
  /** No answer comes; the task's own time-out ends it. */
  | { readonly timeout: true };

/** Answers by the names of states, each list in the order of the attempts. */
export type TaskMocks = { readonly [stateName: string]: readonly TaskMock[] };

/** Hands the answers out, each once. */
export interface MockedTasks {
  isMocked(stateName: string): boolean;
  /** The refusal that comes next, used up by it; undefined when the next answer is another one. */
  refusalOf(stateName: string): TaskRefusal | undefined;
  /** The next answer; throws when there is none left. */
  next(stateName: string): TaskMock;
}

/**
 * @param fallback - the list that answers for states without a list of their own, or with none left in it
 */
export function createMocks(mocks: TaskMocks, fallback: readonly TaskMock[] = []): MockedTasks {
  const lists = new Map(Object.entries(mocks).map(([name, list]) => [name, [...list]]));
  const rest = [...fallback];
  const listOf = (stateName: string): TaskMock[] => {
    const own = lists.get(stateName) ?? [];
    return own.length > 0 ? own : rest;
  };
  return {
    isMocked: (stateName) => lists.has(stateName) || rest.length > 0,
    refusalOf: (stateName) => {
      const [mock] = listOf(stateName);
      if (mock === undefined || !('at' in mock) || mock.at === undefined || mock.at === 'submit') return undefined;
      listOf(stateName).shift();
      return { phase: mock.at, ...failureFields(mock) };
    },
    next: (stateName) => {
      const mock = listOf(stateName).shift();
      if (mock === undefined) throw new Error(`The mocks have no answer left for the state ${stateName}`);
      return mock;
    },
  };
}

/** What a mock says of a task: the answer to its call, and then the end of what it waits for, if that comes. */
export function answersOf(
  mock: TaskMock,
  { resource }: RunTask,
): { readonly answer?: TaskAnswer; readonly end?: TaskAnswer } {
  const waits = resourceOf(resource).pattern !== 'request';
  const submitted: TaskAnswer = { kind: 'submitted', output: {} };
  if ('timeout' in mock) return waits ? { answer: submitted } : {};
  if ('output' in mock) {
    const output = toJson(mock.output);
    return waits
      ? { answer: submitted, end: { kind: 'job-ended', output } }
      : { answer: { kind: 'succeeded', output } };
  }
  const failed: TaskAnswer = { kind: 'failed', ...failureFields(mock) };
  if (!waits || mock.at === 'submit') return { answer: failed };
  return { answer: submitted, end: { kind: 'job-ended', ...failureFields(mock) } };
}

/** The name of the state that a task of an execution belongs to. */
export function stateOfTask(execution: ExecutionState, taskId: number): string {
  const thread = Object.values(execution.threads).find(
    ({ waiting }) => waiting?.kind === 'task' && waiting.task.id === taskId,
  );
  return thread?.visit?.name ?? '';
}
