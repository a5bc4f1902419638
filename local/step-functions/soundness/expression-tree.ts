/** Questions about an expression that its syntax tree answers. */
import { compile, sourceOf } from '../expressions.ts';
import { isObject } from '../json.ts';

/** What an expression may read: a variable by name, or the state's input. */
export type Source = { readonly variable: string } | 'input';

/** Functions whose result does not grow with what they are given. */
const BOUNDED = new Set([
  'count',
  'sum',
  'max',
  'min',
  'average',
  'length',
  'exists',
  'boolean',
  'not',
  'number',
  'substring',
]);
const GROWING = new Set(['append', 'merge', 'zip', 'string', 'join', 'spread', 'replace', 'pad', 'map']);
const COMPARISONS = new Set(['=', '!=', '<', '<=', '>', '>=', 'in', 'and', 'or']);

/** The tree of an expression; undefined for a literal. */
export function treeOf(value: unknown): unknown {
  const source = typeof value === 'string' ? sourceOf(value) : undefined;
  return source === undefined ? undefined : compile(source).ast();
}

/** True when the expression reads the source, or a part of it. */
function reads(tree: unknown, source: Source): boolean {
  return isReading(tree, source) || childrenOf(tree).some((child) => reads(child, source));
}

/** True when the expression is the source as a whole, or gives it on in a choice between values. */
export function isWhole(tree: unknown, source: Source): boolean {
  if (!isObject(tree)) return false;
  if (tree.type === 'condition') return [tree.then, tree.else].some((branch) => isWhole(branch, source));
  if (tree.type === 'block') return childrenOf(tree).some((child) => isWhole(child, source));
  const steps = stepsOf(tree);
  return isReading(tree, source) && steps.length <= (source === 'input' ? 2 : 1);
}

/** True when the expression makes more of the source than it was: joins, appends to it, or puts it into something. */
export function grows(tree: unknown, source: Source): boolean {
  if (!isObject(tree)) return Array.isArray(tree) && tree.some((child) => grows(child, source));
  const { type, value } = tree;
  const called = type === 'function' && isObject(tree.procedure) ? String(tree.procedure.value) : '';
  if (BOUNDED.has(called) || (type === 'binary' && COMPARISONS.has(String(value)))) return false;
  const isJoin = (type === 'binary' && value === '&') || (type === 'unary' && value === '[') || type === 'apply';
  if ((isJoin || GROWING.has(called)) && reads(tree, source)) return true;
  if (type === 'unary' && value === '{' && wholeInside(tree.lhs, source)) return true;
  return childrenOf(tree).some((child) => grows(child, source));
}

/** True when the expression is the variable one more, or one less, than it was. */
export function isStep(tree: unknown, variable: string): boolean {
  if (!isObject(tree) || tree.type !== 'binary' || (tree.value !== '+' && tree.value !== '-')) return false;
  const sides = [tree.lhs, tree.rhs];
  return (
    sides.some((side) => isWhole(side, { variable })) && sides.some((side) => isObject(side) && side.type === 'number')
  );
}

/** True when somewhere in the expression the variable is compared in size. */
export function isMeasured(tree: unknown, variable: string): boolean {
  if (isObject(tree) && tree.type === 'binary' && ['<', '<=', '>', '>='].includes(String(tree.value))) {
    return reads(tree, { variable });
  }
  return childrenOf(tree).some((child) => isMeasured(child, variable));
}

function wholeInside(parts: unknown, source: Source): boolean {
  return (
    Array.isArray(parts) &&
    parts.some((part) => (Array.isArray(part) ? wholeInside(part, source) : isWhole(part, source)))
  );
}

function isReading(tree: unknown, source: Source): boolean {
  const [first, second] = stepsOf(tree);
  if (!isObject(first) || first.type !== 'variable') return false;
  if (source !== 'input') return first.value === source.variable;
  return first.value === 'states' && isObject(second) && second.value === 'input';
}

/** A variable is a path of one step. */
function stepsOf(tree: unknown): readonly unknown[] {
  if (!isObject(tree)) return [];
  return tree.type === 'path' && Array.isArray(tree.steps) ? tree.steps : [tree];
}

function childrenOf(tree: unknown): readonly unknown[] {
  if (Array.isArray(tree)) return tree;
  return isObject(tree) ? Object.values(tree).filter((child) => typeof child === 'object') : [];
}
