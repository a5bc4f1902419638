import { describe, expect, it } from 'vitest';
import { verifyChain } from '../../functions/audit/domain/record.ts';
import type { CaseAction } from '../../functions/compliance/domain/finding.ts';
import { openCase } from '../../functions/compliance/open-case.ts';
import type { Policies } from '../../functions/policy/port.ts';
import { readHead, updateProcess } from '../../functions/process/update-process.ts';
import { BusinessRuleError } from '../../functions/runtime/errors.ts';
import { Compliance, OFFICER } from '../support/compliance.ts';
import { companyPolicies, directoryData, OPERATORS_MAIL, requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';

const event = requisitionEvent();
const OFFICER_MAIL = directoryData.people.find(({ employeeId }) => employeeId === OFFICER)?.email;

/** The demonstration company, that answers a breach of duties by one more approval. */
function asking(action: CaseAction, changes: Partial<Policies> = {}): Policies {
  return {
    ...companyPolicies,
    complianceRule: async (question) => ({ ...(await companyPolicies.complianceRule(question)), action }),
    ...changes,
  };
}

async function plantYes(world: PurchaseWorld, processId: string, employeeId: string): Promise<void> {
  const facts = { approvalId: 'order-planted', subject: 'order', level: 0, employeeId, action: 'approve', via: 'link' };
  await updateProcess(world.decisionDeps(), processId, () => ({
    change: { entries: [{ type: 'DecisionMade', actor: { kind: 'person', id: employeeId }, facts }] },
    output: undefined,
  }));
}

/** A purchase with a yes of its requester in the record, past all that Meridian checks, before its order is approved. */
async function breached(policies = asking('approval'), alsoDecided: readonly string[] = []) {
  const world = new PurchaseWorld();
  const compliance = new Compliance(world, policies);
  await world.submit(event);
  const { processId } = await world.head(event);
  for (const by of ['E-1001', ...alsoDecided]) {
    await plantYes(world, processId, by);
  }
  await compliance.watch();
  const caseId = await compliance.only();
  // What the stream brings of the case's own record.
  await compliance.watch();
  return { world, compliance, caseId, processId };
}

/** People take their time, so that nothing is done faster than it can be read. */
async function approveOrder(world: PurchaseWorld): Promise<void> {
  await world.advance(0.1);
  await world.decide('E-2001', 'approve');
  await world.advance(0.1);
  await world.decide('E-3001', 'approve');
}

const typesOf = async (world: PurchaseWorld, caseId: string) =>
  (await world.store.readRecord(caseId)).map(({ type }) => type).filter((type) => !/^(Mail|Warning)/.test(type));

describe('one more approval', () => {
  it('is a task of whom the table of approvals names, and its yes lets the process go on', async () => {
    const { world, compliance, caseId } = await breached();
    await approveOrder(world);
    expect((await world.head(event)).phase).toBe('On hold');

    await world.advance(0.1);
    expect(await world.decide(OFFICER, 'approve', 'Looked at both papers')).toMatchObject({ kind: 'decided' });
    await compliance.watch();

    expect(world.erp.allOrders()).toHaveLength(1);
    expect(await compliance.read(caseId)).toMatchObject({ held: [], decision: { kind: 'release', by: OFFICER } });
    expect(await typesOf(world, caseId)).toEqual([
      'CaseOpened',
      'CaseProcessHeld',
      'ApprovalRouted',
      'LevelOpened',
      'DecisionMade',
      'ApprovalClosed',
      'CaseReleased',
      'CaseCarriedOut',
    ]);
    const record = await world.store.readRecord(caseId);
    expect(verifyChain(caseId, record)).toEqual([]);
    const { facts } = record.find(({ type }) => type === 'ApprovalRouted') ?? { facts: {} };
    expect(facts).toMatchObject({
      subject: 'compliance',
      amount: '5960.00',
      levels: [{ rule: 'post:compliance-officer' }],
    });
    expect(await readHead(world.store, caseId)).toMatchObject({ status: 'ended', outcome: 'settled', waits: {} });
    expect(await compliance.open()).toEqual([]);
  });

  it('that is denied leaves the process held, for compliance to decide', async () => {
    const { world, compliance, caseId } = await breached();
    await approveOrder(world);
    await world.decide(OFFICER, 'reject', 'Not with this signature');
    await compliance.watch();

    expect(world.erp.allOrders()).toEqual([]);
    expect((await typesOf(world, caseId)).at(-1)).toBe('CaseApprovalNotGiven');
    expect((await world.head(event)).phase).toBe('On hold');
    expect(await compliance.decide(caseId, 'cancel')).toBe('done');
    expect(await world.head(event)).toMatchObject({ outcome: 'cancelled' });
    expect(await readHead(world.store, caseId)).toMatchObject({ status: 'ended' });
  });

  it('that is denied ends the process where the table says so', async () => {
    const { world, compliance, caseId } = await breached(asking('approval-or-cancel'));
    await approveOrder(world);
    await world.decide(OFFICER, 'reject', 'Not with this signature');
    await compliance.watch();

    expect(await world.head(event)).toMatchObject({ status: 'ended', outcome: 'cancelled', holds: [] });
    expect(await compliance.read(caseId)).toMatchObject({ decision: { kind: 'cancel', by: OFFICER } });
    expect(await world.damages(event)).toEqual([]);
  });

  it('that nobody gives in time is no approval: it reminds, expires, and compliance decides', async () => {
    const { world, compliance, caseId } = await breached();
    await approveOrder(world);
    await world.advance(130);
    await compliance.watch();

    expect(await typesOf(world, caseId)).toEqual(expect.arrayContaining(['LevelReminded', 'CaseApprovalNotGiven']));
    expect(world.erp.allOrders()).toEqual([]);
    expect(await compliance.read(caseId)).toMatchObject({ approval: { outcome: 'expired' } });
    expect(await compliance.decide(caseId, 'release')).toBe('done');
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('cannot be gone around while it is asked for', async () => {
    const { world, compliance, caseId } = await breached();
    await approveOrder(world);

    expect(await compliance.decide(caseId, 'release')).toBe('approval-open');
    expect(await compliance.decide(caseId, 'cancel')).toBe('approval-open');
    expect((await typesOf(world, caseId)).filter((type) => type === 'CaseDecisionRefused')).toHaveLength(2);
  });

  it('is never asked of whoever has a part in what is held', async () => {
    const { world, caseId } = await breached(asking('approval'), [OFFICER]);
    const routed = (await world.store.readRecord(caseId)).find(({ type }) => type === 'ApprovalRouted');

    expect(routed?.facts.excluded).toEqual(expect.arrayContaining([expect.objectContaining({ employeeId: OFFICER })]));
    expect(JSON.stringify(routed?.facts.levels)).not.toContain(OFFICER);
  });

  it('is never asked of whom the case names, who has no part in what is held', async () => {
    const world = new PurchaseWorld();
    const compliance = new Compliance(world, asking('approval'));
    await world.submit(event);
    const { processId } = await world.head(event);
    const facts = { employeeId: OFFICER, refusals: 'not-your-task' };
    const about = { subject: OFFICER, processIds: [processId], evidence: [], facts };
    await openCase(compliance.deps(), { detector: 'refused-attempts', ...about });
    const caseId = await compliance.only();
    await compliance.watch();

    const routed = (await world.store.readRecord(caseId)).find(({ type }) => type === 'ApprovalRouted');
    expect(routed?.facts.excluded).toEqual(expect.arrayContaining([expect.objectContaining({ employeeId: OFFICER })]));
    expect(JSON.stringify(routed?.facts.levels)).not.toContain(OFFICER);
  });

  it('does not count of whoever came to have a part while they were asked', async () => {
    const { world, compliance, caseId, processId } = await breached();
    await approveOrder(world);
    await plantYes(world, processId, OFFICER);
    await world.decide(OFFICER, 'approve', 'Looked at both papers');
    await compliance.watch();

    expect(await compliance.read(caseId)).toMatchObject({ approval: { outcome: 'has-part' } });
    expect(world.erp.allOrders()).toEqual([]);
  });

  it('is asked once and answered once, however often and in whatever order the stream brings the case', async () => {
    const { world, compliance, caseId } = await breached();
    await compliance.watchEach((all) => [...all.toReversed(), ...all]);
    await approveOrder(world);
    await world.advance(0.1);
    await world.decide(OFFICER, 'approve', 'Looked at both papers');
    await compliance.watchEach((all) => [...all.toReversed(), ...all]);

    const types = await typesOf(world, caseId);
    for (const once of ['ApprovalRouted', 'LevelOpened', 'DecisionMade', 'CaseReleased', 'CaseCarriedOut']) {
      expect(types.filter((type) => type === once)).toEqual([once]);
    }
    expect(world.erp.allOrders()).toHaveLength(1);
  });

  it('is asked anew, about all of them, when more processes come to belong to the case', async () => {
    const { world, compliance, caseId } = await breached();
    const earlier = await world.linkOf(OFFICER);
    const other = requisitionEvent({ requestId: 'PR-another' });
    await world.submit(other);
    const { subject, detector, evidence, facts, processIds } = await compliance.read(caseId);
    const both = [...processIds, (await world.head(other)).processId];
    await openCase(compliance.deps(), { subject, detector, evidence, facts, processIds: both });
    await compliance.watch();

    expect(await world.decideByLink(earlier, 'approve', 'Looked at one paper')).toMatchObject({ kind: 'refused' });
    await world.advance(0.1);
    await world.decide(OFFICER, 'approve', 'Looked at both papers');
    await compliance.watch();

    expect(await compliance.read(caseId)).toMatchObject({ letGo: both, held: [], decision: { kind: 'release' } });
    expect((await world.head(other)).holds).toEqual([]);
  });

  it('that nobody can be asked for is told to the operators, and is for compliance to decide', async () => {
    const nobody = asking('approval', {
      approvalLevels: async (question) => {
        if (question.subject === 'compliance') {
          throw new BusinessRuleError('no-approval-rule', 'no rule says who approves it');
        }
        return companyPolicies.approvalLevels(question);
      },
    });
    const { world, compliance, caseId } = await breached(nobody);
    await approveOrder(world);
    await compliance.watch();

    expect(await typesOf(world, caseId)).toEqual(['CaseOpened', 'CaseProcessHeld', 'CaseApprovalNotGiven']);
    expect(world.mails.filter(({ to }) => to === OPERATORS_MAIL)).toHaveLength(1);
    expect(world.mails.filter(({ to }) => to === OFFICER_MAIL)).not.toEqual([]);
    expect(await compliance.decide(caseId, 'release')).toBe('done');
    expect(world.erp.allOrders()).toHaveLength(1);
  });
});
