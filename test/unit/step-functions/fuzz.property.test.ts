import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Advance,
  advance,
  type ExecutionInput,
  nextDeadline,
  openCommands,
} from '../../../local/step-functions/advance.ts';
import type { ExecutionState } from '../../../local/step-functions/execution.ts';
import { HISTORY_LIMIT } from '../../../local/step-functions/history.ts';
import { InvalidDefinition } from '../../../local/step-functions/problems.ts';
import type { TaskAnswer } from '../../../local/step-functions/tasks.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';
import { anyMachine, ERRORS } from './arbitrary-machines.ts';
import { call, endless, engineFor, executionOf, machine, returned, run, runToEnd, threw } from './support.ts';

const json = fc.jsonValue({ maxDepth: 3 });

/** What a journal gives back: text that was read again. */
function kept<Value>(value: Value): Value {
  return JSON.parse(JSON.stringify(value));
}

const answer: fc.Arbitrary<TaskAnswer> = fc.oneof(
  fc.record({
    kind: fc.constant('lambda' as const),
    requestId: fc.constant('r'),
    outcome: fc.oneof(
      json.map((payload) => ({ kind: 'returned' as const, payload })),
      fc.constantFrom(...ERRORS).map((errorType) => ({ kind: 'threw' as const, errorType, errorMessage: 'no' })),
      fc.constant({ kind: 'timed-out' as const }),
    ),
  }),
  fc.constantFrom<TaskAnswer>(
    { kind: 'submitted', output: {} },
    { kind: 'succeeded', output: { done: true } },
    { kind: 'job-ended', output: {} },
    { kind: 'job-ended', error: 'Busy' },
    { kind: 'failed', error: 'Busy', cause: 'no' },
    { kind: 'failed' },
  ),
);

/** Something that happens to an execution, made for the state that it is in: mostly it fits, else it comes too late. */
type Event = (state: ExecutionState) => ExecutionInput;

const openTasks = (state: ExecutionState) =>
  Object.values(state.threads).flatMap(({ waiting }) => (waiting?.kind === 'task' ? [waiting.task] : []));
const openGroups = (state: ExecutionState) =>
  Object.values(state.threads).flatMap(({ waiting }) => (waiting?.kind === 'children' ? [waiting.group] : []));

const firstGroup = (state: ExecutionState) => openGroups(state)[0]?.startedEventId ?? 1;

const event: fc.Arbitrary<Event> = fc.oneof(
  { weight: 6, arbitrary: fc.constant<Event>(() => ({ kind: 'time-passed' })) },
  {
    weight: 8,
    arbitrary: fc.tuple(answer, fc.nat({ max: 3 })).map<Event>(([given, which]) => (state) => {
      const tasks = openTasks(state);
      return { kind: 'task-answered', taskId: tasks[which % Math.max(tasks.length, 1)]?.id ?? which, answer: given };
    }),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(fc.nat({ max: 2 }), fc.nat({ max: 3 })).map<Event>(([kind, which]) => (state) => {
      const token = openTasks(state)[which]?.token ?? 'unknown';
      if (kind === 0) return { kind: 'token-succeeded', token, output: 1 };
      return kind === 1 ? { kind: 'token-failed', token, error: 'Busy' } : { kind: 'token-heartbeat', token };
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat({ max: 3 }), fc.boolean()).map<Event>(([index, isFailed]) => (state) => ({
      kind: 'item-ended',
      ended: {
        groupId: firstGroup(state),
        index,
        redriveCount: state.redriveCount,
        stoppedAt: 0,
        ...(isFailed ? { status: 'FAILED', error: 'Busy' } : { status: 'SUCCEEDED', output: index }),
      },
    })),
  },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 2 }).map<Event>((kind) => (state) => {
      const groupId = firstGroup(state);
      return kind === 0
        ? { kind: 'items-read', groupId, content: { failed: 'there is nothing' } }
        : { kind: 'results-written', groupId, ...(kind === 1 ? { failed: 'no place' } : {}) };
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Event>(
      () => ({ kind: 'stopped' }),
      () => ({ kind: 'redriven' }),
    ),
  },
);

/** Plays events on an execution; the clock is a little behind, at, or past the next deadline. */
async function play(
  first: ExecutionState,
  events: readonly Event[],
  look: (before: ExecutionState, step: Advance, input: ExecutionInput) => void,
) {
  let state = first;
  let now = 0;
  const history: unknown[] = [];
  const journal: { readonly input: ExecutionInput; readonly now: number; readonly seed: string }[] = [];
  for (const [index, next] of [(): ExecutionInput => ({ kind: 'started' }), ...events].entries()) {
    const input = next(state);
    if (input.kind === 'time-passed') now = Math.max(now, (nextDeadline(state) ?? now) - (index % 3 === 0 ? 1 : 0));
    const ambient = { now, seed: `s${index}` };
    const text = JSON.stringify(state);
    const step = await advance(state, input, ambient);
    expect(JSON.stringify(state)).toBe(text);
    look(state, step, input);
    if (step.accepted) {
      journal.push({ input, ...ambient });
      history.push(...step.events);
      state = kept(step.state);
    }
  }
  return { state, history, journal };
}

