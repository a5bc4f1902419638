/**
 * What AWS asks IAM when a call is made: the actions, on which resources, with which context keys, as the Service
 * Authorization Reference names them (https://docs.aws.amazon.com/service-authorization/latest/reference/).
 */
import * as z from 'zod';
import type { RecordedCall } from './recording-proxy.ts';

/** One question to IAM. */
export interface Authorization {
  readonly action: string;
  readonly resource: string;
  readonly context: Readonly<Record<string, string>>;
}

/** What a call alone does not tell. */
export interface Deployment {
  readonly region: string;
  readonly accountId: string;
  /** ARN of the state machine that gave out a task token. */
  machineOf(taskToken: string): string;
  /** ARN of a secret that is asked for by its name; an ARN stays as it is. */
  secretArn(id: string): string;
}

type Question = (call: RecordedCall, deployment: Deployment) => readonly Authorization[];

/** A schema that reads the body of a call before the question is made of it. */
function from<Schema extends z.ZodType>(
  schema: Schema,
  question: (body: z.infer<Schema>, deployment: Deployment, call: RecordedCall) => readonly Authorization[],
): Question {
  return (call, deployment) => question(schema.parse(JSON.parse(call.body)), deployment, call);
}

const inTable = z.object({ TableName: z.string() });
const query = inTable.extend({ IndexName: z.string().optional() });
const transaction = z.object({
  TransactItems: z.array(
    z.union([
      z.strictObject({ Put: inTable }),
      z.strictObject({ Delete: inTable }),
      z.strictObject({ Update: inTable }),
      z.strictObject({ ConditionCheck: inTable }),
    ]),
  ),
});
const events = z.object({
  Entries: z.array(z.object({ EventBusName: z.string(), Source: z.string(), DetailType: z.string() })),
});
const schedule = z.object({ GroupName: z.string(), Target: z.object({ RoleArn: z.string() }) });
const mail = z.object({ FromEmailAddress: z.string(), ConfigurationSetName: z.string().optional() });

