import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { bundleNames } from './project.ts';
import {
  allowed,
  at,
  exampleCompany,
  idOf,
  ofType,
  pathOf,
  pathOfFunction,
  readable,
  statements,
  synthesize,
} from './synthesize.ts';

const prod = synthesize();
const RECORD = readable(prod, { Ref: idAt('Tables/Record', 'AWS::DynamoDB::Table') });
/** What can change or remove an item. */
const REWRITING = /^dynamodb:(\*|Update|Delete|BatchWrite|PartiQL(Update|Delete|Insert))/;

function idAt(path: string, type: string): string {
  return idOf(prod, path, type);
}

function roles() {
  return ofType(prod, 'AWS::IAM::Role').map(([id]) => id);
}

function functionRole(bundle: string): string {
  return idAt(`${functionPath(bundle)}/Role`, 'AWS::IAM::Role');
}

function functionPath(bundle: string): string {
  return pathOfFunction(prod, bundle);
}

describe('the record', () => {
  test('can be changed or emptied by no role of the stack', () => {
    const rewriting = roles().flatMap((role) =>
      allowed(prod, role)
        .filter(({ Effect, Resource }) => Effect === 'Allow' && Resource.some((one) => readable(prod, one) === RECORD))
        .flatMap(({ Action }) => Action.filter((action) => REWRITING.test(action)))
        .map((action) => `${pathOf(prod, role)}: ${action}`),
    );

    expect(rewriting).toEqual([]);
  });

  test('is written by those who change processes, so that the check above looks at something', () => {
    const writers = roles().filter((role) =>
      allowed(prod, role).some(
        ({ Action, Resource }) =>
          Action.includes('dynamodb:PutItem') && Resource.some((one) => readable(prod, one) === RECORD),
      ),
    );

    expect(writers.length).toBeGreaterThan(10);
  });

  test('and the personal values are read by those only whose code reads them', () => {
    const readersOf = (table: string) => {
      const arn = readable(prod, { Ref: idAt(table, 'AWS::DynamoDB::Table') });
      return roles()
        .filter((role) =>
          allowed(prod, role).some(
            ({ Action, Resource }) =>
              Action.includes('dynamodb:Query') && Resource.some((one) => readable(prod, one) === arn),
          ),
        )
        .map((role) => pathOf(prod, role))
        .sort();
    };

    expect(readersOf('Tables/Record')).toEqual([
      'Administration/administration-pages/Role',
      'Pages/timeline-page/Role',
      'Purchase/await-facts/Role',
      'Purchase/close-purchase/Role',
      'Worklist/my-pages/Role',
    ]);
    expect(readersOf('Tables/Personal')).toEqual([
      'Pages/attachment-page/Role',
      'Pages/decision-page/Role',
      'Pages/timeline-page/Role',
      'Purchase/await-facts/Role',
      'Purchase/close-purchase/Role',
      'Worklist/my-pages/Role',
      'Worklist/worklist-api/Role',
    ]);
  });

  test('refuses rewriting to everybody in the account by a policy of its own', () => {
    const { ResourcePolicy } = at(prod, 'Tables/Record', 'AWS::DynamoDB::Table').Properties;
    const { PolicyDocument } = ResourcePolicy as { PolicyDocument: unknown };
    const [deny] = statements(PolicyDocument);

    expect(deny).toMatchObject({ Effect: 'Deny', Principal: { AWS: '*' } });
    expect(deny?.Condition).toBeUndefined();
    expect(deny?.Action).toEqual(
      expect.arrayContaining(['dynamodb:UpdateItem', 'dynamodb:DeleteItem', 'dynamodb:BatchWriteItem']),
    );
  });
});

function detailTypes({ EventPattern }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return (EventPattern as { 'detail-type': readonly unknown[] })['detail-type'];
}

/** Whether a rule takes what the others do not. */
function isKeeper(rule: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(rule.EventPattern).includes('"anything-but"');
}

