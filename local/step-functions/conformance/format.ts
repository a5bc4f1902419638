import { isObject, type Json, type JsonObject } from '../json.ts';
import type { StoredObject } from '../map/memory-objects.ts';

/** A recording of the real service; see the README beside the data. */
export interface ConformanceCase {
  readonly id: string;
  readonly kind: string;
  readonly queryLanguage?: string;
  readonly stateMachineType?: string;
  readonly definition: unknown;
  readonly definitionText?: string;
  readonly input?: Json;
  /** The arguments of a call of TestState. */
  readonly request?: JsonObject;
  /** What the services hold that a case reads. */
  readonly fixtures?: { readonly s3?: readonly StoredObject[] };
  readonly taskResults?: { readonly [state: string]: readonly TaskResult[] };
  readonly eventOrder?: string;
  readonly ignore?: readonly string[];
  readonly expected: { readonly [field: string]: Json };
}

/** A recorded answer of a task. */
export interface TaskResult {
  readonly output?: Json;
  readonly error?: string;
  readonly cause?: string;
  readonly timeout?: boolean;
  /** The history event of the answer, when it is not the usual one. */
  readonly event?: string;
}

/** Tells a case from whatever else a file may hold. */
export function isCase(value: unknown): value is ConformanceCase {
  return isObject(value) && typeof value.id === 'string' && typeof value.kind === 'string' && isObject(value.expected);
}
