/** Every way in which people decide together, on the pages of who is signed in and by the API: each voice counts once, and makes one order. */
import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import { listApprovals } from '../../../functions/approvals/approval-store.ts';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import { companyPolicies, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { hiddenFields } from '../../support/visitors.ts';
import { pagesOver } from './open-my-pages.ts';
import { apiOver } from './open-worklist-api.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const FINANCE = 'E-3003';
const SIGNERS = 'manager, department-head, post:finance-director';

type Channel = 'page' | 'API';
interface Vote {
  readonly by: string;
  readonly through: Channel;
  readonly outcome: 'undecided' | 'next-level' | 'approved';
  readonly level?: number;
}

function level(
  approvers: string,
  mode: ApprovalLevelRule['mode'],
  { isParallel = false, weights = {} }: { isParallel?: boolean; weights?: Readonly<Record<string, number>> } = {},
): ApprovalLevelRule {
  return {
    level: approvers,
    approvers: approvers.split(', ').map((rule) => ({ rule, weight: weights[rule] ?? 1 })),
    mode,
    isParallel,
    remindAfterHours: 24,
    escalateAfterHours: 48,
    expireAfterHours: 120,
  };
}

const WAYS: readonly (readonly [string, readonly ApprovalLevelRule[], readonly Vote[]])[] = [
  ['anyone', [level(SIGNERS, { kind: 'any' })], [{ by: HEAD, through: 'API', outcome: 'approved' }]],
  [
    'everybody',
    [level(SIGNERS, { kind: 'all' })],
    [
      { by: FINANCE, through: 'page', outcome: 'undecided' },
      { by: MANAGER, through: 'API', outcome: 'undecided' },
      { by: HEAD, through: 'page', outcome: 'approved' },
    ],
  ],
  [
    'two of three',
    [level(SIGNERS, { kind: 'quorum', needed: 2 })],
    [
      { by: MANAGER, through: 'page', outcome: 'undecided' },
      { by: FINANCE, through: 'API', outcome: 'approved' },
    ],
  ],
  [
    'weighted voices',
    [level(SIGNERS, { kind: 'weighted', needed: 3 }, { weights: { manager: 2 } })],
    [
      { by: HEAD, through: 'API', outcome: 'undecided' },
      { by: MANAGER, through: 'page', outcome: 'approved' },
    ],
  ],
  [
    'weighted voices that need everybody',
    [level(SIGNERS, { kind: 'weighted', needed: 4 }, { weights: { manager: 2 } })],
    [
      { by: MANAGER, through: 'API', outcome: 'undecided' },
      { by: HEAD, through: 'page', outcome: 'undecided' },
      { by: FINANCE, through: 'API', outcome: 'approved' },
    ],
  ],
  [
    'one after the other',
    [level('manager, department-head', { kind: 'in-turn' })],
    [
      { by: MANAGER, through: 'page', outcome: 'undecided' },
      { by: HEAD, through: 'API', outcome: 'approved' },
    ],
  ],
  [
    'levels that are open together',
    [level('department-head', { kind: 'any' }), level('post:finance-director', { kind: 'any' }, { isParallel: true })],
    [
      { by: FINANCE, through: 'page', level: 1, outcome: 'undecided' },
      { by: HEAD, through: 'API', level: 0, outcome: 'approved' },
    ],
  ],
];

async function opened(rules: readonly ApprovalLevelRule[]) {
  const world = new PurchaseWorld({
    policies: {
      ...companyPolicies,
      approvalLevels: async (input) => (input.subject === 'order' ? rules : companyPolicies.approvalLevels(input)),
    },
  });
  const event = requisitionEvent();
  await world.submit(event);
  const { processId } = await world.head(event);
  const [approval] = await listApprovals(world.store, processId);
  assert(approval !== undefined, 'nobody is asked');
  const task = `${processId}/${approval.plan.approvalId}`;
  const [pages, api] = [pagesOver(world), apiOver(world)];
  /** @returns HTTP status */
  const approve: Readonly<Record<Channel, (by: string, at: number) => Promise<number>>> = {
    page: async (by, at) => {
      const person = await pages.signIn(by);
      const path = `/me/tasks/${task}?level=${at}`;
      const fields = hiddenFields((await person.get(path)).text);
      return (await person.post(path, { ...fields, action: 'approve', comment: '' })).status;
    },
    API: async (by, at) => {
      const person = api.as(by);
      const { round, documentVersion } = (await person.get(`/api/v1/tasks/${task}?level=${at}`)).body;
      const action = { kind: 'decide', action: 'approve', comment: '', level: at, round, documentVersion };
      return (await person.post(`/api/v1/tasks/${task}/actions`, action, `key-${by}`)).status;
    },
  };
  return { world, event, approve };
}

describe('a request that is decided together', () => {
  it.each(WAYS)('by %s is ordered once, by the voices that it needs', async (_, rules, votes) => {
    const { world, event, approve } = await opened(rules);

    for (const { by, through, level: at = 0, outcome } of votes) {
      expect(world.erp.allOrders()).toEqual([]);
      expect(await approve[through](by, at)).toBe(200);
      expect((await world.record(event)).findLast(({ type }) => type === 'DecisionMade')).toMatchObject({
        actor: { id: by },
        facts: { outcome, via: through === 'API' ? 'api' : 'signed-in' },
      });
      await world.run();
    }

    expect(world.erp.allOrders()).toHaveLength(1);
    expect((await world.record(event)).filter(({ type }) => type === 'DecisionMade')).toHaveLength(votes.length);
    expect(await world.damages(event)).toEqual([]);
  });

  it.each(WAYS)('by %s takes no voice twice, and none of who is not asked', async (_, rules, [first]) => {
    assert(first !== undefined, 'nobody decides');
    const { world, event, approve } = await opened(rules);
    const at = first.level ?? 0;
    await approve[first.through](first.by, at);

    const again = [await approve.page(first.by, at), await approve.API('E-1002', at)];

    expect(again.every((status) => status >= 400)).toBe(true);
    expect((await world.record(event)).filter(({ type }) => type === 'DecisionMade')).toHaveLength(1);
  });
});
