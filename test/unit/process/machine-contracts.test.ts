import { describe, expect, it } from 'vitest';
import type { MachineDefinition } from '../../../local/step-functions/definition.ts';
import { unfitPayloads } from '../../support/handler-inputs.ts';
import {
  placeholderMisfits,
  unclockedWaits,
  unfitArguments,
  unknownDetailTypes,
  unknownErrors,
} from '../../support/machine-contracts.ts';

const LONGEST_SECONDS = 1000;

const placeholder = (name: string) => `\${${name}Arn}`;

const asking = {
  processId: '{% $processId %}',
  kind: 'hold',
  waitId: '{% $states.context.State.EnteredTime %}',
  token: '{% $states.context.Task.Token %}',
  acceptShortReceipt: false,
};

/** A task that waits for facts, and does it as it should, in a branch so that the checks must look there too. */
function waiting(payload: object, more: object = {}): MachineDefinition {
  const task = {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: placeholder('AwaitFacts'), Payload: payload },
    TimeoutSeconds: LONGEST_SECONDS + 1,
    Retry: [{ ErrorEquals: ['ConcurrencyError', 'Lambda.ServiceException'] }],
    Catch: [{ ErrorEquals: ['States.Timeout'], Next: 'Wait' }],
    End: true,
    ...more,
  };
  const branch = { StartAt: 'Wait', States: { Wait: task } };
  return JSON.parse(
    JSON.stringify({ StartAt: 'Both', States: { Both: { Type: 'Parallel', Branches: [branch], End: true } } }),
  );
}

function routing(payload: object): MachineDefinition {
  return waiting(payload, { Arguments: { FunctionName: placeholder('RouteApproval'), Payload: payload } });
}

async function problemsOf(definition: MachineDefinition): Promise<readonly string[]> {
  return [
    ...unknownErrors(definition),
    ...(await unknownDetailTypes(definition)),
    ...(await unfitArguments(definition)),
    ...unclockedWaits(definition, LONGEST_SECONDS),
  ];
}

describe('the contracts of a machine with the rest of the project', () => {
  it('are kept by one that keeps them', async () => {
    expect(await problemsOf(waiting(asking))).toEqual([]);
  });

  const { kind: _, ...withoutKind } = asking;
  const { waitId: __, ...withoutWaitId } = asking;
  const put = { Entries: [{ DetailType: 'GoodsReceived' }, { DetailType: 'GoodsVanished' }] };

  it.each<[string, MachineDefinition, readonly string[]]>([
    [
      'an error that nobody throws',
      waiting(asking, { Retry: [{ ErrorEquals: ['ConcurrencyEror'] }] }),
      ['Both[0]/Wait: nobody throws ConcurrencyEror'],
    ],
    [
      'an error that nobody throws, in a Catch',
      waiting(asking, { Catch: [{ ErrorEquals: ['States.TimeOut'], Next: 'Wait' }] }),
      ['Both[0]/Wait: nobody throws States.TimeOut'],
    ],
    [
      'an event without a contract',
      waiting(asking, { Resource: 'arn:aws:states:::events:putEvents', Arguments: put }),
      ['Both[0]/Wait: no contract for the event "GoodsVanished"'],
    ],
    ['a field that is missing', waiting(withoutKind), ['Both[0]/Wait: kind is missing']],
    [
      'a field that the handler does not know',
      waiting({ ...asking, urgent: true }),
      ['Both[0]/Wait: urgent is unknown to the handler'],
    ],
    [
      'a literal of a wrong kind',
      waiting({ ...asking, acceptShortReceipt: 'no' }),
      ['Both[0]/Wait: acceptShortReceipt: Invalid input: expected boolean, received string'],
    ],
    [
      'a literal that is none of those that there are',
      waiting({ ...asking, kind: 'goods' }),
      [
        'Both[0]/Wait: kind: Invalid option: expected one of "rework"|"goods-receipt"|"supplier-invoice"|"payment"|"hold"',
      ],
    ],
    [
      'a function that is not there',
      waiting(asking, { Arguments: { FunctionName: placeholder('AwaitWonder'), Payload: asking } }),
      ['Both[0]/Wait: no handler AwaitWonder has an input'],
    ],
    [
      'a wait of which our clock is not told',
      waiting(withoutWaitId),
      ['Both[0]/Wait: waitId is missing', 'Both[0]/Wait: its payload has no waitId'],
    ],
    [
      'a time-out that rings before our clock',
      waiting(asking, { TimeoutSeconds: LONGEST_SECONDS }),
      ['Both[0]/Wait: its time-out is not behind the last deadline of a policy'],
    ],
  ])('are found to be broken by %s', async (_name, definition, problems) => {
    expect(await problemsOf(definition)).toEqual(problems);
  });

  it('are compared with the kind of input that comes closest, where there are several', async () => {
    const operator = { processId: 'P', subject: 'operator', stepId: 'S', failure: { step: 's', error: 'e' } };

    expect(await unfitArguments(routing(operator))).toEqual(['Both[0]/Wait: failure.cause is missing']);
    expect(await unfitArguments(routing({ processId: 'P', subject: 'order', stepId: 'S' }))).toEqual([]);
  });
});

describe('placeholders', () => {
  it('are missed where nothing is put in for them, and found where none is left', () => {
    expect(placeholderMisfits(placeholder('One') + placeholder('Two'), ['OneArn', 'ThreeArn'])).toEqual([
      'nothing is put in for TwoArn',
      'ThreeArn is not in the text',
    ]);
    expect(placeholderMisfits(placeholder('One') + placeholder('One'), ['OneArn'])).toEqual([]);
  });
});

describe('payloads of real runs', () => {
  const payload = { processId: 'P', kind: 'hold', waitId: 'W', token: 'T', acceptShortReceipt: false };

  it('are parsed with the schema of the handler', async () => {
    expect(await unfitPayloads([{ functionName: 'AwaitFacts', payload }])).toEqual([]);
    expect(
      await unfitPayloads([
        { functionName: 'AwaitFacts', payload: { ...payload, token: 7 } },
        { functionName: 'AwaitFacts', payload: { ...payload, urgent: true } },
        { functionName: 'AwaitWonder', payload },
      ]),
    ).toEqual([
      'AwaitFacts: token: Invalid input: expected string, received number',
      'AwaitFacts: urgent is unknown to the handler',
      'AwaitWonder: there is no handler with an input of that name',
    ]);
  });
});
