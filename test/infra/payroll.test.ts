import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { payrollSystem } from '../../functions/runtime/payroll.ts';
import {
  allowed,
  at,
  exampleCompany,
  idOf,
  ofType,
  pathOf,
  readable,
  type Synthesized,
  synthesize,
  wholeCompany,
} from './synthesize.ts';

const PAYROLL_ROLE = 'arn:aws:iam::111122223333:role/payroll';
const payroll = {
  dayOfMonth: 2,
  hour: 6,
  toleratedFailurePercentage: 3,
  atOnce: 25,
  correctedMonths: 2,
  systemRoles: [PAYROLL_ROLE],
  system: { kind: 'files' as const },
};
const monthly = synthesize({ ...exampleCompany, payroll });
const SECRET = 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:frappe-hr-a1b2c3';
const frappe = synthesize(wholeCompany);
const byHand = synthesize();

function allows(template: Synthesized, path: string): readonly string[] {
  return allowed(template, idOf(template, path, 'AWS::IAM::Role'))
    .flatMap(({ Action, Resource }) =>
      Resource.flatMap((resource) => Action.map((action) => `${action} ${readable(template, resource)}`)),
    )
    .filter((permission) => !/^(logs|xray):/.test(permission));
}

const keyPolicySchema = z.object({
  Statement: z.array(z.object({ Action: z.union([z.string(), z.array(z.string())]), Principal: z.json() })),
});

describe('payslips', () => {
  const { Properties } = at(monthly, 'Payroll/PayslipBucket/Key', 'AWS::KMS::Key');
  const statements = keyPolicySchema.parse(Properties.KeyPolicy).Statement;
  const mayRead = statements.filter(({ Action }) => [Action].flat().some((action) => /Decrypt|^kms:\*$/.test(action)));

  test('are opened by a key that names each role that may use it, and gives the account its management only', () => {
    const readers = mayRead.map(({ Principal }) => JSON.stringify(Principal));

    expect(readers.filter((principal) => principal.includes(':root'))).toEqual([]);
    expect(JSON.stringify(statements[0])).toContain(':root');
    expect(
      [statements[0]?.Action].flat().filter((action) => /crypt|DataKey|^kms:\*$|CreateGrant/.test(String(action))),
    ).toEqual([]);
    expect(mayRead.length).toBeGreaterThan(0);
  });

  test('are encrypted with it, and payroll may write its answers and read nothing', () => {
    const bucket = at(monthly, 'Payroll/PayslipBucket/Bucket', 'AWS::S3::Bucket').Properties;
    expect(JSON.stringify(bucket.BucketEncryption)).toContain('aws:kms');
    const ofPayroll = statements.filter(({ Principal }) => JSON.stringify(Principal).includes(PAYROLL_ROLE));
    expect(ofPayroll.map(({ Action }) => Action)).toEqual(['kms:GenerateDataKey']);
  });
});

describe('payroll', () => {
  test('is started once a month by the clocks of the company, and a start that is not delivered is kept and watched', () => {
    const { Properties } = at(monthly, 'Payroll/Schedule', 'AWS::Scheduler::Schedule');
    const alias = idOf(monthly, 'Payroll/payroll-run/Current', 'AWS::StepFunctions::StateMachineAlias');

    expect(Properties).toMatchObject({
      ScheduleExpression: 'cron(0 6 2 * ? *)',
      ScheduleExpressionTimezone: 'Asia/Shanghai',
      Target: { Arn: { 'Fn::GetAtt': [alias, 'Arn'] }, Input: '{}' },
    });
    expect(allows(monthly, 'Payroll/ScheduleRole').toSorted()).toEqual([
      'sqs:SendMessage Payroll/DeadLetters',
      'states:StartExecution Payroll/payroll-run/Machine',
    ]);
    const alarms = ofType(monthly, 'AWS::CloudWatch::Alarm').map(([, alarm]) => JSON.stringify(alarm.Properties));
    const queue = idOf(monthly, 'Payroll/DeadLetters', 'AWS::SQS::Queue');
    expect(alarms.some((alarm) => alarm.includes(queue))).toBe(true);
    expect(monthly.findings).toEqual([]);
  });

  test('without a schedule is started by hand', () => {
    expect(ofType(byHand, 'AWS::Scheduler::Schedule')).toEqual([]);
  });

  test('reads as many employees at once, tolerates as many failures, and looks at as many earlier months, as the company file says', () => {
    const { Properties } = at(monthly, 'Payroll/open-payroll-run/Function', 'AWS::Lambda::Function');

    expect(Properties.Environment).toMatchObject({
      Variables: { PAYROLL_AT_ONCE: '25', PAYROLL_TOLERATED_PERCENTAGE: '3', PAYROLL_CORRECTED_MONTHS: '2' },
    });
  });

  test('has a machine that may start its own items, and read and write in the bucket of payroll alone', () => {
    const own = allows(byHand, 'Payroll/payroll-run/Role').filter((permission) =>
      /payroll-run:|\/\*|s3:/.test(permission),
    );

    expect(own.map((permission) => permission.replace(/arn:.*?(stateMachine|execution):/, '$1 ')).toSorted()).toEqual([
      's3:AbortMultipartUpload arn:aws:s3:::Payroll/Bucket/*',
      's3:GetObject arn:aws:s3:::Payroll/Bucket/*',
      's3:ListMultipartUploadParts arn:aws:s3:::Payroll/Bucket/*',
      's3:PutObject arn:aws:s3:::Payroll/Bucket/*',
      'states:DescribeExecution execution meridian-payroll-run:*',
      'states:RedriveExecution execution meridian-payroll-run/*',
      'states:StopExecution execution meridian-payroll-run:*',
    ]);
    expect(
      allows(byHand, 'Payroll/payroll-run/Role').some((one) =>
        /^states:StartExecution .*meridian-payroll-run$/.test(one),
      ),
    ).toBe(true);
  });

  test('keeps its files private, encrypted and versioned, and forgets what only a run needed', () => {
    const [bucket] = ofType(byHand, 'AWS::S3::Bucket').filter(([id]) => pathOf(byHand, id) === 'Payroll/Bucket');

    expect(bucket?.[1].Properties).toMatchObject({
      BucketEncryption: { ServerSideEncryptionConfiguration: [{}] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, RestrictPublicBuckets: true },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [{ Prefix: 'runs/', ExpirationInDays: 400 }] },
    });
  });
});

