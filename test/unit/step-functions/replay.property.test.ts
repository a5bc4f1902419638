import fc from 'fast-check';
import { expect, it } from 'vitest';
import { advance, type ExecutionInput } from '../../../local/step-functions/advance.ts';
import type { ExecutionState } from '../../../local/step-functions/execution.ts';
import { ask, call, engineFor, executionOf, type Fn, MACHINE, machine, returned, threw } from './support.ts';

const ERRORS = ['Busy', 'Refused'];
const EXPRESSIONS = ['{% $states.input %}', '{% $states.context.State.Name %}', '{% $n + 1 %}', '{% $missing %}', 7];

/** A state's own part: how it moves on is added by {@link chainOf}. */
const state = (depth: number): fc.Arbitrary<object> => {
  const expression = fc.constantFrom(...EXPRESSIONS);
  const retry = fc.array(
    fc.record({
      ErrorEquals: fc.constantFrom(['Busy'], ['States.TaskFailed'], ['States.Timeout']),
      MaxAttempts: fc.nat({ max: 2 }),
      JitterStrategy: fc.constantFrom('FULL', 'NONE'),
    }),
    { maxLength: 2 },
  );
  const failing = { Retry: retry };
  const plain = [
    fc.record({ Type: fc.constant('Pass'), Output: expression, Assign: fc.record({ n: expression }) }),
    fc.record({ Type: fc.constant('Wait'), Seconds: fc.constantFrom(0, 5, '{% $n %}') }),
    fc
      .record({ more: fc.record({ ...failing, TimeoutSeconds: fc.integer({ min: 1, max: 9 }) }) })
      .map(({ more }) => call('f', more)),
    fc
      .record({ more: fc.record({ ...failing, TimeoutSeconds: fc.integer({ min: 1, max: 9 }) }) })
      .map(({ more }) => ask(more)),
  ];
  if (depth === 0) return fc.oneof(...plain);
  return fc.oneof(
    ...plain,
    fc.record({
      Type: fc.constant('Parallel'),
      Branches: fc.array(chain(depth - 1), { minLength: 1, maxLength: 3 }),
      ...failing,
    }),
    fc.record({
      Type: fc.constant('Map'),
      Items: fc.constantFrom([1, 2, 3], [], '{% $states.input %}'),
      ItemProcessor: fc
        .record({ processor: chain(depth - 1), Mode: fc.constantFrom('INLINE', 'DISTRIBUTED') })
        .map(({ processor, Mode }) => ({ ...processor, ProcessorConfig: { Mode } })),
      MaxConcurrency: fc.nat({ max: 2 }),
      ToleratedFailureCount: fc.nat({ max: 1 }),
      ...failing,
    }),
    fc.record({ own: distributed(depth - 1), retry }).map(({ own, retry: Retry }) => ({ ...own, Retry })),
  );
};

/** A Map with all that only a distributed one has. Its reader finds nothing, now and then nothing to write to. */
const distributed = (depth: number): fc.Arbitrary<object> =>
  fc.record(
    {
      Type: fc.constant('Map'),
      Items: fc.constantFrom([1, 2, 3, 4, 5], '{% $states.input %}'),
      ItemProcessor: chain(depth).map((processor) => ({ ...processor, ProcessorConfig: { Mode: 'DISTRIBUTED' } })),
      ItemBatcher: fc.record({ MaxItemsPerBatch: fc.integer({ min: 1, max: 3 }) }),
      ItemReader: fc.constant({
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Arguments: { Bucket: 'none', Key: 'none' },
      }),
      ResultWriter: fc.constantFrom(
        { WriterConfig: { Transformation: 'NONE' } },
        { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: 'results', Prefix: 'p' } },
      ),
      ToleratedFailurePercentage: fc.constantFrom(0, 50, 100),
    },
    { requiredKeys: ['Type', 'Items', 'ItemProcessor'] },
  );

let names = 0;

