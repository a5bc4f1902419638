/** A level is opened again for whoever took their decision back; whoever else said yes on it before may still take theirs back. */
import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { actInPerson, viewInPerson } from '../../../functions/approvals/act-in-person.ts';
import { listApprovals } from '../../../functions/approvals/approval-store.ts';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import { companyPolicies, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { pagesOver } from './open-my-pages.ts';
import { apiOver } from './open-worklist-api.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const FINANCE = 'E-3003';
const TAKE_BACK = { kind: 'take-back', comment: '' } as const;

const rule = (level: string, approvers: readonly string[]): ApprovalLevelRule => ({
  level,
  approvers: approvers.map((approver) => ({ rule: approver, weight: 1 })),
  mode: { kind: approvers.length > 1 ? 'all' : 'any' },
  isParallel: false,
  remindAfterHours: 24,
  escalateAfterHours: 48,
  expireAfterHours: 120,
});

/** Manager and head have said yes; the head takes theirs back, and the level is open again. */
async function openAgain() {
  const levels = [rule('Both', ['manager', 'department-head']), rule('Finance', ['post:finance-director'])];
  const world = new PurchaseWorld({ policies: { ...companyPolicies, approvalLevels: async () => levels } });
  const event = requisitionEvent();
  await world.submit(event);
  await world.decide(MANAGER, 'approve');
  await world.decide(HEAD, 'approve');
  const { processId } = await world.head(event);
  const approval = async () => {
    const [found] = await listApprovals(world.store, processId);
    assert(found !== undefined, 'nobody is asked');
    return found;
  };
  expect(await world.act(HEAD, TAKE_BACK)).toMatchObject({ kind: 'done' });
  await world.run();
  const { plan, round, level } = await approval();
  expect([round, level]).toEqual([3, 0]);
  return { world, approval, task: { processId, approvalId: plan.approvalId } };
}

describe('a decision of an earlier round, on a level that is open again', () => {
  it('is taken back in person, about the round that is shown', async () => {
    const { world, approval, task } = await openAgain();
    const { round, plan } = await approval();
    const asked = { level: 0, round, documentVersion: plan.documentVersion };

    const result = await actInPerson(
      world.urgeDeps(),
      { ...task, employeeId: MANAGER, via: 'signed-in' },
      asked,
      TAKE_BACK,
    );

    expect(result).toMatchObject({ kind: 'done', task: 'take-back' });
    const { decisions, open } = await approval();
    expect(decisions.map(({ voided }) => voided)).toEqual(['taken-back', 'taken-back']);
    expect(open?.seats.map(({ vote }) => vote)).toEqual([undefined, undefined]);
  });

  it('is shown as their own, with taking it back offered, on the page and by the API', async () => {
    const { world, task } = await openAgain();
    const path = `${task.processId}/${task.approvalId}`;

    const { text } = await (await pagesOver(world).signIn(MANAGER)).get(`/me/tasks/${path}`);
    const { body } = await apiOver(world).as(MANAGER).get(`/api/v1/tasks/${path}`);

    expect(text).toContain('name="task" value="take-back"');
    expect(body.actions).toContain('take-back');
    const view = await viewInPerson(world.urgeDeps(), { ...task, employeeId: MANAGER, via: 'api' });
    expect(view).toMatchObject({ own: { action: 'approve', isVoid: false }, earlier: [{ isVoid: true }] });
    const stranger = await apiOver(world).as(FINANCE).get(`/api/v1/tasks/${path}`);
    expect(stranger.body.actions ?? []).not.toContain('take-back');
  });
});
