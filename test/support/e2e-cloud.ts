/** The local cloud for end-to-end tests: all of it, with an OA whose answers can be made to fail. */
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { GetQueueUrlCommand, ReceiveMessageCommand, SetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { clientOptions } from '../../local/cloud/aws.ts';
import { ROOT } from '../../local/cloud/paths.ts';
import { type LocalCloud, output, startLocalCloud } from '../../local/cloud/start.ts';
import { createSupervisor } from '../../local/cloud/supervisor.ts';
import { createDemoOa, type DemoOa } from '../../local/demo/oa.ts';
import { startPortal } from '../../local/demo/portal.tsx';
import { recordCalls } from './least-privilege/record-calls.ts';
import type { RecordedCall } from './least-privilege/recording-proxy.ts';

const FOLDER = join(ROOT, '.local/e2e');

export interface E2eCloud {
  readonly cloud: LocalCloud;
  readonly oa: DemoOa;
  readonly portalUrl: string;
  /** While true the OA answers 503 to everything. */
  setOaDown(isDown: boolean): void;
  /** While `action` runs, a message of the queue that fails comes again after a second. */
  retryAtOnce<Result>(queue: string, action: () => Promise<Result>): Promise<Result>;
  /** What a queue holds, by its name without the stack's. */
  messagesIn(queue: string): Promise<readonly string[]>;
  /** One value of a secret whose ARN is an output of the stack. */
  secret(outputName: string, field: string): Promise<string>;
  /** What functions have called since the cloud was ready. */
  recordedCalls(): readonly RecordedCall[];
  stop(): Promise<void>;
}

export async function startE2eCloud(): Promise<E2eCloud> {
  let cloud: LocalCloud | undefined;
  let isDown = false;
  const supervisor = createSupervisor(() => undefined);
  const oa = createDemoOa({ signingKey: () => cloud?.oaSigningKey, file: join(FOLDER, '../e2e-oa.json') });
  const app = new Hono();
  app.use(async (context, next) => (isDown ? context.text('down', 503) : next()));
  app.route('/', oa.app);
  const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
  await pause(0);
  supervisor.add('OA', () => new Promise((resolve) => server.close(() => resolve())));
  const { port } = server.address() as AddressInfo;
  try {
    const portal = await startPortal({ port: 0, cloud: () => cloud, oa });
    supervisor.add('portal', () => portal.stop());
    cloud = await startLocalCloud({
      folder: FOLDER,
      ports: { aws: 0, pages: 0, identity: 0 },
      oaCallbackUrl: `http://127.0.0.1:${port}/oa/callback`,
      supervisor,
      report: () => undefined,
    });
    const { endpoint, outputs } = cloud;
    await hurryQueues(endpoint);
    const recorder = await recordCalls(cloud);
    supervisor.add('recorder of calls', () => recorder.stop());
    return {
      cloud,
      oa,
      portalUrl: portal.url,
      setOaDown: (down) => {
        isDown = down;
      },
      retryAtOnce: async (queue, action) => {
        await hideFor(endpoint, queue, 1);
        try {
          return await action();
        } finally {
          await hideFor(endpoint, queue, HIDDEN_SECONDS);
        }
      },
      messagesIn: (queue) => messagesIn(endpoint, queue),
      secret: (outputName, field) => readSecret(endpoint, output(outputs, outputName), field),
      recordedCalls: recorder.calls,
      stop: () => supervisor.stopAll(),
    };
  } catch (error) {
    await supervisor.stopAll();
    throw error;
  }
}

/**
 * A message that failed comes again after so long, instead of minutes. No worker may take longer, on however busy a
 * machine: its message would go to a second worker and a third, and then to the dead letters while they are at work.
 */
const HIDDEN_SECONDS = 20;

async function hurryQueues(endpoint: string): Promise<void> {
  for (const queue of ['requests', 'requester', 'leaves', 'erp-facts', 'mail', 'oa-messages']) {
    await hideFor(endpoint, queue, HIDDEN_SECONDS);
  }
}

async function hideFor(endpoint: string, queue: string, seconds: number): Promise<void> {
  const sqs = new SQSClient(clientOptions(endpoint));
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `meridian-${queue}` }));
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl, Attributes: { VisibilityTimeout: String(seconds) } }));
}

async function readSecret(endpoint: string, SecretId: string, field: string): Promise<string> {
  const client = new SecretsManagerClient(clientOptions(endpoint));
  const { SecretString = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
  return String(JSON.parse(SecretString)[field]);
}

async function messagesIn(endpoint: string, queue: string): Promise<readonly string[]> {
  const sqs = new SQSClient(clientOptions(endpoint));
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: `meridian-${queue}` }));
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
  );
  return Messages.map(({ Body = '' }) => Body);
}
