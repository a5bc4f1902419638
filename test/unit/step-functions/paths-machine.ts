/** A machine that has every kind of way, two machines deep, and what its executions take of it. */
import { countWays } from '../../../local/step-functions/paths/taken.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';
import { call, engineFor, type Fn, MACHINE, machine, run } from './support.ts';

const DISTRIBUTED = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } };

const source = machine({
  Ask: call('ask', {
    Retry: [
      { ErrorEquals: ['Busy'], IntervalSeconds: 1 },
      { ErrorEquals: ['Late'], IntervalSeconds: 1 },
    ],
    Catch: [
      { ErrorEquals: ['Refused'], Next: 'Refuse' },
      { ErrorEquals: ['States.ALL'], Next: 'Both' },
    ],
    Next: 'IsLarge?',
  }),
  'IsLarge?': {
    Type: 'Choice',
    Choices: [
      { Condition: '{% $states.input > 9 %}', Next: 'Both' },
      { Condition: '{% $states.input < 0 %}', Next: 'Refuse' },
    ],
    Default: 'Wait',
  },
  Wait: { Type: 'Wait', Seconds: 5, Next: 'Done' },
  Both: {
    Type: 'Parallel',
    Branches: [
      machine({ Left: { Type: 'Pass', End: true } }),
      machine({
        Each: {
          Type: 'Map',
          Items: [1, 2],
          ItemProcessor: machine({ Item: call('item', { End: true }) }),
          Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Rest' }],
          Next: 'Rest',
        },
        Rest: {
          Type: 'Map',
          Label: 'Lines',
          Items: [1, 2, 3],
          ItemProcessor: { ...machine({ Line: { Type: 'Pass', End: true } }), ...DISTRIBUTED },
          End: true,
        },
      }),
    ],
    Next: 'Done',
  },
  Done: { Type: 'Succeed' },
  Refuse: { Type: 'Fail', Error: 'No' },
});
export const definition = parseDefinition(source);

/** Runs the machine to its end and counts. */
export async function countsOf(functions: { readonly [name: string]: Fn }) {
  const engine = engineFor(source, functions);
  await run(engine);
  for (let next = engine.nextTimer(); next !== undefined; next = engine.nextTimer()) await engine.advanceTo(next);
  return countWays(MACHINE, definition, engine.transitions());
}
