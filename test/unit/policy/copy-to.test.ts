import { describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { compileRules, type RuleFile } from '../../../functions/policy/compile-rules.ts';
import { checkRulesInCompany } from '../../../functions/policy/rules-in-company.ts';
import { createPolicies } from '../../../functions/policy/table-policies.ts';
import { describeApproval } from '../../../local/tools/explain-approval.ts';
import { exportMatrix, importMatrix } from '../../../local/tools/matrix/round-trip.ts';
import { COMPANY, directoryData } from '../../support/purchase-company.ts';
import { PLAIN, PLAIN_ASKED } from '../../support/scopes.ts';
import { ruleFiles, rulesWith } from './rule-files.ts';

const OWNER = { currency: COMPANY.currency, directory: directoryData };
const ORDER = { subject: 'order', amount: '600000', costCentre: 'CC-300', ...PLAIN_ASKED } as const;

/** The row of the largest orders copies whom the cell says. */
const copying = (cell: string) =>
  rulesWith(
    '"post:accounting"</text>\n        </outputEntry>\n        <annotation',
    `${cell}</text>\n        </outputEntry>\n        <annotation`,
  );

/** The tables as they were before there was the column. */
const earlier: readonly RuleFile[] = ruleFiles.map(({ file, xml }) => ({
  file,
  xml: xml
    .replace(/ *<output id="output_9"[^>]*>\n/u, '')
    .replaceAll(/ *<outputEntry id="row_\d+_result_9">.*?<\/outputEntry>\n/gsu, ''),
}));

const directoryWithout = (post: string) => ({
  ...directoryData,
  people: directoryData.people.map((one) => ({ ...one, posts: one.posts.filter((held) => held !== post) })),
});

async function levels(files: readonly RuleFile[]) {
  return createPolicies(await compileRules(files)).approvalLevels(ORDER);
}

describe('the column copyTo of the approval levels', () => {
  it('names rules of people by the number of its row, and leaves out rows that copy nobody', async () => {
    const rules = await levels(copying('"post:accounting, department-head"'));

    expect(rules.map(({ copyTo }) => copyTo)).toEqual([
      ...[undefined, undefined, undefined, undefined],
      { row: 8, rules: ['post:accounting', 'department-head'] },
    ]);
  });

  it.each(['', '-', '"-"'])('copies nobody where the cell is %j', async (cell) => {
    expect((await levels(copying(cell))).every(({ copyTo }) => copyTo === undefined)).toBe(true);
  });

  it('may be missing: the tables of existing installations go on saying the same', async () => {
    expect(earlier.some(({ xml }) => xml.includes('copyTo'))).toBe(false);
    expect(await levels(earlier)).toEqual(await levels(copying('-')));
    expect(await importMatrix(await exportMatrix(earlier), earlier, OWNER)).toEqual({ files: [], changes: [] });
  });

  it.each([
    ['"post:accounting*2"', 'nobody chooses or weighs here'],
    ['"choice:reader"', 'nobody chooses or weighs here'],
    ['"previous@post:buyer"', 'nobody chooses or weighs here'],
    ['"the accountants"', 'must be manager'],
    ['accounting', 'the variable "accounting" is unknown'],
  ])('is refused where it says %s', async (cell, problem) => {
    await expect(compileRules(copying(cell))).rejects.toThrow(problem);
  });

  it('is refused where it is no text', async () => {
    const numbers = rulesWith('name="copyTo" typeRef="string"', 'name="copyTo" typeRef="number"');

    await expect(compileRules(numbers)).rejects.toThrow('column "copyTo": must be a string');
  });

  it('is linted against the directory: unknown posts and people who left are mistakes, a vacant post is a remark', async () => {
    const unknown = checkRulesInCompany(await compileRules(copying('"post:butler, person:E-1003"')), OWNER);
    const vacant = checkRulesInCompany(await compileRules(copying('"post:accounting"')), {
      ...OWNER,
      directory: directoryWithout('accounting'),
    });

    expect(unknown.mistakes.map(({ problem }) => problem)).toEqual([
      'the company has no post butler',
      expect.stringMatching(/\(E-1003\) has left$/u),
    ]);
    expect(unknown.mistakes[0]?.field).toContain('row 8, column "copyTo"');
    expect(vacant.mistakes).toEqual([]);
    expect(vacant.remarks).toContainEqual({
      field: expect.stringContaining('row 8, column "copyTo"'),
      problem: 'nobody holds the post accounting',
      remedy: 'nobody is copied',
    });
  });

  it('is explained: who is copied by which row, or why nobody is', async () => {
    const rules = await compileRules(ruleFiles);
    const { subject, amount, costCentre } = ORDER;
    const question = { subject, amount, costCentre, scope: PLAIN, requesterId: 'E-1001' };
    const now = new Date('2026-01-05T02:00:00Z');
    const held = await describeApproval(question, { rules, directory: createFileDirectory(directoryData), now });
    const vacant = await describeApproval(question, {
      rules,
      now,
      directory: createFileDirectory(directoryWithout('accounting')),
    });

    expect(held.lines.find((line) => line.startsWith('  row 8:'))).toMatch(/, copied to post:accounting$/u);
    const copied = held.lines.indexOf('who is copied:');
    expect(held.lines[copied + 1]).toBe('  吴芳 Wu Fang (E-4003): post:accounting (row 8)');
    expect(vacant.isDecidable).toBe(true);
    expect(vacant.lines).toContain('  General manager: not-copied: post:accounting (row 8): the post is vacant');
    expect(vacant.lines).not.toContain('who is copied:');
  });
});
