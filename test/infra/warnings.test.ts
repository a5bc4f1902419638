import { describe, expect, test } from 'vitest';
import { allowed, at, exampleCompany, ofType, pathOf, readable, roleOfFunction, synthesize } from './synthesize.ts';

const plain = synthesize();
const warned = synthesize({
  ...exampleCompany,
  warnings: {
    subscriptions: [
      { protocol: 'email', endpoint: 'audit@lingnan-precision.example' },
      { protocol: 'sqs', endpoint: 'arn:aws:sqs:eu-central-1:111122223333:risk' },
    ],
    webhookUrl: 'https://risk.example.com/warnings',
  },
});

describe('warnings of cases', () => {
  test('go to a topic that is encrypted and takes no plain HTTP', () => {
    expect(at(plain, 'Warnings/WarningTopic', 'AWS::SNS::Topic').Properties).toHaveProperty('KmsMasterKeyId');
    const policies = ofType(plain, 'AWS::SNS::TopicPolicy').filter(([id]) => pathOf(plain, id).startsWith('Warnings/'));
    expect(JSON.stringify(policies)).toContain('"aws:SecureTransport":"false"');
  });

  test('reach whom the company file subscribes', () => {
    const subscriptions = (template: typeof plain) =>
      ofType(template, 'AWS::SNS::Subscription')
        .filter(([id]) => pathOf(template, id).startsWith('Warnings/'))
        .map(([, { Properties }]) => [Properties.Protocol, Properties.Endpoint]);

    expect(subscriptions(plain)).toEqual([]);
    expect(subscriptions(warned)).toEqual([
      ['email', 'audit@lingnan-precision.example'],
      ['sqs', 'arn:aws:sqs:eu-central-1:111122223333:risk'],
    ]);
  });

  test('need a secret only where they go to a webhook', () => {
    const secrets = (template: typeof plain) =>
      allowed(template, roleOfFunction(template, 'send-warning')).flatMap(({ Action, Resource }) =>
        Action.includes('secretsmanager:GetSecretValue') ? Resource.map((one) => readable(template, one)) : [],
      );

    expect(secrets(plain)).toEqual([]);
    expect(secrets(warned)).toEqual([expect.stringContaining('Warnings/WarningSigningKey')]);
    const { Environment } = at(plain, 'Warnings/send-warning/Function', 'AWS::Lambda::Function').Properties;
    expect(Environment).toMatchObject({ Variables: { WARNING_WEBHOOK_URL: '', WARNING_SECRET_ARN: '' } });
  });

  test('tell the operators of failures, and of what was given up', () => {
    const alarms = ofType(plain, 'AWS::CloudWatch::Alarm').map(([id]) => pathOf(plain, id));

    expect(alarms).toEqual(
      expect.arrayContaining(
        ['send-warning-errors', 'Warnings-warnings-queue-DeadLetters'].map((name) => expect.stringContaining(name)),
      ),
    );
  });
});
