import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PurchaseHead } from '../../../functions/procurement/domain/purchase.ts';
import { checkSplit } from '../../../functions/procurement/split-purchases.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { companyPolicies } from '../../support/purchase-company.ts';

const WINDOW_DAYS = 30;
const DAY = 86_400_000;

/** Purchases of 20 CNY, one after the other, and the amount that each was judged by. */
async function judged(gaps: readonly number[]) {
  const store = new MemoryStore();
  const clock = new SettableClock('2026-01-01T00:00:00.000Z');
  const policies = { ...companyPolicies, splitLimits: async () => [{ limit: '1000', windowDays: WINDOW_DAYS }] };
  const amounts: { readonly at: number; readonly amount: number }[] = [];
  for (const [index, hours] of gaps.entries()) {
    clock.forward(hours * 3600);
    const check = await checkSplit({ store, clock, policies }, headOf(index), '20');
    if (check !== undefined) {
      await store.commit({ entries: [], personal: [], changes: [check.change] });
    }
    amounts.push({ at: clock.now().getTime(), amount: Number(check?.together?.amount ?? '0') });
  }
  return amounts;
}

function headOf(index: number): PurchaseHead {
  const requisition = { costCentre: 'CC-100', supplierCode: 'SUP-001' };
  // Of a head nothing else is read.
  return JSON.parse(JSON.stringify({ processId: `P2P-${index}`, requesterId: 'E-1001', state: { requisition } }));
}

describe('purchases that together exceed a limit', () => {
  it('are judged by all of the window, and at most by what was bought on the day before it, however many there are', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 280, maxLength: 320 }), async (gaps) => {
        const all = await judged(gaps);

        for (const [index, { at, amount }] of all.entries()) {
          const sumOf = (days: number) =>
            20 * all.slice(0, index + 1).filter((one) => at - one.at <= days * DAY).length;
          const [exact, most] = [sumOf(WINDOW_DAYS), sumOf(WINDOW_DAYS + 1)];
          if (exact > 1000) {
            expect(amount).toBeGreaterThanOrEqual(exact);
          }
          expect(amount).toBeLessThanOrEqual(most);
        }
      }),
      { numRuns: 10 },
    );
  });
});
