/** Machines to draw: those of the project, one that has everything, and any. */
import * as fc from 'fast-check';
import { arrange } from '../../../functions/diagrams/domain/arrange.ts';
import { type Scope, scopeSchema } from '../../../functions/diagrams/domain/asl.ts';
import type { Flowchart } from '../../../functions/diagrams/domain/flowchart.ts';
import { flowchartOf } from '../../../functions/diagrams/domain/from-asl.ts';
import type { LaidOut } from '../../../functions/diagrams/domain/laid-out.ts';
import { placedCells } from '../../../functions/diagrams/placed-cells.ts';

/** Every type of state, a Map in a Parallel in a Map, and errors everywhere. */
export const EVERYTHING: Scope = scopeSchema.parse({
  StartAt: 'Wait',
  States: {
    Wait: { Type: 'Wait', Next: 'Prepare' },
    Prepare: { Type: 'Pass', Next: 'Both' },
    Both: {
      Type: 'Parallel',
      Branches: [
        {
          StartAt: 'EachItem',
          States: {
            EachItem: {
              Type: 'Map',
              MaxConcurrency: 1,
              ItemProcessor: {
                StartAt: 'AskTwice',
                States: {
                  AskTwice: {
                    Type: 'Task',
                    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
                    Arguments: { FunctionName: `\${OpenLevelArn}`, Payload: {} },
                    Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'AskTwice' }],
                    Next: 'Said?',
                  },
                  'Said?': {
                    Type: 'Choice',
                    Choices: [{ Condition: "{% $states.input.said = 'no' %}", Next: 'AskTwice' }],
                    Default: 'Heard',
                  },
                  Heard: { Type: 'Succeed' },
                },
              },
              End: true,
            },
          },
        },
        {
          StartAt: 'Call',
          States: {
            Call: {
              Type: 'Task',
              Resource: 'arn:aws:states:::states:startExecution.sync:2',
              Arguments: { StateMachineArn: `\${PayslipArn}` },
              End: true,
            },
          },
        },
        {
          StartAt: 'Idle',
          States: { Idle: { Type: 'Pass', Next: 'Broken' }, Broken: { Type: 'Fail', Error: 'BrokenError' } },
        },
      ],
      Catch: [
        { ErrorEquals: ['BrokenError'], Next: 'Failed' },
        { ErrorEquals: ['States.ALL'], Next: 'Prepare' },
      ],
      Next: 'Done',
    },
    Done: { Type: 'Succeed' },
    Failed: { Type: 'Fail', Error: 'BrokenError' },
  },
});

export interface Drawn {
  readonly chart: Flowchart;
  readonly laidOut: LaidOut;
}

export async function drawn(machine: Scope): Promise<Drawn> {
  const chart = flowchartOf(machine);
  return { chart, laidOut: arrange(chart, await placedCells(chart)) };
}

/** Machines of some states that lead anywhere, forward and back, with sub-processes of their own. */
export function anyMachine(): fc.Arbitrary<Scope> {
  return anyScope(1);
}

function anyScope(depth: number, prefix = 'S'): fc.Arbitrary<Scope> {
  const type = fc.constantFrom('Task', 'Task', 'Choice', 'Pass', 'Wait', ...(depth > 0 ? ['Map', 'Parallel'] : []));
  const place = fc.nat({ max: 8 });
  const state = fc.record({
    type,
    next: place,
    others: fc.array(place, { maxLength: 4 }),
    caught: fc.array(place, { maxLength: 2 }),
  });
  return fc.array(state, { minLength: 1, maxLength: 6 }).chain((states) => {
    const name = (index: number) => `${prefix}${index % states.length}`;
    const inner = (index: number) => (depth > 0 ? anyScope(depth - 1, `${prefix}${index}In`) : fc.constant(undefined));
    return fc.tuple(...states.map((_, index) => fc.tuple(inner(index), inner(index + 100)))).map((inners) =>
      scopeSchema.parse({
        StartAt: name(0),
        States: Object.fromEntries(
          states.map(({ type: Type, next, others, caught }, index) => {
            const [first, second] = inners[index] ?? [];
            const goesOn = next >= states.length ? { End: true } : { Next: name(next) };
            const errors = caught.map((to, number) => ({ ErrorEquals: [`Error${number}`], Next: name(to) }));
            const answers = others.map((to) => ({ Condition: `{% $answer = 'a${to}' %}`, Next: name(to) }));
            switch (Type) {
              case 'Choice':
                return [name(index), { Type, Choices: answers, Default: name(next) }];
              case 'Pass':
              case 'Wait':
                return [name(index), { Type, ...goesOn }];
              case 'Map':
                return [name(index), { Type, ...goesOn, ItemProcessor: first, Catch: errors }];
              case 'Parallel':
                return [name(index), { Type, ...goesOn, Branches: [first, second], Catch: errors }];
              default:
                return [name(index), { Type, Resource: 'arn:aws:states:::lambda:invoke', ...goesOn, Catch: errors }];
            }
          }),
        ),
      }),
    );
  });
}