describe('functions', () => {
  test('are there for every handler, and no others', () => {
    const deployed = ofType(prod, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties.FunctionName);

    expect(deployed.sort()).toEqual(bundleNames().map((name) => `meridian-${name}`));
  });

  test.each(bundleNames())('%s runs on Node 24 and arm64, is traced, and its log ends', (bundle) => {
    const path = functionPath(bundle);
    const { Properties } = at(prod, `${path}/Function`, 'AWS::Lambda::Function');
    const log = at(prod, `${path}/Log`, 'AWS::Logs::LogGroup');

    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: { Ref: idAt(`${path}/Log`, 'AWS::Logs::LogGroup') } },
    });
    expect(log.Properties).toMatchObject({ LogGroupName: `/aws/lambda/meridian-${bundle}`, RetentionInDays: 90 });
  });

  test.each(bundleNames())('%s may do nothing on all resources but what AWS knows on * only', (bundle) => {
    const everywhere = allowed(prod, functionRole(bundle))
      .filter(({ Resource }) => Resource.some((one) => readable(prod, one) === '*'))
      .flatMap(({ Action }) => Action);
    const known = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'dynamodb:ListStreams'];

    expect(everywhere.filter((action) => !known.includes(action))).toEqual([]);
  });

  test('have no managed policies and no wildcard actions', () => {
    const managed = ofType(prod, 'AWS::IAM::Role').filter(
      ([, { Properties }]) => Properties.ManagedPolicyArns !== undefined,
    );
    const wildcards = roles().flatMap((role) =>
      allowed(prod, role).flatMap(({ Action }) => Action.filter((action) => action.includes('*'))),
    );

    expect([managed, wildcards]).toEqual([[], []]);
  });
});

describe('queues', () => {
  const queues = ofType(prod, 'AWS::SQS::Queue');
  const deadLetters = queues.filter(([, { Properties }]) => Properties.RedrivePolicy === undefined);

  test('of work have dead letters; queues of dead letters have a ringing alarm', () => {
    const alarmed = ofType(prod, 'AWS::CloudWatch::Alarm')
      .filter(([, { Properties }]) => Properties.Threshold === 0 && Properties.AlarmActions !== undefined)
      .map(([, { Properties }]) => JSON.stringify(Properties.Dimensions));
    const silent = deadLetters.filter(([id]) => !alarmed.some((dimensions) => dimensions.includes(`"${id}"`)));

    expect(deadLetters).toHaveLength(11);
    expect(queues).toHaveLength(18);
    expect(silent.map(([id]) => id)).toEqual([]);
  });

  test('keep what they hold for two weeks and hide it for six times what its worker may take', () => {
    for (const [, { Properties }] of ofType(prod, 'AWS::Lambda::EventSourceMapping')) {
      const source = JSON.stringify(Properties.EventSourceArn);
      const queue = queues.find(([id]) => source.includes(`"${id}"`));
      const worker = Object.entries(prod.resources).find(([id]) =>
        JSON.stringify(Properties.FunctionName).includes(`"${id}"`),
      );
      if (queue !== undefined) {
        expect(queue[1].Properties.VisibilityTimeout).toBe(6 * Number(worker?.[1].Properties.Timeout));
      }
    }
    expect(queues.every(([, { Properties }]) => Properties.MessageRetentionPeriod === 1_209_600)).toBe(true);
  });

  test('are worked on message by message, with a limit of workers', () => {
    const mappings = ofType(prod, 'AWS::Lambda::EventSourceMapping').map(([, { Properties }]) => Properties);
    const ofQueues = mappings.filter(({ ScalingConfig }) => ScalingConfig !== undefined);

    expect(ofQueues).toHaveLength(7);
    expect(mappings.map(({ FunctionResponseTypes }) => FunctionResponseTypes)).toEqual(
      mappings.map(() => ['ReportBatchItemFailures']),
    );
  });

  test('take events of rules only from the rule that is meant for them', () => {
    const rules = ofType(prod, 'AWS::Events::Rule').filter(
      ([, { Properties }]) => Properties.EventBusName !== undefined && !isKeeper(Properties),
    );
    const policies = ofType(prod, 'AWS::SQS::QueuePolicy').map(([, { Properties }]) => JSON.stringify(Properties));

    expect(rules).toHaveLength(4);
    for (const [id, { Properties }] of rules) {
      expect(Properties.Targets).toMatchObject([
        { DeadLetterConfig: { Arn: expect.anything() }, RetryPolicy: { MaximumRetryAttempts: 185 } },
      ]);
      const condition = `{"aws:SourceArn":{"Fn::GetAtt":["${id}","Arn"]}}`;
      expect(policies.filter((policy) => policy.includes(condition))).toHaveLength(2);
    }
  });

  test('get each event of the OA, of whatever type: what no rule is for waits for an operator', () => {
    const ofOa = ofType(prod, 'AWS::Events::Rule')
      .map(([, { Properties }]) => Properties)
      .filter(({ EventPattern }) => JSON.stringify(EventPattern ?? '').includes('"meridian.oa"'));
    const [keeper] = ofOa.filter(isKeeper);
    const known = ofOa.filter((rule) => !isKeeper(rule)).flatMap(detailTypes);

    expect(known.length).toBeGreaterThan(1);
    expect(keeper?.EventPattern).toEqual({ source: ['meridian.oa'], 'detail-type': [{ 'anything-but': known }] });
    expect(keeper?.Targets).toMatchObject([
      { Arn: { 'Fn::GetAtt': [idAt('Events/Undelivered', 'AWS::SQS::Queue'), 'Arn'] } },
    ]);
  });
});

