import type { JsonObject } from '../json.ts';
import { toJson } from '../json.ts';
import type { TestedState } from './test-state.ts';

/** The answer of TestState, with values where the API has texts of JSON. INFO, the default, leaves the inspection out. */
export function answerOf({ inspection, ...rest }: TestedState, inspectionLevel = 'INFO'): JsonObject {
  return toJson({ ...rest, ...(inspectionLevel === 'INFO' ? {} : { inspectionData: inspection }) }) as JsonObject;
}
