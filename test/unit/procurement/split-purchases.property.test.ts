import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headKey } from '../../../functions/process/keys.ts';
import type { PurchaseHead, PurchaseOutcome } from '../../../functions/procurement/domain/purchase.ts';
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

type Step =
  | { readonly kind: 'file'; readonly amount: number; readonly hours: number; readonly purchase: number }
  | { readonly kind: 'end'; readonly purchase: number; readonly outcome: PurchaseOutcome };

/** `purchase` is one of twelve: filed before, it is filed again with another amount. */
const purchase = fc.nat({ max: 11 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('file' as const),
      amount: fc.integer({ min: 1, max: 1200 }),
      hours: fc.constantFrom(0, 1, 24, 240, 719, 720, 721),
      purchase,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('end' as const),
      purchase,
      outcome: fc.constantFrom<PurchaseOutcome>('paid', 'refused', 'rejected', 'withdrawn', 'cancelled', 'expired'),
    }),
  },
);

/** What each filing was judged by, and what a model says that remembers everything. Empty: by itself. */
async function played(steps: readonly Step[]) {
  const store = new MemoryStore();
  const clock = new SettableClock('2026-01-01T00:00:00.000Z');
  const policies = { ...companyPolicies, splitLimits: async () => [{ limit: '1000', windowDays: WINDOW_DAYS }] };
  const newest = new Map<number, { readonly at: number; readonly amount: number }>();
  const ended = new Map<number, PurchaseOutcome>();
  const found: string[] = [];
  const expected: string[] = [];
  for (const one of steps) {
    if (ended.has(one.purchase)) {
      continue;
    }
    if (one.kind === 'end') {
      ended.set(one.purchase, one.outcome);
      const value = { ...headOf(one.purchase), outcome: one.outcome };
      const key = headKey(value.processId);
      await store.commit({ entries: [], personal: [], changes: [{ kind: 'create', key, value }] });
      continue;
    }
    clock.forward(one.hours * 3600);
    const at = clock.now().getTime();
    newest.set(one.purchase, { at, amount: one.amount });
    const check = await checkSplit({ store, clock, policies }, headOf(one.purchase), String(one.amount));
    if (check !== undefined) {
      await store.commit({ entries: [], personal: [], changes: [check.change] });
    }
    const pieces = [...newest].filter(
      ([index, piece]) =>
        piece.amount <= 1000 && at - piece.at <= WINDOW_DAYS * DAY && (ended.get(index) ?? 'paid') === 'paid',
    );
    const total = pieces.reduce((all, [, { amount }]) => all + amount, 0);
    found.push(check?.together?.amount ?? '');
    expected.push(one.amount <= 1000 && total > 1000 ? String(total) : '');
  }
  return { found, expected };
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

  it('are those of the newest versions within the window of which something may still be bought, and no others', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 40 }), async (steps) => {
        const { found, expected } = await played(steps);

        expect(found).toEqual(expected);
      }),
      { numRuns: 100 },
    );
  });
});