describe('the stream', () => {
  test('wakes its one reader for new effects only, and keeps what it gives up', () => {
    const streams = ofType(prod, 'AWS::Lambda::EventSourceMapping').filter(
      ([, { Properties }]) => Properties.StartingPosition !== undefined,
    );

    expect(streams.map(([, { Properties }]) => Properties)).toMatchObject([
      {
        FilterCriteria: {
          Filters: [{ Pattern: '{"eventName":["INSERT"],"dynamodb":{"Keys":{"pk":{"S":[{"prefix":"EFFECTS#"}]}}}}' }],
        },
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 5,
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      },
    ]);
  });
});

describe('the bus', () => {
  const { Policy } = at(prod, 'Events/Bus', 'AWS::Events::EventBus').Properties;
  const bySid = Object.fromEntries(statements(Policy).map((statement) => [statement.Sid, statement]));

  test('takes events of the OA from the principals of the company file only', () => {
    const { principals } = exampleCompany.oa;

    expect(bySid.OaMayPut).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: principals },
      Condition: { 'ForAnyValue:StringEquals': { 'events:source': 'meridian.oa' } },
    });
    expect(bySid.OnlyTheOaSpeaksForItself).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Condition: {
        'ForAnyValue:StringEquals': { 'events:source': 'meridian.oa' },
        StringNotEquals: { 'aws:PrincipalArn': principals },
      },
    });
  });

  test('takes events of the ERP from the connector only, and no other source', () => {
    expect(bySid.OnlyTheConnectorSpeaksForTheErp).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Condition: {
        'ForAnyValue:StringEquals': { 'events:source': 'meridian.erp' },
        StringNotEquals: { 'aws:PrincipalArn': [{ 'Fn::GetAtt': [functionRole('poll-erp'), 'Arn'] }] },
      },
    });
    expect(bySid.NoOtherSources).toMatchObject({
      Effect: 'Deny',
      Condition: { 'ForAnyValue:StringNotEquals': { 'events:source': ['meridian.oa', 'meridian.erp'] } },
    });
  });

  test('is archived', () => {
    expect(ofType(prod, 'AWS::Events::Archive').map(([, { Properties }]) => Properties)).toMatchObject([
      { EventPattern: { source: [{ prefix: 'meridian.' }] }, RetentionDays: 90 },
    ]);
  });
});

