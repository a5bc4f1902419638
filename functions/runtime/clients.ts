/**
 * Clients of AWS's services, made at their first use and kept for the life of the execution environment. Each has
 * time-outs, so that a call that hangs fails while its caller can still act on it. Retries of the SDK stand for short
 * throttling and lost connections only: whoever waits behind (queue, state machine, sweep) repeats the rest.
 * Marked pure, so that a bundle holds the clients that it uses and no others.
 */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { KMSClient } from '@aws-sdk/client-kms';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { S3Client } from '@aws-sdk/client-s3';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';

const SHORT = { maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 } } as const;
/** SES sends what it accepted even when its answer is lost: a repetition by the SDK would be a second mail. */
const ONCE = { maxAttempts: 1, requestHandler: { connectionTimeout: 1_000, requestTimeout: 8_000 } } as const;

export const dynamoClient = /* @__PURE__ */ once(() => new DynamoDBClient(SHORT));
export const eventBridgeClient = /* @__PURE__ */ once(() => new EventBridgeClient(SHORT));
/** A file of ten megabytes takes longer than a row of a table. */
const LARGE = { maxAttempts: 3, requestHandler: { connectionTimeout: 1_000, requestTimeout: 15_000 } } as const;

/** A function that is asked and waited for: a second try would be a second run, and whoever waits behind has one of its own. */
const WORK = { maxAttempts: 1, requestHandler: { connectionTimeout: 1_000, requestTimeout: 20_000 } } as const;

export const kmsClient = /* @__PURE__ */ once(() => new KMSClient(SHORT));
export const lambdaClient = /* @__PURE__ */ once(() => new LambdaClient(WORK));
export const s3Client = /* @__PURE__ */ once(() => new S3Client(LARGE));
export const schedulerClient = /* @__PURE__ */ once(() => new SchedulerClient(SHORT));
export const secretsClient = /* @__PURE__ */ once(() => new SecretsManagerClient(SHORT));
export const sesClient = /* @__PURE__ */ once(() => new SESv2Client(ONCE));
export const snsClient = /* @__PURE__ */ once(() => new SNSClient(SHORT));
export const sqsClient = /* @__PURE__ */ once(() => new SQSClient(SHORT));
export const stepFunctionsClient = /* @__PURE__ */ once(() => new SFNClient(SHORT));

function once<Client>(make: () => Client): () => Client {
  let client: Client | undefined;
  return () => {
    client ??= make();
    return client;
  };
}
