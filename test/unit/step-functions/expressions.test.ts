import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { call, engineFor, MACHINE, machine, run, runToEnd, threw } from './support.ts';

async function valueOfExpression(expression: string, input: unknown = {}) {
  const ended = await runToEnd(machine({ Say: { Type: 'Pass', Output: `{% ${expression} %}`, End: true } }), input);
  return ended.status === 'SUCCEEDED' ? { output: ended.output } : { error: ended.error, cause: ended.cause };
}

const failed = (reason: string) => ({
  error: 'States.QueryEvaluationError',
  cause: `An error occurred while executing the state 'Say' (entered at the event id #2). ${reason}`,
});

describe('an expression', () => {
  it('stands between its marks and nowhere else', async () => {
    const { output } = await runToEnd(
      machine({
        Say: {
          Type: 'Pass',
          Output: {
            evaluated: '{% 1 + 1 %}',
            deep: [{ 'also.$': '{%"in"%}' }],
            spaced: ' {% 1 + 1 %}',
            path: '$.input',
            text: '$states.input',
            number: 7,
            nothing: null,
          },
          End: true,
        },
      }),
    );

    expect(output).toEqual({
      evaluated: 2,
      deep: [{ 'also.$': 'in' }],
      spaced: ' {% 1 + 1 %}',
      path: '$.input',
      text: '$states.input',
      number: 7,
      nothing: null,
    });
  });

  it('that gives nothing fails; null is a value', async () => {
    expect(await valueOfExpression('$states.input.missing')).toEqual(
      failed(
        "The JSONata expression '$states.input.missing' specified for the field 'Output' returned nothing (undefined).",
      ),
    );
    expect(await valueOfExpression('$states.input.there', { there: null })).toEqual({ output: null });
  });

  it('that throws fails with the code and the message', async () => {
    expect(await valueOfExpression('$missing()')).toEqual(
      failed(
        "The JSONata expression '$missing()' specified for the field 'Output' threw an error during evaluation. T1006: Attempted to invoke a non-function",
      ),
    );
  });

  it('that gives a function fails', async () => {
    expect(await valueOfExpression('$sum')).toEqual(
      failed("The JSONata expression '$sum' specified for the field 'Output' returned an unsupported result type."),
    );
  });

  it('that gives a list or an object with a function in it fails', async () => {
    for (const expression of ['[$sum]', '{"f": function($x) { $x }}']) {
      expect((await valueOfExpression(expression)).cause).toContain('returned an unsupported result type.');
    }
  });

  it('names the field in which it failed', async () => {
    const { history } = await runToEnd(
      machine({ Call: call('f', { Arguments: { FunctionName: 'f', Payload: { deep: '{% $no %}' } }, End: true }) }),
    );

    expect(history.find(({ type }) => type === 'EvaluationFailed')?.details).toMatchObject({
      location: 'Arguments/Payload/deep',
      state: 'Call',
      error: 'States.QueryEvaluationError',
    });
  });

  it.each<[string, object]>([
    ['Choices[0]/Output/v', { Choices: [{ Condition: true, Next: 'Out', Output: { v: '{% $no %}' } }] }],
    [
      'Choices[1]/Assign/x',
      {
        Choices: [
          { Condition: false, Next: 'Out' },
          { Condition: true, Next: 'Out', Assign: { x: '{% $no %}' } },
        ],
      },
    ],
    ['Output', { Choices: [{ Condition: false, Next: 'Out' }], Default: 'Out', Output: '{% $no %}' }],
  ])('of a choice names the rule that it belongs to: %s', async (location, fields) => {
    const { history, cause } = await runToEnd(
      machine({ Which: { Type: 'Choice', ...fields }, Out: { Type: 'Succeed' } }),
    );

    expect(history.find(({ type }) => type === 'EvaluationFailed')?.details).toMatchObject({ location });
    expect(cause).toContain(`specified for the field '${location}' returned nothing`);
  });

  it('of a catcher names the catcher that it belongs to', async () => {
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'Out' },
      { ErrorEquals: ['Broken'], Next: 'Out', Assign: { x: ['{% $no %}'] } },
    ];
    const { history } = await runToEnd(
      machine({ Call: call('f', { Catch, End: true }), Out: { Type: 'Succeed' } }),
      {},
      { f: () => threw('Broken') },
    );

    expect(history.find(({ type }) => type === 'EvaluationFailed')?.details).toMatchObject({
      location: 'Catch[1]/Assign/x[0]',
    });
  });

  it.each([
    ['$f($x) + 1', 'Stack overflow error'],
    ['$f($x + 1)', 'Expression evaluation timeout'],
  ])('that never ends fails: %s', async (body, reason) => {
    const { cause } = await valueOfExpression(`($f := function($x) { ${body} }; $f(1))`);

    expect(cause).toContain(`threw an error during evaluation. U1001: ${reason}`);
  });

  it('that looks at much and is wide comes to its end', async () => {
    const output = await valueOfExpression('$count($keys($range(1, 10000, 1){$string($): $ + 1}))');

    expect(output).toEqual({ output: 10_000 });
  });

  it('gives a number that JSON does not have as a text', async () => {
    expect(await valueOfExpression('{"above": [1/0], "below": -1/0}')).toEqual({
      output: { above: ['Infinity'], below: '-Infinity' },
    });
  });

  it('may stand in a field of any name', async () => {
    const Output = JSON.parse('{"__proto__": "{% 1 %}", "constructor": {"toString": "{% 2 %}"}}');
    const { output } = await runToEnd(machine({ Say: { Type: 'Pass', Output, End: true } }));

    expect(JSON.stringify(output)).toBe('{"__proto__":1,"constructor":{"toString":2}}');
  });

  it('cannot evaluate another text', async () => {
    expect(await valueOfExpression('$eval("1 + 1")')).toMatchObject({ error: 'States.QueryEvaluationError' });
  });
});

