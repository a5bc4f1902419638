import { setTimeout as delay } from 'node:timers/promises';
import { ApiError } from './api-errors.ts';
import type { Operations } from './api-operation.ts';
import type { ApiRequest } from './api-request.ts';
import { isObject, type JsonObject } from './json.ts';
import { InvalidDefinition } from './problems.ts';
import { answerOf } from './test-state/answer.ts';
import type { TestStateConfiguration, TestStateRequest } from './test-state/request.ts';
import { type TaskRunner, testState } from './test-state/test-state.ts';

/** AWS gives a state under test five minutes. */
const LONGEST_TEST_MS = 300_000;
const INSPECTION_LEVELS = ['INFO', 'DEBUG', 'TRACE'] as const;
/** Answers that the API gives as they are; all others are texts of JSON. */
const PLAIN_FIELDS = ['maxConcurrency', 'toleratedFailureCount', 'toleratedFailurePercentage', 'errorDetails'];

/** The call that tests a state by itself. */
export function testStateOperations(deps: {
  readonly runTask: TaskRunner;
  readonly now: () => number;
  readonly seed: () => string;
}): Operations {
  const runTask: TaskRunner = async (command) => {
    const waiting = new AbortController();
    const tooLate = delay(LONGEST_TEST_MS, undefined, { signal: waiting.signal }).catch(() => undefined);
    try {
      return await Promise.race([deps.runTask(command), tooLate]);
    } finally {
      waiting.abort();
    }
  };
  return {
    TestState: async (request) => {
      const level = request.choice('inspectionLevel', INSPECTION_LEVELS) ?? 'INFO';
      const tested = await testState(readRequest(request), { now: deps.now(), seed: deps.seed() }, runTask);
      return asTexts(answerOf(tested, level));
    },
  };
}

function readRequest(request: ApiRequest): TestStateRequest {
  const optional = <T>(field: string, value: T | undefined) => (value === undefined ? {} : { [field]: value });
  const object = (field: string): JsonObject | undefined => {
    if (request.optionalText(field) === undefined) return undefined;
    const value = request.payload(field, invalidInput);
    if (isObject(value)) return value as JsonObject;
    throw new ApiError('ValidationException', `${field} must be a JSON object`);
  };
  return {
    definition: definitionOf(request.text('definition')),
    input: request.payload('input', invalidInput, '{}'),
    ...optional('stateName', request.optionalText('stateName')),
    ...optional('roleArn', request.optionalText('roleArn')),
    ...optional('variables', object('variables')),
    ...optional('context', object('context')),
    ...optional('mock', mockOf(request.object('mock'))),
    ...optional('configuration', request.object('stateConfiguration') as TestStateConfiguration | undefined),
  };
}

function invalidInput(reason: string): ApiError {
  return new ApiError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${reason}'`);
}

function definitionOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new InvalidDefinition([
      { code: 'SCHEMA_VALIDATION_FAILED', message: 'Definition must be a valid JSON object' },
    ]);
  }
}

function mockOf(mock: { readonly [field: string]: unknown } | undefined): TestStateRequest['mock'] {
  if (mock === undefined) return undefined;
  const { result, errorOutput } = mock;
  if ((typeof result === 'string') === isObject(errorOutput)) {
    throw new ApiError('ValidationException', 'A mock has either a result or an errorOutput');
  }
  if (isObject(errorOutput)) {
    const { error, cause } = errorOutput;
    if (typeof error !== 'string') throw new ApiError('ValidationException', 'errorOutput must have an error');
    return { failure: { error, ...(typeof cause === 'string' ? { cause } : {}) } };
  }
  try {
    return { result: JSON.parse(String(result)) };
  } catch {
    throw new ApiError('ValidationException', 'The result of a mock must be valid JSON');
  }
}

function asTexts({ output, inspectionData, ...rest }: JsonObject): JsonObject {
  const asText = ([field, value]: [string, JsonObject[string]]): [string, JsonObject[string]] => [
    field,
    PLAIN_FIELDS.includes(field) ? value : JSON.stringify(value),
  ];
  return {
    ...rest,
    ...(output === undefined ? {} : { output: JSON.stringify(output) }),
    ...(isObject(inspectionData)
      ? { inspectionData: Object.fromEntries(Object.entries(inspectionData as JsonObject).map(asText)) }
      : {}),
  };
}
