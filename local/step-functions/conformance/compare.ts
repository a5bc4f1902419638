import { isDeepStrictEqual } from 'node:util';
import { isObject } from '../json.ts';

/** How two values of a recording are compared. */
export interface Comparison {
  /** False where events may interleave: lists are compared as bags. */
  readonly inOrder: boolean;
  /** Paths that a recording does not tell, for example `expected.output.Id`. */
  readonly ignore?: readonly string[] | undefined;
}

/** What differs in a field, in words; nothing when it is as recorded. Causes that are JSON are compared as JSON. */
export function compare(
  field: string,
  wanted: unknown,
  found: unknown,
  { inOrder, ignore = [] }: Comparison,
): string[] {
  const form = (value: unknown): unknown => {
    const kept = without(value, `expected.${field}`, ignore);
    if (field === 'cause' || field === 'evaluationFailed') return parsed(kept);
    return !inOrder && Array.isArray(kept) && field !== 'output' ? kept.map(sortedText).toSorted() : kept;
  };
  const expected = form(wanted);
  const got = form(withUntold(wanted, found));
  if (isDeepStrictEqual(expected, got)) return [];
  return [`${field}\n    expected: ${text(expected)}\n    got:      ${text(got)}`];
}

/** JSON text as its value; any other text as it is. */
export function parsed(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** A recording that leaves a value out says so by the value's place: `executionSucceededEventDetails.output`. */
const UNTOLD = /^[a-z]\w*EventDetails\.\w+$/;

/** What was found, with the recording's own words where it leaves the value out. */
function withUntold(wanted: unknown, found: unknown): unknown {
  if (typeof wanted === 'string' && UNTOLD.test(wanted) && found !== undefined) return wanted;
  if (Array.isArray(wanted) && Array.isArray(found)) return found.map((item, index) => withUntold(wanted[index], item));
  if (!isObject(wanted) || !isObject(found)) return found;
  return Object.fromEntries(Object.entries(found).map(([key, inner]) => [key, withUntold(wanted[key], inner)]));
}

function without(value: unknown, path: string, ignore: readonly string[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => without(item, `${path}[${index}]`, ignore));
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !ignore.includes(`${path}.${key}`))
      .map(([key, inner]) => [key, without(inner, `${path}.${key}`, ignore)]),
  );
}

/** JSON text in which the order of keys does not count. */
function sortedText(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    isObject(inner) ? Object.fromEntries(Object.entries(inner).toSorted(([a], [b]) => (a < b ? -1 : 1))) : inner,
  );
}

function text(value: unknown): string {
  return JSON.stringify(value) ?? 'nothing';
}
