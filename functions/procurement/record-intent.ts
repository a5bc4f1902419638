/** What is to be done in the ERP is recorded before it is done: intent, effect, outcome. */
import type { NewEntry } from '../audit/domain/record.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import { intentKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import { commandKey, type PurchaseHead, type PurchaseState } from './domain/purchase.ts';

/** The change that records an intent once per command key; undefined: it stands in the record. */
export function intentChange(
  state: PurchaseState,
  key: string,
  entry: Pick<NewEntry, 'type' | 'facts'>,
): ProcessChange<PurchaseState> | undefined {
  if (state.intended.includes(key)) {
    return undefined;
  }
  return {
    entries: [{ ...entry, actor: { kind: 'meridian', id: 'procure-to-pay' }, facts: { key, ...entry.facts } }],
    state: { ...state, intended: [...state.intended, key] },
  };
}

/** An order that was asked of the ERP, and of which nothing is known. */
export interface OpenIntent {
  readonly processId: string;
  /** Idempotency key of the command. */
  readonly key: string;
}

/**
 * The order of a purchase that ends without an answer about it: a request that was cut may still be carried out, when
 * nobody waits for its answer any more. (A purchase that may be paying does not end before the answer is known:
 * `domain/failure-actions.ts`.)
 */
export function openIntent({ processId, state }: PurchaseHead): OpenIntent | undefined {
  const key = commandKey(processId, 'order');
  return state.order === undefined && state.intended.includes(key) ? { processId, key } : undefined;
}

/** Hands an intent to the sweep. */
export function watchIntent(intent: OpenIntent, now: Date): WorkChange {
  return {
    kind: 'create',
    key: intentKey(intent.key),
    value: intent,
    list: { name: 'intents', at: now.toISOString() },
  };
}
