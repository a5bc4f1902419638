/**
 * Runs decision tables of the DMN Technology Compatibility Kit: `DMN_TCK=<folder> npx vitest run --project unit
 * test/unit/policy/dmn-tck.test.ts`, where the folder holds one folder per model. Tables that the guard refuses on
 * purpose are listed with what it says. Without the folder only the reading of the kit's files is tested.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { compileTable } from '../../../functions/policy/compile-table.ts';
import { evaluateTable, type TableValue } from '../../../functions/policy/evaluate-table.ts';

interface KitCase {
  readonly inputs: { readonly [name: string]: TableValue };
  /** Every value of the expected result, in document order. */
  readonly expected: readonly TableValue[];
}

function casesOf(xml: string): readonly KitCase[] {
  return [...xml.matchAll(/<testCase\b.*?<\/testCase>/gsu)].map(([testCase]) => ({
    inputs: Object.fromEntries(
      [...testCase.matchAll(/<inputNode name="([^"]+)">(.*?)<\/inputNode>/gsu)].flatMap(([, name = '', body = '']) =>
        valuesOf(body).map((value) => [name, value]),
      ),
    ),
    expected: valuesOf(/<resultNode.*<\/resultNode>/su.exec(testCase)?.[0] ?? ''),
  }));
}

function valuesOf(xml: string): readonly TableValue[] {
  return [...xml.matchAll(/<value xsi:type="xsd:(\w+)">([^<]*)<\/value>/gu)].map(([, type = '', text = '']) => {
    if (type === 'boolean') {
      return text === 'true';
    }
    return type === 'string' ? text : Number(text);
  });
}

describe('a case of the kit', () => {
  it('is read with the types of its values', () => {
    const value = (type: string, text: string) => `<value xsi:type="xsd:${type}">${text}</value>`;
    const xml = `<testCase id="1"><inputNode name="Cost centre">${value('string', 'A')}</inputNode>
      <inputNode name="n">${value('decimal', '1.5')}</inputNode>
      <resultNode name="r"><expected>${value('boolean', 'true')}</expected></resultNode></testCase>`;

    expect(casesOf(xml)).toEqual([{ inputs: { 'Cost centre': 'A', n: 1.5 }, expected: [true] }]);
  });
});

const kit = process.env.DMN_TCK;
if (kit !== undefined) {
  describe.each(readdirSync(kit))('%s', (model) => {
    const names = readdirSync(join(kit, model));
    const read = (name: string) => readFileSync(join(kit, model, name), 'utf8');
    const file = names.find((name) => name.endsWith('.dmn')) ?? '';

    it('is evaluated as expected, or refused by name', async () => {
      const compiled = await compileTable(file, read(file));
      if ('issues' in compiled) {
        console.log(`${model}: ${compiled.issues.map(({ problem }) => problem).join('; ')}`);
        for (const { problem } of compiled.issues) {
          expect(problem).toMatch(
            /^the (hit policy|aggregation) .* is not supported|^a default result hides missing rows/,
          );
        }
        return;
      }
      const cases = names.filter((name) => name.endsWith('.xml')).flatMap((name) => casesOf(read(name)));
      expect(cases.length).toBeGreaterThan(0);
      for (const { inputs, expected } of cases) {
        const results = evaluateTable(compiled.table, inputs).flatMap((row) => Object.values(row));
        expect(results).toEqual(expected);
      }
      console.log(`${model}: ${cases.length} cases passed`);
    });
  });
}
