/** Valid definitions of any shape: all eight types of state, loops, nesting, failures that are retried or caught. */
import fc from 'fast-check';
import { ask, call, machine } from './support.ts';

export const ERRORS = ['Busy', 'Refused'];

/** Errors and numbers come up in all forms; what an expression misses fails its state. */
const EXPRESSIONS = [
  '{% $states.input %}',
  '{% $states.context.State.Name %}',
  '{% $count([1, 2]) %}',
  '{% $missing %}',
  7,
];
const ITEMS = [[1, 2, 3], [], '{% $states.input %}'];

const expression = fc.constantFrom(...EXPRESSIONS);

const retry = fc.array(
  fc.record({
    ErrorEquals: fc.constantFrom(['Busy'], ['States.TaskFailed'], ['States.Timeout'], ['States.HeartbeatTimeout']),
    MaxAttempts: fc.nat({ max: 2 }),
    JitterStrategy: fc.constantFrom('FULL', 'NONE'),
  }),
  { maxLength: 2 },
);

interface Part {
  readonly own: { readonly [field: string]: unknown };
  /** A later or an earlier state, as a share of all. */
  readonly elsewhere: number;
  readonly isCaught: boolean;
}

const task = fc
  .record({
    Retry: retry,
    TimeoutSeconds: fc.integer({ min: 3, max: 9 }),
    HeartbeatSeconds: fc.constantFrom(undefined, 1, 2),
  })
  .chain(({ HeartbeatSeconds, ...more }) => {
    const fields = { ...more, ...(HeartbeatSeconds === undefined ? {} : { HeartbeatSeconds }) };
    return fc.constantFrom(call('f', fields), ask(fields));
  });

const plain = fc.oneof(
  fc.record({ Type: fc.constant('Pass'), Output: expression, Assign: fc.record({ seen: expression }) }),
  fc.record({ Type: fc.constant('Wait'), Seconds: fc.constantFrom(0, 5, '{% 3 %}', '{% $states.input %}') }),
  fc.record({ Type: fc.constant('Wait'), Timestamp: fc.constantFrom('2026-01-02T00:00:00Z', '{% "soon" %}') }),
  fc.constant({ Type: 'Choice' }),
  task,
);

function nested(depth: number): fc.Arbitrary<object> {
  return fc.oneof(
    fc.record({
      Type: fc.constant('Parallel'),
      Branches: fc.array(machineOf(depth - 1), { minLength: 1, maxLength: 3 }),
      Retry: retry,
    }),
    fc.record({
      Type: fc.constant('Map'),
      Items: fc.constantFrom(...ITEMS),
      ItemProcessor: fc
        .record({ processor: machineOf(depth - 1), Mode: fc.constantFrom('INLINE', 'DISTRIBUTED') })
        .map(({ processor, Mode }) => ({ ...processor, ProcessorConfig: { Mode } })),
      MaxConcurrency: fc.nat({ max: 2 }),
      ToleratedFailureCount: fc.nat({ max: 1 }),
      Retry: retry,
    }),
  );
}

let machines = 0;

function machineOf(depth: number): fc.Arbitrary<object> {
  const own = depth === 0 ? plain : fc.oneof({ weight: 3, arbitrary: plain }, { weight: 1, arbitrary: nested(depth) });
  const part = fc.record({ own, elsewhere: fc.double({ min: 0, max: 0.99, noNaN: true }), isCaught: fc.boolean() });
  return fc
    .record({
      parts: fc.array(part, { minLength: 1, maxLength: 5 }),
      end: fc.constantFrom(
        { Type: 'Succeed' },
        { Type: 'Fail', Error: 'Refused', Cause: 'no' },
        { Type: 'Pass', End: true },
      ),
    })
    .map(({ parts, end }) => joined(parts as readonly Part[], end));
}

/**
 * Each state goes on to the next; choices and catchers lead to any other, back as well. Rounds are counted, so that all
 * comes to an end. Names of states and variables are those of no other machine.
 */
function joined(parts: readonly Part[], end: object): object {
  machines += 1;
  const mark = `M${machines}`;
  const rounds = `rounds${machines}`;
  const name = (index: number) => `${mark} ${index}`;
  const states = parts.map((part, index) => {
    const next = name(index + 1);
    const other = name(Math.floor(part.elsewhere * (parts.length + 1)));
    if (part.own.Type === 'Choice') {
      const again = { Condition: `{% $${rounds} < 3 %}`, Next: other, Assign: { [rounds]: `{% $${rounds} + 1 %}` } };
      return { Type: 'Choice', Choices: [again], Default: next };
    }
    const isForward = Math.floor(part.elsewhere * (parts.length + 1)) > index;
    const isCatching = part.isCaught && 'Retry' in part.own && isForward;
    const caught = { ErrorEquals: ['States.ALL'], Next: other, Output: '{% $states.errorOutput %}' };
    return { ...part.own, ...(isCatching ? { Catch: [caught] } : {}), Next: next };
  });
  return machine({
    [`${mark} begins`]: { Type: 'Pass', Assign: { [rounds]: 0 }, Next: name(0) },
    ...Object.fromEntries([...states, end].map((state, index) => [name(index), state])),
  });
}

/** Definitions that Step Functions takes. */
export const anyMachine = machineOf(2);
