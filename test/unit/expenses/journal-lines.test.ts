import { describe, expect, it } from 'vitest';
import { type ExpenseClaim, expenseClaimSchema } from '../../../functions/events/expense-claim-submitted.ts';
import { checkClaim } from '../../../functions/expenses/domain/check-claim.ts';
import { journalOf } from '../../../functions/expenses/domain/journal.ts';

function claimOf(lines: readonly object[]): ExpenseClaim {
  const usual = { category: 'meals', date: '2026-11-02', amount: '20.00', currency: 'CNY' };
  return expenseClaimSchema.parse({
    ...{ title: 'Journey', costCentre: 'CC-100', legalEntity: 'CN01', total: '20.00' },
    lines: lines.map((line) => ({ ...usual, ...line })),
  });
}

/** Without any rate of another currency. */
function journal(claim: ExpenseClaim) {
  const check = checkClaim({
    claim,
    identities: [],
    rates: new Map(),
    limits: new Map(),
    journeys: new Map(),
    others: [],
    today: '2026-11-26',
    currency: 'CNY',
    bookedEntities: ['CN01'],
  });
  const accounts = new Map([
    ['travel', '6601'],
    ['meals', '6603'],
  ]);
  const credited = { payableAccount: '2241', advanceAccount: '1221' };
  return journalOf({ claim, check, accounts, credited, openAdvance: '0', employeeId: 'E-1001' });
}

describe('the lines of a journal entry', () => {
  it('never take the amount of another line: a line that could not be converted is not posted', () => {
    const claim = claimOf([{ category: 'travel', currency: 'EUR' }, {}]);

    expect(() => journal(claim)).toThrow('line 1 of the claim has no amount that can be posted');
  });

  it('are never zero', () => {
    expect(() => journal(claimOf([{}, { amount: '0' }]))).toThrow('line 2 of the claim has no amount');
  });

  it('have a text that is cut between characters, never within one', () => {
    const texts = Array.from({ length: 30 }, (_, length) => {
      const entry = journal(claimOf([{ description: `${'x'.repeat(90 + length)}𠮷😀 with guests` }]));
      return 'lines' in entry ? (entry.lines[0]?.description ?? '') : '';
    });

    expect(texts.every((text) => text !== '' && Buffer.from(text).toString() === text)).toBe(true);
    expect(Math.max(...texts.map((text) => Array.from(text).length))).toBe(120);
  });
});
