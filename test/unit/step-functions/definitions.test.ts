import { describe, expect, it } from 'vitest';
import { InvalidDefinition } from '../../../local/step-functions/problems.ts';
import { parseDefinition, parseDefinitionText } from '../../../local/step-functions/validate.ts';

const INVOKE = 'arn:aws:states:::lambda:invoke';
const END = { Type: 'Succeed' };

function problemsOf(definition: unknown): readonly string[] {
  try {
    parseDefinition(definition);
    return [];
  } catch (error) {
    if (!(error instanceof InvalidDefinition)) throw error;
    return error.problems.map(({ code, message, location }) => `${code}: ${message} at ${location ?? null}`);
  }
}

const machine = (states: object, more: object = {}) => ({
  QueryLanguage: 'JSONata',
  StartAt: Object.keys(states)[0],
  States: states,
  ...more,
});

const task = (more: object) => machine({ Do: { Type: 'Task', Resource: INVOKE, End: true, ...more } });

describe('a definition', () => {
  it('that Step Functions would take is given back as it is', () => {
    const definition = machine({
      Ask: {
        Type: 'Task',
        Resource: `${INVOKE}.waitForTaskToken`,
        Arguments: { FunctionName: 'f', Payload: '{% $states.input %}' },
        TimeoutSeconds: '{% $states.input.days * 86400 %}',
        HeartbeatSeconds: 60,
        Retry: [{ ErrorEquals: ['Busy'], IntervalSeconds: 1, MaxAttempts: 0, BackoffRate: 1, JitterStrategy: 'FULL' }],
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Which?', Assign: { error: '{% $states.errorOutput %}' } }],
        Next: 'Which?',
      },
      'Which?': { Type: 'Choice', Choices: [{ Condition: '{% $a = 1 %}', Next: 'Rest' }], Default: 'Stop' },
      Rest: { Type: 'Wait', Timestamp: '2026-01-01T00:00:00+01:00', Next: 'Both' },
      Both: { Type: 'Parallel', Branches: [machine({ One: END }), machine({ Two: END })], Next: 'Each' },
      Each: { Type: 'Map', Items: [1], ItemProcessor: machine({ Item: END }), End: true },
      Stop: { Type: 'Fail', Error: 'Stopped' },
    });

    expect(parseDefinition(definition)).toBe(definition);
  });

  it.each(['', '{', '[]', 'null', '"text"'])('with the text %j is no JSON object', (text) => {
    expect(() => parseDefinitionText(text)).toThrow(
      "Invalid State Machine Definition: 'SCHEMA_VALIDATION_FAILED: Definition must be a valid JSON object at null'",
    );
  });

  it.each([
    ['states', { StartAt: 'A' }, ['SCHEMA_VALIDATION_FAILED: These fields are required: [States] at /']],
    [
      'a first state that exists',
      machine({ A: END }, { StartAt: 'B' }),
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /StartAt",
        'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
      ],
    ],
    [
      'targets that exist',
      machine({ A: { Type: 'Pass', Next: 'B' } }),
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: B at /States/A/Next",
        'MISSING_END_STATE: Workflow has no terminal state at null',
      ],
    ],
    [
      'an end, or nothing else is said of its ways',
      machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Pass', Next: 'A' }, C: { Type: 'Pass', Next: 'A' } }),
      ['MISSING_END_STATE: Workflow has no terminal state at null'],
    ],
    [
      'either a next state or an end',
      machine({ A: { Type: 'Pass' } }),
      ['SCHEMA_VALIDATION_FAILED: Exactly one of these fields is required: [Next, End] at /States/A'],
    ],
    [
      'a type that exists',
      machine({ A: { Type: 'Loop', End: true } }),
      ["SCHEMA_VALIDATION_FAILED: Value 'Loop' is not a valid state type at /States/A/Type"],
    ],
    [
      'a type',
      machine({ A: { End: true } }),
      ["SCHEMA_VALIDATION_FAILED: The field 'Type' is required but was missing at /States/A"],
    ],
    [
      'a resource',
      machine({ A: { Type: 'Task', End: true } }),
      ["SCHEMA_VALIDATION_FAILED: The field 'Resource' is required but was missing at /States/A"],
    ],
    [
      'a mode of its processor that exists',
      machine({
        A: { Type: 'Map', ItemProcessor: machine({ B: END }, { ProcessorConfig: { Mode: 'FAST' } }), End: true },
      }),
      [
        'SCHEMA_VALIDATION_FAILED: Value must be one of [INLINE, DISTRIBUTED] at /States/A/ItemProcessor/ProcessorConfig/Mode',
      ],
    ],
    [
      'fields that a machine has',
      machine({ A: END }, { Version: '1.0', Retry: [] }),
      ["SCHEMA_VALIDATION_FAILED: Field 'Retry' is not supported at /"],
    ],
    [
      'variables that an expression can name',
      machine({ A: { Type: 'Pass', Assign: { größe: 1, _x1: 2, states: 3, 'a b': 4, '1st': 5 }, End: true } }),
      ['states', 'a b', '1st'].map(
        (name) => `SCHEMA_VALIDATION_FAILED: Value '${name}' is not a valid variable name at /States/A/Assign`,
      ),
    ],
    [
      'a query language that exists',
      machine({ A: { Type: 'Succeed', QueryLanguage: 'SQL' } }),
      ["SCHEMA_VALIDATION_FAILED: Value 'SQL' is not a valid query language at /States/A/QueryLanguage"],
    ],
    [
      'fields that its type has',
      machine({ A: { Type: 'Succeed', Assign: { x: 1 } } }),
      ["SCHEMA_VALIDATION_FAILED: Field 'Assign' is not supported at /States/A"],
    ],
    [
      'expressions that can be read',
      machine({ A: { Type: 'Pass', Output: { deep: ['{% 1 + %}'] }, End: true } }),
      ['INVALID_JSONATA_EXPRESSION: Unexpected end of expression at /States/A/Output/deep[0]'],
    ],
    [
      'expressions that begin with a variable',
      machine({ A: { Type: 'Pass', Output: { v: '{% phone & $string(fax & phone) %}' }, End: true } }),
      [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'phone' at the top level is not supported. at /States/A/Output/v",
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to 'fax' at the top level is not supported. at /States/A/Output/v",
      ],
    ],
    [
      'a context to refer to',
      machine({ A: { Type: 'Pass', Output: ['{% $ %}', '{% $states.input[$$.a = 1] %}'], End: true } }),
      [
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$' at the top level is not supported. at /States/A/Output[0]",
        "UNSUPPORTED_JSONATA_EXPRESSION: Reference to '$$' at the top level is not supported. at /States/A/Output[1]",
      ],
    ],
    [
      'names that are used once',
      machine({ A: { Type: 'Parallel', Branches: [machine({ A: END })], End: true } }),
      ['DUPLICATE_STATE_NAME: Duplicate State name: A at /States/A/Branches[0]/States/A'],
    ],
    [
      'a moment with an offset',
      machine({ A: { Type: 'Wait', Timestamp: '2026-01-01T00:00:00', End: true } }),
      ['SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/A/Timestamp'],
    ],
    [
      'one measure of waiting',
      machine({ A: { Type: 'Wait', End: true } }),
      ['SCHEMA_VALIDATION_FAILED: Exactly one of these fields is required: [Seconds, Timestamp] at /States/A'],
    ],
    [
      'a whole number of seconds',
      machine({ A: { Type: 'Wait', Seconds: 1.5, End: true } }),
      [
        'SCHEMA_VALIDATION_FAILED: Value must be an integer that is not negative, or an expression at /States/A/Seconds',
      ],
    ],
    [
      'choices',
      machine({ A: { Type: 'Choice', Choices: [], Default: 'B' }, B: END }),
      ['SCHEMA_VALIDATION_FAILED: At least one choice is required at /States/A/Choices'],
    ],
    [
      'conditions',
      machine({ A: { Type: 'Choice', Choices: [{ Condition: 'yes', Next: 'B' }] }, B: END }),
      ['SCHEMA_VALIDATION_FAILED: Condition must be true, false or an expression at /States/A/Choices[0]/Condition'],
    ],
    [
      'branches',
      machine({ A: { Type: 'Parallel', Branches: [], End: true } }),
      ['SCHEMA_VALIDATION_FAILED: At least one branch is required at /States/A/Branches'],
    ],
    [
      'a processor',
      machine({ A: { Type: 'Map', End: true } }),
      ['SCHEMA_VALIDATION_FAILED: A state machine must be a JSON object at /States/A/Iterator'],
    ],
    [
      'an ARN as resource',
      task({ Resource: 'f' }),
      ['SCHEMA_VALIDATION_FAILED: Value is not a valid resource ARN at /States/Do/Resource'],
    ],
    [
      'heartbeats within the time-out',
      task({ TimeoutSeconds: 60, HeartbeatSeconds: 60 }),
      ['SCHEMA_VALIDATION_FAILED: HeartbeatSeconds must be smaller than TimeoutSeconds at /States/Do/HeartbeatSeconds'],
    ],
    [
      'States.ALL alone and last',
      task({ Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['Busy'] }] }),
      [
        'SCHEMA_VALIDATION_FAILED: States.ALL must stand alone and in the last place at /States/Do/Retry[0]/ErrorEquals',
      ],
    ],
    [
      'errors to catch',
      task({ Catch: [{ ErrorEquals: [], Next: 'Do' }] }),
      [
        "SCHEMA_VALIDATION_FAILED: The field 'ErrorEquals' must be a list of error names at /States/Do/Catch[0]/ErrorEquals",
      ],
    ],
    [
      'retriers with sensible numbers',
      task({
        Retry: [
          {
            ErrorEquals: ['Busy'],
            IntervalSeconds: 0,
            MaxAttempts: -1,
            BackoffRate: 0.5,
            JitterStrategy: 'SOME',
            MaxDelaySeconds: 0,
          },
        ],
      }),
      [
        'SCHEMA_VALIDATION_FAILED: IntervalSeconds must be a positive integer at /States/Do/Retry[0]',
        'SCHEMA_VALIDATION_FAILED: MaxAttempts must be an integer that is not negative at /States/Do/Retry[0]',
        'SCHEMA_VALIDATION_FAILED: BackoffRate must be at least 1 at /States/Do/Retry[0]',
        'SCHEMA_VALIDATION_FAILED: JitterStrategy must be FULL or NONE at /States/Do/Retry[0]',
        'SCHEMA_VALIDATION_FAILED: MaxDelaySeconds must be a positive integer at /States/Do/Retry[0]',
      ],
    ],
  ])('needs %s', (_what, definition, problems) => {
    expect(problemsOf(definition)).toEqual(problems);
  });
});

