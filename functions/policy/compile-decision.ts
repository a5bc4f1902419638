/**
 * Compiles a decision table behind a strict guard, whatever it was written in: what FEEL or a modeler would let pass and would
 * then decide otherwise than meant is refused here, each finding with the address of its cell. Used when tables are made, never
 * when they are asked.
 */
import * as z from 'zod';
import type { FieldIssue } from '../runtime/errors.ts';
import { type CellTest, readCell, readResult, readResults } from './cell.ts';
import { HIT_POLICIES, type HitPolicy } from './hit-policy.ts';
import type { DmnDecision, DmnTable } from './read-dmn.ts';
import {
  type ColumnType,
  type CompiledRule,
  type CompiledTable,
  cellAddress,
  type InputColumn,
  type OutputColumn,
} from './table.ts';
import { type AnalysedColumn, canFire, valuesOutside } from './table-analysis.ts';
import { coverageIssues } from './table-coverage.ts';

/** What the program that asks the table relies on. */
export interface TableContract {
  readonly hitPolicies: readonly HitPolicy[];
  /** Every input by name, with the values that will be asked for as FEEL unary tests. */
  readonly inputs: { readonly [name: string]: { readonly type: ColumnType; readonly domain: string } };
  /** Columns that a table may leave out: it tells nothing apart by them. */
  readonly optionalInputs?: readonly string[];
  readonly outputs: { readonly [name: string]: ColumnType };
  /** Texts that a table may also give: the column may be missing, and its cell empty, which reads as `-`. */
  readonly optionalOutputs?: readonly string[];
  /** What is wrong with a row's results beyond their types. */
  readonly rowProblems: (results: { readonly [column: string]: string | boolean }) => readonly string[];
}

const dateSchema = z.iso.date();
const TYPES: readonly ColumnType[] = ['string', 'number', 'boolean'];
const ANY: CellTest = { kind: 'any' };

/** A table, or everything that is wrong with it. */
export type TableCompilation = { readonly table: CompiledTable } | { readonly issues: readonly FieldIssue[] };

/**
 * `address` is for findings. With a contract the table must answer everything that its program may ask; without one only
 * a `UNIQUE` or `ANY` table must have no gaps.
 */
export function compileDecision(address: string, decision: DmnDecision, contract?: TableContract): TableCompilation {
  const columns = readColumns(address, decision);
  const hitPolicy = HIT_POLICIES.find((policy) => policy === decision.table.hitPolicy);
  const structure = [
    ...columns.issues,
    ...policyIssues(address, decision.table, hitPolicy, contract),
    ...validityIssues(address, decision),
    ...(contract === undefined ? [] : contractIssues(address, columns, contract)),
  ];
  if (structure.length > 0 || hitPolicy === undefined) {
    return { issues: structure };
  }
  const rows = readRows(address, decision.table, columns, contract?.optionalOutputs ?? []);
  if (rows.issues.length > 0) {
    return { issues: rows.issues };
  }
  const analysed = columns.inputs.map((input): AnalysedColumn => analysedColumn(input, contract));
  const issues = [
    ...domainIssues(address, columns.inputs, contract),
    ...rowIssues(address, rows.tests, analysed),
    ...resultIssues(address, rows.rules, columns.outputs, contract),
    ...coverageIssues({
      address,
      hitPolicy,
      ...rows,
      columns: analysed,
      outputs: columns.outputs,
      isAsked: contract !== undefined,
    }),
  ];
  const table = {
    address,
    hitPolicy,
    ...(decision.validUntil === undefined ? {} : { validUntil: decision.validUntil }),
    inputs: columns.inputs.map(plainInput),
    outputs: columns.outputs,
  };
  return issues.length > 0 ? { issues } : { table: { ...table, rules: rows.rules } };
}

interface ReadInput extends InputColumn {
  readonly allowedTest: CellTest;
}

interface Columns {
  readonly inputs: readonly ReadInput[];
  readonly outputs: readonly OutputColumn[];
  readonly issues: readonly FieldIssue[];
}

function readColumns(address: string, decision: DmnDecision): Columns {
  const issues: FieldIssue[] = [];
  const inputs = decision.table.input.flatMap((input): ReadInput[] => {
    const read = readInput(address, input, decision);
    issues.push(...read.issues);
    return read.input === undefined ? [] : [read.input];
  });
  const outputs = decision.table.output.flatMap((output): OutputColumn[] => {
    const name = output.name ?? decision.name;
    const at = `${address}, column "${name}"`;
    const type = typeNamed(output.typeRef ?? decision.typeRef, decision);
    if (type === undefined) {
      issues.push(wrongType(at, output.typeRef));
    }
    if (output.defaultOutputEntry !== undefined) {
      issues.push(issue(at, 'a default result hides missing rows', 'remove it and write the rows'));
    }
    const values = readResults(output.outputValues?.text, type ?? 'string');
    if (values !== undefined && 'problem' in values) {
      issues.push(issue(`${at}, allowed values`, values.problem, values.remedy));
    }
    return type === undefined
      ? []
      : [{ name, type, ...(values === undefined || 'problem' in values ? {} : { values }) }];
  });
  issues.push(...repeatedNames(address, inputs), ...repeatedNames(address, outputs));
  return { inputs, outputs, issues };
}

