/** What of a request can be erased once its process has ended, of whatever kind it is. Pure. */
import * as z from 'zod';
import type { Json } from '../../audit/domain/canonical-json.ts';

/** Fields of requests that hold free text about people: what is filed under them has no place in what can never be erased. */
export const PERSONAL_FIELDS = ['justification', 'reason', 'fields'] as const;
export type PersonalField = (typeof PERSONAL_FIELDS)[number];

const stateSchema = z.record(z.string(), z.json());

/**
 * The state of a process without what people wrote: neither in what was filed, nor in what the checks made of it, nor in what
 * was said of it since. What is no object has none.
 * @throws ZodError where it is one and cannot be read: nothing would be erased of it
 */
export function withoutPersonal<State>(state: State): State {
  return typeof state === 'object' && state !== null
    ? (mapped(stateSchema.parse(JSON.parse(JSON.stringify(state))), (part) => mapped(part, erased)) as State)
    : state;
}

function erased(value: Json, name: string): Json {
  const isPersonal = PERSONAL_FIELDS.some((field) => field === name);
  // Sentences of Meridian's own have two languages, and stay.
  return isPersonal && typeof value === 'string' ? '' : name === 'fields' ? {} : value;
}

function mapped(value: Json, map: (value: Json, name: string) => Json): Json {
  return value === null || typeof value !== 'object' || Array.isArray(value)
    ? value
    : Object.fromEntries(
        Object.entries(value).flatMap(([name, one]) => (one === undefined ? [] : [[name, map(one, name)]])),
      );
}
