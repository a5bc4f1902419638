import type { MapState } from '../definition.ts';
import type { Failure, Thread } from '../execution.ts';
import { EvaluationError, evaluate, evaluateAs } from '../expressions.ts';
import type { Json } from '../json.ts';
import { scopeOf, type Turn, visitOf } from '../turn.ts';
import type { MapLimits } from './terms.ts';

const LIMIT_RANGES = {
  MaxConcurrency: 'an integer that is not negative',
  ToleratedFailureCount: 'an integer that is not negative',
  ToleratedFailurePercentage: 'between 0 and 100',
} as const;

type LimitField = keyof typeof LIMIT_RANGES;

function isWithin(field: LimitField, value: number): boolean {
  if (field === 'ToleratedFailurePercentage') return value >= 0 && value <= 100;
  return Number.isInteger(value) && value >= 0;
}

/** Evaluates how many children may run at once and how many may fail; throws EvaluationError. */
export async function limitsOf(turn: Turn, thread: Thread, state: MapState): Promise<MapLimits> {
  const scope = scopeOf(turn, thread);
  const number = async (field: LimitField): Promise<number | undefined> => {
    const value = state[field];
    if (value === undefined) return undefined;
    const found = await evaluateAs('number', value, field, scope);
    if (!isWithin(field, found)) {
      throw new EvaluationError(field, `The ${field} field must be ${LIMIT_RANGES[field]}: ${found}`);
    }
    return found;
  };
  const concurrency = (await number('MaxConcurrency')) ?? 0;
  const toleratedCount = await number('ToleratedFailureCount');
  const toleratedPercentage = await number('ToleratedFailurePercentage');
  return {
    concurrency,
    ...(toleratedCount === undefined ? {} : { toleratedCount }),
    ...(toleratedPercentage === undefined ? {} : { toleratedPercentage }),
  };
}

/** How many of some items may fail. Where a number and a share are given, the smaller one counts. */
export function toleratedOf({ toleratedCount, toleratedPercentage }: MapLimits, items: number): number {
  const share = toleratedPercentage === undefined ? undefined : Math.floor((items * toleratedPercentage) / 100);
  if (toleratedCount === undefined) return share ?? 0;
  return share === undefined ? toleratedCount : Math.min(toleratedCount, share);
}

/** The items that a Map finds in its own state: its Items, or its input; throws EvaluationError. */
export async function itemsInState(turn: Turn, thread: Thread, state: MapState): Promise<Json[]> {
  if (state.Items !== undefined) {
    return await evaluateAs('array', state.Items, 'Items', scopeOf(turn, thread));
  }
  const { input } = visitOf(thread);
  if (Array.isArray(input)) return input;
  throw new EvaluationError(undefined, `Map state input must be an array but was: ${JSON.stringify(input)}`);
}

/** What ItemSelector makes of each item; the items themselves without one. Throws EvaluationError. */
export async function selectedItems(
  turn: Turn,
  thread: Thread,
  state: MapState,
  items: readonly Json[],
): Promise<Json[]> {
  const selected: Json[] = [];
  for (const [index, item] of items.entries()) {
    const context = { Map: { Item: { Index: index, Value: item } } };
    selected.push(
      state.ItemSelector === undefined
        ? item
        : await evaluate(state.ItemSelector, 'ItemSelector', scopeOf(turn, thread, {}, context)),
    );
  }
  return selected;
}

/** The failure of a Map of which more items failed than it tolerates. */
export const EXCEEDED: Failure = {
  error: 'States.ExceedToleratedFailureThreshold',
  cause: 'The specified tolerated failure threshold was exceeded',
};
