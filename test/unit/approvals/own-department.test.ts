import { describe, expect, it } from 'vitest';
import { tryPlan } from '../../../functions/approvals/plan-approval.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { compileRules } from '../../../functions/policy/compile-rules.ts';
import { createPolicies } from '../../../functions/policy/table-policies.ts';
import { directoryData } from '../../support/purchase-company.ts';
import { PLAIN } from '../../support/scopes.ts';
import { rulesWith } from '../policy/rule-files.ts';

/** Whom a leave is put to, where the row of leaves asks them; it has no cost centre. */
async function leaveOf(requesterId: string, approver: string) {
  const rules = await compileRules(rulesWith(leaveApprover('manager'), leaveApprover(approver)));
  const deps = { directory: createFileDirectory(directoryData), policies: createPolicies(rules) };
  const leave = { subject: 'leave', amount: '0', costCentre: '', scope: PLAIN, excluded: [] } as const;
  const tried = await tryPlan({ ...leave, requesterId }, deps);
  if ('refusal' in tried) throw tried.refusal;
  const { levels, routing } = tried.plan;
  return { asked: levels.map(({ approverIds }) => approverIds), routing };
}

const leaveApprover = (rule: string) => `<outputEntry id="row_14_result_2">\n          <text>"${rule}"</text>`;

describe('the department of a request without a cost centre', () => {
  it('is the requester’s own: its head is asked, and nothing is noted', async () => {
    expect(await leaveOf('E-1001', 'department-head')).toEqual({ asked: [['E-3001']], routing: [] });
    expect(await leaveOf('E-1002', 'department-head')).toEqual({ asked: [['E-3002']], routing: [] });
  });

  it('is the requester’s own: those who hold the post in it are asked', async () => {
    expect(await leaveOf('E-1001', 'post:buyer@cost-centre')).toEqual({ asked: [['E-4001']], routing: [] });
  });

  it('has its head asked where nobody in it holds the post', async () => {
    const { asked, routing } = await leaveOf('E-1002', 'post:buyer@cost-centre');

    expect(asked).toEqual([['E-3002']]);
    expect(routing).toEqual([expect.objectContaining({ kind: 'raised', to: 'E-3002', reason: 'the post is vacant' })]);
  });

  it('is noted as without a head only where it has none', async () => {
    const { departments, people } = directoryData;
    const headless = departments.find(({ headId }) => headId === undefined)?.departmentId;
    const requester = people.find(({ active, departmentId }) => active && departmentId === headless);
    const { asked, routing } = await leaveOf(requester?.employeeId ?? '', 'department-head');

    expect(asked).toEqual([[requester?.managerId]]);
    expect(routing).toEqual([expect.objectContaining({ reason: 'the department has no active head' })]);
  });
});
