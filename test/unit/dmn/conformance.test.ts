import { FeelDate, FeelDuration } from 'feelin';
import { describe, expect, it } from 'vitest';
import { differencesOf } from '../../../local/dmn/conformance.ts';
import { readKitFile } from '../../../local/dmn/kit-file.ts';
import { decision, input, literal, modelOf } from './models.ts';

const NAMESPACES =
  'xmlns:t="http://www.omg.org/spec/DMN/20160719/testcase" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema"';

function kitFile(cases: string) {
  return readKitFile(`<t:testCases ${NAMESPACES}><t:modelName>m.dmn</t:modelName>${cases}</t:testCases>`);
}

function value(type: string, text: string): string {
  return `<t:value xsi:type="xsd:${type}">${text}</t:value>`;
}

function doubled(expected: string) {
  return kitFile(`<t:testCase id="7"><t:inputNode name="a">${value('decimal', '2')}</t:inputNode>
    <t:resultNode name="twice"><t:expected>${expected}</t:expected></t:resultNode></t:testCase>`)?.cases[0];
}

describe('a file of the DMN kit', () => {
  it('is read with types, lists, components and nothings', () => {
    const file = kitFile(`<t:testCase id="1">
      <t:inputNode name="Cost &amp;  centre">${value('string', 'A')}</t:inputNode>
      <t:inputNode name="list"><t:list><t:item>${value('boolean', 'true')}</t:item><t:item>${value('double', '1.5')}</t:item></t:list></t:inputNode>
      <t:inputNode name="box"><t:component name="day">${value('date', '2026-01-31')}</t:component>
        <t:component name="wait">${value('duration', 'P2D')}</t:component></t:inputNode>
      <t:inputNode name="none"><t:value xsi:nil="true"/></t:inputNode>
      <t:resultNode name="r"><t:expected>${value('string', 'x')}</t:expected></t:resultNode></t:testCase>`);
    const read = file?.cases[0]?.read();

    expect(file?.model).toBe('m.dmn');
    expect(read?.inputs).toEqual({
      'Cost & centre': 'A',
      list: [true, 1.5],
      box: { day: expect.any(FeelDate), wait: expect.any(FeelDuration) },
      none: null,
    });
    expect(read?.results).toEqual([{ name: 'r', expected: 'x' }]);
  });

  it('is told from other XML', () => {
    expect(readKitFile('<project/>')).toBeUndefined();
  });

  it('passes with the answer that it expects, and fails with any other', async () => {
    const model = await modelOf(input('a', 'number') + decision('twice', ['in-a'], literal('a * 2')));
    const run = (expected: string) =>
      differencesOf(() => doubled(expected)?.read() ?? { inputs: {}, results: [] }, model);

    expect(run(value('decimal', '4.000000001'))).toEqual([]);
    expect(run(value('decimal', '4.001'))).toEqual(['twice: 4, expected 4.001']);
    expect(run(value('string', '4'))).toEqual(['twice: 4, expected "4"']);
    expect(run('<t:value xsi:nil="true"/>')).toEqual(['twice: 4, expected null']);
    expect(run(value('date', '-1111111111-01-01'))).toHaveLength(1);
  });

  it('fails where the model has no such decision', async () => {
    const model = await modelOf(input('a', 'number'));

    expect(differencesOf(() => ({ inputs: {}, results: [{ name: 'twice', expected: null }] }), model)).toEqual([
      'the model has no decision "twice"',
    ]);
  });
});
