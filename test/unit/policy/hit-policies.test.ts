import { describe, expect, it } from 'vitest';
import { evaluateTable } from '../../../functions/policy/evaluate-table.ts';
import { type DmnParts, problemsOf, tableOf } from './dmn.ts';

/** How carefully a delivery is looked at: rows of different weight that fire together. */
function inspections(hitPolicy: string, rows: DmnParts['rows']): DmnParts {
  return {
    hitPolicy,
    inputs: [
      ['value', 'number', '>= 0'],
      ['fragile', 'boolean'],
    ],
    outputs: [
      ['inspection', 'string', '"every piece", "sample", "none"'],
      ['note', 'string'],
    ],
    rows,
  };
}

const ROWS = [
  ['-', '-', '"none"', '"all"'],
  ['> 100', '-', '"sample"', '"dear"'],
  ['-', 'true', '"every piece"', '"fragile"'],
];

async function answers(hitPolicy: string, values: { value: number; fragile: boolean }, rows: DmnParts['rows'] = ROWS) {
  return evaluateTable(await tableOf(inspections(hitPolicy, rows)), values).map(({ note }) => note);
}

describe('the hit policy of a company table', () => {
  it('PRIORITY gives the row whose result stands first in the order of results', async () => {
    expect(await answers('PRIORITY', { value: 500, fragile: true })).toEqual(['fragile']);
    expect(await answers('PRIORITY', { value: 500, fragile: false })).toEqual(['dear']);
    expect(await answers('PRIORITY', { value: 5, fragile: false })).toEqual(['all']);
  });

  it('PRIORITY gives the first of the rows that stand equal', async () => {
    const rows = [
      ['> 10', '-', '"sample"', '"first"'],
      ['-', '-', '"sample"', '"second"'],
    ];

    expect(await answers('PRIORITY', { value: 20, fragile: false }, rows)).toEqual(['first']);
  });

  it('OUTPUT ORDER gives all rows that fire in the order of results', async () => {
    expect(await answers('OUTPUT ORDER', { value: 500, fragile: true })).toEqual(['fragile', 'dear', 'all']);
  });

  it('RULE ORDER gives all rows that fire in the order of the table', async () => {
    expect(await answers('RULE ORDER', { value: 500, fragile: true })).toEqual(['all', 'dear', 'fragile']);
  });

  it('ANY gives one of the rows that agree', async () => {
    const rows = [
      ['> 10', '-', '"sample"', '"look"'],
      ['-', 'true', '"sample"', '"look"'],
      ['<= 10', 'false', '"none"', '"leave"'],
    ];

    expect(await answers('ANY', { value: 20, fragile: true }, rows)).toEqual(['look']);
    expect(await answers('ANY', { value: 5, fragile: false }, rows)).toEqual(['leave']);
  });
});

describe('the guard of hit policies', () => {
  it('refuses rows of ANY that fire together with different results', async () => {
    expect(await problemsOf(inspections('ANY', ROWS))).toEqual([
      'rows 1 and 2 fire together and give different results',
      'rows 1 and 3 fire together and give different results',
      'rows 2 and 3 fire together and give different results',
    ]);
  });

  it('refuses what an ANY table leaves open', async () => {
    expect(await problemsOf(inspections('ANY', [['> 10', '-', '"none"', '"a"']]))).toEqual(['no row answers value 0']);
  });

  it('refuses a row of FIRST that those before it hide together', async () => {
    const rows = [
      ['<= 10', '-', '"none"', '"a"'],
      ['> 10', '-', '"sample"', '"b"'],
      ['[5..50]', 'true', '"every piece"', '"c"'],
    ];

    expect(await problemsOf(inspections('FIRST', rows))).toEqual([
      'row 3: the row never answers: others always come before it',
    ]);
  });

  it('refuses a row of PRIORITY that a stronger one hides wherever it stands', async () => {
    const rows = [
      ['> 100', 'true', '"none"', '"a"'],
      ['> 50', '-', '"sample"', '"b"'],
    ];

    expect(await problemsOf(inspections('PRIORITY', rows))).toEqual([
      'row 1: the row never answers: others always come before it',
    ]);
    expect(await problemsOf(inspections('OUTPUT ORDER', rows))).toEqual([]);
  });

  it('refuses a result that the column does not list, and a list that is not read', async () => {
    expect(await problemsOf(inspections('OUTPUT ORDER', [['-', '-', '"some"', '"a"']]))).toEqual([
      `row 1, column "inspection": some is none of the column's results`,
    ]);
    expect(
      await problemsOf({
        ...inspections('OUTPUT ORDER', [['-', '-', '"none"', '"a"']]),
        outputs: [
          ['inspection', 'string', 'none, sample'],
          ['note', 'string'],
        ],
      }),
    ).toEqual([expect.stringContaining('column "inspection", allowed values: the variable "none" is unknown')]);
  });
});
