import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ApprovalRequest } from '../../../functions/approvals/explain-approval.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { compileRuleFolder, compileRules } from '../../../functions/policy/compile-rules.ts';
import { describeApproval } from '../../../local/tools/explain-approval.ts';
import { directoryData } from '../../support/purchase-company.ts';
import { PLAIN } from '../../support/scopes.ts';
import { rulesWith } from './rule-files.ts';

const deps = {
  rules: await compileRuleFolder(join(import.meta.dirname, '../../../rules')),
  directory: createFileDirectory(directoryData),
  now: new Date('2026-01-05T02:00:00Z'),
};
const order: ApprovalRequest = {
  subject: 'order',
  amount: '6000',
  costCentre: 'CC-300',
  requesterId: 'E-1001',
  scope: PLAIN,
};

describe('the explanation of an approval', () => {
  it('names the rows that fire and the people they lead to, in their order', async () => {
    const { lines, isDecidable } = await describeApproval(order, deps);

    expect(isDecidable).toBe(true);
    expect(lines.filter((line) => line.startsWith('  row '))).toEqual([
      '  row 1: level "Manager", approver manager, mode any, opens after, after a change keep if not dearer',
      '  row 2: level "IT manager", approver post:it-manager, mode any, opens after, after a change ask again',
      '  row 4: level "Department head", approver department-head, mode any, opens after, after a change ask again',
    ]);
    expect(lines.at(-1)).toBe('by rows 1, 2, 4 of approval-levels; row 1 of link-limit');
    expect(lines).toEqual(
      expect.arrayContaining([
        '1. Manager (any): 王强 Wang Qiang (E-2001)',
        '2. IT manager (any): Hannah Weiss (E-4005)',
      ]),
    );
  });

  it('says what was asked about, and for which line a row fires that does not fire for all', async () => {
    const scope = {
      legalEntity: 'DE01',
      lines: [
        { category: '', currency: 'CNY' },
        { category: 'custom-made', currency: 'CNY' },
      ],
    };
    const { lines } = await describeApproval({ ...order, costCentre: 'CC-100', amount: '24000', scope }, deps);

    expect(lines).toContain('asked about: CNY, CN01; CNY, DE01; custom-made, CNY, CN01; custom-made, CNY, DE01');
    expect(lines.find((line) => line.startsWith('  row 3:'))).toMatch(
      / \(only for custom-made, CNY, CN01; custom-made, CNY, DE01\)$/,
    );
    expect(lines.find((line) => line.startsWith('  row 4:'))).not.toContain('only for');
    expect(lines.find((line) => line.startsWith('  row 5:'))).toMatch(
      / \(only for CNY, DE01; custom-made, CNY, DE01\)$/,
    );
  });

  it('says why somebody else is asked than the rules name first', async () => {
    const { lines } = await describeApproval({ ...order, amount: '100', requesterId: 'E-2001' }, deps);
    const own = await describeApproval({ ...order, requesterId: 'E-3002' }, deps);

    expect(lines).toContain('1. Manager (any): 陈静 Chen Jing (E-3001)');
    expect(own.lines).toContain(
      '  Department head: raised to 周敏 Zhou Min (E-0002) of Thomas Keller (E-3002): is the requester',
    );
  });

  it('says who stands in for whoever is away today, and nobody where nobody is', async () => {
    const people = directoryData.people.map((person) =>
      person.employeeId === 'E-2001'
        ? {
            ...person,
            absences: [
              { from: '2026-01-05T00:00:00Z', until: '2026-01-06T00:00:00Z', substituteId: 'E-4003', scope: ['order'] },
            ],
          }
        : person,
    );
    const away = { ...deps, directory: createFileDirectory({ ...directoryData, people }) };

    const [present, absent] = [await describeApproval(order, deps), await describeApproval(order, away)];

    expect(present.lines).not.toContain('who stands in today:');
    expect(absent.lines).toContain('1. Manager (any): 王强 Wang Qiang (E-2001)');
    expect(absent.lines[absent.lines.indexOf('who stands in today:') + 1]).toBe(
      '  Manager: 吴芳 Wu Fang (E-4003) for 王强 Wang Qiang (E-2001)',
    );
  });

  it('asks nobody who may not decide it', async () => {
    const { lines } = await describeApproval({ ...order, excludedIds: ['E-2001'] }, deps);

    expect(lines).toContain('1. Manager (any): 陈静 Chen Jing (E-3001)');
    expect(lines.find((line) => line.includes('may not decide it'))).toContain('王强 Wang Qiang (E-2001)');
  });

  it('shows whom the request names, and says when it names nobody', async () => {
    const rules = await compileRules(rulesWith('"manager"', '"choice:buyer"'));
    const named = { ...order, choices: { approvers: { buyer: 'E-2001' } } };
    const [chosen, missing] = [
      await describeApproval(named, { ...deps, rules }),
      await describeApproval(order, { ...deps, rules }),
    ];

    expect(chosen.lines).toContain('  requisition.approvers.buyer: 王强 Wang Qiang (E-2001)');
    expect(chosen.lines).toContain('1. Manager (any): 王强 Wang Qiang (E-2001)');
    expect(missing).toMatchObject({ isDecidable: false });
    expect(missing.lines.at(-1)).toContain('requisition.approvers.buyer: nobody is named');
  });

  it('says when nobody may approve it', async () => {
    const { lines, isDecidable } = await describeApproval({ ...order, requesterId: 'E-0001' }, deps);

    expect(isDecidable).toBe(false);
    expect(lines.at(-1)).toContain('nobody may approve it: nobody may decide level');
  });
});
