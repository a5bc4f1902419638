import { startChildren } from './children.ts';
import type { ChoiceRule, ChoiceState, FailState, State, WaitState } from './definition.ts';
import { catcherFor, nextRetry } from './errors.ts';
import type { Failure, Thread, Transition } from './execution.ts';
import { EvaluationError, evaluate, evaluateAs, requireSeconds } from './expressions.ts';
import type { Json, JsonObject } from './json.ts';
import { closeRun } from './map/run.ts';
import { scheduleTask } from './tasks.ts';
import { parseMoment } from './times.ts';
import {
  canFailSoftly,
  causeInState,
  emit,
  failureFields,
  guarded,
  noteTransition,
  requireWithinLimit,
  scopeOf,
  stateOf,
  type Turn,
  visitOf,
} from './turn.ts';

/** Enters the state that a thread goes to next, and does its work. */
export async function enterState(turn: Turn, thread: Thread): Promise<void> {
  if (thread.next === undefined) return;
  enter(turn, thread, thread.next);
  await workOn(turn, thread);
}

/** Enters a state without doing its work. */
export function enter(turn: Turn, thread: Thread, next: NonNullable<Thread['next']>): void {
  delete thread.next;
  const state = stateOf(turn, thread, next.name);
  const enteredEventId = emit(turn, thread, `${state.Type}StateEntered`, {
    name: next.name,
    input: JSON.stringify(next.input),
    inputDetails: { truncated: false },
  });
  thread.visit = {
    name: next.name,
    input: next.input,
    enteredEventId,
    enteredAt: turn.ambient.now,
    attempts: [],
    retryCount: 0,
  };
}

/** Does the work of the state that a thread is in; a failure goes through Retry and Catch. */
export async function workOn(turn: Turn, thread: Thread): Promise<void> {
  const state = stateOf(turn, thread);
  const worked = await guarded(turn, thread, () => perform(turn, thread, state));
  const failure = 'failure' in worked ? worked.failure : worked.value;
  if (failure !== undefined) await failState(turn, thread, failure);
}

async function perform(turn: Turn, thread: Thread, state: State): Promise<Failure | undefined> {
  const { input } = visitOf(thread);
  switch (state.Type) {
    case 'Pass':
    case 'Succeed':
      await leave(turn, thread, state, input);
      return undefined;
    case 'Choice':
      return choose(turn, thread, state);
    case 'Wait':
      thread.waiting = { kind: 'timer', at: await wakeUpTime(turn, thread, state) };
      return undefined;
    case 'Fail':
      return failureOf(turn, thread, state);
    case 'Task':
      return scheduleTask(turn, thread);
    default:
      await startChildren(turn, thread, state);
      return undefined;
  }
}

/** Ends a state well: its Output and Assign are evaluated, then the thread goes on. */
export async function completeState(turn: Turn, thread: Thread, result?: Json): Promise<void> {
  const state = stateOf(turn, thread);
  const fallback = result === undefined ? visitOf(thread).input : result;
  const added: JsonObject = result === undefined ? {} : { result };
  const left = await guarded(turn, thread, () => leave(turn, thread, state, fallback, added));
  if ('failure' in left) await failState(turn, thread, left.failure);
}

async function leave(turn: Turn, thread: Thread, state: State, fallback: Json, added: JsonObject = {}): Promise<void> {
  const next = 'Next' in state && typeof state.Next === 'string' ? state.Next : undefined;
  await exit(turn, thread, {
    fields: state as Exit['fields'],
    fallback,
    added,
    by: next === undefined ? 'end' : 'next',
    next,
  });
}

interface Exit {
  /** Whose Output and Assign count: the state's, a choice rule's or a catcher's. */
  readonly fields: { readonly Output?: Json; readonly Assign?: JsonObject };
  /** Where they stand in the state: `Catch[0]/`; nothing for the state's own. */
  readonly place?: string;
  readonly fallback: Json;
  readonly added: JsonObject;
  readonly by: Transition['by'];
  readonly next: string | undefined;
}

async function exit(
  turn: Turn,
  thread: Thread,
  { fields, place = '', fallback, added, by, next }: Exit,
): Promise<void> {
  const scope = scopeOf(turn, thread, added);
  const assigned =
    fields.Assign === undefined ? undefined : ((await evaluate(fields.Assign, `${place}Assign`, scope)) as JsonObject);
  const output = fields.Output === undefined ? fallback : await evaluate(fields.Output, `${place}Output`, scope);
  const state = stateOf(turn, thread);
  const text = JSON.stringify(output);
  requireWithinLimit(text, visitOf(thread).name);
  delete thread.waiting;
  Object.assign(thread.variables, assigned ?? {});
  emit(turn, thread, `${state.Type}StateExited`, {
    name: visitOf(thread).name,
    output: text,
    outputDetails: { truncated: false },
    ...(assigned === undefined || Object.keys(assigned).length === 0
      ? {}
      : {
          assignedVariables: Object.fromEntries(
            Object.entries(assigned).map(([name, value]) => [name, JSON.stringify(value)]),
          ),
          assignedVariablesDetails: { truncated: false },
        }),
  });
  noteTransition(turn, thread, by, next);
  if (next === undefined) thread.ended = { output };
  else thread.next = { name: next, input: output };
}

