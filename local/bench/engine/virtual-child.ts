/** A process of its own, with nothing in it but the virtual engine: tells its parent what it measured. */
import { createVirtualEngine, type VirtualEngine } from '../../step-functions/index.ts';
import { INPUT, MACHINE_ARN, SHORT, WAITING } from './machines.ts';
import { heldMb } from './memory.ts';

const WAIT = 1_000;
const WARM_UP = 500;
const SHORT_RUNS = 3_000;

const engineOf = (definition: object) =>
  createVirtualEngine({
    machines: { [MACHINE_ARN]: definition },
    invokeLambda: async () => ({ kind: 'returned', payload: { done: true } }),
  });

async function startMany(count: number, definition: object) {
  const engine = engineOf(definition);
  for (let index = 0; index < count; index += 1) await engine.start(MACHINE_ARN, INPUT);
  await engine.settle();
  return engine;
}

const count = (engine: VirtualEngine, status: string) =>
  engine.executions().filter((execution) => execution.status === status).length;

// One that is kept, so that what every engine needs is there before the measurement.
const warm = await startMany(WARM_UP, WAITING);
const before = heldMb();
const waiting = await startMany(WAIT, WAITING);
const after = heldMb();
await startMany(WARM_UP, SHORT);
const startedAt = performance.now();
const short = await startMany(SHORT_RUNS, SHORT);
const perSecond = SHORT_RUNS / ((performance.now() - startedAt) / 1000);
process.send?.({
  executionsPerSecond: Math.round(perSecond),
  mbPer1000Waiting: { resident: after.resident - before.resident, heap: after.heap - before.heap },
  counted: { warm: count(warm, 'RUNNING'), waiting: count(waiting, 'RUNNING'), short: count(short, 'SUCCEEDED') },
});
