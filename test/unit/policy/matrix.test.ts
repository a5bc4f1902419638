import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RULED_SUBJECTS } from '../../../functions/approvals/domain/plan.ts';
import { compileRules } from '../../../functions/policy/compile-rules.ts';
import { exportMatrix, importMatrix } from '../../../local/tools/matrix/round-trip.ts';
import { type CellContent, readWorkbook, type Sheet, writeWorkbook } from '../../../local/tools/matrix/workbook.ts';
import { COMPANY, directoryData } from '../../support/purchase-company.ts';
import { ruleFiles } from './rule-files.ts';

const OWNER = { currency: COMPANY.currency, directory: directoryData };
const LEVELS = 'approval-levels';

/** The company's sheet of levels, with its rows changed by somebody. */
async function levelsWith(change: (rows: CellContent[][]) => readonly (readonly CellContent[])[]) {
  const sheet = (await readWorkbook(await exportMatrix(ruleFiles))).find(({ name }) => name === LEVELS);
  return importSheets([{ name: LEVELS, rows: change((sheet?.rows ?? []).map((row) => [...row])) }]);
}

async function importSheets(sheets: readonly Sheet[]) {
  return importMatrix(await writeWorkbook(sheets), ruleFiles, OWNER);
}

/** Writes one cell: row and column from 0. */
function cell(row: number, column: number, content: CellContent) {
  return (rows: CellContent[][]) => rows.with(row, Object.assign([...(rows[row] ?? [])], { [column]: content }));
}

