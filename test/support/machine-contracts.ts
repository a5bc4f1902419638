/** What a machine's file promises the rest of the project, and whether the rest keeps it. Each check names what it finds. */
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { ERROR_NAMES } from '../../functions/runtime/errors.ts';
import type { MachineDefinition, TaskState } from '../../local/step-functions/definition.ts';
import { placeOf } from '../../local/step-functions/paths/taken.ts';
import { statesOf } from '../../local/step-functions/paths/ways.ts';
import { inputSchemaOf } from './handler-inputs.ts';
import { payloadMisfits } from './payload-fit.ts';

const ROOT = join(import.meta.dirname, '../..');

/** Names that Step Functions, Lambda and the SDK give; ours are in the taxonomy. */
const AWS_ERRORS = [
  'States.ALL',
  'States.BranchFailed',
  'States.DataLimitExceeded',
  'States.ExceedToleratedFailureThreshold',
  'States.HeartbeatTimeout',
  'States.ItemReaderFailed',
  'States.NoChoiceMatched',
  'States.Permissions',
  'States.QueryEvaluationError',
  'States.ResultWriterFailed',
  'States.Runtime',
  'States.TaskFailed',
  'States.Timeout',
  'Sandbox.Timedout',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'StepFunctions.ExecutionLimitExceeded',
  'StepFunctions.ThrottlingException',
  'StepFunctions.SdkClientException',
];
const KNOWN_ERRORS: ReadonlySet<string> = new Set([...ERROR_NAMES, ...AWS_ERRORS]);

/** Errors that a Retry or a Catch names and that nobody throws. */
export function unknownErrors(definition: MachineDefinition): readonly string[] {
  return statesOf(definition).flatMap(({ scope, name, state }) => {
    const entries = [
      ...('Retry' in state ? (state.Retry ?? []) : []),
      ...('Catch' in state ? (state.Catch ?? []) : []),
    ];
    const unknown = entries.flatMap(({ ErrorEquals }) => ErrorEquals).filter((error) => !KNOWN_ERRORS.has(error));
    return [...new Set(unknown)].map((error) => `${placeOf(scope, name)}: nobody throws ${error}`);
  });
}

/** Placeholders that nothing is put in for, and what is put in for none. */
export function placeholderMisfits(text: string, substitutions: readonly string[]): readonly string[] {
  const named = new Set([...text.matchAll(/\$\{(\w+)\}/g)].flatMap(([, name]) => name ?? []));
  return [
    ...[...named].filter((name) => !substitutions.includes(name)).map((name) => `nothing is put in for ${name}`),
    ...substitutions.filter((name) => !named.has(name)).map((name) => `${name} is not in the text`),
  ];
}

/** Events that a machine puts on the bus and that have no contract in `functions/events`. */
export async function unknownDetailTypes(definition: MachineDefinition): Promise<readonly string[]> {
  const known = await detailTypes();
  return tasksOf(definition).flatMap(({ at, task }) =>
    valuesOf(task.Arguments, 'DetailType')
      .filter((detailType) => typeof detailType !== 'string' || !known.has(detailType))
      .map((detailType) => `${at}: no contract for the event ${JSON.stringify(detailType)}`),
  );
}

/** Payloads that the handler behind the placeholder would not take, as far as a text can tell. */
export async function unfitArguments(definition: MachineDefinition): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { at, functionName, payload } of functionTasks(definition)) {
    const schema = await inputSchemaOf(functionName);
    const misfits =
      schema === undefined ? [`no handler ${functionName} has an input`] : payloadMisfits(schema, payload);
    found.push(...misfits.map((misfit) => `${at}: ${misfit}`));
  }
  return found;
}

/**
 * Waits for a token whose function is not told which wait it is: our clock could not ring their deadline. Their time-out
 * must lie behind it.
 *
 * @param longestSeconds - no deadline of a policy is later
 */
export function unclockedWaits(definition: MachineDefinition, longestSeconds: number): readonly string[] {
  return tasksOf(definition)
    .filter(({ task }) => task.Resource.endsWith('.waitForTaskToken'))
    .flatMap(({ at, task }) => {
      const fields = new Map(Object.entries(recordOf(recordOf(task.Arguments).Payload)));
      const isBackstop = typeof task.TimeoutSeconds === 'number' && task.TimeoutSeconds > longestSeconds;
      return [
        ...['token', 'waitId']
          .filter((field) => !fields.has(field))
          .map((field) => `${at}: its payload has no ${field}`),
        ...(isBackstop ? [] : [`${at}: its time-out is not behind the last deadline of a policy`]),
      ];
    });
}

function tasksOf(definition: MachineDefinition): readonly { readonly at: string; readonly task: TaskState }[] {
  return statesOf(definition).flatMap(({ scope, name, state }) =>
    state.Type === 'Task' ? [{ at: placeOf(scope, name), task: state }] : [],
  );
}

/** Calls of functions, as the text of a definition has them. */
export function functionTasks(
  definition: MachineDefinition,
): readonly { readonly at: string; readonly functionName: string; readonly payload: unknown }[] {
  return tasksOf(definition)
    .filter(({ task }) => task.Resource.startsWith('arn:aws:states:::lambda:invoke'))
    .map(({ at, task }) => {
      const { FunctionName, Payload } = recordOf(task.Arguments);
      return { at, functionName: String(FunctionName).replace(/^\$\{(\w+)Arn\}$/, '$1'), payload: Payload };
    });
}

/** Every value of a field, however deep it stands. */
function valuesOf(value: unknown, field: string): readonly unknown[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([key, inner]) => (key === field ? [inner] : valuesOf(inner, field)));
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}

/** The constants of the event contracts; a version is none of them. */
async function detailTypes(): Promise<ReadonlySet<string>> {
  const modules = await Promise.all(
    globSync('functions/events/*.ts', { cwd: ROOT }).map((file) => import(join(ROOT, file))),
  );
  const exported = modules.flatMap((module: object) => Object.values(module));
  return new Set(exported.filter((value): value is string => typeof value === 'string' && /^[A-Z]/.test(value)));
}
