/** The simulator of IAM on the template for AWS: that it says no where AWS would. */
import { describe, expect, test } from 'vitest';
import type { Authorization } from '../support/least-privilege/authorizations.ts';
import { policiesOf, type Role } from '../support/least-privilege/policies.ts';
import { productionTemplate } from '../support/least-privilege/production-template.ts';
import { decide, grantsOf } from '../support/least-privilege/simulate.ts';
import type { StackNames } from '../support/least-privilege/stack-names.ts';
import { ofType, pathOf, type Synthesized } from './synthesize.ts';

/** Resources are called as in the template; machines and secrets are known by their ARNs, and the bus has a name. */
function inventedNames({ resources }: Synthesized): StackNames {
  return {
    ref: (id) => {
      const type = resources[id]?.Type;
      if (type === 'AWS::Events::EventBus') return BUS;
      if (type === 'AWS::StepFunctions::StateMachine') return arn('states', `stateMachine:${id}`);
      return type === 'AWS::SecretsManager::Secret' ? arn('secretsmanager', `secret:${id}-a1B2c3`) : id;
    },
    streamOf: (id) => arn('dynamodb', `table/${id}/stream/2026-01-01T00:00:00.000`),
  };
}

const BUS = 'meridian';
const arn = (service: string, resource: string) => `arn:aws:${service}:eu-central-1:000000000000:${resource}`;
const prod = productionTemplate();
const policies = policiesOf(prod, inventedNames(prod));

function role(name: string): Role {
  const found = policies.roles.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no role ${name}`);
  return found;
}

function idAt(path: string, type: string): string {
  const [found] = ofType(prod, type).filter(([id]) => pathOf(prod, id) === path);
  if (found === undefined) throw new Error(`nothing at ${path}`);
  return found[0];
}

const ask = (action: string, resource: string, context: Authorization['context'] = {}) => ({
  action,
  resource,
  context,
});
const verdict = (name: string, question: Authorization) =>
  decide(policies, role(name), role(name).permissions, question);

describe('the simulator of IAM', () => {
  const bus = arn('events', `event-bus/${BUS}`);
  const machine = arn(
    'states',
    `stateMachine:${idAt('Purchase/approval/Machine', 'AWS::StepFunctions::StateMachine')}`,
  );

  test('allows what a role may, by exactly one of its permissions', async () => {
    const question = ask('states:StartExecution', machine);

    expect(await verdict('Purchase/procure-to-pay', question)).toBe('Allowed');
    expect(
      (await grantsOf(policies, role('Purchase/procure-to-pay'), question)).map(({ resource }) => resource),
    ).toEqual(['Purchase/approval/Machine']);
    expect(await verdict('Intake/start-process', question)).toBe('ImplicitlyDenied');
  });

  test('knows the machine of a task token, of which the reference knows nothing', async () => {
    const other = arn('states', 'stateMachine:of-somebody-else');

    expect(await verdict('Effects/dispatch-effects', ask('states:SendTaskSuccess', machine))).toBe('Allowed');
    expect(await verdict('Effects/dispatch-effects', ask('states:SendTaskSuccess', other))).toBe('ImplicitlyDenied');
  });

  test('hears the conditions of a role: mail from another sender is refused', async () => {
    const identity = arn('ses', 'identity/meridian.example');
    const from = (address: string) => ask('ses:SendEmail', identity, { 'ses:FromAddress': address });

    expect(await verdict('Effects/send-mail', from('approvals@meridian.example'))).toBe('Allowed');
    expect(await verdict('Effects/send-mail', from('boss@meridian.example'))).toBe('ImplicitlyDenied');
  });

  test('hears the policy of the bus: the connector speaks for the ERP, and for nobody else', async () => {
    const put = (source: string) => ask('events:PutEvents', bus, { 'events:source': source });

    expect(await verdict('Erp/poll-erp', put('meridian.erp'))).toBe('Allowed');
    expect(await verdict('Erp/poll-erp', put('meridian.oa'))).toBe('ExplicitlyDenied');
    expect(
      await decide(policies, role('Pages/decision-page'), role('Erp/poll-erp').permissions, put('meridian.erp')),
    ).toBe('ExplicitlyDenied');
  });

  test('hears the policy of the record: not even a role that may do everything changes an entry', async () => {
    const record = arn('dynamodb', `table/${idAt('Tables/Record', 'AWS::DynamoDB::Table')}`);
    const everything = {
      role: 'administrator',
      action: '*',
      resource: '*',
      statement: { Effect: 'Allow', Action: ['*'], Resource: ['*'] },
    };
    const asAdministrator = (action: string) =>
      decide(policies, role('Purchase/close-purchase'), [everything], ask(action, record));

    expect(await asAdministrator('dynamodb:PutItem')).toBe('Allowed');
    expect(await asAdministrator('dynamodb:UpdateItem')).toBe('ExplicitlyDenied');
    expect(await asAdministrator('dynamodb:DeleteItem')).toBe('ExplicitlyDenied');
  });

  test('hears the policy of a queue: nothing comes in that is not encrypted', async () => {
    const queue = arn('sqs', idAt('Effects/mail-queue/Queue', 'AWS::SQS::Queue'));
    const plain = ask('sqs:SendMessage', queue, { 'aws:SecureTransport': 'false' });

    expect(await verdict('Effects/dispatch-effects', ask('sqs:SendMessage', queue))).toBe('Allowed');
    expect(await verdict('Effects/dispatch-effects', plain)).toBe('ExplicitlyDenied');
  });

  test('takes no question that AWS would not understand', async () => {
    await expect(verdict('Erp/poll-erp', ask('events:PutEvent', bus))).rejects.toThrow('events:PutEvent');
    await expect(verdict('Erp/poll-erp', ask('events:PutEvents', machine))).rejects.toThrow(machine);
  });
});

describe('the policies of the stack', () => {
  test('name each role and each of its permissions once', () => {
    const all = policies.roles.flatMap(({ permissions }) =>
      permissions.map(({ role: name, action, statement }) => `${name} ${action} ${statement.Resource}`),
    );

    expect(policies.roles).toHaveLength(ofType(prod, 'AWS::IAM::Role').length);
    expect(all.length).toBeGreaterThan(150);
    expect(new Set(all).size).toBe(all.length);
  });

  test('are refused when there are some that nobody would ask', () => {
    const withResource = (id: string, resource: object): Synthesized => ({
      ...prod,
      resources: { ...prod.resources, [id]: { Type: '', Properties: {}, ...resource } },
    });
    const policy = withResource('Other', { Type: 'AWS::SecretsManager::ResourcePolicy' });
    const managed = withResource('Other', { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn'] } });

    expect(() => policiesOf(policy, inventedNames(policy))).toThrow('AWS::SecretsManager::ResourcePolicy');
    expect(() => policiesOf(managed, inventedNames(managed))).toThrow('Other has ManagedPolicyArns');
  });
});
