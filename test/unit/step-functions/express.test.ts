import { expect, it } from 'vitest';
import { expressDefinition } from '../../../local/step-functions/express.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';
import { machine, runToEnd } from './support.ts';

const waiting = (more: object = {}) =>
  expressDefinition(parseDefinition(machine({ Wait: { Type: 'Wait', Seconds: 400, End: true } }, more)));

it('an execution of type EXPRESS has five minutes, or less where its machine says so', async () => {
  const lasted = async (definition: object) => {
    const { status, error, startedAt, stoppedAt } = await runToEnd(definition);
    return { status, error, seconds: ((stoppedAt?.getTime() ?? 0) - startedAt.getTime()) / 1000 };
  };
  const timedOut = { status: 'TIMED_OUT', error: 'States.Timeout' };

  expect(await lasted(waiting())).toEqual({ ...timedOut, seconds: 300 });
  expect(await lasted(waiting({ TimeoutSeconds: 3_600 }))).toEqual({ ...timedOut, seconds: 300 });
  expect(await lasted(waiting({ TimeoutSeconds: 20 }))).toEqual({ ...timedOut, seconds: 20 });
});
