import { describe, expect, test } from 'vitest';
import {
  allowed,
  at,
  exampleCompany,
  idOf,
  readable,
  roleOfFunction,
  rolesOf,
  statements,
  synthesize,
} from './synthesize.ts';

const prod = synthesize();
const trial = synthesize({ ...exampleCompany, stage: 'test' });

describe('the event log', () => {
  test('loses what is older than the company keeps it, with its earlier versions', () => {
    const { LifecycleConfiguration } = at(prod, 'Insight/Bucket', 'AWS::S3::Bucket').Properties;

    expect(LifecycleConfiguration).toMatchObject({
      Rules: expect.arrayContaining([
        expect.objectContaining({
          Prefix: 'events/',
          ExpirationInDays: 1096,
          NoncurrentVersionExpiration: { NoncurrentDays: 1 },
        }),
      ]),
    });
  });
});

describe('the books of the record', () => {
  test('can be deleted by nobody before their time in prod, and carry no lock elsewhere', () => {
    const { Properties } = at(prod, 'Evidence/Books', 'AWS::S3::Bucket');
    expect(Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { Rule: { DefaultRetention: { Mode: 'COMPLIANCE', Days: 3653 } } },
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(at(trial, 'Evidence/Books', 'AWS::S3::Bucket').Properties).not.toHaveProperty('ObjectLockEnabled');
  });

  test('are deleted by a rule when the time that the company configures is over, and not by the lock', () => {
    const retention = { ...exampleCompany.retention, booksDays: 900, personalDays: 30 };
    const short = synthesize({ ...exampleCompany, retention });
    const daysOf = (path: string) => at(short, path, 'AWS::S3::Bucket').Properties.LifecycleConfiguration;

    expect(daysOf('Evidence/Books')).toMatchObject({ Rules: [{ ExpirationInDays: 901 }] });
    expect(daysOf('Evidence/PersonalBooks')).toMatchObject({ Rules: [{ ExpirationInDays: 30 }] });
    expect(at(short, 'Evidence/PersonalBooks', 'AWS::S3::Bucket').Properties).not.toHaveProperty('ObjectLockEnabled');
  });

  test('are written by one function and by nobody else in the account', () => {
    const policy = at(prod, 'Evidence/Books/Bucket/Policy', 'AWS::S3::BucketPolicy').Properties.PolicyDocument;
    const deny = statements(policy).find(({ Sid }) => Sid === 'WrittenByOneFunction');

    expect(deny).toMatchObject({ Effect: 'Deny', Action: ['s3:PutObject'], Principal: { AWS: '*' } });
    expect(JSON.stringify(deny?.Condition)).toContain(roleOfFunction(prod, 'close-books'));
  });

  test('are signed with a key that whoever manages the account cannot sign with', () => {
    const { KeyPolicy, KeySpec, KeyUsage } = at(prod, 'Evidence/Key', 'AWS::KMS::Key').Properties;
    const signers = statements(KeyPolicy).filter(({ Action }) => Action.some((one) => /Sign|^kms:\*$/.test(one)));

    expect({ KeySpec, KeyUsage }).toEqual({ KeySpec: 'ECC_NIST_P256', KeyUsage: 'SIGN_VERIFY' });
    expect(signers).toHaveLength(1);
    expect(JSON.stringify(signers[0]?.Principal)).toContain(roleOfFunction(prod, 'close-books'));
  });

  test('are kept with their key when the stack of prod is deleted', () => {
    for (const [path, type] of [
      ['Evidence/Key', 'AWS::KMS::Key'],
      ['Evidence/Books', 'AWS::S3::Bucket'],
    ] as const) {
      expect(at(prod, path, type).DeletionPolicy).toBe('RetainExceptOnCreate');
    }
  });

  test('leave what can be erased to the one function that erases what is kept too long', () => {
    const personal = readable(prod, { Ref: idOf(prod, 'Tables/Personal', 'AWS::DynamoDB::Table') });
    const erasers = rolesOf(prod).filter((role) =>
      allowed(prod, role).some(
        ({ Action, Resource }) =>
          Action.includes('dynamodb:DeleteItem') && Resource.some((one) => readable(prod, one) === personal),
      ),
    );

    expect(erasers).toEqual([roleOfFunction(prod, 'erase-expired')]);
  });

  test('hear of every entry by a queue of the record’s stream', () => {
    const { Environment } = at(prod, 'RecordStream/follow-record/Function', 'AWS::Lambda::Function').Properties;

    expect(JSON.stringify(Environment)).toContain(idOf(prod, 'Evidence/growth-queue/Queue', 'AWS::SQS::Queue'));
  });
});
