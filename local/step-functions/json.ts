/** A value that travels in a state machine. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [key: string]: Json;
}

/** Step Functions' limit of an input, an output or a result, in UTF-8 bytes of compact JSON. */
export const PAYLOAD_LIMIT_BYTES = 262_144;

export function isObject(value: unknown): value is { [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Turns any value into plain JSON (what JSON.stringify leaves out is gone, undefined becomes null). */
export function toJson(value: unknown, replacer?: (key: string, value: unknown) => unknown): Json {
  return value === undefined ? null : (JSON.parse(JSON.stringify(value, replacer)) as Json);
}

export function exceedsPayloadLimit(text: string): boolean {
  return Buffer.byteLength(text, 'utf8') > PAYLOAD_LIMIT_BYTES;
}

/** The name of a JSON type as AWS's messages spell it. */
export function typeName(value: Json): 'null' | 'array' | 'object' | 'number' | 'string' | 'boolean' {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return typeof value as 'object' | 'number' | 'string' | 'boolean';
}
