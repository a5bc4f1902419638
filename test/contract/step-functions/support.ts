import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateStateMachineCommand,
  type CreateStateMachineCommandInput,
  type CreateStateMachineCommandOutput,
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { type EngineServer, type LambdaOutcome, startEngineServer } from '../../../local/step-functions/index.ts';

export const REGION = 'eu-central-1';
export const ROLE = 'arn:aws:iam::000000000000:role/engine';
export const WAITING = machine({ Wait: { Type: 'Wait', Seconds: 3_600, End: true } });
export const PASSING = machine({ Pass: { Type: 'Pass', Output: '{% $states.input %}', End: true } });
export const ASKING = machine({
  Ask: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    Output: '{% $states.result %}',
    TimeoutSeconds: 600,
    HeartbeatSeconds: 300,
    End: true,
  },
});

/** Calls the function `call` with its input and ends with what it returns. */
export const CALLING = machine({
  Call: {
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    Arguments: { FunctionName: 'call', Payload: '{% $states.input %}' },
    Output: '{% $states.result.Payload %}',
    End: true,
  },
});

/** The text of a definition that starts with its first state. */
export function machine(states: object, more: object = {}): string {
  return JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states, ...more });
}

/** The text of a definition that ends with a value. */
export function saying(value: string): string {
  return machine({ Say: { Type: 'Pass', Output: value, End: true } });
}

/** An SDK client of an engine. */
export function clientOf(endpoint: string): SFNClient {
  return new SFNClient({
    endpoint,
    region: REGION,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    maxAttempts: 1,
    // StartSyncExecution would go to the host `sync-127.0.0.1`.
    disableHostPrefix: true,
  });
}

/** An engine that serves the tests of a file, each under machines of its own. */
export interface TestEngine {
  readonly url: string;
  readonly client: SFNClient;
  /** What every function does from now on. */
  lambda: (functionArn: string, payload: unknown) => Promise<LambdaOutcome>;
  create(
    definition: string,
    more?: Partial<CreateStateMachineCommandInput>,
  ): Promise<CreateStateMachineCommandOutput & { readonly stateMachineArn: string }>;
  /** Starts an execution and gives its ARN. */
  start(stateMachineArn: string, input?: unknown, name?: string): Promise<string>;
  describe(executionArn: string): Promise<DescribeExecutionCommandOutput>;
  /** The description of an execution once it has ended. */
  ended(executionArn: string): Promise<DescribeExecutionCommandOutput>;
  /** Starts an execution whose function has been given a task token; default: of {@link ASKING}. */
  asked(definition?: string): Promise<{ readonly arn: string; readonly token: string }>;
}

/** Starts an engine before the tests of a file and ends it after them. */
export function useEngine(): TestEngine {
  let folder: string;
  let server: EngineServer;
  let client: SFNClient;
  let machines = 0;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'step-functions-'));
    server = await startEngineServer({
      port: 0,
      databaseFile: join(folder, 'engine.sqlite'),
      region: REGION,
      accountId: '000000000000',
      invokeLambda: (functionArn, payload) => engine.lambda(functionArn, payload),
    });
    client = clientOf(server.url);
  });
  afterAll(async () => {
    client.destroy();
    await server.stop();
    await rm(folder, { recursive: true });
  });

  const describe = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));
  const engine: TestEngine = {
    get url() {
      return server.url;
    },
    get client() {
      return client;
    },
    lambda: async () => ({ kind: 'returned', payload: null }),
    create: async (definition, more = {}) => {
      machines += 1;
      const created = await client.send(
        new CreateStateMachineCommand({ name: `machine-${machines}`, definition, roleArn: ROLE, ...more }),
      );
      return { ...created, stateMachineArn: String(created.stateMachineArn) };
    },
    start: async (stateMachineArn, input = {}, name = undefined) => {
      const started = await client.send(
        new StartExecutionCommand({
          stateMachineArn,
          input: JSON.stringify(input),
          ...(name === undefined ? {} : { name }),
        }),
      );
      return String(started.executionArn);
    },
    describe,
    ended: (executionArn) =>
      vi.waitFor(
        async () => {
          const described = await describe(executionArn);
          expect(described.status).not.toBe('RUNNING');
          return described;
        },
        { timeout: 10_000, interval: 10 },
      ),
    asked: async (definition = ASKING) => {
      const given = new Promise<string>((resolve) => {
        engine.lambda = async (_arn, payload) => {
          resolve((payload as { readonly token: string }).token);
          return { kind: 'returned', payload: null };
        };
      });
      const { stateMachineArn } = await engine.create(definition);
      return { arn: await engine.start(stateMachineArn), token: await given };
    },
  };
  return engine;
}
