/** What AWS's documentation says and recordings do not show: a rule in words, the page that says it, and a proof. */
import { expect } from 'vitest';
import type { VirtualEngine } from '../../../local/step-functions/index.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';
import { API, type Documented, GUIDE, proveDocumented, rejection } from '../../support/documented.ts';
import {
  ask,
  attempts,
  call,
  endless,
  engineFor,
  type Fn,
  machine,
  returned,
  run,
  runToEnd,
  threw,
} from './support.ts';

const QUOTAS = `${GUIDE}/service-quotas.html`;
const ERRORS = `${GUIDE}/concepts-error-handling.html`;
const REDRIVE = `${GUIDE}/redrive-executions.html`;
const DAY = 86_400_000;

const ok = { status: 'SUCCEEDED' };
const failedWith = (error: string) => ({ status: 'FAILED', error });
/** A state that catches what it is told to. */
const catching = (errors: readonly string[], more: object = {}) => ({
  Catch: [{ ErrorEquals: errors, Output: '{% $states.errorOutput.Error %}', Next: 'Caught' }],
  End: true,
  ...more,
});
const CAUGHT = { Caught: { Type: 'Succeed' } };
/** Text of so many bytes, in two-byte signs: what counts is UTF-8. */
const bytes = (count: number): string => 'é'.repeat(Math.floor((count - 2) / 2));
const big: { readonly [name: string]: Fn } = {
  f: () => returned(bytes(262_146)),
  limit: () => returned(bytes(262_144)),
};
const growing = '{% $join([1..60000].("abcde")) %}';
const direct = (name: string, more: object) => ({
  Type: 'Task',
  Resource: `arn:aws:lambda:us-east-1:000000000000:function:${name}`,
  ...more,
});
const byArn = Object.fromEntries(
  Object.entries(big).map(([name, fn]) => [`arn:aws:lambda:us-east-1:000000000000:function:${name}`, fn]),
);

const LIMITS: readonly Documented[] = [
  {
    rule: 'a result may have 262,144 bytes in UTF-8',
    page: QUOTAS,
    seen: () => runToEnd(machine({ Call: direct('limit', { End: true }) }), {}, byArn),
    expected: ok,
  },
  {
    rule: 'a result above 262,144 bytes fails its task with States.DataLimitExceeded',
    page: ERRORS,
    seen: () => runToEnd(machine({ Call: direct('f', { End: true }) }), {}, byArn),
    expected: { ...failedWith('States.DataLimitExceeded'), events: expect.arrayContaining(['LambdaFunctionFailed']) },
  },
  {
    rule: 'an output above the limit fails its state',
    page: ERRORS,
    seen: () => runToEnd(machine({ Grow: { Type: 'Pass', Output: growing, End: true } })),
    expected: failedWith('States.DataLimitExceeded'),
  },
  {
    rule: "a task's input above the limit, after its Arguments, fails the task before it is scheduled",
    page: ERRORS,
    seen: () =>
      runToEnd(machine({ Call: call('f', { Arguments: { FunctionName: 'f', Payload: growing }, End: true }) })),
    expected: { ...failedWith('States.DataLimitExceeded'), events: expect.not.arrayContaining(['TaskScheduled']) },
  },
  {
    rule: 'States.ALL does not catch States.DataLimitExceeded',
    page: ERRORS,
    seen: () => runToEnd(machine({ Call: call('f', catching(['States.ALL'])), ...CAUGHT }), {}, big),
    expected: failedWith('States.DataLimitExceeded'),
  },
  {
    rule: 'States.DataLimitExceeded is caught by its own name',
    page: ERRORS,
    seen: () => runToEnd(machine({ Call: call('f', catching(['States.DataLimitExceeded'])), ...CAUGHT }), {}, big),
    expected: ok,
  },
  {
    rule: 'a history has 25,000 events at most; an execution that would need more fails',
    page: QUOTAS,
    seen: async () => {
      const { status, error, events } = await runToEnd(machine(endless({ Type: 'Pass' })));
      return { status, error, events: events.length, last: events.at(-1) };
    },
    expected: { ...failedWith('States.Runtime'), events: 25_000, last: 'ExecutionFailed' },
  },
  {
    rule: 'States.ALL does not catch States.Runtime',
    page: ERRORS,
    seen: () =>
      runToEnd(
        machine({ Call: call('f', catching(['States.ALL'])), ...CAUGHT }),
        {},
        { f: () => threw('States.Runtime') },
      ),
    expected: failedWith('States.Runtime'),
  },
  {
    rule: 'the name of a state has 80 characters at most',
    page: `${GUIDE}/statemachine-structure.html`,
    seen: async () =>
      [80, 81].map((length) => {
        try {
          parseDefinition(machine({ ['S'.repeat(length)]: { Type: 'Succeed' } }));
          return 'taken';
        } catch (error) {
          return error instanceof Error ? error.name : error;
        }
      }),
    expected: ['taken', 'InvalidDefinition'],
  },
];

