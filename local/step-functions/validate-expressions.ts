import { compile, sourceOf } from './expressions.ts';
import { isObject } from './json.ts';
import type { Report } from './problems.ts';

/** Checks the expressions in a template: each can be read, and none refers to a context that there is not. */
export function checkExpressions(template: unknown, where: string, report: Report): void {
  if (typeof template === 'string') {
    const source = sourceOf(template);
    if (source !== undefined) checkExpression(source, where, report);
  } else if (Array.isArray(template)) {
    for (const [index, item] of template.entries()) checkExpressions(item, `${where}[${index}]`, report);
  } else if (isObject(template)) {
    for (const [key, value] of Object.entries(template)) checkExpressions(value, `${where}/${key}`, report);
  }
}

function checkExpression(source: string, where: string, report: Report): void {
  try {
    const tree = compile(source).ast();
    const names = new Set([...namesAtTop(tree), ...(readsWholeInput(tree) ? ['$$'] : [])]);
    for (const name of names) {
      report.add('UNSUPPORTED_JSONATA_EXPRESSION', `Reference to '${name}' at the top level is not supported.`, where);
    }
  } catch (error) {
    report.add('INVALID_JSONATA_EXPRESSION', isObject(error) ? String(error.message) : String(error), where);
  }
}

/** True where an expression names `$$`, which no expression in a state machine may. */
function readsWholeInput(tree: unknown): boolean {
  if (Array.isArray(tree)) return tree.some(readsWholeInput);
  if (!isObject(tree)) return false;
  return (tree.type === 'variable' && tree.value === '$') || Object.values(tree).some(readsWholeInput);
}

/** The parts of a node that are evaluated in the context in which the node itself is. */
const SAME_CONTEXT = ['lhs', 'rhs', 'expression', 'expressions', 'arguments', 'condition', 'then', 'else'];

/** The names, and `$`, by which an expression refers to the context that is around it. In Step Functions there is none. */
function namesAtTop(tree: unknown): string[] {
  if (Array.isArray(tree)) return tree.flatMap(namesAtTop);
  if (!isObject(tree)) return [];
  if (tree.type === 'name') return [String(tree.value)];
  if (tree.type === 'variable') return tree.value === '' ? ['$'] : [];
  // Only the first step of a path is in the context around it; the body of a function is in that of its call.
  if (tree.type === 'path' && Array.isArray(tree.steps)) return namesAtTop(tree.steps[0]);
  if (tree.type === 'lambda' || tree.type === 'transform') return [];
  return SAME_CONTEXT.flatMap((part) => namesAtTop(tree[part]));
}
