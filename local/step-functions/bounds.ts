import type { Expression } from 'jsonata';
import { isObject } from './json.ts';

/** More evaluations than these, open at one time or in all, are taken for an expression that never ends. */
const MOST_OPEN = 50_000;
const MOST_STEPS = 2_000_000;

/** The binding under which an evaluation keeps its own count; no expression can name it. */
const COUNT = ' bounds';

interface Count {
  open: number;
  steps: number;
}

/** A fresh count, to be bound for one evaluation of an expression that {@link bound} has prepared. */
export function freshCount(): { readonly [COUNT]: Count } {
  return { [COUNT]: { open: 0, steps: 0 } };
}

/** Makes an expression count its evaluations, and fail before it takes all memory or all time. */
export function bound(expression: Expression): Expression {
  // The hooks of jsonata are named by symbols, which its types do not know.
  const hook = (name: 'entry' | 'exit', callback: (count: Count) => void): void => {
    const listener = (_expression: unknown, _input: unknown, environment: unknown): void => {
      const count = countIn(environment);
      if (count !== undefined) callback(count);
    };
    Reflect.apply(expression.assign, expression, [Symbol.for(`jsonata.__evaluate_${name}`), listener]);
  };
  hook('entry', enter);
  hook('exit', (count) => {
    count.open -= 1;
  });
  return expression;
}

function enter(count: Count): void {
  count.open += 1;
  count.steps += 1;
  if (count.open > MOST_OPEN) {
    throw stopped(
      'Stack overflow error: Check for non-terminating recursive function.  Consider rewriting as tail-recursive.',
    );
  }
  if (count.steps > MOST_STEPS) throw stopped('Expression evaluation timeout: Check for infinite loop');
}

/** In the code and the words by which JSONata's authors stop such expressions. */
function stopped(message: string): Error {
  return Object.assign(new Error(message), { code: 'U1001' });
}

function countIn(environment: unknown): Count | undefined {
  const { lookup } = isObject(environment) ? environment : {};
  const found: unknown = typeof lookup === 'function' ? Reflect.apply(lookup, environment, [COUNT]) : undefined;
  return isObject(found) ? (found as unknown as Count) : undefined;
}
