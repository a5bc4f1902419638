import { date } from 'feelin';
import { describe, expect, it } from 'vitest';
import { decide, decision, input, literal, table } from './models.ts';

const FIRST = { attributes: 'hitPolicy="FIRST"', outputs: ['<output/>'] };

describe('the decisions of a model', () => {
  it('need each other, and see what they asked for only', async () => {
    const model =
      input('net', 'number') +
      decision('rate', [], literal('0.5')) +
      decision('tax due', ['in-net', 'de-rate'], literal('net * rate')) +
      decision('blind', [], literal('net'));

    expect(await decide(model, 'tax due', { net: 10 })).toBe(5);
    expect(await decide(model, 'blind', { net: 10 })).toBeNull();
  });

  it('call functions by place, by name and from a boxed invocation', async () => {
    const model = `${input('a', 'number')}
      <businessKnowledgeModel id="fn-less" name="take away"><variable name="take away"/><encapsulatedLogic>
        <formalParameter name="from this"/><formalParameter name="that"/>${literal('from this - that')}
      </encapsulatedLogic></businessKnowledgeModel>
      ${decision('by place', ['in-a', 'fn-less'], literal('take away(a, 1)'))}
      ${decision('by name', ['in-a', 'fn-less'], literal('take away(that: a, from this: 1)'))}
      ${decision(
        'boxed',
        ['in-a', 'fn-less'],
        `<invocation>${literal('take away')}<binding><parameter name="that"/>${literal('a')}</binding>
        <binding><parameter name="from this"/>${literal('100')}</binding></invocation>`,
      )}`;

    expect(await decide(model, 'by place', { a: 5 })).toBe(4);
    expect(await decide(model, 'by name', { a: 5 })).toBe(-4);
    expect(await decide(model, 'boxed', { a: 5 })).toBe(95);
  });

  it('see the entries of a context one after the other', async () => {
    const context = `<context>
      <contextEntry><variable name="half"/>${literal('a / 2')}</contextEntry>
      <contextEntry><variable name="band"/>${table({ ...FIRST, inputs: ['half'] }, [
        ['> 5', '"high"'],
        ['-', '"low"'],
      ])}</contextEntry>
      <contextEntry>${literal('band + "!"')}</contextEntry></context>`;

    expect(await decide(input('a', 'number') + decision('d', ['in-a'], context), 'd', { a: 20 })).toBe('high!');
  });

  it('take a value for nothing when it is not of its type', async () => {
    const model = `<itemDefinition name="tSize"><typeRef>number</typeRef><allowedValues><text>[1..5]</text></allowedValues></itemDefinition>
      <itemDefinition name="tSizes" isCollection="true"><typeRef>tSize</typeRef></itemDefinition>
      <itemDefinition name="tBox"><itemComponent name="size"><typeRef>tSize</typeRef></itemComponent></itemDefinition>
      ${input('n', 'tSize')}${input('list', 'tSizes')}${input('box', 'tBox')}
      ${decision('out', ['in-n', 'in-list', 'in-box'], literal('[n, list, box]'))}
      ${decision('typed', ['in-n'], literal('"text"'), 'number')}`;

    expect(await decide(model, 'out', { n: 3, list: [1, 2], box: { size: 4 } })).toEqual([3, [1, 2], { size: 4 }]);
    expect(await decide(model, 'out', { n: '3', list: [1, 9], box: { size: 'x' } })).toEqual([null, null, null]);
    expect(await decide(model, 'out', { n: [3], list: 2 })).toEqual([3, [2], null]);
    expect(await decide(model, 'typed', { n: 3 })).toBeNull();
  });
});

describe('a cell of DMN', () => {
  const passes = (cell: string, value: unknown, type: string, limit?: unknown) =>
    decide(
      input('v', type) +
        input('limit', 'Any') +
        decision(
          'd',
          ['in-v', 'in-limit'],
          table({ ...FIRST, inputs: ['v'] }, [
            [cell, 'true'],
            ['-', 'false'],
          ]),
        ),
      'd',
      { v: value, limit },
    );

  it.each([
    ['limit', false, 'boolean', false, true],
    ['limit', false, 'boolean', true, false],
    ['not(limit)', true, 'boolean', false, true],
    ['? = limit', true, 'boolean', false, false],
    ['? > limit', 5, 'number', 3, true],
    ['limit', 2, 'number', [1, 2], true],
    ['[1..limit]', 7, 'number', 9, true],
    ['null', null, 'number', 1, true],
    ['> 5', null, 'number', 1, false],
    ['not(1, 2)', 3, 'number', 1, true],
    ['limit', date('2026-02-01'), 'date', [date('2026-01-01'), date('2026-02-01')], true],
    ['> date("2026-01-15")', date('2026-02-01'), 'date', 1, true],
    ['starts with(?, limit)', 'abc', 'string', 'ab', true],
  ])('%s tests %s of %s against %s: %s', async (cell, value, type, limit, expected) => {
    expect(await passes(cell, value, type, limit)).toBe(expected);
  });

  it('that is no FEEL is an error and not a no', async () => {
    await expect(passes('> 5，< 9', 7, 'number')).rejects.toThrow('cannot be read at character');
  });
});
