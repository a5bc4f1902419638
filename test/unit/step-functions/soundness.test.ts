import { describe, expect, it } from 'vitest';
import type { MachineDefinition, State } from '../../../local/step-functions/definition.ts';
import { createVirtualEngine } from '../../../local/step-functions/index.ts';
import { soundnessFindings } from '../../../local/step-functions/soundness/check.ts';
import type { Rule } from '../../../local/step-functions/soundness/findings.ts';
import { graphOf, levelsOf } from '../../../local/step-functions/soundness/graph.ts';
import { eventsOfRound, loopsOf } from '../../../local/step-functions/soundness/loops.ts';
import { MACHINE, threw } from './support.ts';

type Changes = { readonly [field: string]: unknown };

/** Definitions with defects are not valid: they are read as they stand. */
function machineOf(states: Changes): MachineDefinition {
  return JSON.parse(JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Begin', States: { ...SOUND, ...states } }));
}

function task(changes: Changes = {}): Changes {
  return {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    TimeoutSeconds: 60,
    Retry: [{ ErrorEquals: ['Busy'], MaxAttempts: 2 }],
    Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Refuse' }],
    Next: 'Done',
    ...changes,
  };
}

const pass = (changes: Changes): Changes => ({ Type: 'Pass', ...changes });
const ask = (changes: Changes = {}) =>
  task({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', TimeoutSeconds: 600, ...changes });
const until = (condition: string, changes: Changes = {}): Changes => ({
  Type: 'Choice',
  Choices: [{ Condition: condition, Next: 'Begin', ...changes }],
  Default: 'Done',
});

const SOUND = { Begin: task(), Done: { Type: 'Succeed' }, Refuse: { Type: 'Fail', Error: 'No' } };
/** A loop that waits in each round. */
const LOOP = { Begin: ask({ Next: 'Again?' }), 'Again?': until('{% $states.input.again %}') };
const MANY = Array.from({ length: 40 }, (_, index) => `Step${index}`);

/** One small defect each; `at` is where it must be found. */
const DEFECTS: readonly (readonly [string, Rule, string, Changes])[] = [
  ['a state that nothing leads to', 'unreachable', 'Lost', { Lost: pass({ Next: 'Done' }) }],
  [
    'a state from which no way leads to an end',
    'endless',
    'Turn',
    { Begin: task({ Next: 'Turn' }), Turn: { Type: 'Wait', Seconds: 5, Next: 'Turn' } },
  ],
  [
    'a state in a branch that cannot end',
    'endless',
    'Begin[0]/In',
    {
      Begin: task({
        Type: 'Parallel',
        Branches: [{ StartAt: 'In', States: { In: { Type: 'Wait', Seconds: 5, Next: 'In' } } }],
      }),
    },
  ],
  ['a task without a deadline', 'no-deadline', 'Begin', { Begin: task({ TimeoutSeconds: undefined }) }],
  ['a wait for a token without a deadline', 'no-deadline', 'Begin', { Begin: ask({ TimeoutSeconds: undefined }) }],
  [
    'a wait until a moment that an expression gives',
    'unbounded-wait',
    'Begin',
    { Begin: { Type: 'Wait', Timestamp: '{% $states.input.at %}', Next: 'Done' } },
  ],
  ['a wait of more than a year', 'unbounded-wait', 'Begin', { Begin: { Type: 'Wait', Seconds: 4e7, Next: 'Done' } }],
  ['a task that is never tried again', 'no-retry', 'Begin', { Begin: task({ Retry: undefined }) }],
  ['a task whose failures nobody catches', 'no-catch', 'Begin', { Begin: task({ Catch: [] }) }],
  [
    'a task of which some failures are caught',
    'uncaught',
    'Begin',
    { Begin: task({ Catch: [{ ErrorEquals: ['Busy'], Next: 'Done' }] }) },
  ],
  [
    'a Map without Retry',
    'no-retry',
    'Begin',
    {
      Begin: task({
        Type: 'Map',
        Retry: undefined,
        ItemProcessor: { StartAt: 'In', States: { In: pass({ End: true }) } },
      }),
    },
  ],
  [
    'a Catch of everything before one of a name',
    'named-too-late',
    'Begin',
    {
      Begin: task({
        Catch: [
          { ErrorEquals: ['States.ALL'], Next: 'Refuse' },
          { ErrorEquals: ['Busy'], Next: 'Done' },
        ],
      }),
    },
  ],
  [
    'a Retry of every failed task before one of a name',
    'named-too-late',
    'Begin',
    { Begin: task({ Retry: [{ ErrorEquals: ['States.TaskFailed'] }, { ErrorEquals: ['Busy'] }] }) },
  ],
  [
    'an error that is named twice',
    'named-too-late',
    'Begin',
    { Begin: task({ Retry: [{ ErrorEquals: ['Busy', 'Late'] }, { ErrorEquals: ['Late'] }] }) },
  ],
  [
    'a loop that turns without waiting',
    'loop-without-wait',
    'Begin',
    { Begin: task({ Next: 'Again?' }), 'Again?': until('{% $states.input.again %}') },
  ],
  [
    'a loop that counts, and that nothing measures',
    'loop-without-wait',
    'Begin',
    { Begin: task({ Next: 'Again?', Assign: { n: '{% $n + 1 %}' } }), 'Again?': until('{% $states.input.again %}') },
  ],
  [
    'a loop beside a counted one that does not count',
    'loop-without-wait',
    'Begin',
    {
      Begin: task({ Next: 'Again?' }),
      'Again?': { ...until('{% $n < 5 %}'), Default: 'Other?' },
      'Other?': until('{% $states.input.again %}', { Next: 'Count' }),
      Count: pass({ Assign: { n: '{% $n + 1 %}' }, Next: 'Again?' }),
    },
  ],
  [
    'a loop beside a counted one that does not ask',
    'loop-without-wait',
    'Begin',
    {
      Begin: task({ Next: 'Other?', Assign: { n: '{% $n + 1 %}' } }),
      'Other?': { ...until('{% $states.input.again %}'), Default: 'Again?' },
      'Again?': until('{% $n < 5 %}'),
    },
  ],
  [
    'a variable to which every round appends',
    'growth',
    'Begin',
    { ...LOOP, Begin: ask({ Next: 'Again?', Assign: { seen: '{% $append($seen, $states.result) %}' } }) },
  ],
  [
    'a text that becomes longer in every round',
    'growth',
    'Again?',
    { ...LOOP, 'Again?': until('{% $states.input.again %}', { Assign: { log: "{% $log & ', again' %}" } }) },
  ],
  [
    'an output that wraps the input in every round',
    'growth',
    'Begin',
    { ...LOOP, Begin: ask({ Next: 'Again?', Output: { before: '{% $states.input %}' } }) },
  ],
  [
    'an expression that wraps the input in every round',
    'growth',
    'Begin',
    { ...LOOP, Begin: ask({ Next: 'Again?', Output: "{% {'before': $states.input} %}" }) },
  ],
  [
    'a Catch that keeps the failures of all rounds',
    'growth',
    'Begin',
    {
      ...LOOP,
      Begin: ask({
        Next: 'Again?',
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Again?', Assign: { all: '{% [$all, $states.errorOutput] %}' } }],
      }),
    },
  ],
  [
    'a loop whose rounds fill the history',
    'history',
    'Begin',
    {
      ...LOOP,
      ...Object.fromEntries(MANY.map((name, index) => [name, task({ Next: MANY[index + 1] ?? 'Again?' })])),
      Begin: ask({ Next: 'Step0' }),
    },
  ],
];

const found = (states: Changes, rounds: number | undefined = 100) =>
  soundnessFindings(machineOf(states), rounds).map(({ rule, at }) => `${rule} at ${at}`);

describe('a definition is found to be unsound for', () => {
  it.each(DEFECTS)('%s', (_, rule, at, states) => {
    expect(found(states)).toContain(`${rule} at ${at}`);
  });

  it('a loop of which nobody says how often it turns', () => {
    expect(soundnessFindings(machineOf(LOOP), undefined)).toMatchObject([{ rule: 'history', at: 'Begin' }]);
  });
});

describe('a definition is sound', () => {
  const counted: { readonly [name: string]: State | Changes } = {
    Begin: task({ Next: 'Again?', Assign: { n: '{% $n + 1 %}' } }),
    'Again?': until('{% $n < 5 %}'),
  };

  it.each<[string, Changes]>([
    ['without loops', {}],
    ['with a loop that waits', LOOP],
    ['with a loop that a counter ends', counted],
    [
      'with a variable that each round replaces',
      { ...LOOP, Begin: ask({ Next: 'Again?', Assign: { last: '{% $states.result %}' } }) },
    ],
    [
      'with a variable that each round keeps',
      { ...LOOP, Begin: ask({ Next: 'Again?', Assign: { last: '{% $last.kept %}' } }) },
    ],
    [
      'with an output that takes a part of the input',
      { ...LOOP, Begin: ask({ Next: 'Again?', Output: { id: '{% $states.input.id %}' } }) },
    ],
    [
      'with a heartbeat caught before any failed task',
      { Begin: task({ Retry: [{ ErrorEquals: ['States.Timeout'] }, { ErrorEquals: ['States.TaskFailed'] }] }) },
    ],
  ])('%s', (_, states) => {
    expect(found(states)).toEqual([]);
  });
});

describe('the events of a round', () => {
  it('are at least those that a round in which everything fails writes, and few more', async () => {
    const definition = machineOf({
      Begin: { Type: 'Wait', Seconds: 3600, Next: 'Call' },
      Call: task({
        Catch: [
          { ErrorEquals: ['Late'], Next: 'Refuse' },
          { ErrorEquals: ['States.ALL'], Next: 'Again?' },
        ],
        Next: 'Again?',
      }),
      'Again?': until('{% true %}'),
    });
    const [level] = levelsOf(definition);
    const graph = graphOf(level ?? { scope: '', machine: definition });
    const [loop = []] = loopsOf(graph);
    const engine = createVirtualEngine({
      machines: { [MACHINE]: definition },
      invokeLambda: async () => threw('Busy'),
    });
    const arn = await engine.start(MACHINE, {});
    await engine.advanceBy(100 * 3_600_000);
    const begins = engine.history(arn).filter(({ type }) => type === 'WaitStateEntered');
    const written = ((begins.at(-1)?.id ?? 0) - (begins[0]?.id ?? 0)) / (begins.length - 1);

    const bound = eventsOfRound(definition, graph, loop);
    expect(begins.length).toBeGreaterThan(90);
    expect(bound).toBeGreaterThanOrEqual(written);
    expect(bound).toBeLessThanOrEqual(written + 2);
  });
});
