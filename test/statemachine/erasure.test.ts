import { describe, expect, it } from 'vitest';
import { damagesOf, readRecordOf } from '../../functions/audit/verify-record.ts';
import { eraseProcess } from '../../functions/evidence/erase-personal.ts';
import type { ProcessDeps } from '../../functions/process/update-process.ts';
import { ChangeWorld, changeEvent } from '../support/change-world.ts';
import { claimEvent } from '../support/expense-company.ts';
import { ExpenseWorld } from '../support/expense-world.ts';
import { LeaveWorld, leaveEvent, MANAGER } from '../support/leave-world.ts';
import type { MemoryStore } from '../support/memory-store.ts';
import { OfficeWorld, officeEvent } from '../support/office-world.ts';
import { requisitionEvent } from '../support/purchase-company.ts';
import { PurchaseWorld } from '../support/purchase-world.ts';
import { payAll } from './purchase-story-parts.ts';

/** What nobody may find after the erasure. */
const WORDS = 'My neighbour Zhuang Zixian needs them';
const AGAIN = 'Zhuang Zixian has moved';
const ORDER = { by: 'Data protection officer', reason: 'request 2026-17' };

interface Ended {
  readonly deps: ProcessDeps;
  readonly store: MemoryStore;
  readonly processId: string;
}

type Told = ExpenseWorld | LeaveWorld | OfficeWorld | ChangeWorld | PurchaseWorld;

async function ended(world: Told): Promise<Ended> {
  const [process] = await world.store.listByTime<{ processId: string }>('ended-processes', {
    order: 'oldest-first',
    limit: 1,
  });
  return { deps: world.decisionDeps(), store: world.store, processId: process?.value.processId ?? '' };
}

const purchase = requisitionEvent({ requisition: { justification: WORDS } });

/** Each process to one of its ends; of purchases several, since each leaves something else in the table. */
const STORIES: { readonly [what: string]: () => Promise<Told> } = {
  'a purchase that was returned, sent again, and paid': async () => {
    const world = new PurchaseWorld();
    await world.submit(purchase);
    await world.returnIt('E-2001', AGAIN);
    await world.resubmit(purchase, { changes: { justification: AGAIN } });
    await payAll(world);
    return world;
  },
  'a purchase that was refused before anything was made of it': async () => {
    const world = new PurchaseWorld();
    await world.submit(requisitionEvent({ requisition: { justification: WORDS, total: '1.00' } }));
    return world;
  },
  'a purchase that was rejected': async () => {
    const world = new PurchaseWorld();
    await world.submit(purchase);
    await world.decide('E-2001', 'reject', AGAIN);
    return world;
  },
  'an expense claim': async () => {
    const world = new ExpenseWorld();
    await world.submit(claimEvent({ claim: { justification: WORDS } }));
    await world.decide('E-2001', 'reject', AGAIN);
    return world;
  },
  'a leave request': async () => {
    const world = new LeaveWorld();
    await world.submit(leaveEvent({ leave: { reason: WORDS } }));
    await world.decide(MANAGER, 'reject', AGAIN);
    return world;
  },
  'an office request': async () => {
    const world = new OfficeWorld();
    await world.submit(officeEvent({ fields: { reason: WORDS } }));
    await world.approve();
    return world;
  },
  'an engineering change': async () => {
    const world = new ChangeWorld();
    await world.submit(changeEvent({ change: { reason: WORDS } }));
    await world.decide('E-4001', 'reject', AGAIN);
    return world;
  },
};

describe('what people wrote', () => {
  it.each(Object.keys(STORIES))('is in no row of any table once it was erased from %s', async (name) => {
    const { deps, store, processId } = await ended(await (STORIES[name] as () => Promise<Told>)());
    expect(store.everything()).toContain('Zhuang Zixian');

    expect(await eraseProcess(deps, processId, ORDER)).toBeGreaterThan(1);

    expect(store.everything()).not.toContain('Zhuang Zixian');
    const found = await readRecordOf(store, processId);
    expect(found === undefined ? undefined : damagesOf(found.reading)).toEqual([]);
    expect(found?.reading.personal).toEqual([]);
    expect(await eraseProcess(deps, processId, ORDER)).toBe(0);
  });

  it('stays as long as the process runs, which goes on by it', async () => {
    const world = new PurchaseWorld();
    await world.submit(purchase);
    const { processId } = await world.head(purchase);

    await expect(eraseProcess(world.decisionDeps(), processId, ORDER)).rejects.toMatchObject({
      rule: 'process-runs',
      message: expect.stringContaining(processId),
    });
    await payAll(world);

    expect(await eraseProcess(world.decisionDeps(), processId, ORDER)).toBeGreaterThan(1);
    expect(world.store.everything()).not.toContain(WORDS);
  });
});
