/**
 * Runs deployed functions with Lambda's contract, each in worker processes of its own: MiniStack loses the names of the
 * errors that functions throw, and a state machine routes on them.
 */
import type { FunctionDescription, LambdaOutcome } from './outcome.ts';
import { startWorker, type Worker } from './worker-process.ts';

/** Invokes functions; what a function throws is an outcome, never an error of the host. */
export interface LambdaHost {
  /**
   * @param functionArnOrName - of a deployed function
   * @throws what `describe` throws when there is no such function
   */
  invoke(functionArnOrName: string, payload: unknown): Promise<LambdaOutcome>;
  /** Ends all workers; running invocations end as crashed. */
  stop(): Promise<void>;
}

interface Pool {
  readonly description: FunctionDescription;
  readonly idle: Worker[];
  readonly waiting: (() => void)[];
  busy: number;
}

/**
 * @param options.describe - finds a function: asked at each invocation, so that a new deployment is seen
 * @param options.maxPerFunction - events of one function that are worked on at once; further ones wait
 * @param options.ambient - variables that the service sets for every function
 * @param options.log - what functions write to their logs
 */
export function createLambdaHost(options: {
  readonly describe: (functionArnOrName: string) => Promise<FunctionDescription>;
  readonly maxPerFunction: number;
  readonly ambient: Readonly<Record<string, string>>;
  readonly log: (functionName: string, text: string) => void;
}): LambdaHost {
  const pools = new Map<string, Pool>();
  const workers = new Set<Worker>();
  let stopped = false;

  const poolOf = async (description: FunctionDescription): Promise<Pool> => {
    const known = pools.get(description.arn);
    if (known !== undefined && isSame(known.description, description)) return known;
    const pool: Pool = { description, idle: [], waiting: [], busy: 0 };
    pools.set(description.arn, pool);
    for (const worker of known?.idle.splice(0) ?? []) await end(worker);
    return pool;
  };
  const end = async (worker: Worker): Promise<void> => {
    workers.delete(worker);
    await worker.stop();
  };
  const take = (pool: Pool): Worker => {
    for (let worker = pool.idle.pop(); worker !== undefined; worker = pool.idle.pop()) {
      if (worker.isUsable()) return worker;
      workers.delete(worker);
    }
    const { name } = pool.description;
    const worker = startWorker(pool.description, {
      ambient: options.ambient,
      log: (text) => options.log(name, text),
    });
    workers.add(worker);
    return worker;
  };
  const giveBack = async (pool: Pool, worker: Worker): Promise<void> => {
    if (worker.isUsable() && !stopped && pools.get(pool.description.arn) === pool) pool.idle.push(worker);
    else await end(worker);
  };

  return {
    invoke: async (functionArnOrName, payload) => {
      const pool = await poolOf(await options.describe(functionArnOrName));
      if (pool.busy >= options.maxPerFunction) await new Promise<void>((resolve) => pool.waiting.push(resolve));
      else pool.busy++;
      try {
        if (stopped) throw new Error('the Lambda host is stopped');
        const worker = take(pool);
        const outcome = await worker.handle(JSON.stringify(payload ?? null));
        await giveBack(pool, worker);
        return outcome;
      } finally {
        // A place is handed on without becoming free in between, so that nobody overtakes who waits.
        const next = pool.waiting.shift();
        if (next === undefined) pool.busy--;
        else next();
      }
    },
    stop: async () => {
      stopped = true;
      await Promise.all([...workers].map(end));
    },
  };
}

function isSame(one: FunctionDescription, other: FunctionDescription): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
