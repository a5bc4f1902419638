/** A decision table as the bundles carry it: plain JSON, made from a `.dmn` file when the stack is synthesized. */
import type { HitPolicy } from './hit-policy.ts';

/** What a column holds. Dates and lists are not supported. */
export type ColumnType = 'string' | 'number' | 'boolean';

export interface CompiledTable {
  /** For people: where the table is, such as `approval-levels.dmn, table "Approval levels"`. */
  readonly address: string;
  readonly hitPolicy: HitPolicy;
  /** `YYYY-MM-DD`: the last day for which its owner has approved it. Absent: until another is deployed. */
  readonly validUntil?: string;
  readonly inputs: readonly InputColumn[];
  readonly outputs: readonly OutputColumn[];
  readonly rules: readonly CompiledRule[];
}

export interface InputColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** FEEL unary tests that a value must pass; undefined: every value of the type. */
  readonly allowed?: string;
}

export interface OutputColumn {
  readonly name: string;
  readonly type: ColumnType;
  /** Every value that the column can give, the one of the highest priority first; undefined where it lists none. */
  readonly values?: readonly (string | boolean)[];
}

export interface CompiledRule {
  /** FEEL unary tests, one per input column. */
  readonly tests: readonly string[];
  /** One per output column; a number is a plain decimal as text, so that an amount never becomes a double. */
  readonly results: readonly (string | boolean)[];
}

/** Where the results of a row stand in the order of priority, 0 the first; columns without an order count for nothing. */
export function placesOf(outputs: readonly OutputColumn[], results: CompiledRule['results']): readonly number[] {
  return outputs.flatMap(({ values }, column) => {
    const result = results[column];
    return values === undefined || result === undefined ? [] : [values.indexOf(result)];
  });
}

/** Tables by the name of their file without `.dmn`. */
export interface CompiledRules {
  readonly tables: { readonly [name: string]: CompiledTable };
}

/** Where a cell is, as a DMN modeler counts: rows from 1. */
export function cellAddress(address: string, row: number, column: string): string {
  return `${address}, row ${row}, column "${column}"`;
}

/**
 * Doubles tell any two decimals of at most this many significant digits apart, so that comparing such numbers in a
 * table is exact.
 */
const EXACT_DIGITS = 15;

/** Whether the text is a plain decimal that a table compares exactly. */
export function isExactNumber(text: string): boolean {
  const digits = /^-?(0|[1-9]\d*)(?:\.(\d+))?$/.exec(text);
  if (digits === null) {
    return false;
  }
  const fraction = (digits[2] ?? '').replace(/0+$/, '');
  return `${digits[1]}${fraction}`.replace(/^0+/, '').length <= EXACT_DIGITS;
}