describe('whatever happens to an execution', () => {
  it('never throws, always goes on or waits for something, and changes nothing that has ended', async () => {
    await fc.assert(
      fc.asyncProperty(anyMachine, fc.array(event, { maxLength: 25 }), json, async (definition, events, input) => {
        await play(executionOf(definition, input), events, (before, step, given) => {
          const { state } = step;
          if (before.status !== 'RUNNING' && given.kind !== 'redriven') expect(step.accepted).toBe(false);
          if (!step.accepted) return;
          // Each step is told by the history, or is a sign of life, or a child's that others still run beside.
          const isQuiet = ['token-heartbeat', 'item-ended', 'task-answered', 'time-passed'].includes(given.kind);
          if (!isQuiet) expect(step.events.length).toBeGreaterThan(0);
          expect(step.events.map(({ id }) => id)).toEqual(
            step.events.map((_event, index) => before.lastEventId + 1 + index),
          );
          if (state.status !== 'RUNNING') return;
          const waits = Object.values(state.threads).filter(({ waiting }) => waiting !== undefined);
          expect(waits.length).toBeGreaterThan(0);
          expect(
            Object.values(state.threads).every(({ next, ended }) => next === undefined && ended === undefined),
          ).toBe(true);
          const isDue = nextDeadline(state) !== undefined || openCommands(state).length > 0;
          expect(
            isDue ||
              openGroups(state).some((group) => group.run?.records.some((record) => record?.status === 'RUNNING')),
          ).toBe(true);
        });
      }),
      { numRuns: 200 },
    );
  });

  it('is told by its journal: the same inputs give the same state and history again', async () => {
    await fc.assert(
      fc.asyncProperty(anyMachine, fc.array(event, { maxLength: 15 }), async (definition, events) => {
        const first = executionOf(definition);
        const { state, history, journal } = await play(first, events, () => undefined);

        let again = first;
        const told: unknown[] = [];
        for (const { input, ...ambient } of kept(journal)) {
          const step = await advance(again, input, ambient);
          told.push(...step.events);
          again = kept(step.state);
        }

        expect(again).toEqual(state);
        expect(kept(told)).toEqual(kept(history));
      }),
      { numRuns: 100 },
    );
  });
});

describe('any machine on virtual time', () => {
  it('comes to an end with a sound history, and to the same one when the engine is killed at any rest', async () => {
    const plan = fc.record({
      definition: anyMachine,
      seed: fc.integer({ min: 1, max: 1_000 }),
      outcomes: fc.array(fc.constantFrom('return', 'throw', 'time out'), { minLength: 1, maxLength: 6 }),
      kills: fc.uniqueArray(fc.nat({ max: 12 }), { maxLength: 5 }),
    });
    await fc.assert(
      fc.asyncProperty(plan, async ({ definition, seed, outcomes, kills }) => {
        const toEnd = async (killed: readonly number[]) => {
          let calls = 0;
          const respond = () => {
            calls += 1;
            const outcome = outcomes[calls % outcomes.length];
            if (outcome === 'throw') return threw(ERRORS[calls % ERRORS.length] ?? '');
            return outcome === 'time out' ? ({ kind: 'timed-out' } as const) : returned({ calls });
          };
          const engine = engineFor(definition, { f: respond, ask: respond }, seed);
          const arn = await run(engine, { a: 1 });
          for (let rest = 0; engine.nextTimer() !== undefined; rest += 1) {
            if (killed.includes(rest)) await engine.restart();
            await engine.advanceTo(engine.nextTimer() ?? engine.now());
          }
          return { status: engine.describe(arn).status, history: engine.history(arn) };
        };
        const { status, history } = await toEnd([]);

        expect(['SUCCEEDED', 'FAILED']).toContain(status);
        expect(history.at(-1)?.type).toBe(status === 'SUCCEEDED' ? 'ExecutionSucceeded' : 'ExecutionFailed');
        expect(history.map(({ id }) => id)).toEqual(history.map((_event, index) => index + 1));
        expect(history.every(({ id, previousEventId }) => previousEventId < id)).toBe(true);
        expect(await toEnd(kills)).toEqual({ status, history });
      }),
      { numRuns: 100 },
    );
  });

  it.each<[string, object]>([
    ['without a wait', endless({ Type: 'Pass' })],
    ['with a wait', endless({ Type: 'Wait', Seconds: 3_600 })],
    ['with a task', endless(call('f', { TimeoutSeconds: 5 }))],
    ['in a branch', { Both: { Type: 'Parallel', Branches: [machine(endless({ Type: 'Pass' }))], End: true } }],
    [
      'beside a branch that waits',
      {
        Both: {
          Type: 'Parallel',
          Branches: [machine({ Rest: { Type: 'Wait', Seconds: 60, End: true } }), machine(endless({ Type: 'Pass' }))],
          End: true,
        },
      },
    ],
  ])('an endless loop %s ends when the history is full', async (_, states) => {
    const ended = await runToEnd(machine(states));

    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(ended.history.at(-1)).toMatchObject({ id: HISTORY_LIMIT, type: 'ExecutionFailed' });
  });
});

describe('any JSON as a definition', () => {
  /** A definition with one place in it replaced by anything. */
  const spoilt = fc
    .record({ definition: anyMachine, where: fc.nat(), by: fc.option(json, { nil: undefined }) })
    .map(({ definition, where, by }) => {
      let place = where % JSON.stringify(definition).split(':').length;
      return kept(
        JSON.parse(JSON.stringify(definition), (_key, value) => {
          place -= 1;
          return place === -1 ? by : value;
        }) ?? null,
      );
    });

  it('is refused with what is wrong with it, or runs', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.oneof({ weight: 5, arbitrary: spoilt }, { weight: 1, arbitrary: json }),
        fc.array(event, { maxLength: 8 }),
        async (definition, events) => {
          try {
            parseDefinition(definition);
          } catch (error) {
            expect(error).toBeInstanceOf(InvalidDefinition);
            return;
          }
          await play(executionOf(definition), events, () => undefined);
        },
      ),
      { numRuns: 400 },
    );
  });
});
