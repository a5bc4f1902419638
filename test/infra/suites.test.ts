/** What a company with OA suites, or with other accounts that speak for its OA, has deployed. */
import { runSimulation } from '@cloud-copilot/iam-simulate';
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
  statements,
  synthesize,
  wholeCompany,
} from './synthesize.ts';

const whole = synthesize(wholeCompany);
const BUS = 'arn:aws:events:eu-central-1:111122223333:event-bus/meridian';
const OTHER = '444455556666';

describe('a company with OA suites', () => {
  test('has an address for their callbacks, which bears 2,000 at once, in a stack of its own within the stack', () => {
    const routes = ofType(whole, 'AWS::ApiGatewayV2::Route').map(([, { Properties }]) => Properties.RouteKey);
    const stage = at(whole, 'Pages/Http/Stage', 'AWS::ApiGatewayV2::Stage').Properties.RouteSettings;

    expect(routes).toContain('GET /suites/{system}');
    expect(stage).toMatchObject({
      'GET /suites/{system}': { ThrottlingBurstLimit: 2_000 },
      'POST /suites/{system}': { ThrottlingBurstLimit: 2_000 },
    });
    // The others are those of the stock, of orders and of the books, which this company has as well.
    expect(whole.files).toHaveLength(synthesize().files.length + 4);
  });

  test('accepts into a queue, from which few are worked on at once, and keeps what cannot be', () => {
    const queue = idOf(whole, 'Suites/suite-changes-queue/Queue', 'AWS::SQS::Queue');
    const [worker] = ofType(whole, 'AWS::Lambda::EventSourceMapping').filter(([id]) =>
      pathOf(whole, id).startsWith('Suites/'),
    );

    expect(whole.resources[queue]?.Properties.RedrivePolicy).toMatchObject({ maxReceiveCount: 20 });
    expect(worker?.[1].Properties).toMatchObject({
      ScalingConfig: { MaximumConcurrency: 2 },
      BatchSize: 5,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const alarms = ofType(whole, 'AWS::CloudWatch::Alarm').map(([, { Properties }]) => JSON.stringify(Properties));
    const deadLetters = idOf(whole, 'Suites/suite-changes-queue/DeadLetters', 'AWS::SQS::Queue');
    expect(alarms.filter((alarm) => alarm.includes(deadLetters))).toHaveLength(1);
  });

  test('lets what takes callbacks read their keys and fill the queue, and nothing else', () => {
    const may = (bundle: string) =>
      allowed(whole, roleOfFunction(whole, bundle))
        .flatMap(({ Action, Resource }) =>
          Action.flatMap((action) => Resource.map((one) => `${action} on ${readable(whole, one)}`)),
        )
        .filter((line) => !/^(logs|xray):/.test(line))
        .sort();
    const keys = ['feishu', 'wecom'].map(
      (name) =>
        `secretsmanager:GetSecretValue on arn:aws:secretsmanager:eu-central-1:111122223333:secret:${name}-a1b2c3`,
    );

    expect(may('suite-callback')).toEqual([...keys, 'sqs:SendMessage on Suites/suite-changes-queue/Queue']);
    expect(may('take-change')).toEqual([
      'dynamodb:GetItem on Tables/Work',
      'dynamodb:PutItem on Tables/Work',
      expect.stringMatching(/^events:PutEvents on arn:.*:event-bus\/meridian$/),
      ...keys,
      'sqs:DeleteMessage on Suites/suite-changes-queue/Queue',
      'sqs:GetQueueAttributes on Suites/suite-changes-queue/Queue',
      'sqs:ReceiveMessage on Suites/suite-changes-queue/Queue',
    ]);
    expect(may('tell-oa')).toEqual(expect.arrayContaining(keys));
  });

  test('hears from the worker alone what suites told, beside the OAs that it had', () => {
    const { Policy } = at(whole, 'Events/Bus', 'AWS::Events::EventBus').Properties;
    const deny = statements(Policy).find(({ Sid }) => Sid === 'OnlyTheOaSpeaksForItself');
    const role = roleOfFunction(whole, 'take-change');

    expect(JSON.stringify(deny?.Condition)).toContain(`"${role}"`);
    expect(JSON.stringify(deny?.Condition)).not.toContain(roleOfFunction(whole, 'suite-callback'));
  });

  test('tells its functions of the suites without any secret', () => {
    const { Environment } = at(whole, 'Suites/suite-callback/Function', 'AWS::Lambda::Function').Properties;
    const { Variables } = Environment as { Variables: { SUITES: string } };

    expect(JSON.parse(Variables.SUITES)).toEqual(wholeCompany.oa.suites.map(({ formsFile: _file, ...suite }) => suite));
  });

  test('gives nothing that cdk-nag finds', () => {
    expect(whole.findings.filter((finding) => !synthesize().findings.includes(finding))).toEqual([]);
  });
});

describe('a company whose OA is in another account', () => {
  const shared = synthesize({ ...exampleCompany, oa: { ...exampleCompany.oa, accounts: [OTHER] } });
  const { Policy } = at(shared, 'Events/Bus', 'AWS::Events::EventBus').Properties;

  /** What AWS answers a role that its own account lets put everything. */
  async function verdict(account: string, source: string, name = 'oa'): Promise<string> {
    const principal = `arn:aws:iam::${account}:role/${name}`;
    const everything = {
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: '*' }],
    };
    const answer = await runSimulation(
      {
        request: {
          principal,
          action: 'events:PutEvents',
          resource: { resource: BUS, accountId: '111122223333' },
          contextVariables: {
            'aws:PrincipalArn': principal,
            'aws:PrincipalAccount': account,
            'events:source': source,
          },
        },
        identityPolicies: [{ name: 'own', policy: everything }],
        serviceControlPolicies: [],
        resourceControlPolicies: [],
        resourcePolicy: resolved(Policy),
      },
      {},
    );
    if (answer.resultType === 'error') {
      throw new Error(JSON.stringify(answer.errors));
    }
    return answer.overallResult;
  }

  /** The policy with an ARN in the place of each reference. */
  function resolved(policy: unknown): unknown {
    return JSON.parse(
      JSON.stringify(policy, (_key, value) => {
        const text = readableOrNot(value);
        return text === undefined
          ? value
          : text.includes('event-bus/')
            ? BUS
            : text
                .replaceAll('<AWS::Partition>', 'aws')
                .replace(/^(?!arn:)(.+)$/, (path) => `arn:aws:iam::111122223333:role/${path.replaceAll('/', '-')}`);
      }),
    );
  }

  function readableOrNot(value: unknown): string | undefined {
    const isReference =
      typeof value === 'object' && value !== null && ('Ref' in value || 'Fn::GetAtt' in value || 'Fn::Join' in value);
    return isReference ? readable(shared, value) : undefined;
  }

  test.each([
    [OTHER, 'meridian.oa', 'Allowed'],
    [OTHER, 'meridian.erp', 'ExplicitlyDenied'],
    [OTHER, 'meridian.process', 'ExplicitlyDenied'],
    [OTHER, 'aws.ec2', 'ExplicitlyDenied'],
    ['777788889999', 'meridian.oa', 'ExplicitlyDenied'],
    ['111122223333', 'meridian.oa', 'ExplicitlyDenied'],
  ])('hears account %s say %s: %s', async (account, source, expected) => {
    expect(await verdict(account, source)).toBe(expected);
  });

  test('goes on hearing the roles that it names', async () => {
    expect(await verdict('111122223333', 'meridian.oa', 'oa-events')).toBe('Allowed');
  });
});
