import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type JournalInput, journalOf } from '../../../functions/expenses/domain/journal.ts';
import { compare, sum } from '../../../functions/money/money.ts';
import { check, claimOf } from './claims.ts';

const claim = claimOf();
const input: JournalInput = {
  claim,
  check: check(claim),
  accounts: new Map([
    ['accommodation', '6602'],
    ['meals', '6603'],
  ]),
  credited: { payableAccount: '2241', advanceAccount: '1221' },
  openAdvance: '0',
  employeeId: 'E-1001',
};

describe('the journal entry of a claim', () => {
  it('debits each line and owes the employee the sum', () => {
    expect(journalOf(input)).toEqual({
      lines: [
        { accountCode: '6602', debit: '480.00', description: '2026-11-02 accommodation' },
        { accountCode: '6603', debit: '160.40', description: '2026-11-02 meals' },
        { accountCode: '2241', credit: '640.40', employeeId: 'E-1001', description: 'Owed to the employee' },
      ],
      owed: '640.40',
      setOff: '0.00',
    });
  });

  it('sets an advance off first: some of the claim, or all of it and no more', () => {
    expect(journalOf({ ...input, openAdvance: '40.40' })).toMatchObject({ owed: '600.00', setOff: '40.40' });
    const whole = journalOf({ ...input, openAdvance: '1000' });
    expect(whole).toMatchObject({ owed: '0.00', setOff: '640.40' });
    expect('lines' in whole ? whole.lines.map(({ accountCode }) => accountCode) : []).toEqual(['6602', '6603', '1221']);
  });

  it('is refused, not guessed, without an account', () => {
    expect(journalOf({ ...input, accounts: new Map([['meals', '6603']]) })).toEqual({
      refusal: 'unmapped-account',
      message: 'account-mapping.dmn has no account for accommodation, cost centre CC-100, legal entity CN01',
    });
    expect(journalOf({ ...input, credited: undefined })).toMatchObject({ refusal: 'unmapped-account' });
  });

  it('balances whatever was spent and advanced, and no line is zero', () => {
    const cents = fc.integer({ min: 0, max: 500_000_000 }).map((number) => (number / 100).toFixed(2));

    fc.assert(
      fc.property(cents, cents, cents, (hotel, meals, openAdvance) => {
        fc.pre(hotel !== '0.00' && meals !== '0.00');
        const lines = claim.lines.map((line, index) => ({
          ...line,
          currency: 'CNY',
          amount: [hotel, meals][index] ?? '',
        }));
        const spent = claimOf({ lines });

        const journal = journalOf({ ...input, claim: spent, check: check(spent), openAdvance });

        const booked = 'lines' in journal ? journal.lines : [];
        expect(
          compare(sum(booked.map(({ debit = '0' }) => debit)), sum(booked.map(({ credit = '0' }) => credit))),
        ).toBe(0);
        expect(booked.every(({ debit, credit }) => compare(debit ?? credit ?? '0', '0') > 0)).toBe(true);
        expect(booked.length).toBeGreaterThanOrEqual(3);
      }),
    );
  });
});
