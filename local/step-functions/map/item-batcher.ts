import type { ItemBatcher } from '../definition.ts';
import type { Thread } from '../execution.ts';
import { EvaluationError, evaluate, evaluateAs } from '../expressions.ts';
import type { Json, JsonObject } from '../json.ts';
import { scopeOf, type Turn } from '../turn.ts';

/** What the child executions begin with, and how many items each of them has. */
export interface Batches {
  readonly inputs: Json[];
  readonly sizes: number[];
}

/** Step Functions' limit of an execution's input, which a batch must not pass. */
const MOST_BYTES = 262_144;

/** Puts items together into the inputs of child executions; throws EvaluationError. */
export async function batchesOf(
  turn: Turn,
  thread: Thread,
  batcher: ItemBatcher | undefined,
  items: readonly Json[],
): Promise<Batches> {
  if (batcher === undefined) return { inputs: [...items], sizes: items.map(() => 1) };
  const scope = scopeOf(turn, thread);
  const limit = async (field: 'MaxItemsPerBatch' | 'MaxInputBytesPerBatch', most: number): Promise<number> => {
    const value = batcher[field];
    if (value === undefined) return most;
    const location = `ItemBatcher/${field}`;
    const number = await evaluateAs('number', value, location, scope);
    if (!Number.isInteger(number) || number < 1) {
      throw new EvaluationError(location, `The ${field} field must be a positive integer: ${number}`);
    }
    return number;
  };
  const most = await limit('MaxItemsPerBatch', Number.POSITIVE_INFINITY);
  const bytes = await limit('MaxInputBytesPerBatch', MOST_BYTES);
  const shared: JsonObject =
    batcher.BatchInput === undefined
      ? {}
      : { BatchInput: await evaluate(batcher.BatchInput, 'ItemBatcher/BatchInput', scope) };
  const batches = cut(items, most, bytes, byteLength({ ...shared, Items: [] }));
  return { inputs: batches.map((Items) => ({ ...shared, Items })), sizes: batches.map(({ length }) => length) };
}

/** Cuts a list so that no part has too many items or bytes; an item that is too long by itself is a part of its own. */
function cut(items: readonly Json[], most: number, bytes: number, overhead: number): Json[][] {
  const parts: Json[][] = [];
  let part: Json[] = [];
  let length = overhead;
  for (const item of items) {
    const added = byteLength(item);
    const comma = 1;
    if (part.length > 0 && (part.length >= most || length + comma + added > bytes)) {
      parts.push(part);
      part = [];
      length = overhead;
    }
    length += added + (part.length === 0 ? 0 : comma);
    part.push(item);
  }
  return part.length === 0 ? parts : [...parts, part];
}

function byteLength(value: Json): number {
  return Buffer.byteLength(JSON.stringify(value), 'utf8');
}
