/** Every action that a task has, once by the form that its page shows and once by the API: each counts, and the record says how it came. */
import assert from 'node:assert/strict';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { listApprovals } from '../../../functions/approvals/approval-store.ts';
import type { Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalLevelRule } from '../../../functions/approvals/domain/level-rule.ts';
import * as contract from '../../../functions/worklist/api/schemas.ts';
import { claimedByOneOf } from '../../support/chosen-approvers.ts';
import { companyPolicies, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { pagesOver } from './open-my-pages.ts';
import { apiOver } from './open-worklist-api.ts';

const MANAGER = 'E-2001';
const HEAD = 'E-3001';
const COLLEAGUE = 'E-4005';
const approve: Wish = { kind: 'decide', action: 'approve', comment: '' };
const delegate: Wish = { kind: 'delegate', to: COLLEAGUE, comment: 'does it fit?' };

type Action = z.infer<typeof contract.action>;
type Kind = Action['kind'];
/** What the table says of an action; what the task asks about is read from it. */
type Wanted = Action extends infer One
  ? One extends Action
    ? Omit<One, 'level' | 'round' | 'documentVersion'>
    : never
  : never;

interface Way {
  readonly wish: Wanted;
  /** Type of the entry in the record. */
  readonly entry: string;
  /** What else the entry says. */
  readonly facts?: object;
  /** Employee id. */
  readonly by?: string;
  readonly level?: number;
  /** What has happened before, by whom, each by their link. */
  readonly before?: readonly (readonly [employeeId: string, wish: Wish])[];
  /** The first level is for whoever claims it. */
  readonly isClaimed?: boolean;
}

const addedSigner = (where: 'before' | 'beside' | 'after'): Way => ({
  wish: { kind: 'add-signer', to: COLLEAGUE, where, comment: 'is it in stock?' },
  entry: 'SignerAdded',
  facts: { to: COLLEAGUE, where },
});

const WAYS: readonly Way[] = [
  { wish: { kind: 'decide', action: 'approve', comment: '' }, entry: 'DecisionMade', facts: { action: 'approve' } },
  {
    wish: { kind: 'decide', action: 'reject', comment: 'too dear' },
    entry: 'DecisionMade',
    facts: { action: 'reject', outcome: 'rejected' },
  },
  { wish: { kind: 'comment', comment: 'I ask the supplier' }, entry: 'CommentMade' },
  { wish: { kind: 'claim', comment: '' }, entry: 'TaskClaimed', isClaimed: true },
  {
    wish: { kind: 'release', comment: '' },
    entry: 'TaskReleased',
    isClaimed: true,
    before: [[MANAGER, { kind: 'claim', comment: '' }]],
  },
  { wish: { kind: 'transfer', to: COLLEAGUE, comment: '' }, entry: 'TaskTransferred', facts: { to: COLLEAGUE } },
  {
    wish: { kind: 'delegate', to: COLLEAGUE, comment: 'does it fit?' },
    entry: 'TaskDelegated',
    facts: { to: COLLEAGUE },
  },
  { wish: { kind: 'copy', to: COLLEAGUE, comment: '' }, entry: 'TaskCopied', facts: { to: COLLEAGUE } },
  {
    wish: { kind: 'give-back', comment: 'it does' },
    entry: 'DelegateAnswered',
    by: COLLEAGUE,
    before: [[MANAGER, delegate]],
  },
  { wish: { kind: 'recall', comment: '' }, entry: 'DelegationRecalled', before: [[MANAGER, delegate]] },
  { wish: { kind: 'take-back', comment: '' }, entry: 'DecisionTakenBack', before: [[MANAGER, approve]] },
  addedSigner('before'),
  addedSigner('beside'),
  addedSigner('after'),
  {
    wish: { kind: 'remove-signer', signer: COLLEAGUE, comment: '' },
    entry: 'SignerRemoved',
    facts: { to: COLLEAGUE },
    before: [[MANAGER, { kind: 'add-signer', to: COLLEAGUE, where: 'before', comment: '' }]],
  },
  {
    wish: { kind: 'return-to-level', target: 0, comment: 'which supplier?' },
    entry: 'ReturnedToLevel',
    facts: { target: 0 },
    by: HEAD,
    level: 1,
    before: [[MANAGER, approve]],
  },
  { wish: { kind: 'return-to-requester', comment: 'too many chairs' }, entry: 'ReturnedToRequester' },
];

const TABLE = WAYS.map((way) => [nameOf(way.wish), way] as const);

function nameOf(wish: Wanted): string {
  const which = wish.kind === 'decide' ? wish.action : wish.kind === 'add-signer' ? wish.where : '';
  return `${wish.kind} ${which}`.trim();
}

/** A requisition on which everything has happened that comes before. */
async function openBefore({ by = MANAGER, level = 0, before = [], isClaimed = false }: Way) {
  const world = new PurchaseWorld({ policies: isClaimed ? claimedByOneOf([MANAGER, 'E-2002']) : inTurn });
  const event = requisitionEvent();
  await world.submit(event);
  for (const [employeeId, wish] of before) {
    expect(await world.act(employeeId, wish)).toMatchObject({ kind: wish.kind === 'decide' ? 'decided' : 'done' });
  }
  const { processId } = await world.head(event);
  const [approval] = await listApprovals(world.store, processId);
  assert(approval !== undefined, 'nobody is asked');
  /** What the action has added to the record, of the type that is asked for. */
  const added = async (type: string) => {
    await world.run();
    expect(await world.damages(event)).toEqual([]);
    const made = (await world.record(event)).filter(({ facts }) => facts.via !== 'link');
    return made.filter((entry) => entry.type === type || entry.type === 'DecisionRefused');
  };
  return { world, by, level, task: `${processId}/${approval.plan.approvalId}`, added };
}

const rule = (name: string, approver: string): ApprovalLevelRule => ({
  level: name,
  approvers: [{ rule: approver, weight: 1 }],
  mode: { kind: 'any' },
  isParallel: false,
  remindAfterHours: 24,
  escalateAfterHours: 48,
  expireAfterHours: 120,
});

const inTurn = {
  ...companyPolicies,
  approvalLevels: async () => [rule('Manager', 'manager'), rule('Head', 'department-head')],
};

/** The form of a page that sends the action, as it is shown. */
function shownForm(page: string, kind: Kind): string {
  const sends = kind === 'decide' ? 'name="action"' : `name="task" value="${kind}"`;
  const form = [...page.matchAll(/<form[\s\S]*?<\/form>/g)].map(([text]) => text).find((text) => text.includes(sends));
  assert(form !== undefined, `the page shows no form for ${kind}`);
  return form;
}

/** What is typed and chosen in a form, each in a field that it has; and what it carries unseen. */
function filledIn(form: string, { kind, ...typed }: Wanted): Readonly<Record<string, string>> {
  const hidden = [...form.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)"/g)];
  const fields = Object.entries(typed).filter(([name, value]) => value !== '' || name !== 'comment');
  for (const [name, value] of fields) {
    const field = form.match(new RegExp(`<(select|button|input|textarea)[^>]* name="${name}"[\\s\\S]*`));
    expect(field, `the form has a field ${name}`).not.toBeNull();
    if (field?.[1] === 'select' || field?.[1] === 'button') {
      expect(field[0]).toContain(`value="${value}"`);
    }
  }
  return {
    ...Object.fromEntries(hidden.map(([, name = '', value = '']) => [name, value])),
    ...Object.fromEntries(fields.map(([name, value]) => [name, String(value)])),
    ...(kind === 'decide' ? {} : { task: kind }),
  };
}

describe('every action of a task', () => {
  it('stands in the table, in every variant', () => {
    const kinds = contract.action.options.flatMap(({ shape: { kind } }) => kindsOf(kind));
    const places = contract.action.options.flatMap(({ shape }) => ('where' in shape ? shape.where.options : []));

    const wishes = WAYS.map(({ wish }) => wish);
    expect([...new Set(wishes.map(({ kind }) => kind))].toSorted()).toEqual(kinds.toSorted());
    expect(wishes.flatMap((wish) => (wish.kind === 'add-signer' ? [wish.where] : []))).toEqual(places);
  });

  it.each(TABLE)('counts by the form of its page: %s', async (_, way) => {
    const { world, by, level, task, added } = await openBefore(way);
    const person = await pagesOver(world).signIn(by);
    const path = `/me/tasks/${task}?level=${level}`;
    const { text } = await person.get(path);

    const { status } = await person.post(path, filledIn(shownForm(text, way.wish.kind), way.wish));

    expect(status).toBe(200);
    expect(await added(way.entry)).toEqual([madeBy(way, by, 'signed-in')]);
  });

  it.each(TABLE)('is offered by the API, and counts: %s', async (_, way) => {
    const { world, by, level, task, added } = await openBefore(way);
    const person = apiOver(world).as(by);
    const { round, documentVersion, ...shown } = (await person.get(`/api/v1/tasks/${task}?level=${level}`)).body;
    const { kind } = way.wish;
    expect(kind === 'decide' ? shown.decisions : shown.actions).toContainEqual(
      kind === 'decide' ? expect.objectContaining({ action: way.wish.action }) : kind,
    );

    const action = { ...way.wish, level, round, documentVersion };
    const { status, body } = await person.post(`/api/v1/tasks/${task}/actions`, action, 'key-1');

    expect([status, body]).toEqual([200, expect.objectContaining({ result: kind === 'decide' ? 'decided' : 'done' })]);
    expect(await added(way.entry)).toEqual([madeBy(way, by, 'api')]);
  });
});

function kindsOf(kind: (typeof contract.action.options)[number]['shape']['kind']): readonly string[] {
  return kind instanceof z.ZodEnum ? kind.options : [...kind.values];
}

function madeBy({ entry, facts }: Way, by: string, via: 'signed-in' | 'api') {
  return expect.objectContaining({
    type: entry,
    actor: { kind: 'person', id: by },
    facts: expect.objectContaining({ employeeId: by, via, ...facts }),
  });
}
