/** Drafts that a posting left in the ERP, when its claim is given up: nobody may post them once the receipts are free. */
import { describe, expect, it } from 'vitest';
import { sweepIntents } from '../../functions/procurement/sweep-intents.ts';
import { claimEvent } from '../support/expense-company.ts';
import { handInExpense } from '../support/expense-end.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import type { FakeLedger } from '../support/fake-ledger.ts';
import type { End } from '../support/path-coverage.ts';

const event = claimEvent();
/** In minutes: retries happen before anybody does anything. */
const PATIENCE = 60;
const GIVEN_UP: End = {
  record: 'approve !PostEntry cancel cancelled',
  erp: 'nothing',
  oa: 'accepted approved cancelled',
};

/** The operators are asked about a posting that left a draft. */
async function refused(reason: Partial<Pick<FakeLedger, 'hasChangedDraft' | 'refusesToPost'>>): Promise<ExpenseWorld> {
  const world = new ExpenseWorld({ patience: PATIENCE });
  Object.assign(world.ledger, reason);
  await world.submit(event);
  await world.approve();
  expect(world.ledger.allDrafts()).toHaveLength(1);
  return world;
}

const refusedToPost = () => refused({ refusesToPost: true });

const giveUp = (world: ExpenseWorld) => world.decide('operators', 'cancel', 'The employee has left');

/** The claim ended while the ERP was down, and what was asked of it is carried out as far as a draft. */
async function begunLate(): Promise<ExpenseWorld> {
  const world = new ExpenseWorld();
  world.ledger.fault = (operation) => (operation === 'postEntry' ? 'down' : undefined);
  await world.submit(event);
  await world.approve();
  await world.giveUpRetrying();
  await giveUp(world);
  const { processId, status } = await world.head(event);
  expect(status).toBe('ended');
  world.ledger.beginEntry(`${processId}-entry`);
  return world;
}

const sweep = (world: ExpenseWorld) => sweepIntents({ ...world.decisionDeps(), erp: world.erp, ledger: world.ledger });

const toldOfDraft = ({ mails }: ExpenseWorld) => mails.filter(({ text }) => text.includes('stands in the ERP'));

describe('a draft of a claim that is given up', () => {
  it.each([
    ['that somebody changed', { hasChangedDraft: true }],
    ['that the ERP refuses to post', { refusesToPost: true }],
  ])('%s is deleted in the ERP, and the record says so', async (_, reason) => {
    const world = await refused(reason);

    await giveUp(world);

    const types = await world.entryTypes(event);
    expect(types.filter((type) => type.startsWith('Draft'))).toEqual(['DraftDiscardIntended', 'DraftDiscarded']);
    expect((await world.head(event)).state.receipts).toEqual([]);
    await handInExpense(world, event, GIVEN_UP);
  });

  it.each(['down', 'lost-reply'] as const)('is deleted though the ERP fails at that once (%s)', async (fault) => {
    const world = await refusedToPost();
    let failed = 0;
    world.ledger.fault = (operation) => (operation === 'discardDraft' && failed++ === 0 ? fault : undefined);

    await giveUp(world);

    expect(failed).toBe(2);
    expect(await world.entryTypes(event)).toContain('DraftDiscardIntended');
    await handInExpense(world, event, GIVEN_UP);
  });

  it('that the ERP does not let go keeps the receipts, until operators have deleted it there', async () => {
    const world = await refusedToPost();
    world.ledger.keepsDrafts = true;
    await giveUp(world);
    const failed = (await world.record(event)).findLast(({ type }) => type === 'StepFailed');
    expect(failed?.facts).toMatchObject({ step: 'UndoClaim', error: 'BusinessRuleError' });
    expect((await world.head(event)).state.receipts).toHaveLength(1);

    world.ledger.keepsDrafts = false;
    await world.decide('operators', 'retry');

    await handInExpense(world, event, { ...GIVEN_UP, record: 'approve !PostEntry cancel !UndoClaim retry cancelled' });
  });

  it('that somebody posts while it is looked for is taken back', async () => {
    const world = await refusedToPost();
    const { journal } = (await world.head(event)).state;
    const discardDraft = world.ledger.discardDraft.bind(world.ledger);
    world.ledger.discardDraft = async (key) => {
      world.ledger.refusesToPost = false;
      await world.ledger.postEntry({ key, date: '2026-01-01', description: '', lines: journal?.lines ?? [] });
      return discardDraft(key);
    };

    await giveUp(world);

    expect(await world.entryTypes(event)).not.toContain('DraftDiscarded');
    await handInExpense(world, event, {
      record: 'approve !PostEntry cancel cancelled',
      erp: 'JE-1 reversed 180',
      oa: 'accepted approved posted reversed cancelled',
    });
  });
});

describe('a draft that the ERP makes after its claim has ended', () => {
  it('is deleted, and recorded, once', async () => {
    const world = await begunLate();

    const rounds = [await sweep(world), await sweep(world)];

    expect(rounds.map(({ found }) => found)).toEqual([1, 0]);
    expect(world.ledger.allDrafts()).toEqual([]);
    expect((await world.entryTypes(event)).filter((type) => type === 'DraftDiscarded')).toHaveLength(1);
    expect(await world.entryTypes(event)).not.toContain('IntentWithoutEffect');
  });

  it('and does not let go is told to the operators, once', async () => {
    const world = await begunLate();
    world.ledger.keepsDrafts = true;

    const rounds = [await sweep(world), await sweep(world)];
    await world.run();

    expect(rounds.map(({ found }) => found)).toEqual([1, 0]);
    expect((await world.entryTypes(event)).filter((type) => type === 'LateDraftFound')).toHaveLength(1);
    expect(toldOfDraft(world)).toHaveLength(1);
  });

  it('is looked for again where the ERP cannot be asked', async () => {
    const world = await begunLate();
    world.ledger.fault = (operation) => (operation === 'discardDraft' ? 'down' : undefined);
    await world.advance(24 * 30);

    await expect(sweep(world)).rejects.toMatchObject({ name: 'ConnectorTransientError' });

    world.ledger.fault = () => undefined;
    expect(await sweep(world)).toEqual({ watched: 1, found: 1 });
  });
});
