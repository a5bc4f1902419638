import { describe, expect, it } from 'vitest';
import { decide, decision, input, table } from './models.ts';

const PLAIN = '<output/>';
const ORDERED = '<output><outputValues><text>"stop", "ask", "go"</text></outputValues></output>';
const WITH_DEFAULT = '<output><defaultOutputEntry><text>"nothing"</text></defaultOutputEntry></output>';

const ROWS = [
  ['> 0', '"go"'],
  ['> 10', '"stop"'],
  ['> 20', '"ask"'],
];

function answer(attributes: string, speed: unknown, rows: readonly (readonly string[])[] = ROWS, output = PLAIN) {
  const logic = table({ attributes, inputs: ['speed'], outputs: [output] }, rows);
  return decide(input('speed', 'number') + decision('Signal', ['in-speed'], logic), 'Signal', { speed });
}

describe('a hit policy of DMN', () => {
  it.each([
    ['', 5, 'go'],
    ['hitPolicy="UNIQUE"', 15, null],
    ['hitPolicy="FIRST"', 25, 'go'],
    ['hitPolicy="ANY"', 15, null],
    ['hitPolicy="RULE ORDER"', 25, ['go', 'stop', 'ask']],
    ['hitPolicy="COLLECT"', 25, ['go', 'stop', 'ask']],
    ['hitPolicy="COLLECT" aggregation="COUNT"', 25, 3],
    ['hitPolicy="COLLECT" aggregation="MIN"', 25, 'ask'],
  ])('%s answers %d with %j', async (attributes, speed, expected) => {
    expect(await answer(attributes, speed)).toEqual(expected);
  });

  it.each([
    ['hitPolicy="PRIORITY"', 'stop'],
    ['hitPolicy="OUTPUT ORDER"', ['stop', 'ask', 'go']],
  ])('%s follows the values of its output', async (attributes, expected) => {
    expect(await answer(attributes, 25, ROWS, ORDERED)).toEqual(expected);
  });

  it('ANY answers when all rows agree', async () => {
    expect(
      await answer('hitPolicy="ANY"', 15, [
        ['> 0', '"go"'],
        ['> 10', '"go"'],
      ]),
    ).toBe('go');
  });

  it.each([
    ['SUM', 35],
    ['MIN', 5],
    ['MAX', 20],
    ['COUNT', 3],
  ])('COLLECT computes the %s', async (aggregation, expected) => {
    const rows = [
      ['-', '5'],
      ['-', '10'],
      ['> 1', '20'],
    ];

    expect(await answer(`hitPolicy="COLLECT" aggregation="${aggregation}"`, 2, rows)).toBe(expected);
  });

  it.each([
    ['hitPolicy="UNIQUE"', null],
    ['hitPolicy="FIRST"', null],
    ['hitPolicy="COLLECT"', []],
    ['hitPolicy="COLLECT" aggregation="COUNT"', 0],
    ['hitPolicy="COLLECT" aggregation="SUM"', null],
  ])('%s answers %j when no row fires', async (attributes, expected) => {
    expect(await answer(attributes, -1)).toEqual(expected);
  });

  it.each(['UNIQUE', 'COLLECT', 'RULE ORDER'])('%s gives the default when no row fires', async (hitPolicy) => {
    expect(await answer(`hitPolicy="${hitPolicy}"`, -1, ROWS, WITH_DEFAULT)).toBe('nothing');
  });

  it('gives several outputs by name, each ordered by its own values', async () => {
    const outputs = [
      '<output name="light"><outputValues><text>"red", "green"</text></outputValues></output>',
      '<output name="sound"><outputValues><text>"loud", "soft"</text></outputValues></output>',
    ];
    const rows = [
      ['-', '"green"', '"loud"'],
      ['-', '"red"', '"soft"'],
      ['-', '"red"', '"loud"'],
    ];
    const logic = table({ attributes: 'hitPolicy="OUTPUT ORDER"', inputs: ['speed'], outputs }, rows);

    expect(
      await decide(input('speed', 'number') + decision('Signal', ['in-speed'], logic), 'Signal', { speed: 1 }),
    ).toEqual([
      { light: 'red', sound: 'loud' },
      { light: 'red', sound: 'soft' },
      { light: 'green', sound: 'loud' },
    ]);
  });

  it('answers nothing when a result is none of the values of its output', async () => {
    expect(await answer('hitPolicy="FIRST"', 5, [['-', '"wait"']], ORDERED)).toBeNull();
  });
});
