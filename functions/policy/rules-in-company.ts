/**
 * What the tables name, against what the company has: a post that nobody made asks nobody, and a cost centre that does not
 * exist is a row that never fires. Used when the stack is synthesized and by `npm run policy -- lint`.
 */

import { personOf, postOf } from '../approvals/domain/approver-rules.ts';
import { isChosen } from '../approvals/domain/chosen.ts';
import type { DirectoryData } from '../directory/directory-file.ts';
import { isCurrency, isRoundedToCurrency, minorUnit } from '../money/money.ts';
import type { FieldIssue } from '../runtime/errors.ts';
import { readCell } from './cell.ts';
import { approversSchema, copyToSchema } from './level-row.ts';
import { type CompiledRule, type CompiledRules, type CompiledTable, cellAddress } from './table.ts';

/** The company that the tables are for. */
export interface RulesOwner {
  readonly directory: DirectoryData;
  /** ISO 4217: the currency of amounts in the tables. */
  readonly currency: string;
}

/** `mistakes` must be mended; `remarks` are allowed and may still surprise. Each names its cell. */
export interface RuleFindings {
  readonly mistakes: readonly FieldIssue[];
  readonly remarks: readonly FieldIssue[];
}

/** `rules`: compiled, so that each cell is right by itself. */
export function checkRulesInCompany({ tables }: CompiledRules, owner: RulesOwner): RuleFindings {
  const cells = Object.values(tables).flatMap(cellsOf);
  return {
    mistakes: cells.flatMap((cell) => [...unknownNames(cell, owner), ...wrongAmounts(cell, owner.currency)]),
    remarks: cells.flatMap((cell) => [
      ...vacantPosts(cell, owner.directory),
      ...foreignEntities(cell, owner.directory),
    ]),
  };
}

/** Posts that the tables ask for something, with the names of the tables that do. */
export function namedPosts({ tables }: CompiledRules): ReadonlyMap<string, readonly string[]> {
  const named = new Map<string, Set<string>>();
  for (const [name, table] of Object.entries(tables)) {
    for (const { column, values } of cellsOf(table)) {
      for (const post of peopleRules(column, values).flatMap((rule) => postOf(rule) ?? [])) {
        named.set(post, (named.get(post) ?? new Set()).add(name));
      }
    }
  }
  return new Map([...named].map(([post, names]) => [post, [...names]]));
}

/** Posts whose holders own cases of compliance. */
export function compliancePosts({ tables }: CompiledRules): readonly string[] {
  const owners = Object.values(tables)
    .flatMap(cellsOf)
    .filter(({ column }) => column === 'owner');
  return [...new Set(owners.flatMap(({ values }) => values).flatMap((rule) => postOf(rule) ?? []))];
}

interface Cell {
  readonly column: string;
  readonly address: string;
  /** Plain texts, or limits of ranges, or the result. */
  readonly values: readonly string[];
  readonly isResult: boolean;
  /** The currencies that the row is for; empty: those of no other row. */
  readonly currencies: readonly string[];
}

function cellsOf(table: CompiledTable): readonly Cell[] {
  return table.rules.flatMap((rule, index) => {
    const currencies = currenciesOf(table, rule);
    const cell = (column: string, values: readonly string[], isResult: boolean): Cell => ({
      column,
      address: cellAddress(table.address, index + 1, column),
      values,
      isResult,
      currencies,
    });
    return [
      ...table.inputs.map(({ name }, column) => cell(name, namedIn(table, rule, column), false)),
      ...table.outputs.map(({ name }, column) => cell(name, [String(rule.results[column])], true)),
    ];
  });
}

/** What a test names, whether it lets it pass or not. */
function namedIn(table: CompiledTable, rule: CompiledRule, column: number): readonly string[] {
  const reading = readCell(rule.tests[column] ?? '-', table.inputs[column]?.type ?? 'string');
  if (!('test' in reading)) {
    return [];
  }
  const { test } = reading;
  switch (test.kind) {
    case 'any':
      return [];
    case 'values':
      return test.values.map(String);
    case 'ranges':
      return test.ranges.flatMap(({ from, to }) => [from, to].filter(Number.isFinite).map(String));
  }
}

function currenciesOf(table: CompiledTable, rule: CompiledRule): readonly string[] {
  const column = table.inputs.findIndex(({ name }) => name === 'currency');
  const isNegated = rule.tests[column]?.startsWith('not') === true;
  return column === -1 || isNegated ? [] : namedIn(table, rule, column);
}

