/** The route of a form as a decision table: compiled when a version of the form is made, asked for each request. */
import { NO_LINK, type OwnRules } from '../approvals/domain/plan.ts';
import { type CellTest, readCell } from '../policy/cell.ts';
import { compileDecision, type TableCompilation, type TableContract } from '../policy/compile-decision.ts';
import { explainTable, type TableValue } from '../policy/evaluate-table.ts';
import { firedRules } from '../policy/fired-rules.ts';
import { levelOfRow } from '../policy/level-row.ts';
import { boundedBy, routeContract, type WorkingTimeBound } from '../policy/policy-tables.ts';
import type { DmnDecision } from '../policy/read-dmn.ts';
import type { ColumnType, CompiledTable } from '../policy/table.ts';
import { findOverlaps } from '../policy/table-analysis.ts';
import { BusinessRuleError, type FieldIssue } from '../runtime/errors.ts';
import type { FormDefinition, FormField, RouteRow } from './domain/form.ts';
import { amountOf, type FieldValues, kindOf } from './domain/form-values.ts';
import type { FormReference } from './domain/office-process.ts';

const DECIDED_BY = 'decided by';
const SIGN_IN = 'sign-in';

/** Columns of results, and where a row of a form has them. */
const RESULTS: { readonly [column: string]: (row: RouteRow) => string | number } = {
  level: ({ level }) => level,
  approver: ({ approver }) => approver,
  mode: ({ mode }) => mode,
  opens: ({ opens }) => opens,
  'after a change': ({ afterChange }) => afterChange,
  copyTo: ({ copyTo }) => copyTo,
  'remind after hours': ({ remindAfterHours }) => remindAfterHours,
  'escalate after hours': ({ escalateAfterHours }) => escalateAfterHours,
  'expire after hours': ({ expireAfterHours }) => expireAfterHours,
  [DECIDED_BY]: ({ decidedBy }) => decidedBy,
};

/**
 * Every finding has its cell. The rows must answer whatever may be filled in.
 * @param bound - what the calendar allows, where hours are hours of work
 */
export function compileRoute(form: FormDefinition, bound?: WorkingTimeBound): TableCompilation {
  const { columns, issues } = columnsOf(form);
  if (issues.length > 0) {
    return { issues };
  }
  const contract: TableContract = {
    ...routeContract,
    inputs: Object.fromEntries(columns.map(({ name, type, domain }) => [name, { type, domain }])),
    outputs: { ...routeContract.outputs, [DECIDED_BY]: 'string' },
  };
  const address = `${form.id}, route`;
  return compileDecision(
    address,
    decisionOf(form, columns),
    bound === undefined ? contract : boundedBy(contract, bound),
  );
}

interface Column {
  readonly name: string;
  readonly type: ColumnType;
  /** What may be filled in, as FEEL unary tests. */
  readonly domain: string;
}

/** Fields that some row looks at, in the order of the form. */
function columnsOf({ schema, route }: FormDefinition): {
  readonly columns: readonly Column[];
  readonly issues: readonly FieldIssue[];
} {
  const named = new Set(route.rows.flatMap(({ when }) => Object.keys(when)));
  const known = Object.entries(schema.properties).filter(([name]) => named.has(name));
  const issues = [
    ...route.rows.flatMap(({ when }, row) =>
      Object.keys(when)
        .filter((name) => !Object.hasOwn(schema.properties, name))
        .map((name) => issueOf(row, name, 'is no field of the form', 'name a field of schema.properties')),
    ),
    ...known
      .filter(([name, field]) => typeOf(field) === 'number' && !schema.required.includes(name))
      .map(([name]) => ({
        field: `schema.properties.${name}`,
        problem: 'the route looks at this number, and it may be missing',
        remedy: 'add it to schema.required',
      })),
    ...known
      .filter(([, field]) => field['x-personal'] === true)
      .map(([name]) => ({
        field: `schema.properties.${name}.x-personal`,
        problem: 'the route looks at it, and what it looks at stands in the record for good',
        remedy: 'leave it out, or let the route look at something else',
      })),
    ...known
      .filter(([, field]) => field.type === 'array')
      .map(([name]) => ({
        field: `schema.properties.${name}`,
        problem: 'the route looks at a list, and no cell can say anything about one',
        remedy: 'let the route look at a number, a choice, a text or a yes or no',
      })),
  ];
  const columns = known.map(([name, field]) => ({
    name,
    type: typeOf(field),
    domain: domainOf(field, schema.required.includes(name)),
  }));
  return { columns, issues };
}

