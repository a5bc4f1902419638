/** What is claimed in a run: two claims that may get into each other's way. */
import type { ExpenseClaimSubmitted } from '../../../functions/events/expense-claim-submitted.ts';
import { claimEvent, line, receipt } from '../../support/expense-company.ts';

const OTHER_PAPER = receipt({ number: '24312000000099999999' });
/** Above what a day in town may cost, so that a reviewer judges it. */
const DEAR = {
  lines: [line({ category: 'transport', amount: '380.00', units: 1 })],
  receipts: [receipt({ amount: '380.00' })],
  total: '380.00',
};

/** The first claim of a run. */
const FIRSTS: readonly (() => ExpenseClaimSubmitted)[] = [
  () => claimEvent(),
  () => claimEvent({ claim: DEAR }),
  () => claimEvent(),
  // Its total is not the sum of its lines.
  () => claimEvent({ claim: { total: '1.00' } }),
  // Of somebody who has left.
  () => claimEvent({ employeeId: 'E-1003' }),
];
/** The second one. */
const SECONDS: readonly (() => ExpenseClaimSubmitted)[] = [
  // A colleague claims the same paper.
  () => claimEvent({ requestId: 'EX-2', employeeId: 'E-1004' }),
  // The same employee has another one of another day, and the same advance.
  () => claimEvent({ requestId: 'EX-2', claim: { lines: [line({ date: '2026-01-02' })], receipts: [OTHER_PAPER] } }),
];
/** What was advanced to the employee: nothing, a part of one claim, all of one, all of both. */
const ADVANCES = ['0', '0', '100.00', '180.00', '1000.00'];

export function claimsOf(seed: number): readonly [ExpenseClaimSubmitted, ExpenseClaimSubmitted] {
  const first = FIRSTS[seed % FIRSTS.length] ?? claimEvent;
  const second = SECONDS[seed % SECONDS.length] ?? claimEvent;
  return [first(), second()];
}

export function advanceOf(seed: number): string {
  return ADVANCES[Math.floor(seed / FIRSTS.length) % ADVANCES.length] ?? '0';
}

/** What employees send in the place of what was returned; the last two cannot be taken. */
export const CHANGES: readonly object[] = [
  {},
  { title: 'Dinner with two customers' },
  { total: '180.00' },
  { lines: [line({ amount: '120.00' })], total: '120.00' },
  { total: '2.00' },
  { costCentre: 'CC-999' },
];

/** With it the first claim is whole, whatever was wrong with it. */
export const MENDED = { lines: [line({ amount: '150.00' })], receipts: [receipt()], total: '150.00' };
