/** What is to be done in another system is recorded before it is done: intent, effect, outcome. */
import type { NewEntry } from '../audit/domain/record.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import { intentKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import type { RequestKind, RequestState } from './domain/request.ts';

/** The change that records an intent once per command key; undefined: it stands in the record. */
export function intentChange<State extends RequestState>(
  { kind }: Pick<RequestKind<State>, 'kind'>,
  state: State,
  key: string,
  entry: Pick<NewEntry, 'type' | 'facts'>,
): ProcessChange<State> | undefined {
  if (state.intended.includes(key)) {
    return undefined;
  }
  return {
    entries: [{ ...entry, actor: { kind: 'meridian', id: kind }, facts: { key, ...entry.facts } }],
    state: { ...state, intended: [...state.intended, key] },
  };
}

/** A document that was asked of the ERP, and of which nothing is known. */
export interface OpenIntent {
  readonly processId: string;
  /** Idempotency key of the command. */
  readonly key: string;
  /** What was asked for; undefined: an order. */
  readonly document?: 'entry';
}

/**
 * Hands the intent of a process that ends without an answer about it to the sweep: a request that was cut may still be
 * carried out, when nobody waits for its answer any more.
 */
export function watchIntent(intent: OpenIntent, now: Date): WorkChange {
  return {
    kind: 'create',
    key: intentKey(intent.key),
    value: intent,
    list: { name: 'intents', at: now.toISOString() },
  };
}
