import { describe, expect, test } from 'vitest';
import { authorizationsOf, type Deployment } from '../../support/least-privilege/authorizations.ts';
import type { RecordedCall } from '../../support/least-privilege/recording-proxy.ts';

const MACHINE = 'arn:aws:states:eu-central-1:111122223333:stateMachine:purchase';
const EXECUTION = 'arn:aws:states:eu-central-1:111122223333:execution:purchase:one';
const QUEUES = 'arn:aws:sqs:eu-central-1:111122223333';
const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:erp-a1B2c3';
const ROLE = 'arn:aws:iam::111122223333:role/scheduler';
const TABLE = 'arn:aws:dynamodb:eu-central-1:111122223333:table';
const WORK = `${TABLE}/work`;

const deployment: Deployment = {
  region: 'eu-central-1',
  accountId: '111122223333',
  machineOf: (token) => (token === 'token-1' ? MACHINE : 'another machine'),
  secretArn: (id) => (id === 'erp' ? SECRET : id),
};

function call(service: string, target: string, body: object): RecordedCall {
  return { caller: 'f', service, method: 'POST', path: '/', target, body: JSON.stringify(body) };
}

function rest(service: string, method: string, path: string, body?: object): RecordedCall {
  return {
    caller: 'f',
    service,
    method,
    path,
    target: undefined,
    body: body === undefined ? '' : JSON.stringify(body),
  };
}

type Row = readonly [string, RecordedCall, readonly string[]];

