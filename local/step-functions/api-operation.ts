import { ApiError } from './api-errors.ts';
import type { ApiRequest } from './api-request.ts';
import type { JsonObject } from './json.ts';

/** One call of the API: its parameters in, its answer out; throws ApiError. */
export type Operation = (request: ApiRequest) => Promise<JsonObject> | JsonObject;

/** Some calls of the API, by their names. */
export interface Operations {
  readonly [action: string]: Operation;
}

/** What AWS allows in the name of a machine or of an execution. */
const NAME = /^[^\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}\p{Cs}\u{FFFE}\u{FFFF}\u{10FFFF}]+$/u;
const LONGEST_NAME = 80;

/** The name of a machine or of an execution; `fallback` when none is given. */
export function nameIn(request: ApiRequest, fallback?: string): string {
  const name = fallback === undefined ? request.text('name', LONGEST_NAME) : request.optionalText('name', LONGEST_NAME);
  if (name === undefined) return fallback ?? '';
  if (!NAME.test(name)) throw new ApiError('InvalidName', `Invalid Name: '${name}'`);
  return name;
}

const LONGEST_ERROR = 256;
const LONGEST_CAUSE = 32_768;

/** The failure that a request tells of. */
export function errorAndCause(request: ApiRequest): { readonly error?: string; readonly cause?: string } {
  const error = request.optionalText('error', LONGEST_ERROR);
  const cause = request.optionalText('cause', LONGEST_CAUSE);
  return { ...(error === undefined ? {} : { error }), ...(cause === undefined ? {} : { cause }) };
}
