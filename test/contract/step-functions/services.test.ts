import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import {
  CreateStateMachineCommand,
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  ListMapRunsCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { clientOptions, REGION } from '../../../local/cloud/aws.ts';
import { type EngineServer, startEngineServer } from '../../../local/step-functions/index.ts';
import { useMinistack } from '../../support/use-ministack.ts';

const TABLE = 'things';
const BUCKET = 'engine-lists';

const endpoint = useMinistack();
let folder: string;
let server: EngineServer;
let sfn: SFNClient;
let sqs: SQSClient;
let s3: S3Client;
let queueUrl: string;
let topicArn: string;
let machines = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'engine-services-'));
  const options = clientOptions(endpoint());
  server = await startEngineServer({
    port: 0,
    databaseFile: join(folder, 'engine.sqlite'),
    region: REGION,
    accountId: '000000000000',
    invokeLambda: async () => ({ kind: 'returned', payload: null }),
    aws: options,
  });
  sfn = new SFNClient({ ...options, endpoint: server.url });
  sqs = new SQSClient(options);
  s3 = new S3Client({ ...options, forcePathStyle: true });
  const dynamo = new DynamoDBClient(options);
  const sns = new SNSClient(options);
  await dynamo.send(
    new CreateTableCommand({
      TableName: TABLE,
      AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      BillingMode: 'PAY_PER_REQUEST',
    }),
  );
  await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
  queueUrl = (await sqs.send(new CreateQueueCommand({ QueueName: 'asked' }))).QueueUrl ?? '';
  topicArn = (await sns.send(new CreateTopicCommand({ Name: 'told' }))).TopicArn ?? '';
  dynamo.destroy();
  sns.destroy();
});

afterAll(async () => {
  sfn.destroy();
  sqs.destroy();
  s3.destroy();
  await server.stop();
  await rm(folder, { recursive: true });
});

const task = (service: string, Arguments: object, more: object = {}) => ({
  Type: 'Task',
  Resource: `arn:aws:states:::${service}`,
  Arguments,
  End: true,
  ...more,
});

async function start(states: object, input: object = {}): Promise<string> {
  machines += 1;
  const { stateMachineArn } = await sfn.send(
    new CreateStateMachineCommand({
      name: `services-${machines}`,
      definition: JSON.stringify({ QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states }),
      roleArn: 'arn:aws:iam::000000000000:role/engine',
    }),
  );
  const { executionArn = '' } = await sfn.send(
    new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input) }),
  );
  return executionArn;
}

async function ended(executionArn: string) {
  return vi.waitFor(
    async () => {
      const { status, output, error, cause } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      expect(status).not.toBe('RUNNING');
      return { status, error, cause, output: output === undefined ? undefined : JSON.parse(output) };
    },
    { timeout: 20_000, interval: 20 },
  );
}

const run = async (states: object, input: object = {}) => ended(await start(states, input));

/** The next message of the queue. */
const received = () =>
  vi.waitFor(
    async () => {
      const { Messages: messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: queueUrl }));
      expect(messages).toHaveLength(1);
      return JSON.parse(messages[0]?.Body ?? '');
    },
    { timeout: 10_000, interval: 50 },
  );

