import { describe, expect, it } from 'vitest';
import { compileTable } from '../../../functions/policy/compile-table.ts';
import { type DmnParts, dmn, problemsOf, tableOf } from './dmn.ts';

/** One row with the cell in question, in a table where any gap is allowed. */
function withCell(type: string, cell: string): DmnParts {
  return { hitPolicy: 'COLLECT', inputs: [['amount', type]], rows: [[cell, '"yes"']] };
}

const AT = 'row 1, column "amount": ';

describe('the guard of decision tables', () => {
  it.each([
    ['number', '> 1,000', '1,000 groups digits or has a decimal comma'],
    ['number', '> 1,000,000', '1,000 groups digits'],
    ['number', '> 0,5', '0,5 groups digits or has a decimal comma'],
    ['number', '> 5 000', '5 000 groups digits'],
    ['number', '> 5_000', '5_000 groups digits'],
    ['number', '> 5，< 9', 'the character ， is full-width'],
    ['number', '≥ 5', 'the character ≥ is full-width'],
    ['number', '> ５', 'the character ５ is full-width'],
    ['number', '（5..10］', 'the character （ is full-width'],
    ['string', '“office”', 'the character “ is full-width'],
    ['number', '> 5 and < 10', '"and" makes the cell compare'],
    ['number', '< 5 or > 10', '"or" makes the cell compare'],
    ['boolean', '?=false', 'a test written with "?"'],
    ['number', '? > 5', 'a test written with "?"'],
    ['boolean', 'yes', 'the variable "yes" is unknown'],
    ['boolean', '"true"', '""true"" is not a test of a boolean'],
    ['number', 'limit', 'the variable "limit" is unknown'],
    ['number', '> limit', '"> limit" is not a test of a number'],
    ['string', 'office', 'the variable "office" is unknown'],
    ['string', 'cost centre', 'the variable "cost centre" is unknown'],
    ['number', '"7"', '""7"" is not a test of a number'],
    ['number', '> "7"', '"> "7"" is not a test of a number'],
    ['string', '7', '"7" is not a test of a string'],
    ['string', '> "a"', '"> "a"" is not a test of a string'],
    ['string', '"office', 'a quote is not closed'],
    ['string', '"office "', '"office " begins or ends with a space'],
    ['string', '"a" "b"', 'is not a test of a string'],
    ['string', '"a",', '"" is not a test of a string'],
    ['number', '1e3', '1e3 is a number with an exponent'],
    ['number', '007', '007 is not a plain decimal'],
    ['number', '> 1234567890.123456', '1234567890.123456 is not a plain decimal of at most 15 digits'],
    ['number', '[10..5]', 'the interval [10..5] is empty or reversed'],
    ['number', '(5..5]', 'the interval (5..5] is empty or reversed'],
    ['number', '5..10', 'is not a test of a number'],
    ['number', 'not(5', 'is not a test of a number'],
    ['number', 'date("2026-01-01")', 'is not a test of a number'],
    ['boolean', 'not(true, false)', 'the cell never fires'],
    ['number', 'not(< 5, >= 5)', 'the cell never fires'],
  ])('refuses the %s cell %s with its address', async (type, cell, problem) => {
    const problems = await problemsOf(withCell(type, cell));

    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain(AT);
    expect(problems[0]).toContain(problem);
  });

  it.each([
    ['number', '5, 100'],
    ['number', '< -5'],
    ['number', '[5..10), 20'],
    ['number', ']0.5..10['],
    ['number', 'not([5..10])'],
    ['string', '"office, 1,000 and more?", "办公，用品"'],
    ['string', 'not("a", "b")'],
    ['boolean', 'false'],
    ['boolean', '-'],
    ['boolean', ''],
  ])('accepts the %s cell %s', async (type, cell) => {
    expect(await problemsOf(withCell(type, cell))).toEqual([]);
  });

  it.each([
    ['number', '1,000', '1,000 groups digits'],
    ['number', '5 + 1', '5 + 1 is not a plain decimal'],
    ['number', '', 'a result is missing'],
    ['string', 'manager', 'the variable "manager" is unknown'],
    ['string', '“manager”', 'the character “ is full-width'],
    ['boolean', '1', '"1" is not a test of a boolean'],
  ])('refuses the %s result %s', async (type, cell, problem) => {
    const outputs = [['answer', type]] as const;
    const problems = await problemsOf({
      hitPolicy: 'COLLECT',
      inputs: [['x', 'number']],
      outputs,
      rows: [['5', cell]],
    });

    expect(problems).toEqual([expect.stringContaining('row 1, column "answer": ')]);
    expect(problems[0]).toContain(problem);
  });

  it('names everything that is wrong at once', async () => {
    const rows = [
      ['> 1,000', 'office', '"a"'],
      ['> 5', '"office"', 'a'],
    ];
    const inputs = [
      ['amount', 'number'],
      ['kind', 'string'],
    ] as const;

    expect(await problemsOf({ hitPolicy: 'COLLECT', inputs, rows })).toEqual([
      expect.stringContaining('row 1, column "amount": '),
      expect.stringContaining('row 1, column "kind": '),
      expect.stringContaining('row 2, column "result": '),
    ]);
  });

  it('refuses columns without a type, with a type that it cannot check, or that the file does not declare', async () => {
    const rows = [['-', '"a"']];

    expect(await problemsOf({ inputs: [['amount', '']], rows })).toEqual(['column "amount": the column has no type']);
    expect(await problemsOf({ inputs: [['day', 'date']], rows })).toEqual([
      'column "day": the type date is not supported',
    ]);
    expect(await problemsOf({ inputs: [['amuont', 'number']], declared: ['amount'], rows })).toEqual([
      'column "amuont": the variable "amuont" is unknown',
    ]);
    expect(await problemsOf({ inputs: [['amount + 1', 'number']], declared: ['amount'], rows })).toEqual([
      'column "amount + 1": the variable "amount + 1" is unknown',
    ]);
    expect(
      await problemsOf({
        inputs: [
          ['a', 'number'],
          ['a', 'number'],
        ],
        declared: ['a'],
        rows: [['-', '-', '"a"']],
      }),
    ).toEqual(['column "a": the column is there twice']);
  });

  it('refuses a column whose type differs from the declared one', async () => {
    const xml = { inputs: [['amount', 'number']], rows: [['-', '"a"']] } as const;
    const compiled = await compileTable(
      'rule.dmn',
      dmn(xml).replace('name="amount" typeRef="number"', 'name="amount" typeRef="string"'),
    );

    expect('issues' in compiled && compiled.issues[0]?.problem).toBe(
      'the column is a number, and the input is declared as string',
    );
  });

  it('refuses a value that the column does not allow', async () => {
    const inputs = [['kind', 'string', '"office", "travel"']] as const;

    expect(await problemsOf({ hitPolicy: 'COLLECT', inputs, rows: [['"offfice"', '"a"']] })).toEqual([
      'row 1, column "kind": "offfice" is no value of the column',
    ]);
    expect(
      await problemsOf({ hitPolicy: 'COLLECT', inputs: [['n', 'number', '[0..10]']], rows: [['> 10', '"a"']] }),
    ).toEqual(['row 1, column "n": the cell never fires']);
  });

  it.each(['PRIORITY', 'OUTPUT ORDER'])('refuses %s without an order of results', async (hitPolicy) => {
    expect(await problemsOf({ hitPolicy, inputs: [['a', 'number']], rows: [['-', '"a"']] })).toEqual([
      `${hitPolicy} needs an order of results`,
    ]);
  });

  it('refuses aggregations, default results and other languages', async () => {
    const parts = { inputs: [['a', 'number']], rows: [['-', '"a"']] } as const;
    const problemIn = async (xml: string) => {
      const compiled = await compileTable('rule.dmn', xml);
      return 'issues' in compiled ? compiled.issues.map((issue) => issue.problem) : [];
    };

    expect(await problemsOf({ ...parts, hitPolicy: 'COLLECT', attributes: ' aggregation="SUM"' })).toEqual([
      'the aggregation SUM is not supported',
    ]);
    expect(
      await problemIn(
        dmn(parts).replace(
          '<output name="result" typeRef="string"/>',
          '<output name="result" typeRef="string"><defaultOutputEntry><text>"a"</text></defaultOutputEntry></output>',
        ),
      ),
    ).toEqual(['a default result hides missing rows']);
    expect(await problemIn(dmn(parts).replace('<inputEntry>', '<inputEntry expressionLanguage="javascript">'))).toEqual(
      ['the expression language javascript is not FEEL'],
    );
  });

  it('refuses files that hold no decision table, several, or no DMN that it knows', async () => {
    const parts = { inputs: [['a', 'number']], rows: [['-', '"a"']] } as const;
    const problemIn = async (xml: string) => {
      const compiled = await compileTable('rule.dmn', xml);
      return 'issues' in compiled ? compiled.issues.map((issue) => issue.problem).join() : 'accepted';
    };

    expect(await problemIn('not XML')).not.toBe('accepted');
    expect(await problemIn(dmn(parts).replace('20191111', '20151101'))).not.toBe('accepted');
    expect(await problemIn(dmn(parts).replaceAll(/<decisionTable.*<\/decisionTable>/gsu, ''))).toContain(
      '"Rule" is not',
    );
    expect(
      await problemIn(dmn(parts).replace('</definitions>', '<decision id="o" name="Other"/></definitions>')),
    ).toContain('this one holds: Rule, Other');
    expect(await problemIn(dmn(parts).replace('<rule>', '<rule><surprise/>'))).not.toBe('accepted');
  });

  it.each(['20191111', '20211108', '20230324', '20240513'])('reads the namespace %s', async (version) => {
    const namespace = `https://www.omg.org/spec/DMN/${version}/MODEL/`;

    expect(await problemsOf({ namespace, inputs: [['a', 'number']], rows: [['-', '"a"']] })).toEqual([]);
  });
});