describe('an expression in a definition', () => {
  it.each([
    '$states.input.people[age > 17 and name = $lowest].{"name": name}',
    '$states.input.people^(>age).name',
    '$states.input.people{city: $count(name)}',
    '$map($people, function($one) { $one.name })',
    '$filter($people, function($one) { $one.age > $states.input.age })',
    '$people ~> |$|{"seen": age}|',
    '($lowest := 3; $people.(age > $lowest))',
    '{"name": $people[0].name, "all": [$people.name]}',
    '$contains($text, /^a.b$/)',
  ])('may name fields of what it looks into: %s', (expression) => {
    expect(problemsOf(machine({ A: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }))).toEqual([]);
  });
});

describe('the query language JSONPath', () => {
  it('is refused where a state depends on it', () => {
    const definition = { StartAt: 'A', States: { A: { Type: 'Pass', InputPath: '$.a', End: true } } };

    expect(problemsOf(definition)).toEqual([
      'SCHEMA_VALIDATION_FAILED: This engine does not evaluate JSONPath: set "QueryLanguage" to "JSONata" at /States/A',
    ]);
  });

  it('is no matter where nothing is evaluated', () => {
    expect(problemsOf({ StartAt: 'A', States: { A: { Type: 'Wait', Seconds: 1, End: true } } })).toEqual([]);
  });

  it('takes an expression for a text', () => {
    const wait = { Type: 'Wait', Timestamp: "{% '2026-01-01T00:00:00Z' %}", End: true };

    expect(problemsOf({ StartAt: 'A', States: { A: wait } })).toEqual([
      'SCHEMA_VALIDATION_FAILED: String does not match RFC3339 timestamp at /States/A/Timestamp',
    ]);
  });

  it('cannot stand in a machine whose language is JSONata', () => {
    const definition = machine({ A: { Type: 'Pass', QueryLanguage: 'JSONPath', End: true } });

    expect(problemsOf(definition)).toEqual([
      "SCHEMA_VALIDATION_FAILED: 'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine at /States/A",
    ]);
  });
});