describe('the functions that AWS adds', () => {
  it.each([
    ['$partition([1,2,3,4,5], 2)', [[1, 2], [3, 4], [5]]],
    ['$partition([0], 3)', [[0]]],
    ['$partition([1,2,3], 1.9)', [[1], [2], [3]]],
    ['$range(1, 9, 3)', [1, 4, 7]],
    ['$range(3, 1, -1)', [3, 2, 1]],
    ['$range(1, 9, 9)', 1],
    ['$range(-1.7, 2, 1)', [-1, 0, 1, 2]],
    ['$count($range(1, 200000, 1))', 200_000],
    ['$random(42)', 0.7275636800328681],
    ['$parse("{\\"a\\":[1,null]}")', { a: [1, null] }],
    ['$parse("-0")', 0],
    ['$hash("text", "SHA-256")', createHash('sha256').update('text').digest('hex')],
    ['$hash("text", "MD5")', createHash('md5').update('text').digest('hex')],
    ['$type($random()) & $type($uuid())', 'numberstring'],
    ['$random(7) = $random(7)', true],
    ['$random() = $random()', false],
    ['$uuid() = $uuid()', false],
    ['$sort($shuffle([3,1,2]))', [1, 2, 3]],
  ])('%s', async (expression, output) => {
    expect(await valueOfExpression(expression)).toEqual({ output });
  });

  it.each(['$partition([1], 0)', '$range(1, 5, 0)', '$range(1, 500000, 1)', '$hash("text", "SHA-3")', '$parse("{")'])(
    '%s fails',
    async (expression) => {
      const { cause } = await valueOfExpression(expression);

      expect(cause).toContain('threw an error during evaluation: ');
    },
  );

  it('read the clock of the engine, not of the machine that it runs on', async () => {
    const engine = engineFor(
      machine({
        Rest: { Type: 'Wait', Seconds: 90, Next: 'Say' },
        Say: { Type: 'Pass', Output: '{% [$now(), $now("[Y]-[M01]"), $millis()] %}', End: true },
      }),
    );
    const arn = await run(engine);
    await engine.advanceBy(90_000);

    const at = '2026-01-01T00:01:30.000Z';
    expect(engine.describe(arn).output).toEqual([at, '2026-01', Date.parse(at)]);
  });

  it('give the same ids for the same seed, and others for another', async () => {
    const idsOf = async (seed: number) => {
      const engine = engineFor(machine({ Say: { Type: 'Pass', Output: '{% $uuid() %}', End: true } }), {}, seed);
      const arn = await engine.start(MACHINE, {}, { name: 'one' });
      return engine.describe(arn).output;
    };

    expect(await idsOf(1)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(await idsOf(1)).toBe(await idsOf(1));
    expect(await idsOf(1)).not.toBe(await idsOf(2));
  });
});
