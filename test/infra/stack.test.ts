import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { bundleNames } from './project.ts';
import {
  allowed,
  at,
  idOf,
  ofType,
  pathOfFunction,
  readable,
  roleOfFunction,
  rolesOf,
  synthesize,
  wholeCompany,
} from './synthesize.ts';

const prod = synthesize();
/** With the functions that only some companies have. */
const whole = synthesize(wholeCompany);

describe('functions', () => {
  test('are there for every handler, and no others', () => {
    const deployed = ofType(whole, 'AWS::Lambda::Function').map(([, { Properties }]) => Properties.FunctionName);

    expect(deployed.sort()).toEqual(bundleNames().map((name) => `meridian-${name}`));
  });

  test.each(bundleNames())('%s runs on Node 24 and arm64, is traced, and its log ends', (bundle) => {
    const path = pathOfFunction(whole, bundle);
    const { Properties } = at(whole, `${path}/Function`, 'AWS::Lambda::Function');
    const log = at(whole, `${path}/Log`, 'AWS::Logs::LogGroup');

    expect(Properties).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogGroup: { Ref: idOf(whole, `${path}/Log`, 'AWS::Logs::LogGroup') } },
    });
    expect(log.Properties).toMatchObject({ LogGroupName: `/aws/lambda/meridian-${bundle}`, RetentionInDays: 90 });
  });

  test.each(bundleNames())('%s may do nothing on all resources but what AWS knows on * only', (bundle) => {
    const everywhere = allowed(whole, roleOfFunction(whole, bundle))
      .filter(({ Resource }) => Resource.some((one) => readable(whole, one) === '*'))
      .flatMap(({ Action }) => Action);
    const known = ['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'dynamodb:ListStreams'];

    expect(everywhere.filter((action) => !known.includes(action))).toEqual([]);
  });

  test('have no managed policies and no wildcard actions', () => {
    const managed = ofType(prod, 'AWS::IAM::Role').filter(
      ([, { Properties }]) => Properties.ManagedPolicyArns !== undefined,
    );
    const wildcards = rolesOf(prod).flatMap((role) =>
      allowed(prod, role).flatMap(({ Action }) => Action.filter((action) => action.includes('*'))),
    );

    expect([managed, wildcards]).toEqual([[], []]);
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

  test('costs at rest what the page of the deployment counts', () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/deploy.md'), 'utf8');
    const polled = ofType(prod, 'AWS::Lambda::EventSourceMapping').filter(([, { Properties }]) =>
      readable(prod, Properties.EventSourceArn).includes('queue'),
    );

    expect(page).toContain(`${ofType(prod, 'AWS::CloudWatch::Alarm').length} alarms (0.10 each)`);
    expect(page).toContain(`${ofType(prod, 'AWS::SecretsManager::Secret').length} secrets`);
    expect(page).toContain(`polling of ${polled.length} queues`);
  });

  test.each(prod.files.map((one) => [basename(one.file), one] as const))(
    "leaves room below CloudFormation's 500 resources, 200 outputs, 200 parameters and 1 MB in %s",
    (_name, { file, resources, outputs, parameters }) => {
      expect(resources).toBeLessThan(450);
      expect(outputs).toBeLessThan(180);
      expect(parameters).toBeLessThan(180);
      expect(readFileSync(file).byteLength).toBeLessThan(900_000);
    },
  );
});
