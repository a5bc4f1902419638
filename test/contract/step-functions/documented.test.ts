/** What AWS's documentation says of its API: see the table in test/unit/step-functions. */
import {
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  StartExecutionCommand,
  StopExecutionCommand,
} from '@aws-sdk/client-sfn';
import { expect } from 'vitest';
import { API, type Documented, GUIDE, proveDocumented, rejection } from '../../support/documented.ts';
import { ASKING, machine, PASSING, useEngine, WAITING } from './support.ts';

const START = `${API}/API_StartExecution.html`;
const SUCCESS = `${API}/API_SendTaskSuccess.html`;
const engine = useEngine();
const { start, ended, asked } = engine;
const create = async (definition: string) => (await engine.create(definition)).stateMachineArn;
const startWith = async (input: string) =>
  engine.client.send(new StartExecutionCommand({ stateMachineArn: await create(PASSING), input }));
const succeed = (taskToken: string, output = '{}') =>
  engine.client.send(new SendTaskSuccessCommand({ taskToken, output }));
const beat = (taskToken: string) => engine.client.send(new SendTaskHeartbeatCommand({ taskToken }));

const tooLong = (field: string, limit: number) => ({
  name: 'ValidationException',
  message: expect.stringMatching(
    new RegExp(`at '${field}' failed to satisfy constraint: Member must have length less than or equal to ${limit}$`),
  ),
});
const TIMED_OUT = { name: 'TaskTimedOut', message: "Task Timed Out: 'Provided task does not exist anymore'" };

const NAMES: readonly Documented[] = [
  {
    rule: 'the name and the input of an execution that runs give the same answer again',
    page: START,
    seen: async () => {
      const arn = await create(WAITING);
      const request = new StartExecutionCommand({ stateMachineArn: arn, name: 'order-1', input: '{"a":1}' });
      const first = await engine.client.send(request);
      const second = await engine.client.send(request);
      return [second.executionArn === first.executionArn, Number(second.startDate) - Number(first.startDate)];
    },
    expected: [true, 0],
  },
  {
    rule: 'the name of an execution that runs on another input is refused',
    page: START,
    seen: async () => {
      const arn = await create(WAITING);
      await start(arn, { a: 1 }, 'order-1');
      return rejection(start(arn, { a: 2 }, 'order-1'));
    },
    expected: {
      name: 'ExecutionAlreadyExists',
      message: expect.stringMatching(/^Execution Already Exists: 'arn:.+:execution:.+:order-1'$/),
    },
  },
  {
    rule: 'the name of an execution that has ended is refused, also with the same input',
    page: START,
    seen: async () => {
      const arn = await create(PASSING);
      await ended(await start(arn, { a: 1 }, 'order-1'));
      return rejection(start(arn, { a: 1 }, 'order-1'));
    },
    expected: { name: 'ExecutionAlreadyExists' },
  },
  {
    rule: 'two machines may have executions of one name',
    page: START,
    seen: async () => {
      const arns = await Promise.all([create(WAITING), create(WAITING)]);
      const executions = await Promise.all(arns.map((arn) => start(arn, {}, 'order-1')));
      return { different: new Set(executions).size };
    },
    expected: { different: 2 },
  },
  ...['a b', 'a<b', 'a*', 'a:b', 'a/b', 'a\u0007b'].map((name) => ({
    rule: `the name ${JSON.stringify(name)} is refused`,
    page: START,
    seen: async () => rejection(start(await create(PASSING), {}, name)),
    expected: { name: 'InvalidName', message: `Invalid Name: '${name}'` },
  })),
  {
    rule: 'a name has 80 characters at most',
    page: `${GUIDE}/service-quotas.html`,
    seen: async () => {
      const arn = await create(WAITING);
      await start(arn, {}, 'n'.repeat(80));
      return rejection(start(arn, {}, 'n'.repeat(81)));
    },
    expected: tooLong('name', 80),
  },
];

