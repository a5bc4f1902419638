/** Of requests of one row that are filed in the same instant, whoever decides about one knows of each other one. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { RequestHistory, RowSeen } from '../../../functions/approvals/domain/decision-facts.ts';
import { requestsSince } from '../../../functions/approvals/requests-since.ts';
import { headKey, purchaseHistoryKey } from '../../../functions/process/keys.ts';
import type { ProcessStore } from '../../../functions/process/store/port.ts';
import type { PurchaseHead } from '../../../functions/procurement/domain/purchase.ts';
import { earlierPurchases } from '../../../functions/procurement/earlier-purchases.ts';
import type { HistoryCheck } from '../../../functions/requests/earlier-requests.ts';
import { ConcurrencyError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';
import { interleaved } from '../../support/interleaved-store.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const REQUESTER = 'E-1001';
const SUPPLIER = 'SUP-001';

function keep(store: ProcessStore, value: PurchaseHead): Promise<void> {
  return store.commit({ entries: [], personal: [], changes: [{ kind: 'put', key: headKey(value.processId), value }] });
}

/** Of a head nothing else is read. */
function headOf(purchase: number): PurchaseHead {
  const state = { requisition: { title: `Things ${purchase}`, supplierCode: SUPPLIER } };
  const oa = { requestId: `PR-${purchase}` };
  return JSON.parse(JSON.stringify({ processId: `P2P-${purchase}`, requesterId: REQUESTER, oa, state }));
}

function row() {
  const store = new MemoryStore();
  const clock = new SettableClock('2026-01-01T00:00:00.000Z');
  /** As a question is committed: again, where another one of the row was faster. */
  const ask = async (purchase: number, through: ProcessStore = store): Promise<HistoryCheck> => {
    await keep(store, headOf(purchase));
    for (;;) {
      const total = { amount: '20.00', currency: 'CNY' };
      const check = await earlierPurchases({ store: through, clock }, headOf(purchase), total);
      try {
        await through.commit({ entries: [], personal: [], changes: [check.change] });
        return check;
      } catch (error) {
        if (!(error instanceof ConcurrencyError)) {
          throw error;
        }
      }
    }
  };
  const since = (purchase: number, seen: RowSeen, isOpen = true) =>
    // Of an approval nothing else is read.
    requestsSince({ store }, `P2P-${purchase}`, {
      plan: { row: seen },
      ...(isOpen ? { open: {} } : {}),
    } as ApprovalState);
  return { store, ask, since };
}

describe('what came into a row since a question was asked', () => {
  it('is, with what came before, every other request of the row, once, in whichever order they are committed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const { store, ask, since } = row();
        const purchases = [1, 2, 3, 4];
        const through = interleaved(store, scheduler);

        const asked = await scheduler.waitFor(Promise.all(purchases.map((purchase) => ask(purchase, through))));

        for (const [index, { earlier, seen }] of asked.entries()) {
          const own = purchases[index] ?? 0;
          const later = await since(own, seen);
          const before = (earlier?.latest ?? []).map(({ number }) => number);
          const after = (later?.latest ?? []).map(({ number }) => number);
          expect([...before, ...after].toSorted()).toEqual(
            purchases.filter((one) => one !== own).map((one) => `PR-${one}`),
          );
          expect(later?.count ?? 0).toBe(after.length);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has the latest three with what became of them, and the number of all', async () => {
    const { store, ask, since } = row();
    const { seen } = await ask(1);
    for (const purchase of [2, 3, 4, 5]) {
      await ask(purchase);
    }
    await keep(store, { ...headOf(4), outcome: 'rejected' });

    expect(await since(1, seen)).toEqual({
      of: 'purchases',
      count: 4,
      latest: [
        { number: 'PR-5', title: 'Things 5', amount: '20.00', at: '2026-01-01T00:00:00.000Z' },
        { number: 'PR-4', title: 'Things 4', amount: '20.00', at: '2026-01-01T00:00:00.000Z', outcome: 'rejected' },
        { number: 'PR-3', title: 'Things 3', amount: '20.00', at: '2026-01-01T00:00:00.000Z' },
      ],
    });
  });

  it('counts also those of a long row that are forgotten', async () => {
    const { ask, since } = row();
    const { seen } = await ask(1);
    for (let purchase = 2; purchase <= 71; purchase += 1) {
      await ask(purchase);
    }

    expect((await since(1, seen))?.count).toBe(70);
  });

  it('leaves out what was known before and is asked for again, and says nothing once it is decided', async () => {
    const { ask, since } = row();
    const first = await ask(1);
    const second = await ask(2);
    const again = await ask(1);

    expect(await since(2, second.seen)).toBeUndefined();
    expect(await since(1, again.seen)).toBeUndefined();
    expect(await since(1, first.seen)).toMatchObject({ latest: [{ number: 'PR-2' }] });
    expect(await since(1, first.seen, false)).toBeUndefined();
  });

  it('counts what was remembered before places were counted as come before', async () => {
    const { store, ask, since } = row();
    const value: RequestHistory = { requests: [{ processId: 'P2P-9', amount: '1', at: '2025-12-31T00:00:00.000Z' }] };
    const key = purchaseHistoryKey(REQUESTER, SUPPLIER);
    await store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value }] });

    const { earlier, seen } = await ask(1);

    expect(earlier?.latest).toMatchObject([{ number: 'P2P-9' }]);
    expect(await since(1, seen)).toBeUndefined();
  });
});