describe('mail', () => {
  test('is sent by two functions, as the sender, from the verified domain', () => {
    const senders = roles().flatMap((role) =>
      allowed(prod, role)
        .filter(({ Action }) => Action.some((action) => action.startsWith('ses:')))
        .map((statement) => ({ role: pathOf(prod, role), statement })),
    );

    expect(senders.map(({ role }) => role).sort()).toEqual(['Effects/send-mail/Role', 'Worklist/send-digests/Role']);
    for (const { statement } of senders) {
      expect(statement).toMatchObject({
        Action: ['ses:SendEmail'],
        Condition: { StringEquals: { 'ses:FromAddress': 'approvals@example.com' } },
      });
      expect(statement.Resource.map((resource) => readable(prod, resource)).sort()).toEqual([
        'arn:aws:ses:eu-central-1:111122223333:configuration-set/meridian',
        'arn:aws:ses:eu-central-1:111122223333:identity/example.com',
      ]);
    }
  });

  test('that does not arrive is told to the operators, without address and subject', () => {
    const rule = at(prod, 'Mail/Undelivered', 'AWS::Events::Rule').Properties;
    const { InputPathsMap } = (rule.Targets as { InputTransformer: { InputPathsMap: Record<string, string> } }[])[0]
      ?.InputTransformer ?? { InputPathsMap: {} };

    expect(rule.Targets).toMatchObject([
      { DeadLetterConfig: { Arn: { 'Fn::GetAtt': [idAt('Mail/NoticeDeadLetters', 'AWS::SQS::Queue'), 'Arn'] } } },
    ]);
    expect(Object.values(InputPathsMap).sort()).toEqual([
      '$.detail.eventType',
      '$.detail.mail.messageId',
      '$.detail.mail.tags.reference[0]',
    ]);
    expect(
      at(prod, 'Mail/ConfigurationSet/Events', 'AWS::SES::ConfigurationSetEventDestination').Properties,
    ).toMatchObject({
      EventDestination: { MatchingEventTypes: ['bounce', 'complaint', 'reject', 'deliveryDelay'] },
    });
  });

  test('has its DNS records in the outputs', () => {
    expect(Object.keys(prod.outputs)).toEqual(expect.arrayContaining(['DnsRecord1', 'DnsRecord2', 'DnsRecord3']));
  });
});

describe('pages', () => {
  test('are reached by exactly these routes', () => {
    const routes = ofType(prod, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);

    expect(routes.sort()).toEqual([
      'GET /admin',
      'GET /admin/people',
      'GET /admin/people/{employeeId}',
      'GET /admin/people/{employeeId}/hand-over',
      'GET /admin/people/{employeeId}/tasks/{processId}/{approvalId}',
      'GET /admin/policies',
      'GET /api/v1/requests',
      'GET /api/v1/tasks',
      'GET /api/v1/tasks/{processId}/{approvalId}',
      'GET /api/v1/tasks/{processId}/{approvalId}/files',
      'GET /api/v1/tasks/{processId}/{approvalId}/files/{fileId}',
      'GET /d/{secret}',
      'GET /d/{secret}/attach',
      'GET /d/{secret}/files/{fileId}',
      'GET /me',
      'GET /me/absence',
      'GET /me/requests',
      'GET /me/requests/{processId}',
      'GET /me/requests/{processId}/files/{fileId}',
      'GET /me/tasks',
      'GET /me/tasks/{processId}/{approvalId}',
      'GET /me/tasks/{processId}/{approvalId}/attach',
      'GET /me/tasks/{processId}/{approvalId}/files/{fileId}',
      'GET /record/{processId}',
      'GET /sign-in',
      'GET /sign-in/callback',
      'GET /signed-out',
      'HEAD /d/{secret}',
      'HEAD /d/{secret}/attach',
      'HEAD /d/{secret}/files/{fileId}',
      'HEAD /record/{processId}',
      'POST /admin/people/{employeeId}/hand-over',
      'POST /admin/people/{employeeId}/tasks/{processId}/{approvalId}',
      'POST /api/v1/requests/{processId}/urge',
      'POST /api/v1/tasks/{processId}/{approvalId}/actions',
      'POST /api/v1/tasks/{processId}/{approvalId}/files',
      'POST /d/{secret}',
      'POST /me/absence',
      'POST /me/requests',
      'POST /me/tasks/{processId}/{approvalId}',
      'POST /sign-out',
    ]);
  });

  test('are throttled, and their log has no path and no query, which are capabilities', () => {
    const { AccessLogSettings, DefaultRouteSettings } = at(
      prod,
      'Pages/Http/Stage',
      'AWS::ApiGatewayV2::Stage',
    ).Properties;
    const { Format } = AccessLogSettings as { Format: string };

    expect(Format).toContain('$context.routeKey');
    expect(Format).not.toMatch(/\$context\.(path|httpMethod.*path|requestOverride|domainName|customDomain)/);
    expect(DefaultRouteSettings).toEqual({ ThrottlingRateLimit: 50, ThrottlingBurstLimit: 100 });
  });
});