function readInput(address: string, input: DmnTable['input'][number], decision: DmnDecision) {
  const name = input.inputExpression.text.trim();
  const at = `${address}, column "${name}"`;
  const issues: FieldIssue[] = [];
  if (!decision.inputData.has(name)) {
    const known = [...decision.inputData.keys()].join(', ');
    issues.push(issue(at, `the variable "${name}" is unknown`, `use an input of the file: ${known || 'it has none'}`));
  }
  const type = typeNamed(input.inputExpression.typeRef, decision);
  const declared = decision.inputData.get(name);
  if (type === undefined) {
    issues.push(wrongType(at, input.inputExpression.typeRef));
  } else if (declared !== undefined && typeNamed(declared, decision) !== type) {
    issues.push(issue(at, `the column is a ${type}, and the input is declared as ${declared}`, 'give both one type'));
  }
  const allowed = input.inputValues?.text.trim() ?? '';
  const reading = readCell(allowed, type ?? 'string');
  if (type === undefined || 'problem' in reading) {
    return {
      issues:
        'problem' in reading ? [...issues, issue(`${at}, allowed values`, reading.problem, reading.remedy)] : issues,
    };
  }
  const column = { name, type, allowedTest: reading.test };
  return { issues, input: reading.test.kind === 'any' ? column : { ...column, allowed } };
}

function typeNamed(typeRef: string | undefined, decision: DmnDecision, depth = 0): ColumnType | undefined {
  const known = TYPES.find((type) => type === typeRef);
  return known !== undefined || typeRef === undefined || depth > decision.itemTypes.size
    ? known
    : typeNamed(decision.itemTypes.get(typeRef), decision, depth + 1);
}

function repeatedNames(address: string, columns: readonly { readonly name: string }[]): readonly FieldIssue[] {
  return columns
    .filter((column, index) => columns.findIndex((other) => other.name === column.name) < index)
    .map(({ name }) => issue(`${address}, column "${name}"`, 'the column is there twice', 'keep one of them'));
}

function policyIssues(
  address: string,
  table: DmnTable,
  hitPolicy: HitPolicy | undefined,
  contract: TableContract | undefined,
): readonly FieldIssue[] {
  const possible = contract?.hitPolicies ?? HIT_POLICIES;
  if (hitPolicy === undefined || !possible.includes(hitPolicy)) {
    const problem = `the hit policy ${table.hitPolicy} is not supported here`;
    return [issue(address, problem, `use ${possible.join(' or ')}`)];
  }
  if (table.aggregation !== undefined) {
    return [issue(address, `the aggregation ${table.aggregation} is not supported`, 'let the table give the rows')];
  }
  const isOrdered = hitPolicy === 'PRIORITY' || hitPolicy === 'OUTPUT ORDER';
  return isOrdered && table.output.every(({ outputValues }) => outputValues === undefined)
    ? [issue(address, `${hitPolicy} needs an order of results`, 'list the results of a column, the first first')]
    : [];
}

function validityIssues(address: string, { validUntil }: DmnDecision): readonly FieldIssue[] {
  return validUntil === undefined || dateSchema.safeParse(validUntil).success
    ? []
    : [issue(address, `"${validUntil}" is no last day`, 'write meridian:validUntil as a date, such as 2027-03-31')];
}

function contractIssues(address: string, columns: Columns, contract: TableContract): readonly FieldIssue[] {
  const optional = contract.optionalOutputs ?? [];
  const outputs = columns.outputs.filter((one) => !isOptional(one, optional));
  const leftOut = (contract.optionalInputs ?? []).filter((name) => columns.inputs.every((one) => one.name !== name));
  return [
    ...sideIssues(address, columns.inputs, typesOf(contract.inputs), [], leftOut),
    ...sideIssues(address, outputs, contract.outputs, optional),
  ];
}

/** Of another type it is unknown, like every other column. */
function isOptional({ name, type }: OutputColumn, optional: readonly string[]): boolean {
  return type === 'string' && optional.includes(name);
}

