import { describe, expect, it } from 'vitest';
import { followPolicies } from '../../functions/approvals/follow-policies.ts';
import { entrySentence } from '../../functions/audit/entry-words.ts';
import { readFacts } from '../../functions/audit/fact-reader.ts';
import { compileRules } from '../../functions/policy/compile-rules.ts';
import { rememberPolicies } from '../../functions/policy/policy-versions.ts';
import { createPolicies } from '../../functions/policy/table-policies.ts';
import { PURCHASE } from '../../functions/procurement/domain/purchase.ts';
import { enrichRequisition } from '../../functions/procurement/enrich-requisition.ts';
import { routeApproval } from '../../functions/procurement/route-approval.ts';
import { validateRequisition } from '../../functions/procurement/validate-requisition.ts';
import { processIdOf, registerRequest } from '../../functions/requests/register-request.ts';
import { MemoryStore } from '../support/memory-store.ts';
import { COMPANY, companyPolicies, directoryData, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { rulesWith } from '../unit/policy/rule-files.ts';

/** A purchase of 3,400: the manager alone decides it, and the limit for pieces is 5,000 in 30 days. */
function piece(requestId: string, changes: object = {}) {
  const lines = [{ productCode: 'P-1001', quantity: '5', unitPrice: '680.00', amount: '3400.00' }];
  return requisitionEvent({ requestId, requisition: { lines, total: '3400.00', ...changes } });
}

async function routing(world: PurchaseWorld, event: ReturnType<typeof piece>) {
  const facts = (await world.record(event)).find(({ type }) => type === 'ApprovalRouted')?.facts;
  const levels = Array.isArray(facts?.levels) ? facts.levels.length : 0;
  return { levels, amount: facts?.amount, with: facts?.splitWith };
}

const ALONE = { levels: 1, amount: '3400.00', with: undefined };

describe('a purchase in pieces', () => {
  it('is approved as the whole that it is, and the record and the approver see with what', async () => {
    const world = new PurchaseWorld();
    const [first, second] = [piece('PR-1'), piece('PR-2')];
    await world.submit(first);
    await world.submit(second);

    expect(await routing(world, first)).toEqual(ALONE);
    expect(await routing(world, second)).toEqual({
      levels: 2,
      amount: '6800',
      with: [processIdOf(PURCHASE, first.oa)],
    });
    const routed = (await world.record(second)).find(({ type }) => type === 'ApprovalRouted');
    const nameOf = (id: string) => id;
    const facts = readFacts(routed?.facts ?? {}, { language: 'en', timeZone: COMPANY.timeZone, nameOf });
    expect(entrySentence('ApprovalRouted', facts)).toContain('6,800.00 with other purchases from the supplier (1)');
    expect(world.mails.at(-1)?.text).toContain('6800 CNY (> 5000 CNY, 30 d)');
    expect(await world.decide('E-2001', 'approve')).toMatchObject({ outcome: 'next-level' });
    expect(await world.decide('E-3001', 'approve')).toMatchObject({ outcome: 'approved' });
    expect(await world.damages(second)).toEqual([]);
  });

  it('keeps the amount it was routed by when the limit changes, and whatever comes later carries the sum by the new one', async () => {
    const store = new MemoryStore();
    const world = new PurchaseWorld({ planted: { store } });
    const [first, second, third] = [piece('PR-1'), piece('PR-2'), piece('PR-3')];
    await world.submit(first);
    await world.submit(second);
    const before = [await routing(world, first), await routing(world, second)];
    const policies = createPolicies(await compileRules(rulesWith('<text>5000</text>', '<text>7000</text>')));
    const deps = { ...world.decisionDeps(), deployed: directoryData, hasTime: () => true };

    expect(await followPolicies({ ...deps, policies })).toMatchObject({ moved: 0, unchanged: 2, failed: 0 });
    const later = new PurchaseWorld({ planted: { store }, policies });
    await later.submit(third);

    expect(before.map(({ amount }) => amount)).toEqual(['3400.00', '6800']);
    expect([await routing(world, first), await routing(world, second)]).toEqual(before);
    expect(await routing(later, third)).toMatchObject({ levels: 2, amount: '10200' });
  });

  it('is found when all pieces are routed at the same instant', async () => {
    const world = new PurchaseWorld();
    const pieces = [piece('PR-1'), piece('PR-2'), piece('PR-3')];
    const deps = { ...world.decisionDeps(), erp: world.erp, policies: companyPolicies, company: COMPANY };
    for (const { oa, requester, requisition } of pieces) {
      const filed = { oa, requesterId: requester.employeeId, filed: JSON.parse(JSON.stringify(requisition)) };
      await registerRequest(deps, PURCHASE, { executionId: oa.requestId, eventId: oa.requestId, ...filed });
      await validateRequisition(deps, processIdOf(PURCHASE, oa));
      await enrichRequisition(deps, processIdOf(PURCHASE, oa));
    }
    // The version of the policies is known already, so that only the routing itself is counted.
    await rememberPolicies(deps, companyPolicies.inForce());
    const commits = world.store.commits;

    await Promise.all(
      pieces.map(({ oa }) =>
        routeApproval(deps, { processId: processIdOf(PURCHASE, oa), subject: 'order', stepId: oa.requestId }),
      ),
    );

    const levels = await Promise.all(pieces.map(async (event) => (await routing(world, event)).levels));
    expect(levels.toSorted()).toEqual([1, 2, 2]);
    // They did meet: whoever lost tried again.
    expect(world.store.commits).toBeGreaterThan(commits + pieces.length);
  });

  it('counts no piece any more that was sent again for more than the limit', async () => {
    const world = new PurchaseWorld();
    await world.submit(piece('PR-1'));
    await world.returnIt('E-2001', 'All ten at once, please');
    const lines = [{ productCode: 'P-1001', quantity: '10', unitPrice: '680.00', amount: '6800.00' }];
    await world.resubmit(piece('PR-1'), { changes: { lines, total: '6800.00' } });
    await world.submit(piece('PR-2'));

    expect(await routing(world, piece('PR-2'))).toEqual(ALONE);
  });

  it('counts no piece that was rejected', async () => {
    const world = new PurchaseWorld();
    await world.submit(piece('PR-1'));
    await world.decide('E-2001', 'reject', 'Not now');
    await world.submit(piece('PR-2'));

    expect(await routing(world, piece('PR-2'))).toEqual(ALONE);
  });

  it('counts no piece that is older than the window', async () => {
    const world = new PurchaseWorld();
    const [first, second, third] = [piece('PR-1'), piece('PR-2'), piece('PR-3')];
    await world.submit(first);
    await world.decide('E-2001', 'approve');
    await world.advance(29 * 24);
    await world.submit(second);
    await world.advance(2 * 24);
    await world.submit(third);

    expect((await routing(world, second)).with).toEqual([processIdOf(PURCHASE, first.oa)]);
    expect((await routing(world, third)).with).toEqual([processIdOf(PURCHASE, second.oa)]);
  });

  it('counts nothing that another asked for or another sells', async () => {
    const world = new PurchaseWorld();
    await world.submit(piece('PR-1'));
    await world.submit({ ...piece('PR-2'), requester: { employeeId: 'E-1002' } });
    await world.submit(piece('PR-3', { supplierCode: 'SUP-002' }));

    expect(await routing(world, piece('PR-2'))).toMatchObject(ALONE);
    expect((await routing(world, piece('PR-3'))).with).toBeUndefined();
  });
});