const TIME_OUTS: readonly Documented[] = [
  ...['States.HeartbeatTimeout', 'States.Timeout', 'States.ALL'].map((name) => ({
    rule: `a missed heartbeat is States.Timeout, which ${name} matches`,
    page: ERRORS,
    seen: () =>
      runToEnd(machine({ Ask: ask(catching([name], { TimeoutSeconds: 600, HeartbeatSeconds: 60 })), ...CAUGHT })),
    expected: { ...ok, output: 'States.Timeout' },
  })),
  {
    rule: 'States.TaskFailed matches any error but States.Timeout',
    page: ERRORS,
    seen: () => runToEnd(machine({ Ask: ask(catching(['States.TaskFailed'], { TimeoutSeconds: 60 })), ...CAUGHT })),
    expected: failedWith('States.Timeout'),
  },
  {
    rule: 'a heartbeat puts off the next one, but not the time-out of the task',
    page: `${API}/API_SendTaskHeartbeat.html`,
    seen: async () => {
      const asked = await asking({ TimeoutSeconds: 100, HeartbeatSeconds: 60 }, ['States.HeartbeatTimeout']);
      await asked.engine.advanceBy(50_000);
      await asked.engine.sendTaskHeartbeat(asked.token());
      await asked.engine.advanceBy(49_999);
      const before = asked.engine.describe(asked.arn).status;
      await asked.engine.advanceBy(1);
      return [before, asked.engine.describe(asked.arn)];
    },
    expected: ['RUNNING', failedWith('States.Timeout')],
  },
  {
    rule: 'heartbeats that come keep a task open; no event tells of them',
    page: `${API}/API_SendTaskHeartbeat.html`,
    seen: async () => {
      const { engine, arn, token } = await asking({ HeartbeatSeconds: 60 }, ['Never']);
      const events = engine.history(arn).length;
      for (let minute = 0; minute < 10; minute += 1) {
        await engine.advanceBy(59_000);
        await engine.sendTaskHeartbeat(token());
      }
      const { status } = engine.describe(arn);
      const added = engine.history(arn).length - events;
      await engine.advanceBy(60_000);
      return [status, added, engine.describe(arn)];
    },
    expected: ['RUNNING', 0, failedWith('States.Timeout')],
  },
  {
    rule: "a machine's TimeoutSeconds ends its execution, whatever it waits for",
    page: `${GUIDE}/statemachine-structure.html`,
    seen: async () => {
      const wait = machine({ Wait: { Type: 'Wait', Seconds: 60, End: true } }, { TimeoutSeconds: 30 });
      const { status, error, startedAt, stoppedAt, events } = await runToEnd(wait);
      return { status, error, after: (stoppedAt?.getTime() ?? 0) - startedAt.getTime(), last: events.at(-1) };
    },
    expected: { status: 'TIMED_OUT', error: 'States.Timeout', after: 30_000, last: 'ExecutionTimedOut' },
  },
  {
    rule: "a task's TimeoutSeconds fails the task, and counts anew for each attempt",
    page: `${GUIDE}/state-task.html`,
    seen: async () => {
      const retry = [{ ErrorEquals: ['States.Timeout'], IntervalSeconds: 10, MaxAttempts: 1 }];
      const timed = ask({ TimeoutSeconds: 100, Retry: retry, End: true });
      const { status, error, startedAt, stoppedAt } = await runToEnd(machine({ Ask: timed }));
      return { status, error, after: (stoppedAt?.getTime() ?? 0) - startedAt.getTime() };
    },
    expected: { ...failedWith('States.Timeout'), after: 210_000 },
  },
];