/** A batch needs the permission for a single message. */
const ofQueue = (action: string) =>
  from(z.object({ QueueUrl: z.url() }), ({ QueueUrl }, where) => [
    ask(action, arn(where, 'sqs', new URL(QueueUrl).pathname.replace(/^.*\//, ''))),
  ]);

const ofMachine = (action: string) =>
  from(z.object({ stateMachineArn: z.string() }), ({ stateMachineArn }) => [ask(action, machineIn(stateMachineArn))]);

const ofExecution = (action: string) =>
  from(z.object({ executionArn: z.string() }), ({ executionArn }) => [ask(action, executionArn)]);

const QUESTIONS: Readonly<Record<string, Question>> = {
  'dynamodb GetItem': from(inTable, ({ TableName }, where) => [ask('dynamodb:GetItem', tableArn(TableName, where))]),
  'dynamodb Query': from(query, ({ TableName, IndexName }, where) => {
    const table = tableArn(TableName, where);
    return [ask('dynamodb:Query', IndexName === undefined ? table : `${table}/index/${IndexName}`)];
  }),
  // A transaction has no permission of its own: https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/transaction-apis-iam.html
  'dynamodb TransactWriteItems': from(transaction, ({ TransactItems }, where) =>
    TransactItems.flatMap(Object.entries).map(([kind, { TableName }]) =>
      ask(`dynamodb:${kind}Item`, tableArn(TableName, where)),
    ),
  ),
  'events PutEvents': from(events, ({ Entries }, where) =>
    Entries.map(({ EventBusName, Source, DetailType }) =>
      ask('events:PutEvents', arn(where, 'events', `event-bus/${EventBusName}`), {
        'events:source': Source,
        'events:detail-type': DetailType,
      }),
    ),
  ),
  'sqs SendMessage': ofQueue('sqs:SendMessage'),
  'sqs SendMessageBatch': ofQueue('sqs:SendMessage'),
  'sqs GetQueueUrl': from(z.object({ QueueName: z.string() }), ({ QueueName }, where) => [
    ask('sqs:GetQueueUrl', arn(where, 'sqs', QueueName)),
  ]),
  'sqs GetQueueAttributes': ofQueue('sqs:GetQueueAttributes'),
  'sqs ReceiveMessage': ofQueue('sqs:ReceiveMessage'),
  'sqs ChangeMessageVisibilityBatch': ofQueue('sqs:ChangeMessageVisibility'),
  'sqs DeleteMessage': ofQueue('sqs:DeleteMessage'),
  'states StartExecution': ofMachine('states:StartExecution'),
  'states ListExecutions': ofMachine('states:ListExecutions'),
  'states ListStateMachineVersions': ofMachine('states:ListStateMachineVersions'),
  'states DescribeStateMachineAlias': from(
    z.object({ stateMachineAliasArn: z.string() }),
    ({ stateMachineAliasArn }) => [ask('states:DescribeStateMachineAlias', machineIn(stateMachineAliasArn))],
  ),
  'states DescribeExecution': ofExecution('states:DescribeExecution'),
  'states GetExecutionHistory': ofExecution('states:GetExecutionHistory'),
  'states RedriveExecution': ofExecution('states:RedriveExecution'),
  // The reference names no resource, but the service asks for the machine of the token: https://github.com/aws/aws-cdk/pull/8486
  'states SendTaskSuccess': from(z.object({ taskToken: z.string() }), ({ taskToken }, where) => [
    ask('states:SendTaskSuccess', where.machineOf(taskToken)),
  ]),
  'secretsmanager GetSecretValue': from(z.object({ SecretId: z.string() }), ({ SecretId }, where) => [
    ask('secretsmanager:GetSecretValue', where.secretArn(SecretId)),
  ]),
  'scheduler POST /schedules/{Name}': from(schedule, ({ GroupName, Target }, where, call) => [
    ask('scheduler:CreateSchedule', scheduleArn(where, GroupName, call)),
    ask('iam:PassRole', Target.RoleArn, { 'iam:PassedToService': 'scheduler.amazonaws.com' }),
  ]),
  'scheduler DELETE /schedules/{Name}': (call, where) => [
    ask('scheduler:DeleteSchedule', scheduleArn(where, urlOf(call).searchParams.get('groupName') ?? 'default', call)),
  ],
  's3 GET /{Bucket}/': (call) => [ask('s3:ListBucket', objectArn(call).replace(/\/$/, ''))],
  's3 GET /{Bucket}/{Key}': (call) => [ask('s3:GetObject', objectArn(call))],
  's3 HEAD /{Bucket}/{Key}': (call) => [ask('s3:GetObject', objectArn(call))],
  's3 PUT /{Bucket}/{Key}': (call) => [ask('s3:PutObject', objectArn(call))],
  's3 DELETE /{Bucket}/{Key}': (call) => [ask('s3:DeleteObject', objectArn(call))],
  // The form of a browser, which has the key in its body.
  's3 POST /{Bucket}': (call) => [ask('s3:PutObject', `${objectArn(call)}/${keyInForm(call)}`)],
  // The domain is the identity: this stack verifies no single address.
  'ses POST /v2/email/outbound-emails': from(mail, ({ FromEmailAddress, ConfigurationSetName }, where) => {
    const resources = [`identity/${FromEmailAddress.slice(FromEmailAddress.lastIndexOf('@') + 1)}`];
    if (ConfigurationSetName !== undefined) resources.push(`configuration-set/${ConfigurationSetName}`);
    return resources.map((resource) =>
      ask('ses:SendEmail', arn(where, 'ses', resource), { 'ses:FromAddress': FromEmailAddress }),
    );
  }),
};

/** @throws Error for a call that is not known here: what it needs must be thought about first. */
export function authorizationsOf(call: RecordedCall, deployment: Deployment): readonly Authorization[] {
  const operation = `${call.service} ${operationOf(call)}`;
  const question = QUESTIONS[operation];
  if (question === undefined) throw new Error(`${call.caller} calls ${operation}, of which no permission is known`);
  return question(call, deployment);
}

/** The operation of a service with JSON targets, else method and path with placeholders. */
function operationOf(call: RecordedCall): string {
  const path = urlOf(call).pathname;
  const named =
    call.service === 's3'
      ? path.replace(/^\/[^/]+/, '/{Bucket}').replace(/^(\/{Bucket}\/).+$/, '$1{Key}')
      : path.replace(/^\/schedules\/[^/]+$/, '/schedules/{Name}');
  return call.target?.replace(/^.*\./, '') ?? `${call.method} ${named}`;
}

function urlOf({ path }: RecordedCall): URL {
  return new URL(path, 'http://localhost');
}

function ask(action: string, resource: string, context: Readonly<Record<string, string>> = {}): Authorization {
  return { action, resource, context };
}

function arn({ region, accountId }: Deployment, service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${accountId}:${resource}`;
}

/** An alias or a version is asked for as its machine: https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html */
function machineIn(arnOfAlias: string): string {
  return arnOfAlias.split(':').slice(0, 7).join(':');
}

function tableArn(name: string, where: Deployment): string {
  return arn(where, 'dynamodb', `table/${name}`);
}

function objectArn(call: RecordedCall): string {
  return `arn:aws:s3:::${decodeURIComponent(urlOf(call).pathname.slice(1))}`;
}

function keyInForm({ body }: RecordedCall): string {
  return /name="key"\r\n\r\n([^\r]*)\r\n/.exec(body)?.[1] ?? '';
}

function scheduleArn(where: Deployment, group: string, call: RecordedCall): string {
  const name = decodeURIComponent(urlOf(call).pathname.replace(/^\/schedules\//, ''));
  return arn(where, 'scheduler', `schedule/${group}/${name}`);
}
