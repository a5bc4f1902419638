import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateTable, type TableValue } from '../../../functions/policy/evaluate-table.ts';
import type { CompiledTable } from '../../../functions/policy/table.ts';
import { BusinessRuleError, ConfigError, ValidationError } from '../../../functions/runtime/errors.ts';
import { problemsOf, tableOf } from './dmn.ts';

const BANDS = [
  ['> 5', '"high"'],
  ['> 3', '"middle"'],
  ['<= 1', '"low"'],
];

function bands(hitPolicy: string) {
  return tableOf({ hitPolicy, inputs: [['amount', 'number']], rows: BANDS });
}

describe('evaluating a table', () => {
  it('gives every row in order with RULE ORDER and COLLECT, and none when none fires', async () => {
    for (const policy of ['RULE ORDER', 'COLLECT']) {
      const table = await bands(policy);

      expect(evaluateTable(table, { amount: 7 })).toEqual([{ result: 'high' }, { result: 'middle' }]);
      expect(evaluateTable(table, { amount: 2 })).toEqual([]);
    }
  });

  it('gives the first row with FIRST, and refuses when none fires', async () => {
    const table = await bands('FIRST');

    expect(evaluateTable(table, { amount: 7 })).toEqual([{ result: 'high' }]);
    expect(() => evaluateTable(table, { amount: 2 })).toThrow(BusinessRuleError);
  });

  it('gives the one row of UNIQUE; several are the fault of the table', async () => {
    const table: CompiledTable = { ...(await bands('FIRST')), hitPolicy: 'UNIQUE' };

    expect(evaluateTable(table, { amount: 4 })).toEqual([{ result: 'middle' }]);
    expect(() => evaluateTable(table, { amount: 7 })).toThrow(ConfigError);
    expect(() => evaluateTable(table, { amount: 2 })).toThrow(BusinessRuleError);
  });

  it('refuses an input of another type, since FEEL would compare "7" with 5', async () => {
    const table = await bands('COLLECT');
    const wrong: readonly { [input: string]: TableValue }[] = [
      { amount: '7' },
      { amount: true },
      { amount: Number.NaN },
      {},
      { amount: 7, other: 1 },
    ];

    for (const values of wrong) {
      expect(() => evaluateTable(table, values)).toThrow(ValidationError);
    }
  });

  it('fires no row for a value that the column does not allow', async () => {
    const table = await tableOf({
      hitPolicy: 'COLLECT',
      inputs: [['amount', 'number', '[0..9]']],
      rows: [['-', '"a"']],
    });

    expect(evaluateTable(table, { amount: 9 })).toHaveLength(1);
    expect(evaluateTable(table, { amount: 10 })).toEqual([]);
  });

  it('takes warnings and unreadable cells of a table that was tampered with for errors', async () => {
    const table = await bands('COLLECT');
    const withTest = (test: string): CompiledTable => ({ ...table, rules: [{ tests: [test], results: ['a'] }] });

    expect(() => evaluateTable(withTest('> limit'), { amount: 1 })).toThrow(/row 1, column "amount": > limit/);
    expect(() => evaluateTable(withTest('> 5，< 9'), { amount: 1 })).toThrow(ConfigError);
    expect(() => evaluateTable({ ...table, rules: [{ tests: [], results: [] }] }, { amount: 1 })).toThrow(ConfigError);
  });

  it('keeps numbers of results as the text of the table', async () => {
    const outputs = [['limit', 'number']] as const;
    const table = await tableOf({ hitPolicy: 'FIRST', inputs: [['a', 'number']], outputs, rows: [['-', '1000.10']] });

    expect(evaluateTable(table, { a: 1 })).toEqual([{ limit: '1000.10' }]);
  });
});

/** A cell with what it means, told without FEEL. */
interface Cell {
  readonly text: string;
  readonly means: (value: TableValue) => boolean;
}

const limit = fc.integer({ min: 0, max: 4 });
const numberItem: fc.Arbitrary<Cell> = fc.oneof(
  fc.tuple(limit, fc.constantFrom('<', '<=', '>', '>=', '')).map(([n, op]) => ({
    text: `${op} ${n}`.trim(),
    means: (v: TableValue) =>
      typeof v === 'number' &&
      ((op === '<' && v < n) ||
        (op === '<=' && v <= n) ||
        (op === '>' && v > n) ||
        (op === '>=' && v >= n) ||
        (op === '' && v === n)),
  })),
  fc
    .tuple(limit, fc.integer({ min: 1, max: 3 }), fc.constantFrom('[', '(', ']'), fc.constantFrom(']', ')', '['))
    .map(([from, width, start, end]) => ({
      text: `${start}${from}..${from + width}${end}`,
      means: (v: TableValue) =>
        typeof v === 'number' &&
        (start === '[' ? v >= from : v > from) &&
        (end === ']' ? v <= from + width : v < from + width),
    })),
);
const word = fc.constantFrom('office', '差旅', 'a, b');
const stringItem: fc.Arbitrary<Cell> = word.map((text) => ({ text: `"${text}"`, means: (v) => v === text }));
const booleanItem: fc.Arbitrary<Cell> = fc.boolean().map((b) => ({ text: String(b), means: (v) => v === b }));

