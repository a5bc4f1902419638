import { newExecution } from '../../../local/step-functions/advance.ts';
import type { ExecutionState } from '../../../local/step-functions/execution.ts';
import {
  createVirtualEngine,
  type DescribedExecution,
  type HistoryEvent,
  type LambdaOutcome,
  type VirtualEngine,
} from '../../../local/step-functions/index.ts';
import { parseDefinition } from '../../../local/step-functions/validate.ts';

export const MACHINE = 'arn:aws:states:us-east-1:000000000000:stateMachine:main';
export const CHILD = 'arn:aws:states:us-east-1:000000000000:stateMachine:child';
const INVOKE = 'arn:aws:states:::lambda:invoke';

/** A machine that starts with its first state. */
export function machine(states: object, more: object = {}): object {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more };
}

/** A task that calls a function with the state's input and gives its payload on. */
export function call(functionName: string, more: object = {}): object {
  return {
    Type: 'Task',
    Resource: INVOKE,
    Arguments: { FunctionName: functionName, Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    ...more,
  };
}

/** A task whose function is given a token in its payload. */
export function ask(more: object = {}): object {
  return call('ask', {
    Resource: `${INVOKE}.waitForTaskToken`,
    Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    Output: '{% $states.result %}',
    ...more,
  });
}

/** States that go round for ever: a way out is there, and never taken. */
export function endless(loop: object): object {
  return {
    Loop: { ...loop, Next: 'Again' },
    Again: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Loop' }], Default: 'Out' },
    Out: { Type: 'Succeed' },
  };
}

export const returned = (payload: unknown): LambdaOutcome => ({ kind: 'returned', payload });
export const threw = (errorType: string, errorMessage = 'no reason'): LambdaOutcome => ({
  kind: 'threw',
  errorType,
  errorMessage,
});

export type Fn = (payload: unknown) => LambdaOutcome | Promise<LambdaOutcome>;

/** An engine whose functions are given by name; unknown ones return nothing. */
export function engineFor(
  machines: object | { readonly [arn: string]: object },
  functions: { readonly [name: string]: Fn } = {},
  seed = 1,
): VirtualEngine {
  return createVirtualEngine({
    machines: 'States' in machines ? { [MACHINE]: machines } : { ...machines },
    invokeLambda: async (name, payload) => (await functions[name]?.(payload)) ?? returned(null),
    seed,
  });
}

/** Starts the machine and runs it without time passing. */
export async function run(engine: VirtualEngine, input: unknown = {}): Promise<string> {
  const arn = await engine.start(MACHINE, input);
  await engine.settle();
  return arn;
}

/** Runs a machine to its end, however long it waits. */
export async function runToEnd(
  definition: object,
  input: unknown = {},
  functions: { readonly [name: string]: Fn } = {},
): Promise<DescribedExecution & { readonly events: readonly string[]; readonly history: readonly HistoryEvent[] }> {
  const engine = engineFor(definition, functions);
  const arn = await run(engine, input);
  for (let next = engine.nextTimer(); next !== undefined; next = engine.nextTimer()) await engine.advanceTo(next);
  const history = engine.history(arn);
  return { ...engine.describe(arn), history, events: history.map(({ type }) => type) };
}

/** The seconds after the start at which a failing task was tried. */
export async function attempts(
  retry: readonly object[],
  errors: (attempt: number) => string,
  seed = 1,
): Promise<number[]> {
  const at: number[] = [];
  const fail: Fn = () => {
    at.push(engine.now().getTime());
    return threw(errors(at.length));
  };
  const engine = engineFor(machine({ Call: call('fail', { Retry: retry, End: true }) }), { fail }, seed);
  await engine.start(MACHINE, {});
  await engine.settle();
  await engine.advanceBy(30 * 86_400_000);
  return at.map((moment) => (moment - (at[0] ?? 0)) / 1000);
}

/** Functions that note their calls; `broken` ones throw until they are mended. */
export function mendable() {
  const calls: string[] = [];
  const broken = new Set<string>();
  const f: Fn = (payload) => {
    const text = String(payload);
    calls.push(text);
    return broken.has(text) ? threw('Broken') : returned(`${text} done`);
  };
  return { calls, broken, f };
}

/** What an execution of a definition is before its first step. */
export function executionOf(definition: unknown, input: unknown = { a: 1 }): ExecutionState {
  const parts = {
    arn: 'arn:aws:states:us-east-1:000000000000:execution:main:one',
    name: 'one',
    machineArn: MACHINE,
    machineName: 'main',
    roleArn: 'arn:aws:iam::000000000000:role/engine',
    definition: parseDefinition(definition),
    input: JSON.parse(JSON.stringify(input)),
  };
  return newExecution(parts, 0);
}