const retried = (rule: string, retrier: object, expected: readonly number[]): Documented => ({
  rule: `a retrier tries again ${rule}`,
  page: ERRORS,
  seen: () => attempts([{ ErrorEquals: ['Busy'], ...retrier }], () => 'Busy'),
  expected,
});

const RETRIES: readonly Documented[] = [
  retried('three times, after 1, 2 and 4 seconds, unless told otherwise', {}, [0, 1, 3, 7]),
  retried('with its interval and its rate', { IntervalSeconds: 10, BackoffRate: 1.5 }, [0, 10, 25, 47.5]),
  retried('at the same distance with a rate of 1', { IntervalSeconds: 5, BackoffRate: 1, MaxAttempts: 2 }, [0, 5, 10]),
  retried(
    'never later than MaxDelaySeconds',
    { IntervalSeconds: 3, BackoffRate: 10, MaxDelaySeconds: 20 },
    [0, 3, 23, 43],
  ),
  retried('not at all with MaxAttempts 0', { MaxAttempts: 0 }, [0]),
  {
    rule: 'with the jitter FULL a delay is anything from 0 to the back-off, which MaxDelaySeconds caps',
    page: ERRORS,
    seen: async () => {
      const retry = { IntervalSeconds: 8, BackoffRate: 2, MaxDelaySeconds: 20, JitterStrategy: 'FULL' };
      const within = new Set<boolean>();
      const shares = new Set<number>();
      for (let seed = 1; seed <= 100; seed += 1) {
        const at = await attempts([{ ErrorEquals: ['Busy'], ...retry }], () => 'Busy', seed);
        for (const [index, most] of [8, 16, 20].entries()) {
          const share = ((at[index + 1] ?? Infinity) - (at[index] ?? 0)) / most;
          within.add(share >= 0 && share <= 1);
          shares.add(Math.floor(share * 4));
        }
      }
      return { within: [...within], quarters: [...shares].toSorted() };
    },
    expected: { within: [true], quarters: [0, 1, 2, 3] },
  },
];

const broken = machine({ Broken: { Type: 'Fail', Error: 'Broken' } });
const refusal = { name: 'ExecutionNotRedrivable' };

const REDRIVES: readonly Documented[] = [
  {
    rule: 'an execution is redriven for 14 days after its end, and no longer',
    page: REDRIVE,
    seen: async () => {
      const engine = engineFor(broken);
      const [one, other] = [await run(engine), await run(engine)];
      await engine.advanceBy(14 * DAY);
      await engine.redrive(one);
      await engine.advanceBy(1);
      return [engine.describe(one), await rejection(engine.redrive(other))];
    },
    expected: [failedWith('Broken'), refusal],
  },
  {
    rule: 'an execution is redriven 1,000 times at most',
    page: QUOTAS,
    seen: async () => {
      const engine = engineFor(broken);
      const arn = await run(engine);
      for (let count = 0; count < 1_000; count += 1) await engine.redrive(arn);
      const redriven = engine.history(arn).filter(({ type }) => type === 'ExecutionRedriven');
      return [redriven.at(-1)?.details, await rejection(engine.redrive(arn))];
    },
    expected: [{ redriveCount: 1_000 }, refusal],
  },
  ...(['SUCCEEDED', 'RUNNING'] as const).map((status) => ({
    rule: `an execution that is ${status} is not redriven`,
    page: `${API}/API_RedriveExecution.html`,
    seen: async () => {
      const wait = { Wait: { Type: 'Wait', Seconds: 60, End: true } };
      const engine = engineFor(machine(status === 'RUNNING' ? wait : { End: { Type: 'Succeed' } }));
      return rejection(engine.redrive(await run(engine)));
    },
    expected: { ...refusal, message: `Execution is ${status} and cannot be redriven` },
  })),
];

proveDocumented('limits', LIMITS);
proveDocumented('time-outs', TIME_OUTS);
proveDocumented('retries', RETRIES);
proveDocumented('redrives', REDRIVES);

/** An execution that waits for the reply to a token, and catches some errors. */
async function asking(
  more: object,
  caught: readonly string[],
): Promise<{ readonly engine: VirtualEngine; readonly arn: string; token(): string }> {
  let token = '';
  const engine = engineFor(machine({ Ask: ask(catching(caught, more)), ...CAUGHT }), {
    ask: (payload) => {
      token = (payload as { readonly token: string }).token;
      return returned(null);
    },
  });
  return { engine, arn: await run(engine), token: () => token };
}
