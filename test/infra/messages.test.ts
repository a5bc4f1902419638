import { describe, expect, test } from 'vitest';
import {
  allowed,
  at,
  exampleCompany,
  idOf,
  ofType,
  pathOf,
  readable,
  roleOfFunction,
  rolesOf,
  statements,
  synthesize,
} from './synthesize.ts';

const prod = synthesize();

function detailTypes({ EventPattern }: Readonly<Record<string, unknown>>): readonly unknown[] {
  return (EventPattern as { 'detail-type': readonly unknown[] })['detail-type'];
}

/** Whether a rule takes what the others do not. */
function isKeeper(rule: Readonly<Record<string, unknown>>): boolean {
  return JSON.stringify(rule.EventPattern).includes('"anything-but"');
}

describe('queues', () => {
  const queues = ofType(prod, 'AWS::SQS::Queue');
  const deadLetters = queues.filter(([, { Properties }]) => Properties.RedrivePolicy === undefined);

  test('of work have dead letters; queues of dead letters have a ringing alarm', () => {
    const alarmed = ofType(prod, 'AWS::CloudWatch::Alarm')
      .filter(([, { Properties }]) => Properties.Threshold === 0 && Properties.AlarmActions !== undefined)
      .map(([, { Properties }]) => JSON.stringify(Properties.Dimensions));
    const silent = deadLetters.filter(([id]) => !alarmed.some((dimensions) => dimensions.includes(`"${id}"`)));

    expect(deadLetters).toHaveLength(18);
    expect(queues).toHaveLength(31);
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

    expect(ofQueues).toHaveLength(13);
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
      { Arn: { 'Fn::GetAtt': [idOf(prod, 'Events/Undelivered', 'AWS::SQS::Queue'), 'Arn'] } },
    ]);
  });
});

describe('the stream of a table', () => {
  const streams = (table: string) =>
    ofType(prod, 'AWS::Lambda::EventSourceMapping')
      .map(([, { Properties }]) => Properties)
      .filter((one) => one.StartingPosition !== undefined && readable(prod, one.EventSourceArn) === table);

  test('of work wakes its one reader for new effects only, and keeps what it gives up', () => {
    expect(streams('Tables/Work')).toMatchObject([
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

  test('of the record has one reader, which gives no entry up as long as the stream keeps it', () => {
    const read = streams('Tables/Record');

    expect(read).toMatchObject([
      {
        FilterCriteria: { Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] },
        MaximumRecordAgeInSeconds: 86_400,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: expect.anything() } },
      },
    ]);
    expect(read[0]).not.toHaveProperty('MaximumRetryAttempts');
  });
});

describe('the bus', () => {
  const { Policy } = at(prod, 'Events/Bus', 'AWS::Events::EventBus').Properties;
  const bySid = Object.fromEntries(statements(Policy).map((statement) => [statement.Sid, statement]));

  test('takes events of the OA from the principals of the company file and the webhook only', () => {
    const { principals } = exampleCompany.oa;
    const webhook = roleOfFunction(prod, 'webhook');

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
        StringNotEquals: { 'aws:PrincipalArn': [...principals, { 'Fn::GetAtt': [webhook, 'Arn'] }] },
      },
    });
  });

  test('takes events of the ERP from the connector only, where the company file names nobody else, and no other source', () => {
    expect(Object.keys(bySid).filter((sid) => /^(The)?Erp/.test(sid))).toEqual([]);
    expect(bySid.OnlyTheErpAndItsConnectorSpeakForIt).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Condition: {
        'ForAnyValue:StringEquals': { 'events:source': 'meridian.erp' },
        StringNotEquals: { 'aws:PrincipalArn': [{ 'Fn::GetAtt': [roleOfFunction(prod, 'poll-erp'), 'Arn'] }] },
      },
    });
    expect(bySid.NoOtherSources).toMatchObject({
      Effect: 'Deny',
      Condition: { 'ForAnyValue:StringNotEquals': { 'events:source': ['meridian.oa', 'meridian.erp'] } },
    });
  });

  test('lets the ERP itself say where to look, and nothing else', () => {
    const erpRole = 'arn:aws:iam::111122223333:role/erp-events';
    const told = synthesize({
      ...exampleCompany,
      erp: { ...exampleCompany.erp, principals: [erpRole] },
      replenishment: { startsPerMinute: 60, everyMinutes: 15 },
      orders: { everyMinutes: 5 },
    });
    const policy = statements(at(told, 'Events/Bus', 'AWS::Events::EventBus').Properties.Policy);
    const sid = (name: string) => policy.find(({ Sid }) => Sid === name);
    const pointers = ['StockFellBelowReorderPoint', 'OrderChanged'];

    expect(sid('ErpMayPut')).toMatchObject({
      Effect: 'Allow',
      Principal: { AWS: [erpRole] },
      Condition: { 'ForAnyValue:StringEquals': { 'events:source': 'meridian.erp', 'events:detail-type': pointers } },
    });
    expect(sid('TheErpItselfOnlySaysWhereToLook')).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: [erpRole] },
      Condition: {
        'ForAnyValue:StringEquals': { 'events:source': 'meridian.erp' },
        'ForAnyValue:StringNotEquals': { 'events:detail-type': pointers },
      },
    });
    expect(sid('OnlyTheErpAndItsConnectorSpeakForIt')).toMatchObject({
      Condition: {
        StringNotEquals: { 'aws:PrincipalArn': [{ 'Fn::GetAtt': [roleOfFunction(told, 'poll-erp'), 'Arn'] }, erpRole] },
      },
    });
    expect(sid('OnlyTheOaSpeaksForItself')).toMatchObject({
      Condition: { StringNotEquals: { 'aws:PrincipalArn': expect.not.arrayContaining([erpRole]) } },
    });
  });

  test('is archived', () => {
    expect(ofType(prod, 'AWS::Events::Archive').map(([, { Properties }]) => Properties)).toMatchObject([
      { EventPattern: { source: [{ prefix: 'meridian.' }] }, RetentionDays: 90 },
    ]);
  });
});

test('a burst of facts asks the ERP at most five at once: the rest waits in its queue', () => {
  const queue = idOf(prod, 'Intake/erp-facts-queue/Queue', 'AWS::SQS::Queue');
  const [mapping, ...others] = ofType(prod, 'AWS::Lambda::EventSourceMapping')
    .map(([, { Properties }]) => Properties)
    .filter(({ EventSourceArn }) => JSON.stringify(EventSourceArn).includes(`"${queue}"`));

  expect(others).toEqual([]);
  expect(mapping).toMatchObject({ BatchSize: 1, ScalingConfig: { MaximumConcurrency: 5 } });
});

describe('alarms of deadlines', () => {
  test('are set by those who open waits, the next ones by the outbox, which also takes them away, all in one group', () => {
    const may = (action: string) =>
      rolesOf(prod)
        .filter((role) => allowed(prod, role).some(({ Action }) => Action.includes(action)))
        .map((role) => pathOf(prod, role));

    expect(may('scheduler:CreateSchedule').sort()).toEqual([
      'Effects/dispatch-effects/Role',
      'Effects/sweep-effects/Role',
      'Engineering/await-change/Role',
      'Expenses/await-expense/Role',
      'Leave/await-leave/Role',
      'Office/await-office-request/Role',
      'Payroll/Payslips/await-payslip/Role',
      'Payroll/await-payroll/Role',
      'Purchase/await-facts/Role',
      'Purchase/open-level/Role',
    ]);
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
