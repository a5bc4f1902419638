import { describe, expect, it } from 'vitest';
import type { DirectoryData } from '../../../functions/directory/directory-file.ts';
import { compileCompanyRules, compileRules } from '../../../functions/policy/compile-rules.ts';
import { checkRulesInCompany } from '../../../functions/policy/rules-in-company.ts';
import { COMPANY, directoryData } from '../../support/purchase-company.ts';
import { ruleFiles, rulesWith } from './rule-files.ts';

/** What is found when a cell of a table says something else. */
async function findings(from: string, to: string, directory: DirectoryData = directoryData) {
  const { mistakes, remarks } = checkRulesInCompany(await compileRules(rulesWith(from, to)), { ...COMPANY, directory });
  const texts = (issues: typeof mistakes) =>
    issues.map(({ field, problem }) => `${field.replace(/^.*?, row/u, 'row')}: ${problem}`);
  return { mistakes: texts(mistakes), remarks: texts(remarks) };
}

describe('the rules of the demonstration company', () => {
  it('name nothing that it does not have', async () => {
    const owner = { currency: COMPANY.currency, directory: directoryData };

    await expect(compileCompanyRules('rules', owner)).resolves.toBeDefined();
  });
});

describe('the check of rules against the company', () => {
  it.each([
    ['"post:it-manager"', '"post:butler"', 'row 2, column "approver": the company has no post butler'],
    ['"manager"', '"person:E-9"', 'row 1, column "approver": the company has nobody with the id E-9'],
    ['"manager"', '"chain, person:E-1003*2"', 'row 1, column "approver": 高远 Gao Yuan (E-1003) has left'],
    ['"manager"', '"choice:buyer@post:butler"', 'row 1, column "approver": the company has no post butler'],
    [
      '<text>"CC-300"</text>',
      '<text>not("CC-3")</text>',
      'row 2, column "cost centre": the company has no cost centre CC-3',
    ],
    ['&gt; 5000<', '&gt; 5000.005<', 'row 2, column "amount": 5000.005 is no amount of CNY, which has 2 digits'],
    ['<text>100000<', '<text>0.125<', 'row 1, column "limit": 0.125 is no amount of CNY'],
    ['<text>2000</text>', '<text>0.5</text>', 'row 3, column "line amount": 0.5 is no amount of JPY'],
    ['"JPY"', '"YEN"', 'row 3, column "currency": YEN is no currency of ISO 4217'],
  ])('finds where %s became %s', async (from, to, found) => {
    const { mistakes } = await findings(from, to);

    expect(mistakes[0]).toContain(found);
  });

  it('finds a department that nobody made', async () => {
    const files = ruleFiles.map(({ file, xml }) => ({
      file,
      xml: file === 'attendance.dmn' ? xml.replace(/(row_1_test_1">\s*<text>)-/, '$1"D-NONE", "D-OPS"') : xml,
    }));

    const { mistakes } = checkRulesInCompany(await compileRules(files), { ...COMPANY, directory: directoryData });

    expect(mistakes).toMatchObject([
      { field: expect.stringContaining('row 1, column "department"'), problem: 'the company has no department D-NONE' },
    ]);
  });

  it('takes approvers whom the request names', async () => {
    expect(await findings('"manager"', '"choice:buyer, field:owner@post:it-manager*2"')).toEqual({
      mistakes: [],
      remarks: [],
    });
    await expect(findings('"manager"', '"choice:buyer@cost-centre"')).rejects.toThrow('choice:… or field:…');
  });

  it('takes one approver whom the approver before chooses, alone in the cell', async () => {
    expect(await findings('"manager"', '"previous@post:it-manager@cost-centre"')).toEqual({
      mistakes: [],
      remarks: [],
    });
    expect((await findings('"manager"', '"previous@post:butler"')).mistakes.join()).toContain('butler');
    await expect(findings('"manager"', '"previous@post:it-manager, chain"')).rejects.toThrow(
      'stands alone in its cell',
    );
  });

  it('remarks a legal entity that no department belongs to, where the directory says whose they are', async () => {
    const silent = {
      ...directoryData,
      departments: directoryData.departments.map(({ legalEntity: _unknown, ...rest }) => rest),
    };
    const one = '<text>"DE01"</text>';
    const other = '<text>"DE01", "FR01"</text>';

    expect((await findings(one, other)).remarks).toContain(
      'row 5, column "legal entity": no department belongs to the legal entity FR01',
    );
    expect((await findings(one, other, silent)).remarks).toEqual([]);
  });

  it('remarks a post that nobody holds, since requests go further up then', async () => {
    const withoutHolder = {
      ...directoryData,
      people: directoryData.people.map((person) => ({
        ...person,
        active: person.active && !person.posts.includes('it-manager'),
      })),
    };

    expect(await findings('"manager"', '"chain"', withoutHolder)).toEqual({
      mistakes: [],
      remarks: ['row 2, column "approver": nobody holds the post it-manager'],
    });
  });
});
