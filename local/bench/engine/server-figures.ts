/** How long the engine's API takes, and what 1,000 executions that wait cost it. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { INPUT, WAITING } from './machines.ts';

/** Milliseconds. */
export interface Durations {
  readonly median: number;
  readonly p99: number;
}

const EXECUTIONS = 1_000;
const WARM_UP = 100;
const memorySchema = z.object({ kind: z.literal('memory'), resident: z.number(), heap: z.number() });
const messageSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('serves'), url: z.string() }),
  z.object({ kind: z.literal('asked'), payload: z.object({ token: z.string() }) }),
  memorySchema,
]);
type Message = z.infer<typeof messageSchema>;

/** Starts the service in a process of its own and calls it, one call after the other, as one client. */
export async function measureServer() {
  const folder = await mkdtemp(join(tmpdir(), 'meridian-bench-'));
  const child = fork(join(import.meta.dirname, 'server-child.ts'), [join(folder, 'engine.sqlite')], {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const tokens: string[] = [];
  const waiters: ((message: Message) => void)[] = [];
  child.on('message', (raw) => {
    const message = messageSchema.parse(raw);
    if (message.kind === 'asked') tokens.push(message.payload.token);
    else waiters.shift()?.(message);
  });
  const next = () => new Promise<Message>((resolve) => waiters.push(resolve));
  const memory = async () => {
    const answer = next();
    child.send('memory');
    return memorySchema.parse(await answer);
  };
  try {
    const served = await next();
    return await measure(served.kind === 'serves' ? served.url : '', tokens, memory);
  } finally {
    const gone = once(child, 'exit');
    child.send('stop');
    await gone;
    await rm(folder, { recursive: true, force: true });
  }
}

async function measure(url: string, tokens: string[], memory: () => Promise<z.infer<typeof memorySchema>>) {
  const call = (action: string, body: object) => callApi(url, action, body);
  const { stateMachineArn } = z.object({ stateMachineArn: z.string() }).parse(
    await call('CreateStateMachine', {
      name: 'measured',
      roleArn: 'arn:aws:iam::000000000000:role/measured',
      definition: JSON.stringify(WAITING),
    }),
  );
  const start = () => call('StartExecution', { stateMachineArn, input: JSON.stringify(INPUT) });
  for (let index = 0; index < WARM_UP; index += 1) await start();
  const before = await memory();
  const arns: string[] = [];
  const started = await timed(EXECUTIONS, async () => {
    arns.push(z.object({ executionArn: z.string() }).parse(await start()).executionArn);
  });
  const after = await memory();
  const described = await timed(EXECUTIONS, (index) => call('DescribeExecution', { executionArn: arns[index] }));
  const answered = await timed(EXECUTIONS, (index) =>
    call('SendTaskSuccess', { taskToken: tokens[index + WARM_UP], output: '{}' }),
  );
  return {
    mbPer1000Waiting: { resident: after.resident - before.resident, heap: after.heap - before.heap },
    milliseconds: { StartExecution: started, DescribeExecution: described, SendTaskSuccess: answered },
  };
}

async function timed(count: number, work: (index: number) => Promise<unknown>): Promise<Durations> {
  const durations: number[] = [];
  for (let index = 0; index < count; index += 1) {
    const startedAt = performance.now();
    await work(index);
    durations.push(performance.now() - startedAt);
  }
  const sorted = durations.sort((one, other) => one - other);
  const at = (share: number) => sorted[Math.floor(sorted.length * share)] ?? 0;
  return { median: at(0.5), p99: at(0.99) };
}

/** @throws Error with the API's answer when it is none of success */
async function callApi(url: string, action: string, body: object): Promise<unknown> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'x-amz-target': `AWSStepFunctions.${action}`, 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  if (!response.ok) throw new Error(`${action}: ${JSON.stringify(answer)}`);
  return answer;
}
