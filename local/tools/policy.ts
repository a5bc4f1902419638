/**
 * `npm run policy`: looks at the decision tables before they are deployed. Exit codes: 0 nothing to mend, 1 there is something
 * to mend or nobody may approve, 2 what was given cannot be read.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { RULED_SUBJECTS } from '../../functions/approvals/domain/plan.ts';
import { kindsOf } from '../../functions/approvals/domain/scope.ts';
import { boundOfWorkingHours, parseCalendar } from '../../functions/calendar/calendar-file.ts';
import { parseDirectory } from '../../functions/directory/directory-file.ts';
import { createFileDirectory } from '../../functions/directory/file-directory.ts';
import { namedValuesSchema } from '../../functions/events/choices.ts';
import { currencySchema, decimalSchema } from '../../functions/money/money.ts';
import { compileRuleFolder, readRuleFiles } from '../../functions/policy/compile-rules.ts';
import type { WorkingTimeBound } from '../../functions/policy/policy-tables.ts';
import { checkRulesInCompany, type RulesOwner } from '../../functions/policy/rules-in-company.ts';
import { wayChanges } from '../../functions/policy/way-changes.ts';
import { type FieldIssue, ValidationError } from '../../functions/runtime/errors.ts';
import { describeApproval } from './explain-approval.ts';
import { exportMatrix, importMatrix } from './matrix/round-trip.ts';

const USAGE = `usage:
  npm run policy -- lint [--rules <folder>] [--company <file>]
  npm run policy -- diff <folder> <other folder>
  npm run policy -- export <file.xlsx> [--rules <folder>] [--company <file>]
  npm run policy -- import <file.xlsx> [--write] [--rules <folder>] [--company <file>]
  npm run policy -- explain <request.json> [--rules <folder>] [--company <file>]
Diff says which requests would take another way under the tables of the other folder. Export writes the tables as a spreadsheet, a sheet each; import says what a changed one would change, and changes it with
--write. The request: {"subject": "order", "amount": "5960.00", "costCentre": "CC-100", "requesterId": "E-1001"}, and where rules ask for
it "legalEntity": "DE01" and "lines": [{"category": "custom-made", "currency": "EUR"}], the amount in the
company's currency, the subject ${RULED_SUBJECTS.join(', ').replace(/, (?=[^,]*$)/, ' or ')}. Without --company the demonstration's is taken.`;

const OPTIONS = {
  rules: { type: 'string', default: 'rules' },
  company: { type: 'string', default: 'local/demo/company.json' },
  write: { type: 'boolean', default: false },
} as const;

const requestSchema = z.strictObject({
  subject: z.enum(RULED_SUBJECTS),
  amount: decimalSchema,
  costCentre: z.string().min(1),
  requesterId: z.string().min(1),
  /** That the document names; else that of its cost centre counts alone. */
  legalEntity: z.string().min(1).optional(),
  /** Its kinds of lines. Without a category, or a currency: none, and the company's. */
  lines: z
    .array(z.strictObject({ category: z.string().default(''), currency: currencySchema.optional() }))
    .min(1)
    .default([{ category: '' }]),
  /** As in the requisition: whom the requester chose, and what the form's fields hold. */
  /** Employee ids of those who may not decide it, such as of a payment who ordered. */
  excludedIds: z.array(z.string().min(1)).default([]),
  choices: z.strictObject({ approvers: namedValuesSchema.optional(), fields: namedValuesSchema.optional() }).optional(),
});

const companySchema = z.object({
  currency: z.string(),
  directoryFile: z.string(),
  calendarFile: z.string().optional(),
});

/** The company, and the folder of its tables. */
interface Subject extends RulesOwner {
  readonly folder: string;
  readonly bound?: WorkingTimeBound | undefined;
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(messageOf(error));
  return error instanceof ValidationError ? 1 : 2;
});

