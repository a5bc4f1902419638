import { isObject, type Json, type JsonObject } from '../json.ts';
import { answerOf } from '../test-state/answer.ts';
import { testState } from '../test-state/test-state.ts';
import { compare } from './compare.ts';
import type { ConformanceCase } from './format.ts';

/** The arguments of a recorded TestState, with its texts of JSON as values. */
interface RecordedRequest {
  readonly input?: Json;
  readonly stateName?: string;
  readonly roleArn?: string;
  readonly variables?: JsonObject;
  readonly context?: JsonObject;
  readonly inspectionLevel?: string;
  readonly mock?: {
    readonly result?: Json;
    readonly errorOutput?: { readonly error?: string; readonly cause?: string };
  };
  readonly stateConfiguration?: JsonObject;
}

/** Runs a recorded call of TestState; what differs from its answer. */
export async function testStateDifferences(recorded: ConformanceCase): Promise<string[]> {
  const request = (recorded.request ?? {}) as RecordedRequest;
  const { mock, input = {}, stateConfiguration, inspectionLevel, ...rest } = request;
  const tested = await testState(
    {
      ...rest,
      definition: recorded.definition,
      input,
      ...(mock === undefined ? {} : { mock: mockOf(mock) }),
      ...(stateConfiguration === undefined ? {} : { configuration: stateConfiguration }),
    },
    { now: 0, seed: recorded.id },
    () => Promise.reject(new Error('A recorded test calls nothing without a mock')),
  );
  const found: JsonObject = answerOf(tested, inspectionLevel);
  const comparison = { inOrder: true, ignore: recorded.ignore };
  const fields = [...new Set([...Object.keys(recorded.expected), ...Object.keys(found)])];
  return fields.flatMap((field) => compare(field, recorded.expected[field], found[field], comparison));
}

function mockOf({ result, errorOutput }: NonNullable<RecordedRequest['mock']>) {
  return isObject(errorOutput) ? { failure: errorOutput } : { result: result ?? null };
}
