/** Whoever is warned of a case: an address of the company's over real HTTP, and who subscribed to the topic at the emulator. */

import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WarningNotice } from '../../../functions/compliance/port.ts';
import { createTopicWarnings } from '../../../functions/compliance/sns/topic-warnings.ts';
import { createWebhookWarnings } from '../../../functions/compliance/webhook/webhook-warnings.ts';
import { verifySignature } from '../../../functions/connectors/oa/signature.ts';
import { ConfigError, ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { clientOptions } from '../../../local/cloud/aws.ts';
import { SettableClock } from '../../support/ambient.ts';
import { useMinistack } from '../../support/use-ministack.ts';
import { type StubAnswer, type StubServer, startStub } from '../oa/stub-server.ts';

const KEY = 'a signing key of thirty-two characters and more';
const NOTICE: WarningNotice = {
  messageId: 'CASE-1-00000001-1-1',
  caseId: 'CASE-1',
  detector: 'duplicate-invoice',
  severity: 'high',
  deadline: '2026-01-05T09:00:00.000Z',
  isHeld: true,
  isOverdue: false,
  text: { en: 'An invoice was entered twice', zh: '发票重复登记' },
  url: 'https://pages.example/compliance/CASE-1',
  occurredAt: '2026-01-01T00:00:00.000Z',
};

describe('the webhook for warnings', () => {
  const clock = new SettableClock('2026-01-01T00:00:00.500Z');
  let server: StubServer;
  let answers: StubAnswer[] = [];
  beforeAll(async () => {
    server = await startStub(() => answers.shift() ?? { status: 204, body: '' });
  });
  afterAll(() => server.close());

  const warn = (signingKey = KEY) =>
    createWebhookWarnings({
      ...{ url: `${server.origin}/warnings`, clock, timeoutMs: 3_000 },
      signingKey: async () => signingKey,
    }).warn(NOTICE);

  it('gets each warning signed over its raw body and the time, under an id by which it knows a repetition', async () => {
    answers = [{ status: 500, body: '' }];
    await expect(warn()).rejects.toBeInstanceOf(ConnectorTransientError);
    await warn();

    const [first, second] = server.requests;
    expect(second?.method).toBe('POST');
    expect(JSON.parse(second?.body ?? '')).toEqual(NOTICE);
    expect(second?.body).toBe(first?.body);
    const signed = {
      signingKey: KEY,
      timestamp: String(second?.headers['x-meridian-timestamp']),
      signature: String(second?.headers['x-meridian-signature']),
      rawBody: second?.body ?? '',
      now: clock.now(),
    };
    expect(verifySignature(signed)).toBe('valid');
    expect(verifySignature({ ...signed, rawBody: `${signed.rawBody} ` })).toBe('wrong-signature');
    expect(verifySignature({ ...signed, now: new Date(clock.now().getTime() + 301_000) })).toBe('outside-window');
  });

  it('may take it later when it is busy, and refuses it for good when it says so or points elsewhere', async () => {
    answers = [{ status: 429, headers: { 'retry-after': '120' }, body: '' }];
    await expect(warn()).rejects.toMatchObject({ retryAfter: 120 });
    answers = [{ status: 410, body: '' }];
    await expect(warn()).rejects.toBeInstanceOf(ConnectorPermanentError);
    server.meet('/warnings', 'elsewhere');
    await expect(warn()).rejects.toBeInstanceOf(ConnectorPermanentError);
    server.meet('/warnings', 'cut');
    await expect(warn()).resolves.toBeUndefined();
  });
});

describe('the topic of warnings', () => {
  const endpoint = useMinistack();

  it('brings what stands in the notice to a queue that subscribed', async () => {
    const sns = new SNSClient(clientOptions(endpoint()));
    const sqs = new SQSClient(clientOptions(endpoint()));
    const { TopicArn = '' } = await sns.send(new CreateTopicCommand({ Name: 'warnings' }));
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'subscriber' }));
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
    await sns.send(
      new SubscribeCommand({
        ...{ TopicArn, Protocol: 'sqs', Endpoint: Attributes?.QueueArn },
        Attributes: { RawMessageDelivery: 'true' },
      }),
    );

    await createTopicWarnings({ client: sns, topicArn: TopicArn }).warn(NOTICE);

    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 5 }));
    expect(Messages.map(({ Body = '' }) => JSON.parse(Body))).toEqual([NOTICE]);
  });

  it('that is not there is for an operator to mend', async () => {
    const client = new SNSClient(clientOptions(endpoint()));
    const topicArn = 'arn:aws:sns:us-east-1:000000000000:nowhere';
    await expect(createTopicWarnings({ client, topicArn }).warn(NOTICE)).rejects.toBeInstanceOf(ConfigError);
  });
});