/** States one after the other, under names that no other machine has; failures are caught now and then. */
const chain = (depth: number): fc.Arbitrary<object> =>
  fc.array(fc.record({ own: state(depth), caught: fc.boolean() }), { minLength: 1, maxLength: 4 }).map((parts) => {
    names += 1;
    const name = (index: number) => `S${names}-${index}`;
    const isSoft = (own: object) => 'Retry' in own;
    return machine(
      Object.fromEntries(
        parts.map(({ own, caught }, index) => {
          const next = index + 1 < parts.length ? { Next: name(index + 1) } : { End: true };
          const catcher =
            caught && isSoft(own) && index + 1 < parts.length
              ? { Catch: [{ ErrorEquals: ['States.ALL'], Next: name(index + 1) }] }
              : {};
          return [name(index), { ...own, ...catcher, ...next }];
        }),
      ),
    );
  });

interface Plan {
  readonly definition: object;
  readonly seed: number;
  readonly outcomes: readonly string[];
  readonly kills: readonly number[];
}

const plan: fc.Arbitrary<Plan> = fc.record({
  definition: chain(2),
  seed: fc.integer({ min: 1, max: 1_000 }),
  /** What the functions do, call by call. */
  outcomes: fc.array(fc.constantFrom('return', 'throw', 'time out'), { minLength: 1, maxLength: 6 }),
  /** After which of the first timers the engine is killed. */
  kills: fc.uniqueArray(fc.nat({ max: 6 }), { maxLength: 3 }),
});

/** Runs a plan to its end, and once more where it failed; the engine is killed and started again where the plan says. */
async function play({ definition, seed, outcomes }: Plan, kills: readonly number[]) {
  let calls = 0;
  const answer: Fn = () => {
    calls += 1;
    const outcome = outcomes[calls % outcomes.length];
    if (outcome === 'throw') return threw(ERRORS[calls % ERRORS.length] ?? '');
    return outcome === 'time out' ? { kind: 'timed-out' } : returned({ calls });
  };
  const engine = engineFor(definition, { f: answer, ask: answer }, seed);
  const arn = await engine.start(MACHINE, { a: 1 });
  let timers = 0;
  const finish = async () => {
    await engine.settle();
    for (; engine.nextTimer() !== undefined && timers < 4_000; timers += 1) {
      if (kills.includes(timers)) await engine.restart();
      await engine.advanceTo(engine.nextTimer() ?? engine.now());
    }
  };
  await finish();
  for (let redrives = 0; redrives < 2 && engine.describe(arn).status === 'FAILED'; redrives += 1) {
    // What ended because its history was full cannot go on.
    if (engine.history(arn).length > 24_000) break;
    await engine.redrive(arn);
    await finish();
  }
  return { status: engine.describe(arn).status, history: engine.history(arn) };
}

it('any machine comes to an end that its history tells, and to the same one when the engine is killed on the way', async () => {
  await fc.assert(
    fc.asyncProperty(plan, async (planned) => {
      const { status, history } = await play(planned, []);
      const killed = await play(planned, planned.kills);

      const last: { readonly [status: string]: string } = {
        SUCCEEDED: 'ExecutionSucceeded',
        FAILED: 'ExecutionFailed',
      };
      expect(history.at(-1)?.type).toBe(last[status]);
      expect(history.map(({ id }) => id)).toEqual(history.map((_event, index) => index + 1));
      expect(history.every(({ id, previousEventId }) => previousEventId < id)).toBe(true);
      const count = (type: string) => history.filter((event) => event.type === type).length;
      expect(count('TaskScheduled')).toBe(count('TaskStarted'));
      expect(killed).toEqual({ status, history });
    }),
    { numRuns: 150 },
  );
});

it('a step is a function of the state, the input and the ambient: a replay gives the same history', async () => {
  await fc.assert(
    fc.asyncProperty(chain(2), fc.string(), async (definition, seed) => {
      const first = executionOf(definition);
      const inputs: ExecutionInput[] = [{ kind: 'started' }, { kind: 'time-passed' }, { kind: 'time-passed' }];
      const play = async () => {
        let state: ExecutionState = first;
        const events: unknown[] = [];
        for (const [index, input] of inputs.entries()) {
          const before = JSON.stringify(state);
          const step = await advance(state, input, { now: index * 10_000, seed: `${seed}${index}` });
          expect(JSON.stringify(state)).toBe(before);
          events.push(...step.events);
          // What the journal keeps is text.
          state = JSON.parse(JSON.stringify(step.state));
        }
        return { state, events };
      };

      expect(await play()).toEqual(await play());
    }),
    { numRuns: 100 },
  );
});
