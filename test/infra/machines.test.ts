import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import aslValidator from 'asl-validator';
import { describe, expect, test } from 'vitest';
import { CHILD_EVENTS_RULE, neededPermissions, placeholders } from '../../infra/state-machine-permissions.ts';
import { machineFiles } from '../../local/paths/machine-files.ts';
import { placeholderMisfits } from '../support/machine-contracts.ts';
import { ROOT } from './project.ts';
import { allowed, ofType, pathOf, readable, synthesize, wholeCompany } from './synthesize.ts';

const prod = synthesize();
const LOG_DELIVERY = /^(logs|xray):/;

function definitionText(name: string): string {
  return readFileSync(join(ROOT, `statemachines/${name}.asl.json`), 'utf8');
}

function permissions(name: string): readonly string[] {
  const [role] = ofType(prod, 'AWS::IAM::Role').filter(([id]) => pathOf(prod, id) === `Purchase/${name}/Role`);
  return allowed(prod, role?.[0] ?? '').flatMap(({ Action, Resource }) =>
    Action.filter((action) => !LOG_DELIVERY.test(action)).flatMap((action) =>
      Resource.map((resource) => `${action} ${readable(prod, resource)}`),
    ),
  );
}

/** Every function that the file names, by looking for the placeholders alone. */
function calledFunctions(name: string): readonly string[] {
  return placeholders(definitionText(name))
    .filter((placeholder) => placeholder !== 'ApprovalArn')
    .map((placeholder) => {
      const bundle = placeholder
        .replace(/Arn$/, '')
        .replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`)
        .toLowerCase();
      return `lambda:InvokeFunction Purchase/${bundle}/Function`;
    });
}

describe('the role of a machine', () => {
  test('of approvals may call its functions and nothing else', () => {
    expect(permissions('approval').toSorted()).toEqual(calledFunctions('approval').toSorted());
  });

  test('of procure-to-pay may call its functions, and start, follow and stop approvals', () => {
    const executions = 'arn:aws:states:eu-central-1:111122223333:execution:meridian-approval:*';
    const rule = `arn:aws:events:eu-central-1:111122223333:rule/${CHILD_EVENTS_RULE}`;

    expect(permissions('procure-to-pay').toSorted()).toEqual(
      [
        ...calledFunctions('procure-to-pay'),
        'states:StartExecution Purchase/approval/Machine',
        `states:DescribeExecution ${executions}`,
        `states:StopExecution ${executions}`,
        `events:PutTargets ${rule}`,
        `events:PutRule ${rule}`,
        `events:DescribeRule ${rule}`,
      ].toSorted(),
    );
  });

  test('is refused for a task whose permission nobody has thought about', () => {
    const definition = { States: { Send: { Type: 'Task', Resource: 'arn:aws:states:::sns:publish' } } };

    expect(() => neededPermissions(definition)).toThrow(
      'state Send: no permission is known for arn:aws:states:::sns:publish',
    );
  });

  test('is found for tasks inside branches and iterations too', () => {
    const inner = (name: string) => ({
      States: {
        Call: {
          Type: 'Task',
          Resource: 'arn:aws:states:::lambda:invoke',
          Arguments: { FunctionName: `\${${name}}` },
        },
      },
    });
    const definition = {
      States: {
        Both: { Type: 'Parallel', Branches: [inner('LeftArn')] },
        Each: { Type: 'Map', ItemProcessor: inner('EachArn') },
      },
    };

    expect(neededPermissions(definition).flatMap(({ resources }) => resources.flatMap(placeholders))).toEqual([
      'EachArn',
      'LeftArn',
    ]);
  });
});

describe('a deployed machine', () => {
  const machines = machineFiles();
  const deployed = new Map(
    ofType(synthesize(wholeCompany), 'AWS::StepFunctions::StateMachine').map(([, { Properties }]) => [
      String(Properties.StateMachineName),
      Properties,
    ]),
  );

  test('stands behind every file, and behind nothing else', () => {
    expect([...deployed.keys()].sort()).toEqual(machines.map(({ name }) => `meridian-${name}`));
  });

  test.each(machines)('$name is the file, with something for each of its placeholders and nothing else', (machine) => {
    const { DefinitionString, DefinitionSubstitutions } = deployed.get(`meridian-${machine.name}`) ?? {};

    expect(JSON.parse(String(DefinitionString))).toEqual(JSON.parse(machine.text));
    expect(placeholderMisfits(machine.text, Object.keys(DefinitionSubstitutions ?? {}))).toEqual([]);
  });

  test.each(machines)('$name is traced and logged without the data of executions', ({ name }) => {
    expect(deployed.get(`meridian-${name}`)).toMatchObject({
      StateMachineType: 'STANDARD',
      TracingConfiguration: { Enabled: true },
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
    });
  });

  test.each(machines)('$name is valid Amazon States Language', ({ text }) => {
    const { isValid, errorsText } = aslValidator(JSON.parse(text), { checkPaths: true });

    expect([isValid, isValid ? '' : errorsText('\n')]).toEqual([true, '']);
  });
});
