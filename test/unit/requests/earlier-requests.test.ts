import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headKey } from '../../../functions/process/keys.ts';
import type { PurchaseHead, PurchaseOutcome } from '../../../functions/procurement/domain/purchase.ts';
import { earlierPurchases } from '../../../functions/procurement/earlier-purchases.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';

interface Filed {
  readonly purchase: number;
  readonly amount?: string;
  readonly requesterId?: string;
  readonly supplierCode?: string;
}

/** A year of purchases; `file` gives what is shown when one is asked for. */
function year() {
  const store = new MemoryStore();
  const clock = new SettableClock('2026-01-01T00:00:00.000Z');
  const headOf = ({ purchase, requesterId = 'E-1001', supplierCode = 'SUP-001' }: Filed, more = {}): PurchaseHead =>
    // Of a head nothing else is read.
    JSON.parse(
      JSON.stringify({
        processId: `P2P-${purchase}`,
        requesterId,
        oa: { requestId: `PR-${purchase}` },
        state: { requisition: { title: `Things ${purchase}`, supplierCode } },
        ...more,
      }),
    );
  return {
    clock,
    async file(filed: Filed) {
      const head = headOf(filed);
      const total = { amount: filed.amount ?? '20.00', currency: 'CNY' };
      const { earlier, change } = await earlierPurchases({ store, clock }, head, total);
      await store.commit({ entries: [], personal: [], changes: [change] });
      return earlier;
    },
    async end(purchase: number, outcome: PurchaseOutcome, orderNumber?: string) {
      const filed = headOf({ purchase });
      const order = orderNumber === undefined ? {} : { order: { orderNumber } };
      const value = { ...filed, outcome, state: { ...filed.state, ...order } };
      await store.commit({
        entries: [],
        personal: [],
        changes: [{ kind: 'create', key: headKey(value.processId), value }],
      });
    },
    forward: (days: number) => clock.forward(days * 86_400),
  };
}

describe('the earlier purchases of a requester from a supplier', () => {
  it('are none the first time', async () => {
    expect(await year().file({ purchase: 1 })).toBeUndefined();
  });

  it('are the latest three, newest first, with what became of them, and the sum of what was bought', async () => {
    // Prepare
    const { file, end, forward } = year();
    for (const purchase of [1, 2, 3, 4]) {
      await file({ purchase, amount: `${purchase}00.50` });
      forward(1);
    }
    await end(1, 'paid', 'PO-1');
    await end(3, 'rejected');
    await end(4, 'paid', 'PO-4');

    // Act
    const earlier = await file({ purchase: 5 });

    // Assess
    expect(earlier).toEqual({
      of: 'purchases',
      days: 365,
      count: 3,
      total: '701.50',
      latest: [
        { number: 'PO-4', title: 'Things 4', amount: '400.50', at: '2026-01-04T00:00:00.000Z', outcome: 'paid' },
        { number: 'PR-3', title: 'Things 3', amount: '300.50', at: '2026-01-03T00:00:00.000Z', outcome: 'rejected' },
        { number: 'P2P-2', title: '', amount: '200.50', at: '2026-01-02T00:00:00.000Z' },
      ],
    });
  });

  it('leave out those of others, from others, and of more than a year ago', async () => {
    const { file, forward } = year();
    await file({ purchase: 1 });
    await file({ purchase: 2, requesterId: 'E-1002' });
    await file({ purchase: 3, supplierCode: 'SUP-002' });

    forward(365);
    expect(await file({ purchase: 4 })).toMatchObject({ count: 1, latest: [{ number: 'P2P-1' }] });
    forward(1);
    expect(await file({ purchase: 5 })).toMatchObject({ count: 1, latest: [{ number: 'P2P-4' }] });
  });

  it('are not the purchase itself, which counts with its latest amount when it is asked for again', async () => {
    const { file } = year();
    await file({ purchase: 1, amount: '20' });

    expect(await file({ purchase: 1, amount: '30' })).toBeUndefined();
    expect(await file({ purchase: 2 })).toMatchObject({ count: 1, total: '30.00' });
  });

  it('say so when there were more than are remembered', async () => {
    const { file } = year();
    for (let purchase = 1; purchase <= 51; purchase += 1) {
      expect((await file({ purchase }))?.isMore).toBeUndefined();
    }

    expect(await file({ purchase: 52 })).toMatchObject({ count: 50, total: '1000.00', isMore: true });
  });

  it('count, over any year, what was asked for within 365 days and was not given up', async () => {
    const step = fc.record({ days: fc.nat({ max: 200 }), amount: fc.nat({ max: 9999 }), isGivenUp: fc.boolean() });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        const { file, end, forward } = year();
        const model: { readonly day: number; readonly amount: number; readonly isGivenUp: boolean }[] = [];
        let day = 0;
        for (const [purchase, { days, amount, isGivenUp }] of steps.entries()) {
          forward(days);
          day += days;
          const seen = model.filter((one) => day - one.day <= 365);
          const counting = seen.filter((one) => !one.isGivenUp);

          const earlier = await file({ purchase, amount: String(amount) });

          expect(earlier?.latest.length ?? 0).toBe(Math.min(3, seen.length));
          expect(earlier?.count ?? 0).toBe(counting.length);
          expect(Number(earlier?.total ?? 0)).toBe(counting.reduce((total, one) => total + one.amount, 0));
          model.push({ day, amount, isGivenUp });
          if (isGivenUp) {
            await end(purchase, 'withdrawn');
          }
        }
      }),
    );
  });
});