describe('a task that calls a service', () => {
  it('puts, changes, gets and deletes an item of DynamoDB', async () => {
    const Key = { id: { S: 'one' } };
    const { status, output } = await run({
      Put: task(
        'dynamodb:putItem',
        { TableName: TABLE, Item: { ...Key, n: { N: '1' } } },
        { End: undefined, Next: 'Add' },
      ),
      Add: task(
        'dynamodb:updateItem',
        {
          TableName: TABLE,
          Key,
          UpdateExpression: 'SET n = n + :n',
          ExpressionAttributeValues: { ':n': { N: '2' } },
        },
        { End: undefined, Next: 'Get' },
      ),
      Get: task(
        'dynamodb:getItem',
        { TableName: TABLE, Key },
        { End: undefined, Next: 'Delete', Assign: { got: '{% $states.result.Item %}' } },
      ),
      Delete: task(
        'aws-sdk:dynamodb:deleteItem',
        { TableName: TABLE, Key, ReturnValues: 'ALL_OLD' },
        { Output: '{% [$got, $states.result] %}' },
      ),
    });

    const item = { id: { S: 'one' }, n: { N: '3' } };
    expect({ status, output }).toEqual({ status: 'SUCCEEDED', output: [item, { Attributes: item }] });
  });

  it('sends a message and waits for the answer to the token in it', async () => {
    const arn = await start({
      Ask: task(
        'sqs:sendMessage.waitForTaskToken',
        { QueueUrl: queueUrl, MessageBody: { token: '{% $states.context.Task.Token %}' } },
        { TimeoutSeconds: 60 },
      ),
    });

    const { token } = await received();
    await sfn.send(new SendTaskSuccessCommand({ taskToken: token, output: '"yes"' }));

    expect(await ended(arn)).toMatchObject({ status: 'SUCCEEDED', output: 'yes' });
  });

  it('publishes to a topic and puts events on a bus', async () => {
    const { output } = await run({
      Tell: task(
        'sns:publish',
        { TopicArn: topicArn, Message: { a: 1 } },
        { End: undefined, Next: 'Put', Assign: { told: '{% $states.result.MessageId %}' } },
      ),
      Put: task(
        'events:putEvents',
        { Entries: [{ Source: 'test', DetailType: 'Tested', Detail: { a: 1 } }] },
        { Output: { told: '{% $told %}', failed: '{% $states.result.FailedEntryCount %}' } },
      ),
    });

    expect(output).toEqual({ told: expect.any(String), failed: 0 });
  });

  it('calls any action of an installed service, and the engine itself as Step Functions', async () => {
    const { output } = await run({
      Make: task(
        'aws-sdk:secretsmanager:createSecret',
        { Name: 'engine/secret', SecretString: 'hidden' },
        { End: undefined, Next: 'Look', Assign: { name: '{% $states.result.Name %}' } },
      ),
      Look: task(
        'aws-sdk:sfn:listStateMachines',
        { MaxResults: 1 },
        {
          Output: '{% [$name, $states.result.StateMachines.Name] %}',
        },
      ),
    });

    expect(output).toEqual(['engine/secret', 'services-1']);
  });

  it.each([
    [
      'dynamodb:putItem',
      { TableName: 'none', Item: { id: { S: 'x' } } },
      'DynamoDB.ResourceNotFoundException',
      /Service: AmazonDynamoDBv2; Status Code: 400; Error Code: ResourceNotFoundException; Request ID: .*; Proxy: null\)$/,
    ],
    [
      'aws-sdk:dynamodb:putItem',
      { TableName: 'none', Item: { id: { S: 'x' } } },
      'DynamoDb.ResourceNotFoundException',
      /\(Service: DynamoDb, Status Code: 400, Request ID: .*\)$/,
    ],
    [
      'aws-sdk:dynamodb:putItem',
      { TableName: TABLE, Item: { id: { S: 'x' } }, ConditionExpression: 'attribute_exists(id)' },
      'DynamoDb.ConditionalCheckFailedException',
      /conditional/i,
    ],
    ['aws-sdk:s3:getObject', { Bucket: BUCKET, Key: 'none' }, 'S3.NoSuchKeyException', /Service: S3, Status Code: 404/],
    ['aws-sdk:sfn:sendTaskSuccess', { TaskToken: 'none', Output: '1' }, 'Sfn.InvalidTokenException', /Invalid Token/],
    ['sqs:sendMessage', { QueueUrl: 'http://127.0.0.1:1/queue', MessageBody: 'x' }, 'SQS.', /./],
    ['aws-sdk:sqs:noSuchAction', {}, 'States.Runtime', /no action noSuchAction/],
  ])('fails by the name that AWS gives: %s %j', async (service, args, error, cause) => {
    const found = await run({ Call: task(service, args) });

    expect(found.status).toBe('FAILED');
    expect(found.error).toContain(error);
    expect(found.cause).toMatch(cause);
  });

  it('is refused when there is no client of the service', async () => {
    await expect(start({ Call: task('aws-sdk:athena:getDatabase', {}) })).rejects.toMatchObject({
      name: 'InvalidDefinition',
      message: expect.stringContaining('no integration arn:aws:states:::aws-sdk:athena:getDatabase'),
    });
  });
});

describe('a distributed Map', () => {
  it('reads its items from S3 and writes its results there', async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'in/list.csv', Body: 'name\nAda\nAlan\n' }));
    const arn = await start({
      Each: {
        Type: 'Map',
        Label: 'Names',
        ItemReader: {
          Resource: 'arn:aws:states:::s3:getObject',
          ReaderConfig: { InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' },
          Arguments: { Bucket: BUCKET, Key: 'in/list.csv' },
        },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Greet',
          States: { Greet: { Type: 'Pass', Output: '{% "Hello " & $states.input.name %}', End: true } },
        },
        ResultWriter: {
          Resource: 'arn:aws:states:::s3:putObject',
          Arguments: { Bucket: BUCKET, Prefix: 'out' },
          WriterConfig: { Transformation: 'COMPACT', OutputType: 'JSON' },
        },
        End: true,
      },
    });

    const { output } = await ended(arn);
    const read = async (Key: string) =>
      (await s3.send(new GetObjectCommand({ Bucket: BUCKET, Key }))).Body?.transformToString();
    const manifest = JSON.parse((await read(output.ResultWriterDetails.Key)) ?? '');
    expect(JSON.parse((await read(manifest.ResultFiles.SUCCEEDED[0].Key)) ?? '')).toEqual(['Hello Ada', 'Hello Alan']);

    const { mapRuns = [] } = await sfn.send(new ListMapRunsCommand({ executionArn: arn }));
    expect(mapRuns.map(({ mapRunArn }) => mapRunArn)).toEqual([output.MapRunArn]);
    const described = await sfn.send(new DescribeMapRunCommand({ mapRunArn: output.MapRunArn }));
    expect(described).toMatchObject({
      executionArn: arn,
      status: 'SUCCEEDED',
      executionCounts: { succeeded: 2, total: 2, resultsWritten: 2 },
      itemCounts: { succeeded: 2, failed: 0, pending: 0 },
    });
  });

  it('lists objects, and fails for a bucket that is not there', async () => {
    await s3.send(new PutObjectCommand({ Bucket: BUCKET, Key: 'list/a', Body: 'x' }));
    const each = (Bucket: string) => ({
      Each: {
        Type: 'Map',
        ItemReader: { Resource: 'arn:aws:states:::s3:listObjectsV2', Arguments: { Bucket, Prefix: 'list/' } },
        ItemProcessor: {
          ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
          StartAt: 'Name',
          States: { Name: { Type: 'Pass', Output: '{% $states.input.Key %}', End: true } },
        },
        End: true,
      },
    });

    expect((await run(each(BUCKET))).output).toEqual(['list/a']);
    expect(await run(each('nowhere-at-all'))).toMatchObject({ error: 'States.ItemReaderFailed' });
  });

  it('that is not known cannot be described', async () => {
    await expect(
      sfn.send(new DescribeMapRunCommand({ mapRunArn: 'arn:aws:states:eu-central-1:000000000000:mapRun:a/b:c' })),
    ).rejects.toMatchObject({ name: 'ResourceNotFound' });
  });
});
