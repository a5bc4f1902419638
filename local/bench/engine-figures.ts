/** Figures of the local Step Functions engine by itself, each measured in a process of its own. */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import * as z from 'zod';
import { measureServer } from './engine/server-figures.ts';

const virtualSchema = z.object({
  executionsPerSecond: z.number(),
  mbPer1000Waiting: z.object({ resident: z.number(), heap: z.number() }),
  /** Figures of executions that did not do what they should say nothing. */
  counted: z.object({ warm: z.literal(500), waiting: z.literal(1_000), short: z.literal(3_000) }),
});

/** Memory of waiting executions, short executions per second in virtual time, duration of calls of the API. */
export async function measureEngine() {
  const { executionsPerSecond, mbPer1000Waiting } = await measureVirtual();
  const server = await measureServer();
  return rounded({
    inVirtualTime: { executionsPerSecond, mbPer1000Waiting },
    asService: server,
    targets: { executionsPerSecond: 1_000, mbPer1000Waiting: 100, millisecondsPerCall: 5 },
  });
}

async function measureVirtual() {
  const child = fork(join(import.meta.dirname, 'engine/virtual-child.ts'), {
    execArgv: ['--expose-gc', '--import', 'tsx'],
  });
  const gone = once(child, 'exit');
  const [message] = await Promise.race([
    once(child, 'message'),
    gone.then(([code]) => Promise.reject(new Error(`the measurement ended with ${code}`))),
  ]);
  await gone;
  return virtualSchema.parse(message);
}

/** Two decimals. */
function rounded<Figures>(figures: Figures): Figures {
  return JSON.parse(
    JSON.stringify(figures, (_, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value)),
  );
}