const INPUTS: readonly Documented[] = [
  ...['no json', '', "{'a':1}"].map((input) => ({
    rule: `the input ${JSON.stringify(input)} is refused`,
    page: START,
    seen: () => rejection(startWith(input)),
    expected: {
      name: 'InvalidExecutionInput',
      message: expect.stringMatching(/^Invalid State Machine Execution Input: '.+'$/s),
    },
  })),
  ...['1', '"text"', 'null', '[]'].map((input) => ({
    rule: `the input ${input} is JSON, and need be no object`,
    page: START,
    seen: async () => ended(String((await startWith(input)).executionArn)),
    expected: { status: 'SUCCEEDED', input, output: input },
  })),
  {
    rule: 'an input has 262,144 bytes in UTF-8 at most',
    page: `${GUIDE}/service-quotas.html`,
    seen: async () => {
      const text = (bytes: number) => JSON.stringify('é'.repeat((bytes - 2) / 2));
      await startWith(text(262_144));
      return rejection(startWith(text(262_146)));
    },
    expected: tooLong('input', 262_144),
  },
];

const TOKENS: readonly Documented[] = [
  {
    rule: 'one of several replies to a token is taken; the others come too late',
    page: SUCCESS,
    seen: async () => {
      const { arn, token } = await asked();
      const answers = await Promise.allSettled([1, 2, 3].map((n) => succeed(token, `${n}`)));
      const { status, output } = await ended(arn);
      const winner = answers.findIndex((answer) => answer.status === 'fulfilled') + 1;
      const late = answers.filter((answer) => answer.status === 'rejected').map(({ reason }) => reason.name);
      return { status, late, won: output === `${winner}` };
    },
    expected: { status: 'SUCCEEDED', late: ['TaskTimedOut', 'TaskTimedOut'], won: true },
  },
  ...(
    [
      ['a success', succeed],
      ['a heartbeat', beat],
      ['a failure', (taskToken: string) => engine.client.send(new SendTaskFailureCommand({ taskToken }))],
    ] as const
  ).flatMap(([what, reply]) => [
    {
      rule: `${what} for a task that has been answered comes too late`,
      page: SUCCESS,
      seen: async () => {
        const { token } = await asked();
        await succeed(token);
        return rejection(reply(token));
      },
      expected: TIMED_OUT,
    },
    {
      rule: `${what} for a task of an execution that was stopped comes too late`,
      page: SUCCESS,
      seen: async () => {
        const { arn, token } = await asked();
        await engine.client.send(new StopExecutionCommand({ executionArn: arn }));
        return rejection(reply(token));
      },
      expected: TIMED_OUT,
    },
    {
      rule: `${what} for a text that is no token is refused`,
      page: SUCCESS,
      seen: () => rejection(reply('nonsense')),
      expected: { name: 'InvalidToken', message: "Invalid Token: 'Invalid token'" },
    },
  ]),
  {
    rule: 'a reply to a task that has timed out comes too late',
    page: SUCCESS,
    seen: async () => {
      const timed = JSON.parse(ASKING);
      Object.assign(timed.States.Ask, { TimeoutSeconds: 1, HeartbeatSeconds: undefined });
      const { arn, token } = await asked(machine(timed.States));
      const { error } = await ended(arn);
      return [error, await rejection(succeed(token))];
    },
    expected: ['States.Timeout', TIMED_OUT],
  },
  {
    rule: 'an output that is no JSON is refused, and leaves the task open',
    page: SUCCESS,
    seen: async () => {
      const { arn, token } = await asked();
      const refused = await rejection(succeed(token, '{'));
      return [refused, await engine.describe(arn)];
    },
    expected: [{ name: 'InvalidOutput' }, { status: 'RUNNING' }],
  },
  {
    rule: 'an output has 262,144 bytes at most, and a longer one leaves the task open',
    page: SUCCESS,
    seen: async () => {
      const { arn, token } = await asked();
      const refused = await rejection(succeed(token, JSON.stringify('x'.repeat(262_143))));
      await succeed(token, JSON.stringify('x'.repeat(262_142)));
      return [refused, await ended(arn)];
    },
    expected: [tooLong('output', 262_144), { status: 'SUCCEEDED' }],
  },
  ...(
    [
      ['error', 256],
      ['cause', 32_768],
    ] as const
  ).map(([field, limit]) => ({
    rule: `the ${field} of a failure has ${limit} characters at most`,
    page: `${API}/API_SendTaskFailure.html`,
    seen: async () => {
      const { token } = await asked();
      const failure = { taskToken: token, [field]: 'x'.repeat(limit + 1) };
      return rejection(engine.client.send(new SendTaskFailureCommand(failure)));
    },
    expected: tooLong(field, limit),
  })),
];

proveDocumented('names of executions', NAMES);
proveDocumented('inputs of executions', INPUTS);
proveDocumented('replies to tasks', TOKENS);