const TABLE_OF_CALLS: readonly Row[] = [
  [
    'reading an item asks for the table',
    call('dynamodb', 'DynamoDB_20120810.GetItem', { TableName: 'work', Key: {} }),
    [`dynamodb:GetItem ${WORK}`],
  ],
  [
    'a query asks for the table',
    call('dynamodb', 'DynamoDB_20120810.Query', { TableName: 'work' }),
    [`dynamodb:Query ${WORK}`],
  ],
  [
    'a query of an index asks for the index, not for the table',
    call('dynamodb', 'DynamoDB_20120810.Query', { TableName: 'work', IndexName: 'by-time' }),
    [`dynamodb:Query ${WORK}/index/by-time`],
  ],
  [
    'a transaction asks for each of its actions and has no permission of its own',
    call('dynamodb', 'DynamoDB_20120810.TransactWriteItems', {
      TransactItems: [
        { Put: { TableName: 'record' } },
        { Update: { TableName: 'work' } },
        { Delete: { TableName: 'work' } },
        { ConditionCheck: { TableName: 'personal' } },
      ],
    }),
    [
      `dynamodb:PutItem ${TABLE}/record`,
      `dynamodb:UpdateItem ${TABLE}/work`,
      `dynamodb:DeleteItem ${TABLE}/work`,
      `dynamodb:ConditionCheckItem ${TABLE}/personal`,
    ],
  ],
  [
    'events ask for the bus of each entry, with its source',
    call('events', 'AWSEvents.PutEvents', {
      Entries: [
        { EventBusName: 'one', Source: 'meridian.erp', DetailType: 'GoodsReceived' },
        { EventBusName: 'other', Source: 'meridian.oa', DetailType: 'Filed' },
      ],
    }),
    [
      'events:PutEvents arn:aws:events:eu-central-1:111122223333:event-bus/one events:source=meridian.erp events:detail-type=GoodsReceived',
      'events:PutEvents arn:aws:events:eu-central-1:111122223333:event-bus/other events:source=meridian.oa events:detail-type=Filed',
    ],
  ],
  [
    'a message asks for the queue, whatever host its address names',
    call('sqs', 'AmazonSQS.SendMessage', { QueueUrl: 'http://127.0.0.1:4566/111122223333/mail', MessageBody: '' }),
    ['sqs:SendMessage arn:aws:sqs:eu-central-1:111122223333:mail'],
  ],
  [
    'the address of a queue asks for the queue by its name',
    call('sqs', 'AmazonSQS.GetQueueUrl', { QueueName: 'letters' }),
    [`sqs:GetQueueUrl ${QUEUES}:letters`],
  ],
  ...['GetQueueAttributes', 'ReceiveMessage', 'DeleteMessage'].map(
    (operation): Row => [
      `${operation} asks for the queue`,
      call('sqs', `AmazonSQS.${operation}`, { QueueUrl: 'http://127.0.0.1:4566/111122223333/letters' }),
      [`sqs:${operation} ${QUEUES}:letters`],
    ],
  ),
  [
    'letters that are shown again in a batch ask for the permission for one',
    call('sqs', 'AmazonSQS.ChangeMessageVisibilityBatch', { QueueUrl: 'http://127.0.0.1:4566/111122223333/letters' }),
    [`sqs:ChangeMessageVisibility ${QUEUES}:letters`],
  ],
  ...['ListExecutions', 'ListStateMachineVersions'].map(
    (operation): Row => [
      `${operation} of a version asks for its machine`,
      call('states', `AWSStepFunctions.${operation}`, { stateMachineArn: `${MACHINE}:7` }),
      [`states:${operation} ${MACHINE}`],
    ],
  ),
  [
    'an alias is asked for as its machine',
    call('states', 'AWSStepFunctions.DescribeStateMachineAlias', { stateMachineAliasArn: `${MACHINE}:current` }),
    [`states:DescribeStateMachineAlias ${MACHINE}`],
  ],
  ...['DescribeExecution', 'GetExecutionHistory', 'RedriveExecution'].map(
    (operation): Row => [
      `${operation} asks for the execution`,
      call('states', `AWSStepFunctions.${operation}`, { executionArn: EXECUTION }),
      [`states:${operation} ${EXECUTION}`],
    ],
  ),
  [
    'a start asks for the machine',
    call('states', 'AWSStepFunctions.StartExecution', { stateMachineArn: MACHINE }),
    [`states:StartExecution ${MACHINE}`],
  ],
  [
    'a start by an alias asks for the machine',
    call('states', 'AWSStepFunctions.StartExecution', { stateMachineArn: `${MACHINE}:current` }),
    [`states:StartExecution ${MACHINE}`],
  ],
  [
    'an answer to a task asks for the machine that gave out the token',
    call('states', 'AWSStepFunctions.SendTaskSuccess', { taskToken: 'token-1', output: '{}' }),
    [`states:SendTaskSuccess ${MACHINE}`],
  ],
  [
    'a secret is asked for by its ARN, also when the call names it',
    call('secretsmanager', 'secretsmanager.GetSecretValue', { SecretId: 'erp' }),
    [`secretsmanager:GetSecretValue ${SECRET}`],
  ],
  [
    'a new schedule asks for itself and for the role that it hands to Scheduler',
    rest('scheduler', 'POST', '/schedules/remind-1', { GroupName: 'alarms', Target: { Arn: 'x', RoleArn: ROLE } }),
    [
      'scheduler:CreateSchedule arn:aws:scheduler:eu-central-1:111122223333:schedule/alarms/remind-1',
      `iam:PassRole ${ROLE} iam:PassedToService=scheduler.amazonaws.com`,
    ],
  ],
  [
    'the end of a schedule asks for the schedule in its group',
    rest('scheduler', 'DELETE', '/schedules/remind-1?groupName=alarms&clientToken=c'),
    ['scheduler:DeleteSchedule arn:aws:scheduler:eu-central-1:111122223333:schedule/alarms/remind-1'],
  ],
  [
    'a mail asks for the domain of its sender and for the configuration set',
    rest('ses', 'POST', '/v2/email/outbound-emails', {
      FromEmailAddress: 'approvals@meridian.example',
      ConfigurationSetName: 'meridian',
    }),
    [
      'ses:SendEmail arn:aws:ses:eu-central-1:111122223333:identity/meridian.example ses:FromAddress=approvals@meridian.example',
      'ses:SendEmail arn:aws:ses:eu-central-1:111122223333:configuration-set/meridian ses:FromAddress=approvals@meridian.example',
    ],
  ],
];

describe('what AWS asks IAM about a call', () => {
  test.each(TABLE_OF_CALLS)('%s', (_name, recorded, expected) => {
    const asked = authorizationsOf(recorded, deployment).map(({ action, resource, context }) =>
      [action, resource, ...Object.entries(context).map(([key, value]) => `${key}=${value}`)].join(' '),
    );

    expect(asked).toEqual(expected);
  });

  test('is not guessed for a call that nobody has thought about', () => {
    expect(() =>
      authorizationsOf(call('dynamodb', 'DynamoDB_20120810.Scan', { TableName: 'work' }), deployment),
    ).toThrow('f calls dynamodb Scan, of which no permission is known');
    expect(() => authorizationsOf(rest('scheduler', 'GET', '/schedules/remind-1'), deployment)).toThrow(
      'scheduler GET /schedules/{Name}',
    );
  });

  test('is not guessed for a part of a transaction that nobody has thought about', () => {
    const transaction = { TransactItems: [{ Get: { TableName: 'work' } }] };

    expect(() =>
      authorizationsOf(call('dynamodb', 'DynamoDB_20120810.TransactWriteItems', transaction), deployment),
    ).toThrow();
  });
});
