/** The sample on the project's engine and the local cloud's SNS, its functions bundled and run as Meridian's are. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { serve } from '@hono/node-server';
import * as esbuild from 'esbuild';
import { Hono } from 'hono';
import * as z from 'zod';
import { BUNDLING } from '../../../infra/bundles.ts';
import { ACCOUNT_ID, awsEnvironment, clientOptions, REGION } from '../../cloud/aws.ts';
import type { Supervisor } from '../../cloud/supervisor.ts';
import { createLambdaHost } from '../../lambda/host.ts';
import { startEngineServer } from '../../step-functions/index.ts';
import { type Invocations, NO_INVOCATIONS, plus } from '../invocations.ts';
import { sampleMachine } from './machine.ts';

const FUNCTIONS = ['send-approval-email', 'handle-approval', 'process-answer'] as const;
const MEMORY_MB = 128;
const responseSchema = z.object({ statusCode: z.number(), body: z.string() });

export interface Sample {
  readonly engineUrl: string;
  readonly machineArn: string;
  /** Of all three functions together. */
  readonly bundleBytes: number;
  /** What it invoked since the last call. */
  takeInvocations(): Invocations;
  /** The links of the next mail that is there; undefined: none yet. */
  nextMail(): Promise<readonly string[] | undefined>;
}

const arnOf = (name: string) => `arn:aws:lambda:${REGION}:${ACCOUNT_ID}:function:${name}`;

/** @param folder - for bundles and the engine's database */
export async function startSample(endpoint: string, folder: string, supervisor: Supervisor): Promise<Sample> {
  let invoked = NO_INVOCATIONS;
  const mailbox = await makeMailbox(endpoint);
  const addresses = { API_ENDPOINT: '', SNS_TOPIC_ARN: mailbox.topicArn, AWS_ENDPOINT_URL_SFN: '' };
  const host = createLambdaHost({
    describe: async (arn) => {
      const name = arn.split(':').at(-1) ?? '';
      const code = { arn, name, folder: join(folder, name), handler: 'index.handler' };
      return { ...code, environment: addresses, timeoutSeconds: 10, memoryMb: MEMORY_MB };
    },
    maxPerFunction: 4,
    ambient: awsEnvironment(endpoint),
    log: () => undefined,
  });
  supervisor.add("the sample's functions", () => host.stop());
  const invoke: typeof host.invoke = async (arn, payload) => {
    const startedAt = performance.now();
    const outcome = await host.invoke(arn, payload);
    invoked = plus(invoked, performance.now() - startedAt, MEMORY_MB);
    return outcome;
  };
  const bundleBytes = await bundle(folder);
  addresses.API_ENDPOINT = await serveLinks(invoke, supervisor);
  const engine = await startEngineServer({
    port: 0,
    databaseFile: join(folder, 'step-functions.sqlite'),
    region: REGION,
    accountId: ACCOUNT_ID,
    invokeLambda: invoke,
    aws: clientOptions(endpoint),
  });
  supervisor.add("the sample's engine", () => engine.stop());
  addresses.AWS_ENDPOINT_URL_SFN = engine.url;
  const { stateMachineArn = '' } = await new SFNClient(clientOptions(engine.url)).send(
    new CreateStateMachineCommand({
      name: 'human-in-the-loop',
      roleArn: `arn:aws:iam::${ACCOUNT_ID}:role/sample`,
      definition: JSON.stringify(sampleMachine(arnOf)),
    }),
  );
  return {
    engineUrl: engine.url,
    machineArn: stateMachineArn,
    bundleBytes,
    takeInvocations: () => {
      const taken = invoked;
      invoked = NO_INVOCATIONS;
      return taken;
    },
    nextMail: mailbox.next,
  };
}

async function bundle(folder: string): Promise<number> {
  let bytes = 0;
  for (const name of FUNCTIONS) {
    const outfile = join(folder, name, 'index.mjs');
    const entry = join(import.meta.dirname, 'functions', `${name}.ts`);
    await esbuild.build({ ...BUNDLING, mainFields: [...BUNDLING.mainFields], entryPoints: [entry], outfile });
    bytes += statSync(outfile).size;
  }
  return bytes;
}

/** In the place of API Gateway: a GET invokes the function, as the sample's REST API does. */
async function serveLinks(
  invoke: (arn: string, payload: unknown) => Promise<{ readonly kind: string; readonly payload?: unknown }>,
  supervisor: Supervisor,
): Promise<string> {
  const app = new Hono();
  app.get('/respond', async (context) => {
    const outcome = await invoke(arnOf('handle-approval'), { queryStringParameters: context.req.query() });
    const { statusCode, body } = responseSchema.parse(outcome.payload);
    return new Response(body, { status: statusCode, headers: { 'content-type': 'text/html' } });
  });
  const port = await new Promise<number>((resolve) => {
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, (info) => resolve(info.port));
    supervisor.add("the sample's links", () => new Promise((done) => server.close(() => done())));
  });
  return `http://127.0.0.1:${port}/respond`;
}

/** The topic's subscriber is a queue in the place of a mailbox. */
async function makeMailbox(endpoint: string) {
  const sqs = new SQSClient(clientOptions(endpoint));
  const sns = new SNSClient(clientOptions(endpoint));
  const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'sample-approvals' }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'sample-mailbox' }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Endpoint = Attributes?.QueueArn;
  const raw = { RawMessageDelivery: 'true' };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint, Attributes: raw }));
  return {
    topicArn: TopicArn,
    next: async () => {
      const { Messages: [mail] = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
      if (mail === undefined) return undefined;
      await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: mail.ReceiptHandle }));
      return mail.Body?.match(/https?:\S+/g) ?? [];
    },
  };
}
