import { describe, expect, test } from 'vitest';
import { targetOf } from '../../functions/operations/domain/letter-routes.ts';
import { CURRENT_ALIAS } from '../../functions/process/current-alias.ts';
import { permissionsOf } from './permissions.ts';
import { at, ofType, pathOf, readable, roleOfFunction, synthesize, wholeCompany } from './synthesize.ts';

const whole = synthesize(wholeCompany);
const local = synthesize(wholeCompany, { sfnEndpoint: 'http://127.0.0.1:1' });

/** Machines that something else than a machine starts. */
const STARTED = [
  'Engineering/engineering-change',
  'Expenses/expense-to-posting',
  'Inventory/replenishment',
  'Leave/leave-request',
  'Office/office-request',
  'Payroll/payroll-run',
  'Purchase/procure-to-pay',
];

function variablesOf(template: typeof whole, path: string): Readonly<Record<string, unknown>> {
  const { Properties } = at(template, `${path}/Function`, 'AWS::Lambda::Function');
  return (Properties.Environment as { readonly Variables: Readonly<Record<string, unknown>> }).Variables;
}

describe('versions of definitions', () => {
  test('are published by each deployment, and kept when they are replaced', () => {
    const versions = ofType(whole, 'AWS::StepFunctions::StateMachineVersion');

    expect(versions.map(([id]) => pathOf(whole, id).replace(/\/Version$/, '')).toSorted()).toEqual(STARTED);
    for (const [, version] of versions) {
      expect(version).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
      expect(JSON.stringify(version.Properties.StateMachineRevisionId)).toContain('StateMachineRevisionId');
    }
  });

  test('are what the alias of new processes points at, all of them', () => {
    const aliases = ofType(whole, 'AWS::StepFunctions::StateMachineAlias');

    expect(aliases).toHaveLength(STARTED.length);
    for (const [, { Properties }] of aliases) {
      expect(Properties).toMatchObject({ Name: CURRENT_ALIAS, RoutingConfiguration: [{ Weight: 100 }] });
    }
  });

  test('are started by their alias', () => {
    const starting = [
      ...Object.entries(variablesOf(whole, 'Intake/start-process')),
      ...Object.entries(variablesOf(whole, 'Inventory/start-replenishment')),
      ['PAYROLL_RUN_ARN', at(whole, 'Payroll/Schedule', 'AWS::Scheduler::Schedule').Properties.Target] as const,
    ].filter(([name]) => /_ARN$/.test(name) && !/SECRET|ERP/.test(name));

    expect(starting).toHaveLength(STARTED.length);
    expect(starting.filter(([, arn]) => !JSON.stringify(arn).includes('Current'))).toEqual([]);
  });

  test('are made by the tool that starts the local stage, whose CloudFormation knows none', () => {
    expect(ofType(local, 'AWS::StepFunctions::StateMachineVersion')).toEqual([]);
    expect(JSON.stringify(variablesOf(local, 'Intake/start-process').OFFICE_REQUEST_ARN)).toContain(
      `:${CURRENT_ALIAS}`,
    );
  });
});

describe('the queues of dead letters', () => {
  // A queue without one of its own holds what could not be worked on.
  const queues = ofType(whole, 'AWS::SQS::Queue')
    .filter(([, { Properties }]) => Properties.RedrivePolicy === undefined)
    .map(([id]) => pathOf(whole, id))
    .toSorted();

  test('are all known to the tool of operators, by the outputs of the stack', () => {
    const told = Object.entries(whole.outputs)
      .filter(([output]) => /(DeadLetters|^UndeliveredEvents)Url$/.test(output))
      .map(([, value]) => readable(whole, (value as { readonly Value: unknown }).Value));

    expect(queues).toContain('Payroll/DeadLetters');
    expect(told.toSorted()).toEqual(queues);
  });

  test('may all be read on the pages of operators, which know them by name', () => {
    const permissions = permissionsOf(whole, roleOfFunction(whole, 'operations-pages'));
    const read = [...permissions].filter(([, actions]) => actions.includes('sqs:ReceiveMessage'));
    const names = JSON.stringify(variablesOf(whole, 'Operations/operations-pages').QUEUE_NAMES);

    expect(read.map(([queue]) => queue).toSorted()).toEqual(queues);
    expect(names.match(/\w+DeadLetters\\*":|UndeliveredEvents\\*":/g)).toHaveLength(queues.length);
  });
});

describe('the pages of operators', () => {
  test('look at no machine that another machine waits for', () => {
    const machines = JSON.stringify(variablesOf(whole, 'Operations/operations-pages').MACHINE_ARNS);

    expect(machines).not.toMatch(/payslip|approval/i);
  });

  test('send undelivered events back to the queues that the rules of the bus have for them', () => {
    const names = new Map(
      Object.entries(whole.outputs).flatMap(([output, value]) =>
        output.endsWith('Url')
          ? [[readable(whole, (value as { readonly Value: unknown }).Value), output.replace(/Url$/, '')] as const]
          : [],
      ),
    );
    const wrong = ofType(whole, 'AWS::Events::Rule').flatMap(([, { Properties }]) => {
      const { EventPattern: pattern, Targets: targets } = Properties as {
        readonly EventPattern?: { readonly 'detail-type'?: readonly unknown[] };
        readonly Targets: readonly { readonly Arn: unknown }[];
      };
      const queue = names.get(readable(whole, targets[0]?.Arn));
      const types = (pattern?.['detail-type'] ?? []).filter((type): type is string => typeof type === 'string');
      return types.flatMap((type) => {
        const target = targetOf('UndeliveredEvents', JSON.stringify({ 'detail-type': type }));
        return queue === undefined || target === queue ? [] : [`${type}: ${target} instead of ${queue}`];
      });
    });

    expect(names.size).toBeGreaterThan(10);
    expect(wrong).toEqual([]);
  });
});