describe('the tables as a spreadsheet', () => {
  it('come back as the very files that they were', async () => {
    expect(await importMatrix(await exportMatrix(ruleFiles), ruleFiles, OWNER)).toEqual({ files: [], changes: [] });
  });

  it('show results as people write them', async () => {
    const levels = (await readWorkbook(await exportMatrix(ruleFiles))).find(({ name }) => name === LEVELS);

    expect(levels?.rows.slice(0, 2)).toEqual([
      [
        ...['subject', 'amount', 'cost centre', 'category', 'currency', 'legal entity'],
        ...['level', 'approver', 'mode', 'opens', 'after a change'],
        ...['remind after hours', 'escalate after hours', 'expire after hours', 'copyTo', 'Reason'],
      ],
      [
        ...[
          '"order"',
          '-',
          '-',
          '-',
          '-',
          '-',
          'Manager',
          'manager',
          'any',
          'after',
          'keep if not dearer',
          24,
          48,
          120,
          '-',
        ],
        'The manager knows what the requester needs',
      ],
    ]);
  });

  it('bring any rows into the table, and out of it again', async () => {
    const hours = fc.integer({ min: 1, max: 700 });
    const row = fc.tuple(
      fc.constantFrom('"order"', '"payment", "order"', 'not("order")', '-'),
      fc.oneof(
        fc.constant('-'),
        fc.nat().map((amount) => `> ${amount}`),
        fc.nat().map((amount) => `[${amount}..${amount + 7}.25]`),
      ),
      fc.constantFrom('-', '"CC-100"', '"CC-100", "CC-300"'),
      fc.constantFrom('-', '"custom-made"', 'not("", "furniture")'),
      fc.constantFrom('-', '"EUR", "USD"', 'not("CNY")'),
      fc.constantFrom('-', '"DE01"'),
      fc.stringMatching(/^[A-Za-z&<>' 经理]{0,9}[A-Za-z<&理]$/u).map((text) => text.trim()),
      fc.constantFrom('manager', 'chain, post:buyer*3', 'department-head'),
      fc.constantFrom('any', 'quorum 2', 'in turn'),
      fc.constantFrom('after', 'beside'),
      fc.constantFrom('ask again', 'keep if not dearer'),
      hours,
      fc.constantFrom('-', '', 'post:buyer', 'manager, department-head'),
      fc.string({ unit: 'grapheme', maxLength: 12 }).map((text) => text.replaceAll(/[\p{C}\p{Z}]/gu, '')),
    );
    const sheets = fc.array(row, { minLength: 1, maxLength: 6 });
    const answers = RULED_SUBJECTS.map((subject) => [
      ...[`"${subject}"`, '-', '-', '-', '-', '-', 'Last', 'manager', 'any', 'after', 'ask again', 1, 2, 3, '', ''],
    ]);

    await fc.assert(
      fc.asyncProperty(sheets, async (rows) => {
        const content = rows.map((cells) => {
          const [first, copyTo, reason] = [cells[11], cells[12], cells[13]];
          return [...cells.slice(0, 11), first, first + 1, first + 2, copyTo, reason];
        });
        const written = await levelsWith(([header = []]) => [header, ...content, ...answers]);
        const files = ruleFiles.map((file) => written.files.find((change) => change.file === file.file) ?? file);
        const again = (await readWorkbook(await exportMatrix(files))).find(({ name }) => name === LEVELS);
        const { tables } = await compileRules(files);

        expect(again?.rows.slice(1).map((cells) => cells.map((text) => text ?? ''))).toEqual([...content, ...answers]);
        expect(tables[LEVELS]?.rules.map(({ results }) => results[0])).toEqual([
          ...rows.map((cells) => cells[6]),
          ...answers.map(() => 'Last'),
        ]);
      }),
      { numRuns: 20 },
    );
  }, 60_000);
});

describe('the import of a spreadsheet', () => {
  it('says what becomes of each row, and keeps the ids of those that stay', async () => {
    const { changes, files } = await levelsWith((rows) => [
      ...rows.slice(0, 7),
      ...cell(7, 1, '> 60000')(rows).slice(7, 8),
      [
        ...['"order"', '> 900000', '-', '-', '-', '-'],
        ...['Chairman', 'post:chairman', 'any', 'after', 'ask again', 24, 72, 168, '-', null],
      ],
      ...rows.slice(9),
    ]);

    expect(changes).toEqual([
      'approval-levels, row 7: amount > 50000 becomes > 60000',
      expect.stringMatching(
        /^approval-levels, row 8: amount > 500000 becomes > 900000, level "General manager" becomes/,
      ),
    ]);
    expect(files.map(({ file }) => file)).toEqual(['approval-levels.dmn']);
    expect([...(files[0]?.xml ?? '').matchAll(/<rule id="(\w+)"/gu)].map(([, id]) => id)).toEqual([
      ...['row_1', 'row_2', 'row_15', 'row_3', 'row_9', 'row_16', 'row_26', 'row_27', 'row_6', 'row_7', 'row_8'],
      ...['row_10', 'row_11', 'row_12', 'row_13', 'row_14', 'row_20', 'row_21', 'row_22', 'row_23', 'row_24', 'row_25'],
    ]);
  });

  it('names rows that are new or gone', async () => {
    const { changes } = await levelsWith((rows) => [...rows.slice(0, 2), ...rows.slice(3), rows[11] ?? []]);

    expect(changes.map((line) => line.replace(/:.*/u, ''))).toEqual([
      'approval-levels, row 2 is removed',
      'approval-levels, row 22 is new',
    ]);
  });

  it('takes columns in another order and rows with empty ones between', async () => {
    const { changes } = await levelsWith((rows) => rows.flatMap((row) => [row.toReversed(), row.map(() => null)]));

    expect(changes).toEqual([]);
  });

  it.each([
    [cell(2, 1, '> 5,000'), 'cell B3', '5,000 groups digits'],
    [cell(2, 7, 'post:butler'), 'cell H3', 'the company has no post butler'],
    [cell(1, 11, null), 'cell L2', 'a result is missing'],
    [cell(1, 12, 1), 'cell A2', 'the hours must grow'],
    [cell(1, 11, new Date('2026-01-24')), 'cell L2', 'the spreadsheet made a date of it'],
    [cell(1, 7, '#N/A'), 'cell H2', 'the cell holds a formula or an error'],
    [cell(0, 7, 'aprover'), 'cell A1', 'the column "approver" is missing'],
    [cell(0, 8, 'level'), 'cell I1', 'the column "level" is there twice'],
    [cell(2, 4, '"YEN"'), 'cell E3', 'YEN is no currency of ISO 4217'],
    [cell(2, 3, 'custom-made'), 'cell D3', 'is unknown'],
    [cell(2, 14, 'post:butler'), 'cell O3', 'the company has no post butler'],
    [cell(2, 14, 'previous@post:buyer'), 'cell A3', 'copyTo must be rules that name people by themselves'],
    [cell(3, 16, 'stray'), 'cell Q4', 'the column has no name'],
    [(rows: CellContent[][]) => rows.slice(0, 11), 'cell A1', 'no row answers subject "invoice-mismatch"'],
  ])('names the cell that is wrong (%#)', async (change, place, problem) => {
    const importing = levelsWith(change);

    await expect(importing).rejects.toMatchObject({
      issues: expect.arrayContaining([
        expect.objectContaining({
          field: `sheet "${LEVELS}", ${place}`,
          problem: expect.stringContaining(problem),
        }),
      ]),
    });
  });

  it('names a sheet that belongs to no table', async () => {
    await expect(importSheets([{ name: 'Sheet1', rows: [] }])).rejects.toThrow('there is no table of this name');
  });
});