describe('a definition that the fuzz test found to break the engine', () => {
  const at = (where: string, what: string) => [`SCHEMA_VALIDATION_FAILED: Value must be ${what} at ${where}`];

  it.each<[string, unknown, readonly string[]]>([
    [
      'variables that are none',
      machine({ A: { Type: 'Pass', Assign: null, End: true } }),
      at('/States/A/Assign', 'an object'),
    ],
    [
      'a type that objects have by themselves',
      machine({ A: { Type: 'constructor' } }),
      ["SCHEMA_VALIDATION_FAILED: Value 'constructor' is not a valid state type at /States/A/Type"],
    ],
    [
      'a target that objects have by themselves',
      machine({ A: { Type: 'Pass', Next: 'toString' } }),
      [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: toString at /States/A/Next",
        'MISSING_END_STATE: Workflow has no terminal state at null',
      ],
    ],
    [
      'a language that is no text',
      machine({ A: END }, { QueryLanguage: { toString: 0 } }),
      ['SCHEMA_VALIDATION_FAILED: Value \'{"toString":0}\' is not a valid query language at /States/A/QueryLanguage'],
    ],
    [
      'a catcher that leads nowhere',
      task({ Catch: [{ ErrorEquals: ['States.ALL'] }] }),
      ["SCHEMA_VALIDATION_FAILED: The field 'Next' is required but was missing at /States/Do/Catch[0]"],
    ],
    [
      'a time-out of the machine that is none',
      machine({ A: END }, { TimeoutSeconds: -1 }),
      at('/TimeoutSeconds', 'a positive integer'),
    ],
  ])('%s: is refused', (_, definition, problems) => {
    expect(problemsOf(definition)).toEqual(problems);
  });
});