async function main(): Promise<number> {
  const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
  const [command, ...files] = positionals;
  const [file, other] = files;
  if (command === 'lint' && files.length === 0) {
    return lint(await subjectOf(values));
  }
  if (command === 'diff' && file !== undefined && other !== undefined && files.length === 2) {
    return diff(file, other);
  }
  if (file !== undefined && files.length === 1) {
    switch (command) {
      case 'explain':
        return explain(await subjectOf(values), file);
      case 'export':
        return exportTo(file, await subjectOf(values));
      case 'import':
        return importFrom(file, await subjectOf(values), values.write);
    }
  }
  console.error(USAGE);
  return 2;
}

async function lint({ folder, bound, ...owner }: Subject): Promise<number> {
  const { mistakes, remarks } = checkRulesInCompany(await compileRuleFolder(folder, bound), owner);
  const lines = [...mistakes.map(lineOf), ...remarks.map((remark) => `remark: ${lineOf(remark)}`)];
  console.log([...lines, `${mistakes.length} to mend, ${remarks.length} remarks`].join('\n'));
  return mistakes.length > 0 ? 1 : 0;
}

async function diff(folder: string, other: string): Promise<number> {
  const [before, after] = [await compileRuleFolder(folder), await compileRuleFolder(other)];
  const lines = Object.entries(before.tables).flatMap(([name, table]) => {
    const changed = after.tables[name];
    return changed === undefined ? [] : wayChanges(table, changed).map((line) => `${name}: ${line}`);
  });
  console.log(lines.length === 0 ? 'every request goes the same way' : lines.join('\n'));
  return 0;
}

async function explain({ folder, bound, directory, currency }: Subject, file: string): Promise<number> {
  const { legalEntity, lines: filed, ...asked } = requestSchema.parse(await readJson(file));
  const kinds = kindsOf(filed.map((line) => ({ ...line, currency: line.currency ?? currency })));
  const scope = { ...(legalEntity === undefined ? {} : { legalEntity }), lines: kinds };
  const request = { ...asked, scope };
  const { lines, isDecidable } = await describeApproval(request, {
    rules: await compileRuleFolder(folder, bound),
    directory: createFileDirectory(directory),
    now: new Date(),
  });
  console.log(lines.join('\n'));
  return isDecidable ? 0 : 1;
}

async function exportTo(file: string, { folder, bound }: Subject): Promise<number> {
  await writeFile(file, await exportMatrix(await readRuleFiles(folder), bound));
  return 0;
}

async function importFrom(file: string, { folder, ...owner }: Subject, isToWrite: boolean): Promise<number> {
  const { files, changes } = await importMatrix(await readFile(file), await readRuleFiles(folder), owner);
  for (const { file: name, xml } of isToWrite ? files : []) {
    await writeFile(join(folder, name), xml);
  }
  const end = isToWrite ? 'written' : 'nothing is written yet: add --write';
  console.log(changes.length === 0 ? 'nothing changes' : [...changes, end].join('\n'));
  return 0;
}

async function subjectOf({ rules, company }: { readonly rules: string; readonly company: string }): Promise<Subject> {
  const { currency, directoryFile, calendarFile } = companySchema.parse(await readJson(company));
  const beside = (name: string) => readJson(resolve(dirname(company), name));
  return {
    folder: rules,
    currency,
    directory: parseDirectory(await beside(directoryFile)),
    bound: calendarFile === undefined ? undefined : boundOfWorkingHours(parseCalendar(await beside(calendarFile))),
  };
}

async function readJson(file: string): Promise<unknown> {
  return JSON.parse(await readFile(file, 'utf8'));
}

function lineOf({ field, problem, remedy }: FieldIssue): string {
  return `${field}: ${problem} (${remedy})`;
}

function messageOf(error: unknown): string {
  if (error instanceof ValidationError) {
    return error.issues.map(lineOf).join('\n');
  }
  if (error instanceof z.ZodError) {
    return z.prettifyError(error);
  }
  return error instanceof Error ? error.message : String(error);
}