function unknownNames({ column, address, values, isResult }: Cell, { directory }: RulesOwner): readonly FieldIssue[] {
  const unknown = (problem: string, remedy: string): FieldIssue => ({ field: address, problem, remedy });
  if (column === 'cost centre' || column === 'cost centre charged') {
    return values
      .filter((id) => !directory.costCentres.some(({ costCentreId }) => costCentreId === id))
      .map((id) => unknown(`the company has no cost centre ${id}`, 'name one of the directory, or add it there'));
  }
  if (column === 'department') {
    return values
      .filter((id) => id !== '' && !directory.departments.some(({ departmentId }) => departmentId === id))
      .map((id) => unknown(`the company has no department ${id}`, 'name one of the directory, or add it there'));
  }
  if (column === 'currency') {
    return values
      .filter((code) => !isCurrency(code))
      .map((code) => unknown(`${code} is no currency of ISO 4217`, 'write its code, such as "CNY"'));
  }
  return isResult ? approverIssues(peopleRules(column, values), directory, unknown) : [];
}

function approverIssues(
  rules: readonly string[],
  { posts, people }: DirectoryData,
  unknown: (problem: string, remedy: string) => FieldIssue,
): readonly FieldIssue[] {
  return rules.flatMap((rule) => {
    const [post, personId] = [postOf(rule), personOf(rule)];
    const person = people.find(({ employeeId }) => employeeId === personId);
    if (post !== undefined && !posts.some(({ postId }) => postId === post)) {
      return [unknown(`the company has no post ${post}`, 'name one of the directory, or add it there')];
    }
    if (personId !== undefined && person === undefined) {
      return [unknown(`the company has nobody with the id ${personId}`, 'name somebody of the directory, or a post')];
    }
    return person?.active === false
      ? [unknown(`${person.name} (${personId}) has left`, 'name somebody who is here, or a post')]
      : [];
  });
}

/** The amount of a line is of the order's currency, all others are of the company's. */
function wrongAmounts({ column, address, values, currencies }: Cell, currency: string): readonly FieldIssue[] {
  if (!['amount', 'limit', 'line amount', 'per unit', 'receipt above'].includes(column)) {
    return [];
  }
  const meant = column === 'line amount' ? currencies.filter(isCurrency) : [currency];
  return values.flatMap((amount) =>
    meant
      .filter((code) => !isRoundedToCurrency(amount, code))
      .map((code) => ({
        field: address,
        problem: `${amount} is no amount of ${code}, which has ${minorUnit(code)} digits after the point`,
        remedy:
          column === 'line amount' ? 'round it, or give the currency a row' : `convert it to ${code}, or round it`,
      })),
  );
}

function vacantPosts({ column, address, values }: Cell, { posts, people }: DirectoryData): readonly FieldIssue[] {
  return peopleRules(column, values).flatMap((rule) => {
    const post = posts.find(({ postId }) => postId === postOf(rule));
    return post === undefined || people.some(({ active, posts: held }) => active && held.includes(post.postId))
      ? []
      : [
          {
            field: address,
            problem: `nobody holds the post ${post.postId}`,
            remedy: vacancyRemedy(column, rule),
          },
        ];
  });
}

/** Of a directory that says whose its departments are: a document may still name another. */
function foreignEntities({ column, address, values }: Cell, { departments }: DirectoryData): readonly FieldIssue[] {
  const own = new Set(departments.map(({ legalEntity }) => legalEntity).filter((entity) => entity !== undefined));
  return column !== 'legal entity' || own.size === 0
    ? []
    : values
        .filter((entity) => entity !== '' && !own.has(entity))
        .map((entity) => ({
          field: address,
          problem: `no department belongs to the legal entity ${entity}`,
          remedy: 'the row is only for documents that name it themselves',
        }));
}

function vacancyRemedy(column: string, rule: string): string {
  if (column === 'copyTo') {
    return 'nobody is copied';
  }
  if (column === 'planner') {
    return 'nothing is bought: the operators are asked each time';
  }
  if (column === 'owner') {
    return 'its cases go to the operators';
  }
  return isChosen(rule)
    ? 'such requests are refused: nobody can be chosen'
    : 'such requests go further up the line until somebody may decide';
}

/** The rules of a cell that names people; none of another column's. */
function peopleRules(column: string, values: readonly string[]): readonly string[] {
  switch (column) {
    case 'approver':
      return values.flatMap((text) => approversSchema.parse(text).map(({ rule }) => rule));
    case 'copyTo':
      return values.flatMap((text) => copyToSchema.parse(text));
    case 'planner':
    case 'owner':
      return values;
    default:
      return [];
  }
}
