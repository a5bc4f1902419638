import { describe, expect, it } from 'vitest';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';
import { type ApprovalQuestion, tryPlan } from '../../../functions/approvals/plan-approval.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { companyPolicies, directoryData } from '../../support/purchase-company.ts';
import { PLAIN } from '../../support/scopes.ts';

const ORDER: ApprovalQuestion = {
  subject: 'order',
  requesterId: 'E-1001',
  amount: '24000',
  costCentre: 'CC-100',
  scope: PLAIN,
  excluded: [],
};

async function planned(change: Partial<ApprovalQuestion>, directory = directoryData): Promise<ApprovalPlan> {
  const deps = { directory: createFileDirectory(directory), policies: companyPolicies };
  const tried = await tryPlan({ ...ORDER, ...change }, deps);
  if ('refusal' in tried) throw tried.refusal;
  return tried.plan;
}

const entitiesOf = async (change: Partial<ApprovalQuestion>, directory = directoryData) =>
  (await planned(change, directory)).scope?.legalEntities;

describe('the legal entities that the rules are asked about', () => {
  it('are that of the cost centre, which the directory knows', async () => {
    expect(await entitiesOf({})).toEqual(['CN01']);
    expect(await entitiesOf({ costCentre: 'CC-E100' })).toEqual(['DE01']);
  });

  it('are that of the requester where there is no cost centre, as with leaves', async () => {
    const leave = { subject: 'leave', costCentre: '', amount: '0' } as const;

    expect(await entitiesOf({ ...leave, requesterId: 'E-1101' })).toEqual(['DE01']);
  });

  it('are two where the document names another than its cost centre’s: the rules of both apply', async () => {
    const named = { scope: { ...PLAIN, legalEntity: 'CN01' }, costCentre: 'CC-E100', requesterId: 'E-1101' };

    expect(await entitiesOf(named)).toEqual(['CN01', 'DE01']);
    expect((await planned(named)).levels.map(({ name }) => name)).toContain('Managing directors');
    expect((await planned({ scope: { ...PLAIN, legalEntity: 'DE01' } })).levels.at(-1)?.approverIds).toEqual([
      ...['E-3101', 'E-3102'],
    ]);
  });

  it('are none in a directory that does not say whose its departments are', async () => {
    const departments = directoryData.departments.map(({ legalEntity: _unknown, ...rest }) => rest);

    expect(await entitiesOf({}, { ...directoryData, departments })).toEqual([]);
  });
});
