/** What is to be done in the ERP is recorded before it is done: intent, effect, outcome. */
import type { NewEntry } from '../audit/domain/record.ts';
import type { ProcessChange } from '../process/domain/process.ts';
import type { PurchaseState } from './domain/purchase.ts';

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