function issueOf(row: number, name: string, problem: string, remedy: string): FieldIssue {
  return { field: `route.rows[${row}].when.${name}`, problem, remedy };
}

function typeOf(field: FormField): ColumnType {
  switch (kindOf(field)) {
    case 'amount':
    case 'integer':
    case 'number':
      return 'number';
    case 'boolean':
      return 'boolean';
    default:
      return 'string';
  }
}

/** A text that was left out is asked about as an empty one. */
function domainOf(field: FormField, isRequired: boolean): string {
  if (field.type === 'string' && field.enum !== undefined) {
    return [...field.enum, ...(isRequired ? [] : [''])].map((value) => `"${value}"`).join(', ');
  }
  if (field.type === 'integer' || field.type === 'number') {
    const { minimum, maximum } = field;
    const above = minimum === undefined ? undefined : `>= ${minimum}`;
    const below = maximum === undefined ? undefined : `<= ${maximum}`;
    return above !== undefined && below !== undefined ? `[${minimum}..${maximum}]` : (above ?? below ?? '-');
  }
  return kindOf(field) === 'amount' ? '>= 0' : '-';
}

function decisionOf({ name, route }: FormDefinition, columns: readonly Column[]): DmnDecision {
  const outputs = Object.keys(RESULTS);
  return {
    name: name.en,
    table: {
      $type: 'dmn:DecisionTable',
      hitPolicy: 'RULE ORDER',
      input: columns.map((column) => ({ inputExpression: { text: column.name, typeRef: column.type } })),
      output: outputs.map((output) => ({ name: output, typeRef: output.endsWith('hours') ? 'number' : 'string' })),
      rule: route.rows.map((row) => ({
        inputEntry: columns.map((column) => ({ text: row.when[column.name] ?? '-' })),
        outputEntry: outputs.map((output) => ({ text: literal(RESULTS[output]?.(row) ?? '') })),
      })),
    },
    inputData: new Map(columns.map((column) => [column.name, column.type])),
    itemTypes: new Map(),
  };
}

function literal(value: string | number): string {
  return typeof value === 'number' ? String(value) : `"${value}"`;
}

/** Pairs of rows, from 1, that both fire for something that may be filled in: all of them are asked then. */
export function rowsTogether(form: FormDefinition, route: CompiledTable): readonly (readonly [number, number])[] {
  const testOf = (text: string, type: ColumnType): CellTest => {
    const reading = readCell(text, type);
    return 'test' in reading ? reading.test : { kind: 'any' };
  };
  const columns = columnsOf(form).columns.map(({ name, type, domain }) => ({
    name,
    type,
    domain: [testOf(domain, type)],
  }));
  const rows = route.rules.map(({ tests }) => columns.map(({ type }, column) => testOf(tests[column] ?? '-', type)));
  return findOverlaps(columns, rows).map(([first, second]) => [first + 1, second + 1]);
}

/**
 * Who is asked about what was filled in, which the checks have found right.
 * @throws BusinessRuleError `no-approval-rule` when no row fires, which the compilation should have found.
 */
export function rulesOfRoute(
  form: FormDefinition,
  route: CompiledTable,
  { id, version }: FormReference,
  values: FieldValues,
): OwnRules {
  const fired = explainTable(route, routeValues(route, values));
  if (fired.length === 0) {
    throw new BusinessRuleError('no-approval-rule', `no row of the route of ${id} answers`);
  }
  const needsSignIn = fired.some(({ results }) => results[DECIDED_BY] === SIGN_IN);
  return {
    levels: fired.map(levelOfRow),
    linkLimit: needsSignIn ? NO_LINK : amountOf(form, values),
    ruledBy: [firedRules(`forms/${id}/${version}`, route, fired)],
  };
}

function routeValues({ inputs }: CompiledTable, values: FieldValues): { readonly [input: string]: TableValue } {
  return Object.fromEntries(inputs.map(({ name, type }) => [name, tableValue(type, values[name])]));
}

/** An amount is a text of so few digits that a double compares it exactly. */
function tableValue(type: ColumnType, value: FieldValues[string] | undefined): TableValue {
  switch (type) {
    case 'number':
      return Number(value);
    case 'boolean':
      return value === true;
    case 'string':
      return typeof value === 'string' ? value : '';
  }
}