function cellOf(item: fc.Arbitrary<Cell>): fc.Arbitrary<Cell> {
  const list = fc.array(item, { minLength: 1, maxLength: 2 }).map((items) => ({
    text: items.map(({ text }) => text).join(', '),
    means: (v: TableValue) => items.some(({ means }) => means(v)),
  }));
  return fc.oneof(
    { weight: 2, arbitrary: fc.constant<Cell>({ text: '-', means: () => true }) },
    { weight: 4, arbitrary: list },
    {
      weight: 1,
      arbitrary: list.map(({ text, means }) => ({ text: `not(${text})`, means: (v: TableValue) => !means(v) })),
    },
  );
}

const row = fc.tuple(cellOf(numberItem), cellOf(stringItem), cellOf(booleanItem));
const INPUTS = [
  ['amount', 'number'],
  ['kind', 'string'],
  ['urgent', 'boolean'],
] as const;
/** Every limit, every stretch between limits, and every text with one that no cell names. */
const GRID = [-1, ...Array.from({ length: 16 }, (_, half) => half / 2)].flatMap((amount) =>
  ['office', '差旅', 'a, b', 'else'].flatMap((kind) => [true, false].map((urgent) => ({ amount, kind, urgent }))),
);

function firing(rows: readonly (readonly [Cell, Cell, Cell])[], values: (typeof GRID)[number]): readonly string[] {
  return rows.flatMap(([amount, kind, urgent], index) =>
    amount.means(values.amount) && kind.means(values.kind) && urgent.means(values.urgent) ? [`row ${index}`] : [],
  );
}

function partsOf(rows: readonly (readonly [Cell, Cell, Cell])[], hitPolicy: string) {
  return {
    hitPolicy,
    inputs: INPUTS,
    rows: rows.map((cells, index) => [...cells.map(({ text }) => text), `"row ${index}"`]),
  };
}

describe('random tables', () => {
  it('are evaluated as a naive reading of their cells says', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { minLength: 1, maxLength: 5 }),
        fc.constantFrom('RULE ORDER', 'COLLECT', 'FIRST'),
        fc.array(fc.constantFrom(...GRID), { minLength: 5, maxLength: 5 }),
        async (rows, hitPolicy, inputs) => {
          fc.pre((await problemsOf(partsOf(rows, hitPolicy))).length === 0);
          const table = await tableOf(partsOf(rows, hitPolicy));

          for (const values of inputs) {
            const expected = firing(rows, values);
            if (hitPolicy === 'FIRST' && expected.length === 0) {
              expect(() => evaluateTable(table, values)).toThrow(BusinessRuleError);
            } else {
              const results = evaluateTable(table, values).map(({ result }) => result);
              expect(results).toEqual(hitPolicy === 'FIRST' ? expected.slice(0, 1) : expected);
            }
          }
        },
      ),
      { numRuns: 200 },
    );
  });

  it('have a gap or an overlap exactly when some value has no row or two', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 4 }), async (rows) => {
        const problems = await problemsOf(partsOf(rows, 'UNIQUE'));
        fc.pre(!problems.some((problem) => problem.includes('never fires')));
        const counts = GRID.map((values) => firing(rows, values).length);

        expect(problems.some((problem) => problem.includes('no row answers'))).toBe(
          counts.some((count) => count === 0),
        );
        expect(problems.some((problem) => problem.includes('fire together'))).toBe(counts.some((count) => count > 1));
      }),
      { numRuns: 300 },
    );
  });

  it('that were cut from the whole have neither, and answer every value once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(limit, { minLength: 1, maxLength: 4 }), fc.boolean(), async (limits, upper) => {
        const cuts = limits.sort((left, right) => left - right);
        const [start, end] = upper ? ['(', ']'] : ['[', ')'];
        const rows = [
          [`${upper ? '<=' : '<'} ${cuts[0]}`, '"first"'],
          ...cuts.slice(1).map((to, index) => [`${start}${cuts[index]}..${to}${end}`, `"${to}"`]),
          [`${upper ? '>' : '>='} ${cuts.at(-1)}`, '"last"'],
        ];
        const table = await tableOf({ inputs: [['amount', 'number']], rows });

        for (const { amount } of GRID) {
          expect(evaluateTable(table, { amount })).toHaveLength(1);
        }
      }),
      { numRuns: 50 },
    );
  });
});
