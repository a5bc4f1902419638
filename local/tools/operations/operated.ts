/** What the operator's tool works on: the use-cases of the operations over an installation. */
import { randomBytes, randomUUID } from 'node:crypto';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SQSClient } from '@aws-sdk/client-sqs';
import type { Directory } from '../../../functions/directory/port.ts';
import type { OperationDeps } from '../../../functions/operations/act-on-trouble.ts';
import { sqsDeadLetters } from '../../../functions/operations/aws/dead-letters.ts';
import { stepFunctionsExecutions } from '../../../functions/operations/aws/executions.ts';
import type { LetterDeps } from '../../../functions/operations/letters.ts';
import type { Operator } from '../../../functions/operations/operator.ts';
import type { ProcessDeps } from '../../../functions/process/update-process.ts';
import { type Installation, storeOf } from '../installation.ts';

const LETTERS = /^(?<name>\w*DeadLetters|UndeliveredEvents)Url$/;

/** Outputs that name machines which no other machine waits for. */
const MACHINES = [
  'ProcureToPayArn',
  'ExpenseToPostingArn',
  'LeaveRequestArn',
  'OfficeRequestArn',
  'EngineeringChangeArn',
  'PayrollRunArn',
  'ReplenishmentArn',
] as const;

/** Operators stand in no directory: nobody is looked up. */
const NOBODY: Directory = {
  person: async () => undefined,
  rolesOf: async () => [],
  holdersOf: async () => [],
  substitutesFor: async () => [],
  standInsOf: async () => [],
  find: async () => [],
  headOf: async () => undefined,
  legalEntityOf: async () => undefined,
  costCentre: async () => undefined,
};

/** Exit codes of the tool. */
export const EXIT = { done: 0, waitsOrRefused: 1, failed: 2 } as const;

export function processDeps(installation: Installation): ProcessDeps {
  return {
    store: storeOf(installation),
    clock: { now: () => new Date() },
    randomness: { secret: () => randomBytes(32).toString('base64url'), uuid: () => randomUUID() },
  };
}

export function operationDeps(installation: Installation): OperationDeps {
  const { outputs, stepFunctions } = installation;
  const machineArns = [...new Set(MACHINES.flatMap((name) => outputs[name] ?? []))];
  const executions = stepFunctionsExecutions({
    client: new SFNClient(stepFunctions),
    machineArns,
    now: () => new Date(),
  });
  return { ...processDeps(installation), directory: NOBODY, executions };
}

export function letterDeps(installation: Installation): LetterDeps {
  const { outputs, aws } = installation;
  const names = Object.keys(outputs).flatMap((output) => LETTERS.exec(output)?.groups?.name ?? []);
  const letters = sqsDeadLetters({
    sqs: new SQSClient(aws),
    lambda: new LambdaClient(aws),
    names,
    urlOf: async (name) => outputs[`${name}Url`],
    alarmFunction: outputs.RingAlarmFunctionName ?? '',
  });
  return { ...processDeps(installation), letters };
}

/** Who uses the tool, by the name they give. */
export function operatorNamed(name: string): Operator {
  return { name, via: 'operator-tool' };
}
