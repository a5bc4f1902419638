/**
 * Compiles the company's `rules/*.dmn` when the stack is synthesized, so that a bad table fails the deployment and not
 * a process, and no bundle carries an XML parser.
 */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import type { TableContract } from './compile-decision.ts';
import { compileTable } from './compile-table.ts';
import { boundedBy, POLICY_TABLES, type WorkingTimeBound } from './policy-tables.ts';
import { checkRulesInCompany, type RulesOwner } from './rules-in-company.ts';
import type { CompiledRules, CompiledTable } from './table.ts';

/** A DMN file: its name, such as `link-limit.dmn`, and its text. */
export interface RuleFile {
  readonly file: string;
  readonly xml: string;
}

const CONTRACTS = new Map<string, TableContract>(
  Object.entries(POLICY_TABLES).map(([name, contract]) => [name, contract]),
);

/**
 * Plain JSON for `createPolicies`. `bound`: what the calendar allows, where hours are hours of work.
 * @throws ValidationError naming everything that is wrong with any table, each by file, table, row and column.
 */
export async function compileRules(files: readonly RuleFile[], bound?: WorkingTimeBound): Promise<CompiledRules> {
  const tables: { [name: string]: CompiledTable } = {};
  const issues: FieldIssue[] = [...CONTRACTS.keys()]
    .filter((name) => !files.some(({ file }) => file === `${name}.dmn`))
    .map((name) => ({ field: `${name}.dmn`, problem: 'the file is missing', remedy: 'copy it from the examples' }));
  for (const { file, xml } of files) {
    const name = file.replace(/\.dmn$/u, '');
    const contract = CONTRACTS.get(name);
    if (contract === undefined) {
      const remedy = `the tables are ${[...CONTRACTS.keys()].join(', ')}`;
      issues.push({ field: file, problem: 'nothing asks a table of this name', remedy });
      continue;
    }
    const compiled = await compileTable(file, xml, bound === undefined ? contract : boundedBy(contract, bound));
    if ('issues' in compiled) {
      issues.push(...compiled.issues);
    } else {
      tables[name] = compiled.table;
    }
  }
  if (issues.length > 0) {
    throw new ValidationError(issues);
  }
  return { tables };
}

/**
 * Compiles every `.dmn` file of a folder.
 * @throws ValidationError as `compileRules`.
 */
export async function compileRuleFolder(folder: string, bound?: WorkingTimeBound): Promise<CompiledRules> {
  return compileRules(await readRuleFiles(folder), bound);
}

/** Every `.dmn` file of a folder, by name. */
export async function readRuleFiles(folder: string): Promise<readonly RuleFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.dmn')).sort();
  return Promise.all(names.map(async (file) => ({ file, xml: await readFile(join(folder, file), 'utf8') })));
}

/**
 * Compiles a folder for the company that it is for.
 * @throws ValidationError as `compileRules`, also for what the tables name and the company does not have.
 */
export async function compileCompanyRules(
  folder: string,
  owner: RulesOwner,
  bound?: WorkingTimeBound,
): Promise<CompiledRules> {
  const rules = await compileRuleFolder(folder, bound);
  const { mistakes } = checkRulesInCompany(rules, owner);
  if (mistakes.length > 0) {
    throw new ValidationError(mistakes);
  }
  return rules;
}
