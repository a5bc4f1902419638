/** Makes DMN files for tests of the guard. */

import type { TableContract } from '../../../functions/policy/compile-decision.ts';
import { compileTable } from '../../../functions/policy/compile-table.ts';
import type { CompiledTable } from '../../../functions/policy/table.ts';

export interface DmnParts {
  readonly hitPolicy?: string;
  readonly namespace?: string;
  /** Of the whole decision table element. */
  readonly attributes?: string;
  /** Name, type and allowed values. */
  readonly inputs: readonly (readonly [name: string, type: string, allowed?: string])[];
  /** Name, type and values in the order of their priority. */
  readonly outputs?: readonly (readonly [name: string, type: string, values?: string])[];
  /** Cells of the inputs, then of the outputs. */
  readonly rows: readonly (readonly string[])[];
  /** Declared inputs, if other than those of the columns. */
  readonly declared?: readonly string[];
}

const MODEL = 'https://www.omg.org/spec/DMN/20191111/MODEL/';

export function dmn(parts: DmnParts): string {
  const { inputs, outputs = [['result', 'string']], rows } = parts;
  const declared = parts.declared ?? inputs.map(([name]) => name);
  const data = declared.map((name) => {
    const type = inputs.find(([column]) => column === name)?.[1] ?? 'string';
    return `<inputData id="${id(name)}" name="${name}"><variable name="${name}" typeRef="${type}"/></inputData>`;
  });
  const inputColumns = inputs.map(([name, type, allowed]) => {
    const values = allowed === undefined ? '' : `<inputValues><text>${escapeXml(allowed)}</text></inputValues>`;
    const typeRef = type === '' ? '' : ` typeRef="${type}"`;
    return `<input><inputExpression${typeRef}><text>${escapeXml(name)}</text></inputExpression>${values}</input>`;
  });
  const outputColumns = outputs.map(([name, type, values]) =>
    values === undefined
      ? `<output name="${name}" typeRef="${type}"/>`
      : `<output name="${name}" typeRef="${type}"><outputValues><text>${escapeXml(values)}</text></outputValues></output>`,
  );
  const rules = rows.map((cells) => {
    const entries = cells.map((cell, index) => {
      const element = index < inputs.length ? 'inputEntry' : 'outputEntry';
      return `<${element}><text>${escapeXml(cell)}</text></${element}>`;
    });
    return `<rule>${entries.join('')}</rule>`;
  });
  const policy = parts.hitPolicy === undefined ? '' : ` hitPolicy="${parts.hitPolicy}"`;
  return `<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="${parts.namespace ?? MODEL}" id="d" name="d" namespace="urn:test">
${data.join('')}<decision id="decision" name="Rule">${declared
    .map((name) => `<informationRequirement><requiredInput href="#${id(name)}"/></informationRequirement>`)
    .join('')}<decisionTable${policy}${parts.attributes ?? ''}>${[...inputColumns, ...outputColumns, ...rules].join('')}
</decisionTable></decision></definitions>`;
}

/** What is wrong with a table, as `place: problem`, with `rule.dmn, table "Rule"` left out. */
export async function problemsOf(parts: DmnParts, contract?: TableContract): Promise<readonly string[]> {
  const compiled = await compileTable('rule.dmn', dmn(parts), contract);
  return 'issues' in compiled
    ? compiled.issues.map(({ field, problem }) =>
        `${field}: ${problem}`.replace(/^rule\.dmn(, table "Rule"(, )?)?(: )?/u, ''),
      )
    : [];
}

/** @throws Error with all problems of the table. */
export async function tableOf(parts: DmnParts): Promise<CompiledTable> {
  const compiled = await compileTable('rule.dmn', dmn(parts));
  if ('issues' in compiled) {
    throw new Error(JSON.stringify(compiled.issues));
  }
  return compiled.table;
}

function id(name: string): string {
  return `data-${name.replaceAll(/[^a-z0-9]/giu, '-')}`;
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