describe('alarms of deadlines', () => {
  test('are set by those who open waits and taken away by the outbox, all in one group', () => {
    const may = (action: string) =>
      roles()
        .filter((role) => allowed(prod, role).some(({ Action }) => Action.includes(action)))
        .map((role) => pathOf(prod, role));

    expect(may('scheduler:CreateSchedule').sort()).toEqual(['Purchase/await-facts/Role', 'Purchase/open-level/Role']);
    expect(may('scheduler:DeleteSchedule').sort()).toEqual([
      'Effects/dispatch-effects/Role',
      'Effects/sweep-effects/Role',
    ]);
  });

  test('that fail are repeated and kept', () => {
    const configured = ofType(prod, 'AWS::Lambda::EventInvokeConfig').filter(([id]) =>
      pathOf(prod, id).startsWith('Purchase/ring-alarm'),
    );

    expect(configured.map(([, { Properties }]) => Properties)).toMatchObject([
      { MaximumRetryAttempts: 2, DestinationConfig: { OnFailure: { Destination: expect.anything() } } },
    ]);
  });
});

describe('stage prod', () => {
  test('keeps tables, secrets and keys, and protects the tables and the stack', () => {
    const stateful = ['AWS::SecretsManager::Secret', 'AWS::KMS::Key', 'AWS::Logs::LogGroup', 'AWS::DynamoDB::Table'];
    const kept = Object.values(prod.resources).filter(({ DeletionPolicy }) => DeletionPolicy?.startsWith('Retain'));
    const lost = Object.values(prod.resources).filter((one) => stateful.includes(one.Type) && !kept.includes(one));

    expect(lost).toEqual([]);
    expect(prod.terminationProtection).toBe(true);
    for (const [, { Properties }] of ofType(prod, 'AWS::DynamoDB::Table')) {
      expect(Properties).toMatchObject({
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      });
    }
  });

  test('leaves nothing behind under a fixed name when its first deployment fails', () => {
    const left = Object.values(prod.resources).filter(({ DeletionPolicy }) => DeletionPolicy === 'Retain');

    expect(new Set(left.map(({ Type }) => Type))).toEqual(new Set(['AWS::DynamoDB::Table']));
    expect(left.filter(({ Properties }) => Properties.TableName !== undefined)).toEqual([]);
  });

  test("leaves room below CloudFormation's 500 resources, 200 outputs and 1 MB", () => {
    expect(Object.keys(prod.resources).length).toBeLessThan(450);
    expect(Object.keys(prod.outputs).length).toBeLessThan(180);
    expect(readFileSync(prod.file).byteLength).toBeLessThan(900_000);
  });
});