async function choose(turn: Turn, thread: Thread, state: ChoiceState): Promise<Failure | undefined> {
  const visit = visitOf(thread);
  const scope = scopeOf(turn, thread);
  for (const [index, rule] of state.Choices.entries()) {
    if (await holds(rule, index, scope)) {
      await exit(turn, thread, {
        fields: rule,
        place: `Choices[${index}]/`,
        fallback: visit.input,
        added: {},
        by: `choice ${index}`,
        next: rule.Next,
      });
      return undefined;
    }
  }
  if (state.Default === undefined) {
    return {
      error: 'States.NoChoiceMatched',
      cause: causeInState(visit, 'Failed to transition out of the state. The state does not point to a next state.'),
    };
  }
  await exit(turn, thread, {
    fields: state,
    fallback: visit.input,
    added: {},
    by: 'default',
    next: state.Default,
  });
  return undefined;
}

async function holds(rule: ChoiceRule, index: number, scope: ReturnType<typeof scopeOf>): Promise<boolean> {
  if (typeof rule.Condition === 'boolean') return rule.Condition;
  return await evaluateAs('boolean', rule.Condition, `Choices[${index}]/Condition`, scope);
}

async function wakeUpTime(turn: Turn, thread: Thread, state: WaitState): Promise<number> {
  const scope = scopeOf(turn, thread);
  if (state.Seconds !== undefined) {
    const seconds = await evaluateAs('number', state.Seconds, 'Seconds', scope);
    if (seconds < 0) throw new EvaluationError('Seconds', `The Seconds field must not be negative: ${seconds}`);
    requireSeconds(seconds, 'Seconds');
    return turn.ambient.now + seconds * 1000;
  }
  const timestamp = await evaluateAs('string', state.Timestamp ?? '', 'Timestamp', scope);
  const at = parseMoment(timestamp);
  if (at === undefined) {
    throw new EvaluationError(
      'Timestamp',
      `The Timestamp field cannot be parsed as an ISO-8601 extended offset date-time format string: ${timestamp}`,
    );
  }
  return Math.max(at, turn.ambient.now);
}

async function failureOf(turn: Turn, thread: Thread, state: FailState): Promise<Failure> {
  const scope = scopeOf(turn, thread);
  return {
    ...(state.Error === undefined ? {} : { error: await evaluateAs('string', state.Error, 'Error', scope) }),
    ...(state.Cause === undefined ? {} : { cause: await evaluateAs('string', state.Cause, 'Cause', scope) }),
  };
}

/** Takes a failure of a state to its Retry, then to its Catch, then out of the thread. */
export async function failState(turn: Turn, thread: Thread, failure: Failure): Promise<void> {
  const state = stateOf(turn, thread);
  const visit = visitOf(thread);
  turn.failures.push(failure);
  closeRun(turn, thread, 'FAILED', failure);
  delete thread.waiting;
  if (!canFailSoftly(state)) {
    noteTransition(turn, thread, 'failed');
    thread.ended = { failure };
    return;
  }
  const retry = nextRetry(state.Retry ?? [], visit.attempts, failure, turn.random.number);
  if (retry !== undefined) {
    visit.attempts[retry.index] = (visit.attempts[retry.index] ?? 0) + 1;
    visit.retryCount += 1;
    delete visit.left;
    noteTransition(turn, thread, `retry ${retry.index}`, visit.name);
    thread.waiting = { kind: 'retry', at: turn.ambient.now + retry.delayMs };
    return;
  }
  if (state.Type !== 'Task') emit(turn, thread, `${state.Type}StateFailed`, failureFields(failure));
  await catchFailure(turn, thread, state.Catch ?? [], failure);
}

async function catchFailure(
  turn: Turn,
  thread: Thread,
  catchers: NonNullable<Extract<State, { Type: 'Task' }>['Catch']>,
  failure: Failure,
): Promise<void> {
  const index = catcherFor(catchers, failure);
  const catcher = catchers[index];
  if (catcher === undefined) {
    noteTransition(turn, thread, 'failed');
    thread.ended = { failure };
    return;
  }
  const errorOutput: JsonObject = { Error: failure.error ?? null, Cause: failure.cause ?? null };
  const caught = await guarded(turn, thread, () =>
    exit(turn, thread, {
      fields: catcher,
      place: `Catch[${index}]/`,
      fallback: errorOutput,
      added: { errorOutput },
      by: `catch ${index}`,
      next: catcher.Next,
    }),
  );
  if ('failure' in caught) thread.ended = caught;
}
