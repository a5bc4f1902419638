/** The rows of a DMN table as people edit them: read from its file, and put back without touching anything else in it. */
import { DmnModdle } from 'dmn-moddle';
import * as z from 'zod';
import { parseDmn } from '../../../functions/policy/read-dmn.ts';
import type { CompiledTable } from '../../../functions/policy/table.ts';

/** A column: a test of an input, a result, or a remark for people. */
export interface Column {
  readonly name: string;
  readonly kind: 'test' | 'result' | 'remark';
  /** The result is a text, which people write without quotes. */
  readonly isText: boolean;
}

/** Texts by column; a text result stands in quotes, as in the file. */
export type Row = readonly string[];

/** A table with its rows. */
export interface TableRows {
  readonly columns: readonly Column[];
  readonly rows: readonly Row[];
}

const cellSchema = z.object({ text: z.string().default('') });
const ruleSchema = z.looseObject({
  id: z.string().default(''),
  inputEntry: z.array(cellSchema).default([]),
  outputEntry: z.array(cellSchema).default([]),
  annotationEntry: z.array(cellSchema).default([]),
});
const definitionsSchema = z.object({
  drgElement: z.array(z.object({ $type: z.string(), decisionLogic: z.unknown().optional() })),
});
const tableSchema = z.object({
  annotation: z.array(z.object({ name: z.string().default('') })).default([]),
  rule: z.array(z.unknown()).default([]),
});

/** `table`: what the same file compiles to, which is why it can be read. */
export async function readRows(xml: string, table: CompiledTable): Promise<TableRows> {
  const { annotation, rule } = tableSchema.parse(tableIn((await parseDmn(xml)).root));
  return {
    columns: [
      ...table.inputs.map(({ name }): Column => ({ name, kind: 'test', isText: false })),
      ...table.outputs.map(({ name, type }): Column => ({ name, kind: 'result', isText: type === 'string' })),
      ...annotation.map(({ name }): Column => ({ name, kind: 'remark', isText: false })),
    ],
    rows: rule.map((element) => textsOf(element, annotation.length)),
  };
}

/** The file with these rows in the place of its own. A row that stays as it was keeps its ids. */
export async function withRows(xml: string, columns: readonly Column[], rows: readonly Row[]): Promise<string> {
  const { root } = await parseDmn(xml);
  const table = tableIn(root);
  const { annotation, rule } = tableSchema.parse(table);
  const left = rule.map((element) => ({ element, key: keyOf(textsOf(element, annotation.length)) }));
  const names = new Set(rule.map((element) => ruleSchema.parse(element).id));
  const elements = rows.map((row) => {
    const same = left.findIndex(({ key }) => key === keyOf(row));
    return same === -1 ? ruleOf(freeName(names), columns, row) : left.splice(same, 1)[0]?.element;
  });
  Reflect.set(table, 'rule', elements);
  return (await MODDLE.toXML(root, { format: true })).xml;
}

const MODDLE = new DmnModdle();

function tableIn(root: unknown): object {
  const decision = definitionsSchema.parse(root).drgElement.find(({ $type }) => $type === 'dmn:Decision');
  return z.instanceof(Object).parse(decision?.decisionLogic);
}

function textsOf(element: unknown, remarks: number): Row {
  const { inputEntry, outputEntry, annotationEntry } = ruleSchema.parse(element);
  const notes = Array.from({ length: remarks }, (_, index) => annotationEntry[index] ?? { text: '' });
  return [...inputEntry, ...outputEntry, ...notes].map(({ text }) => text.trim());
}

function keyOf(row: Row): string {
  return JSON.stringify(row);
}

function freeName(taken: Set<string>): string {
  let number = taken.size + 1;
  while (taken.has(`row_${number}`)) {
    number += 1;
  }
  taken.add(`row_${number}`);
  return `row_${number}`;
}

function ruleOf(id: string, columns: readonly Column[], row: Row): unknown {
  const cells = (kind: Column['kind'], type: string, suffix: string) =>
    columns
      .flatMap((column, index) => (column.kind === kind ? [row[index] ?? ''] : []))
      .map((text, index) =>
        MODDLE.create(type, { ...(kind === 'remark' ? {} : { id: `${id}_${suffix}_${index + 1}` }), text }),
      );
  return MODDLE.create('dmn:DecisionRule', {
    id,
    inputEntry: cells('test', 'dmn:UnaryTests', 'test'),
    outputEntry: cells('result', 'dmn:LiteralExpression', 'result'),
    annotationEntry: cells('remark', 'dmn:RuleAnnotation', 'remark'),
  });
}