describe('gaps and overlaps of a UNIQUE table', () => {
  it('are found between limits, at limits and for texts that no row names', async () => {
    const inputs = [
      ['amount', 'number', '>= 0'],
      ['kind', 'string'],
    ] as const;

    expect(
      await problemsOf({
        inputs,
        rows: [
          ['<= 5000', '-', '"a"'],
          ['>= 5001', '-', '"b"'],
        ],
      }),
    ).toEqual(['no row answers amount above 5000 and below 5001']);
    expect(
      await problemsOf({
        inputs,
        rows: [
          ['<= 5', '-', '"a"'],
          ['>= 5', '-', '"b"'],
        ],
      }),
    ).toEqual(['rows 1 and 2 fire together']);
    expect(
      await problemsOf({
        inputs,
        rows: [
          ['< 5', '-', '"a"'],
          ['> 5', '-', '"b"'],
        ],
      }),
    ).toEqual(['no row answers amount 5']);
    expect(
      await problemsOf({
        inputs,
        rows: [
          ['-', '"x"', '"a"'],
          ['-', '"y"', '"b"'],
        ],
      }),
    ).toEqual(['no row answers amount 0, kind any other text']);
    expect(
      await problemsOf({
        inputs,
        rows: [
          ['<= 5', '-', '"a"'],
          ['> 5', 'not("x")', '"b"'],
        ],
      }),
    ).toEqual(['no row answers amount above 5, kind "x"']);
    expect(await problemsOf({ inputs, rows: [] })).toEqual(['no row answers anything']);
  });

  it('are none where the rows exclude and complete each other', async () => {
    const inputs = [
      ['amount', 'number', '>= 0'],
      ['kind', 'string', '"x", "y"'],
      ['urgent', 'boolean'],
    ] as const;
    const rows = [
      ['-', '-', 'true', '"a"'],
      ['[0..5)', '"x"', 'false', '"b"'],
      ['>= 5', '"x"', 'false', '"c"'],
      ['-', '"y"', 'false', '"d"'],
    ];

    expect((await tableOf({ inputs, rows })).rules).toHaveLength(4);
  });
});
