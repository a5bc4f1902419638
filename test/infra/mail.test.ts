import { describe, expect, test } from 'vitest';
import { allowed, at, idOf, pathOf, readable, rolesOf, synthesize } from './synthesize.ts';

const prod = synthesize();

describe('mail', () => {
  test('is sent by three functions, as the sender, from the verified domain', () => {
    const senders = rolesOf(prod).flatMap((role) =>
      allowed(prod, role)
        .filter(({ Action }) => Action.some((action) => action.startsWith('ses:')))
        .map((statement) => ({ role: pathOf(prod, role), statement })),
    );

    expect(senders.map(({ role }) => role).sort()).toEqual([
      'Dashboards/send-weekly-figures/Role',
      'Effects/send-mail/Role',
      'Worklist/send-digests/Role',
    ]);
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
      { DeadLetterConfig: { Arn: { 'Fn::GetAtt': [idOf(prod, 'Mail/NoticeDeadLetters', 'AWS::SQS::Queue'), 'Arn'] } } },
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
