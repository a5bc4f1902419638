/**
 * Whether a value passes a cell of a decision table, as DMN means it. `feelin` reads and computes the expressions; what
 * its own unary tests get wrong is decided here: a yes or no is compared with the cell's, never taken for the answer, and
 * members of lists are compared by value, so that dates in them are found.
 */
import { type EvalContext, evaluate, isRange, parseUnaryTests, unaryTest } from 'feelin';

/** What FEEL says of a cell, with everything that it could not make sense of. */
export interface TestOutcome {
  readonly passes: boolean;
  readonly warnings: readonly string[];
}

type Tree = ReturnType<typeof parseUnaryTests>;
type Node = Tree['topNode'];

/**
 * `tests`: FEEL unary tests, such as `> 5, [1..3]`. `scope`: what their names mean.
 * @throws Error when the text is not FEEL.
 */
export function passesTests(tests: string, value: unknown, scope: EvalContext = {}): TestOutcome {
  const context = { ...scope, '?': value };
  const root = parseUnaryTests(tests, context, undefined).topNode;
  refuseErrors(root, tests);
  const items = root.getChild('PositiveUnaryTests')?.getChildren('PositiveUnaryTest');
  if (items === undefined) {
    return { passes: true, warnings: [] };
  }
  const outcomes = items.map((item) => passesItem(item, tests, value, context));
  const isNegated = root.firstChild?.name === 'not';
  return {
    passes: outcomes.some(({ passes }) => passes) !== isNegated,
    warnings: outcomes.flatMap(({ warnings }) => warnings),
  };
}

function refuseErrors(root: Node, tests: string): void {
  const cursor = root.cursor();
  do {
    if (cursor.type.isError) {
      throw new Error(`${tests} cannot be read at character ${cursor.from + 1}`);
    }
  } while (cursor.next());
}

function passesItem(item: Node, tests: string, value: unknown, context: EvalContext): TestOutcome {
  const text = tests.slice(item.from, item.to);
  if (item.firstChild?.name === 'SimplePositiveUnaryTest') {
    const { value: passes, warnings } = unaryTest(text, context);
    return { passes: passes === true, warnings: warnings.map(({ message }) => message) };
  }
  const { value: meant, warnings } = evaluate(text, context);
  const isAnswer = mentionsValue(item) || (meant === true && typeof value !== 'boolean');
  return {
    passes: isAnswer ? meant === true : isMeant(value, meant),
    warnings: warnings.map(({ message }) => message),
  };
}

/** Whether the cell itself speaks of the value, as in `? > limit`: then its yes or no is the answer. */
function mentionsValue(item: Node): boolean {
  const cursor = item.cursor();
  do {
    if (cursor.name === '?') {
      return true;
    }
  } while (cursor.next() && cursor.from < item.to);
  return false;
}

function isMeant(value: unknown, meant: unknown): boolean {
  if (isRange(meant)) {
    return meant.includes(value) === true;
  }
  if (Array.isArray(meant) && meant.some((member) => isMeant(value, member))) {
    return true;
  }
  return isSame(value, meant);
}

/** FEEL's equality: by value, and of nothing but the same type. */
export function isSame(left: unknown, right: unknown): boolean {
  if (left === null || right === null || typeof left !== 'object' || typeof right !== 'object') {
    return left === right;
  }
  return evaluate('left = right', { left, right }).value === true;
}