const ASKERS = [
  'Payroll/export-figures',
  'Payroll/route-payroll',
  'Payroll/await-payroll',
  'Payroll/record-payroll-answer',
  'Payroll/poll-payroll',
  'Payroll/Payslips/publish-payslip',
];

describe('a payroll system with an API', () => {
  const secretReaders = ofType(frappe, 'AWS::IAM::Role')
    .map(([id]) => pathOf(frappe, id))
    .filter((path) => allows(frappe, path).some((one) => one.includes(SECRET)));

  test('has a key that exactly the functions which ask it may read, and they know where it is', () => {
    expect(secretReaders.map((path) => path.replace(/\/Role$/, '')).toSorted()).toEqual(ASKERS.toSorted());
    for (const path of ASKERS) {
      const { Environment } = at(frappe, `${path}/Function`, 'AWS::Lambda::Function').Properties;
      const { PAYROLL_SYSTEM } = z
        .object({ Variables: z.looseObject({ PAYROLL_SYSTEM: z.string() }) })
        .parse(Environment).Variables;
      const system = payrollSystem({ PAYROLL_BUCKET: 'figures', PAYSLIP_BUCKET: 'payslips', PAYROLL_SYSTEM });
      expect([JSON.parse(PAYROLL_SYSTEM).currency, Object.keys(system)]).toEqual([
        exampleCompany.currency,
        ['handOver', 'readAnswer', 'readPayslip'],
      ]);
    }
  });

  test('writes no files, so that nobody reads any', () => {
    const permissions = ofType(frappe, 'AWS::IAM::Role').flatMap(([id]) => allows(frappe, pathOf(frappe, id)));

    expect(permissions.filter((one) => one.includes('/answers/'))).toEqual([]);
    expect(frappe.findings).toEqual([]);
  });

  test('is asked every quarter of an hour, and a time that fails is seen', () => {
    const rules = ofType(frappe, 'AWS::Events::Rule').filter(([id]) => pathOf(frappe, id).includes('poll-payroll'));
    const alarms = ofType(frappe, 'AWS::CloudWatch::Alarm').map(([id]) => pathOf(frappe, id));

    expect(rules).toMatchObject([[expect.anything(), { Properties: { ScheduleExpression: 'rate(15 minutes)' } }]]);
    expect(alarms.filter((path) => path.includes('poll-payroll-errors'))).toHaveLength(1);
  });

  test('is none unless the company file says so: nothing is asked, and no key is read', () => {
    const ofPayroll = ofType(byHand, 'AWS::IAM::Role')
      .map(([id]) => pathOf(byHand, id))
      .filter((path) => path.startsWith('Payroll/') && !path.includes('reconcile-attendance'));

    expect(ofPayroll.some((path) => path.includes('poll-payroll'))).toBe(false);
    expect(
      ['AWS::Events::Rule', 'AWS::CloudWatch::Alarm'].flatMap((type) =>
        ofType(byHand, type).filter(([id]) => pathOf(byHand, id).includes('poll-payroll')),
      ),
    ).toEqual([]);
    expect(
      ofPayroll.flatMap((path) => allows(byHand, path)).filter((one) => one.startsWith('secretsmanager:')),
    ).toEqual([]);
  });
});
