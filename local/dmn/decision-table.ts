/** Evaluates a decision table as DMN says it, on values of any type; null wherever DMN makes an error a null. */
import { type EvalContext, evaluate } from 'feelin';
import { isSame, passesTests } from '../../functions/policy/feel-tests.ts';
import { chooseRows, HIT_POLICIES, type HitPolicy, isSingleHit } from '../../functions/policy/hit-policy.ts';
import type { DecisionTable, Model } from './model.ts';
import { allowedOf, conform } from './types.ts';

/** Results of a rule, one per output column. */
type Results = readonly unknown[];

/** `typeRef`: of the decision whose logic the table is, for the values of its results that the table leaves out. */
export function evaluateDecisionTable(
  table: DecisionTable,
  scope: EvalContext,
  model: Model,
  typeRef: string | undefined,
): unknown {
  const inputs = table.input.map(({ inputExpression }) => feel(inputExpression.text, scope));
  if (table.input.some(({ inputValues }, index) => !isAllowed(inputValues?.text, inputs[index], scope))) {
    return null;
  }
  const policy = HIT_POLICIES.find((name) => name === table.hitPolicy);
  if (policy === undefined) {
    throw new Error(`DMN has no hit policy ${table.hitPolicy}`);
  }
  const fired = table.rule
    .filter(({ inputEntry }) => inputs.every((value, index) => isAllowed(inputEntry[index]?.text, value, scope)))
    .map(({ outputEntry }) => resultsOf(table, outputEntry, scope, model));
  const values = table.output.map((output) => valuesOf(table, output, model, typeRef));
  if (fired.some((results) => results.some((result, index) => !isIn(values[index], result)))) {
    return null;
  }
  return fired.length === 0 ? defaultResult(table, policy, scope) : answer(table, policy, fired, values);
}

function answer(table: DecisionTable, policy: HitPolicy, fired: readonly Results[], values: readonly ValueList[]) {
  const chosen = chooseRows(policy, fired, {
    isSame: (left, right) => left.every((result, index) => isSame(result, right[index])),
    ranks: (results) =>
      values.flatMap((list, index) => (list === undefined ? [] : [list.findIndex((v) => isSame(v, results[index]))])),
  });
  if (chosen === 'several') {
    return null;
  }
  if (table.aggregation !== undefined && policy === 'COLLECT') {
    return joined(table, aggregates(table.aggregation, chosen, table.output.length));
  }
  const results = chosen.map((row) => joined(table, row));
  return isSingleHit(policy) ? (results[0] ?? null) : results;
}

/** The least and the greatest by sorting, since `feelin`'s own `min` and `max` know numbers only. */
const AGGREGATES = {
  SUM: 'sum(values)',
  COUNT: 'count(values)',
  MIN: 'sort(values, function(left, right) left < right)[1]',
  MAX: 'sort(values, function(left, right) left > right)[1]',
} as const;

function aggregates(aggregation: keyof typeof AGGREGATES, rows: readonly Results[], columns: number): Results {
  return Array.from({ length: columns }, (_, index) =>
    feel(AGGREGATES[aggregation], { values: rows.map((row) => row[index]) }),
  );
}

/** One result by itself, several by name. */
function joined(table: DecisionTable, results: Results): unknown {
  return table.output.length === 1
    ? (results[0] ?? null)
    : Object.fromEntries(table.output.map(({ name = '' }, index) => [name, results[index] ?? null]));
}

function defaultResult(table: DecisionTable, policy: HitPolicy, scope: EvalContext): unknown {
  if (table.output.some(({ defaultOutputEntry }) => defaultOutputEntry !== undefined)) {
    const defaults = table.output.map((output) => feel(output.defaultOutputEntry?.text ?? 'null', scope));
    return joined(table, defaults);
  }
  if (policy !== 'COLLECT') {
    return null;
  }
  if (table.aggregation === undefined) {
    return [];
  }
  return table.aggregation === 'COUNT' ? 0 : null;
}

function resultsOf(
  table: DecisionTable,
  entries: readonly { readonly text: string }[],
  scope: EvalContext,
  model: Model,
): Results {
  return table.output.map(({ typeRef }, index) => conform(feel(entries[index]?.text ?? 'null', scope), typeRef, model));
}

/** Values of a column in the order of their priority; undefined where it lists none. */
type ValueList = readonly unknown[] | undefined;

function valuesOf(
  table: DecisionTable,
  output: DecisionTable['output'][number],
  model: Model,
  typeRef: string | undefined,
): ValueList {
  const whole = table.typeRef ?? typeRef;
  const ofTable = table.output.length === 1 ? allowedOf(whole, model) : allowedOf(whole, model, output.name);
  const text = output.outputValues?.text ?? allowedOf(output.typeRef, model) ?? ofTable;
  if (text === undefined || text.trim() === '' || text.trim() === '-') {
    return undefined;
  }
  const list = feel(`[${text}]`, {});
  return Array.isArray(list) ? list : undefined;
}

function isIn(values: ValueList, result: unknown): boolean {
  return values === undefined || result === null || values.some((value) => passesValue(value, result));
}

/** Values may be ranges, such as of numbers. */
function passesValue(value: unknown, result: unknown): boolean {
  return passesTests('allowed', result, { allowed: value }).passes;
}

function isAllowed(tests: string | undefined, value: unknown, scope: EvalContext): boolean {
  return tests === undefined || tests.trim() === '' || passesTests(tests, value, scope).passes;
}

function feel(text: string, scope: EvalContext): unknown {
  return evaluate(text.trim() === '' ? 'null' : text, scope).value ?? null;
}
