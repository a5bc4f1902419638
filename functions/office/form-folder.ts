/** The forms that come with Meridian (`rules/forms/*.json`), compiled when the stack is synthesized: a mistake fails the deployment. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { WorkingTimeBound } from '../policy/policy-tables.ts';
import { type FieldIssue, ValidationError } from '../runtime/errors.ts';
import { type CompiledForm, compileFormText } from './compile-form.ts';
import { numberFamily } from './domain/document-number.ts';

/** @throws ValidationError naming everything that is wrong with any form, each by file and path. */
export async function compileFormFolder(folder: string, bound?: WorkingTimeBound): Promise<readonly CompiledForm[]> {
  const forms: CompiledForm[] = [];
  const issues: FieldIssue[] = [];
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  for (const file of names) {
    const compiled = compileFormText(await readFile(join(folder, file), 'utf8'), bound);
    if ('issues' in compiled) {
      issues.push(...compiled.issues.map((issue) => ({ ...issue, field: `${file}: ${issue.field}` })));
      continue;
    }
    issues.push(...repeated(file, compiled.form, forms));
    forms.push(compiled.form);
  }
  if (issues.length > 0) {
    throw new ValidationError(issues);
  }
  return forms;
}

function repeated(file: string, { definition }: CompiledForm, others: readonly CompiledForm[]): readonly FieldIssue[] {
  const sameId = others.some((other) => other.definition.id === definition.id);
  const family = numberFamily(definition.number);
  const sameNumbers = others.some((other) => numberFamily(other.definition.number) === family);
  return [
    ...(sameId ? [{ field: `${file}: id`, problem: 'another file has this id', remedy: 'choose another' }] : []),
    ...(sameNumbers
      ? [{ field: `${file}: number`, problem: 'another form gives the same numbers', remedy: 'choose others' }]
      : []),
  ];
}
