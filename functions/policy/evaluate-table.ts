/**
 * Evaluates a compiled decision table with `feelin`, trusting neither: an input of another type than its column is
 * refused, since `"7" > 5` is true in FEEL; and every warning is an error, since an unknown name only warns.
 */
import { BusinessRuleError, ConfigError, ValidationError } from '../runtime/errors.ts';
import { passesTests, type TestOutcome } from './feel-tests.ts';
import { chooseRows, isSingleHit } from './hit-policy.ts';
import { type CompiledTable, cellAddress, type InputColumn, placesOf } from './table.ts';

export type TableValue = string | number | boolean;

/** Results of one row by column name; numbers are plain decimals as text. */
export type TableRow = { readonly [column: string]: string | boolean };

/** A row that fires: its number as a DMN modeler counts, from 1, and what it says. */
export interface FiredRow {
  readonly row: number;
  readonly results: TableRow;
}

/**
 * The rows of the answer: one where the hit policy gives one, and any number, also none, of the others, in the order that
 * it gives them. A value that its column does not allow fires no row.
 * @throws ValidationError when an input is missing, unknown or of another type than its column.
 * @throws BusinessRuleError `no-rule` when one row must answer and none fires.
 * @throws ConfigError when the table itself is at fault, which its compilation should have found.
 */
export function evaluateTable(
  table: CompiledTable,
  values: { readonly [input: string]: TableValue },
): readonly TableRow[] {
  return explainTable(table, values).map(({ results }) => results);
}

/** As {@link evaluateTable}, with the numbers of the rows. */
export function explainTable(
  table: CompiledTable,
  values: { readonly [input: string]: TableValue },
): readonly FiredRow[] {
  checkInputs(table, values);
  const fired = isAllowed(table, values) ? firedRows(table, values) : [];
  const rows = chooseRows(table.hitPolicy, fired, {
    isSame: (left, right) => table.outputs.every(({ name }) => left.results[name] === right.results[name]),
    ranks: ({ row }) => placesOf(table.outputs, table.rules[row - 1]?.results ?? []),
  });
  if (rows === 'several') {
    throw new ConfigError(`${table.address} has several rows for ${JSON.stringify(values)}, but one must answer`);
  }
  if (rows.length === 0 && isSingleHit(table.hitPolicy)) {
    throw new BusinessRuleError('no-rule', `${table.address} has no row for ${JSON.stringify(values)}`);
  }
  return rows;
}

function firedRows(table: CompiledTable, values: { readonly [input: string]: TableValue }): readonly FiredRow[] {
  const rows: FiredRow[] = [];
  for (const [index, rule] of table.rules.entries()) {
    const fires = table.inputs.every((input, column) =>
      passes(rule.tests[column], values[input.name], cellAddress(table.address, index + 1, input.name)),
    );
    if (fires) {
      rows.push({ row: index + 1, results: resultsOf(table, rule.results) });
    }
    if (fires && table.hitPolicy === 'FIRST') {
      break;
    }
  }
  return rows;
}

function checkInputs(table: CompiledTable, values: { readonly [input: string]: TableValue }): void {
  const unknown = Object.keys(values).filter((name) => !table.inputs.some((input) => input.name === name));
  const issues = [
    ...table.inputs
      .filter((input) => !hasType(values[input.name], input))
      .map((input) => ({
        field: `${table.address}, column "${input.name}"`,
        problem: `${JSON.stringify(values[input.name])} is not a ${input.type}`,
        remedy: `give a ${input.type}`,
      })),
    ...unknown.map((name) => ({
      field: `${table.address}, input "${name}"`,
      problem: 'the table has no such column',
      remedy: `the columns are ${table.inputs.map((input) => input.name).join(', ')}`,
    })),
  ];
  if (issues.length > 0) {
    throw new ValidationError(issues);
  }
}

function hasType(value: TableValue | undefined, input: InputColumn): boolean {
  return typeof value === input.type && (typeof value !== 'number' || Number.isFinite(value));
}

function isAllowed(table: CompiledTable, values: { readonly [input: string]: TableValue }): boolean {
  return table.inputs.every(
    ({ name, allowed }) =>
      allowed === undefined || passes(allowed, values[name], `${table.address}, allowed values of "${name}"`),
  );
}

function passes(test: string | undefined, value: TableValue | undefined, address: string): boolean {
  if (test === undefined) {
    throw new ConfigError(`${address}: the cell is missing`);
  }
  const { passes: isPassed, warnings } = runTests(test, value, address);
  if (warnings.length > 0) {
    throw new ConfigError(`${address}: ${test} ${warnings.join('; ')}`);
  }
  return isPassed;
}

/** A cell says the same of the same value: lines of one document, and comparisons of tables, ask it again and again. */
const remembered = new Map<string, TestOutcome>();
const MOST_REMEMBERED = 5000;

function runTests(test: string, value: TableValue | undefined, address: string): TestOutcome {
  const key = JSON.stringify([test, value]);
  const known = remembered.get(key);
  if (known !== undefined) {
    return known;
  }
  try {
    const outcome = passesTests(test, value);
    if (remembered.size >= MOST_REMEMBERED) {
      remembered.clear();
    }
    remembered.set(key, outcome);
    return outcome;
  } catch (cause) {
    throw new ConfigError(`${address}: ${test} cannot be read`, { cause });
  }
}

function resultsOf(table: CompiledTable, results: readonly (string | boolean)[]): TableRow {
  return Object.fromEntries(
    table.outputs.map((output, column) => {
      const result = results[column];
      if (result === undefined) {
        throw new ConfigError(`${table.address}: a row has no result for "${output.name}"`);
      }
      return [output.name, result];
    }),
  );
}