function sideIssues(
  address: string,
  found: readonly OutputColumn[],
  wanted: TableContract['outputs'],
  optional: readonly string[],
  leftOut: readonly string[] = [],
): readonly FieldIssue[] {
  const names = Object.keys(wanted);
  const unknown = found.filter((column) => !names.includes(column.name));
  const problemOf = ({ name }: OutputColumn) =>
    optional.includes(name)
      ? issue(`${address}, column "${name}"`, 'must be a string', 'give it the type string')
      : issue(`${address}, column "${name}"`, 'is unknown', `use ${names.join(', ')}`);
  return [
    ...unknown.map(problemOf),
    ...Object.entries(wanted)
      .filter(([name]) => !leftOut.includes(name))
      .filter(([name, type]) => !found.some((column) => column.name === name && column.type === type))
      .map(([name, type]) => issue(`${address}, column "${name}"`, `must be a ${type}`, `add it with type ${type}`)),
  ];
}
function typesOf(inputs: TableContract['inputs']): { readonly [name: string]: ColumnType } {
  return Object.fromEntries(Object.entries(inputs).map(([name, { type }]) => [name, type]));
}

const EMPTY = '-';

function readRows(address: string, table: DmnTable, columns: Columns, optional: readonly string[]) {
  const issues: FieldIssue[] = [];
  const tests: CellTest[][] = [];
  const rules: CompiledRule[] = [];
  for (const [index, rule] of table.rule.entries()) {
    const at = (column: string) => cellAddress(address, index + 1, column);
    tests.push(
      columns.inputs.map(({ name, type }, column) => {
        const reading = readCell(rule.inputEntry[column]?.text ?? '', type);
        if ('test' in reading) {
          return reading.test;
        }
        issues.push(issue(at(name), reading.problem, reading.remedy));
        return ANY;
      }),
    );
    const results = columns.outputs.map(({ name, type, values }, column) => {
      const text = rule.outputEntry[column]?.text ?? '';
      if (optional.includes(name) && plainCell(text) === EMPTY) {
        return EMPTY;
      }
      const reading = readResult(text, type);
      if ('problem' in reading) {
        issues.push(issue(at(name), reading.problem, reading.remedy));
        return '';
      }
      if (values?.includes(reading.value) === false) {
        issues.push(issue(at(name), `${reading.value} is none of the column's results`, 'mend it, or add it to them'));
      }
      return reading.value;
    });
    rules.push({ tests: columns.inputs.map((_, column) => plainCell(rule.inputEntry[column]?.text)), results });
  }
  return { tests, rules, issues };
}

/** FEEL itself has no word for an empty cell. */
function plainCell(text: string | undefined): string {
  const cell = text?.trim() ?? '';
  return cell === '' ? EMPTY : cell;
}

function analysedColumn(input: ReadInput, contract: TableContract | undefined): AnalysedColumn {
  return { name: input.name, type: input.type, domain: [askedOf(input, contract), input.allowedTest] };
}

function askedOf(input: ReadInput, contract: TableContract | undefined): CellTest {
  const reading = readCell(contract?.inputs[input.name]?.domain ?? '-', input.type);
  return 'test' in reading ? reading.test : ANY;
}

/** A column may be bounded on purpose, such as an amount, but must let every value pass that is asked for by name. */
function domainIssues(
  address: string,
  inputs: readonly ReadInput[],
  contract: TableContract | undefined,
): readonly FieldIssue[] {
  return inputs.flatMap((input) =>
    valuesOutside([input.allowedTest], askedOf(input, contract)).map((value) =>
      issue(`${address}, column "${input.name}", allowed values`, `leave out ${JSON.stringify(value)}`, 'add it'),
    ),
  );
}

/** Cells that name what cannot be, or never fire. */
function rowIssues(
  address: string,
  rows: readonly (readonly CellTest[])[],
  columns: readonly AnalysedColumn[],
): readonly FieldIssue[] {
  return rows.flatMap((row, index) =>
    columns.flatMap((column, position) => {
      const cell = row[position] ?? ANY;
      const at = cellAddress(address, index + 1, column.name);
      const outside = valuesOutside(column.domain, cell);
      if (outside.length > 0) {
        const names = outside.map((value) => JSON.stringify(value)).join(', ');
        return [issue(at, `${names} is no value of the column`, 'mend the spelling, or allow it for the column')];
      }
      return canFire(column, cell) ? [] : [issue(at, 'the cell never fires', 'mend the cell, or remove the row')];
    }),
  );
}

function resultIssues(
  address: string,
  rules: readonly CompiledRule[],
  outputs: readonly OutputColumn[],
  contract: TableContract | undefined,
): readonly FieldIssue[] {
  return rules.flatMap((rule, index) => {
    const results = Object.fromEntries(outputs.map(({ name }, column) => [name, rule.results[column] ?? '']));
    const problems = contract?.rowProblems(results) ?? [];
    return problems.map((problem) => issue(`${address}, row ${index + 1}`, problem, 'mend the result'));
  });
}

function plainInput({ allowedTest: _read, ...input }: ReadInput): InputColumn {
  return input;
}

function wrongType(at: string, typeRef: string | undefined): FieldIssue {
  const problem = typeRef === undefined ? 'the column has no type' : `the type ${typeRef} is not supported`;
  return issue(at, problem, `use ${TYPES.join(', ')}`);
}

function issue(field: string, problem: string, remedy: string): FieldIssue {
  return { field, problem, remedy };
}
