import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExpenseClaim } from '../../../functions/events/expense-claim-submitted.ts';
import { add, compare, subtract, sum } from '../../../functions/money/money.ts';
import type { ExpenseLimit } from '../../../functions/policy/port.ts';
import { check, claimOf, LIMIT, withLine, withReceipt } from './claims.ts';

function found(claim: ExpenseClaim, ...more: [] | [Parameters<typeof check>[1]]) {
  return check(claim, ...more).findings.map(({ field, code, severity }) => `${severity} ${code} at ${field}`);
}

describe('a claim that is right', () => {
  it('has no finding, and each line has its amount in the company’s currency', () => {
    expect(check(claimOf())).toEqual({
      lines: [
        { lineNumber: 1, rate: '1', baseAmount: '480.00' },
        { lineNumber: 2, rate: '8', baseAmount: '160.40' },
      ],
      baseTotal: { amount: '640.40', currency: 'CNY' },
      findings: [],
    });
  });

  it('may claim less than the receipt proves, and prove one line by several receipts and several lines by one', () => {
    const lines = [
      { category: 'meals', date: '2026-11-02', units: 9, amount: '300.00', currency: 'CNY', receiptIds: ['R1', 'R2'] },
      { category: 'meals', date: '2026-11-02', units: 9, amount: '100.00', currency: 'CNY', receiptIds: ['R2'] },
    ].map((line) => ({ ...line, description: '' }));
    const receipts = ['R1', 'R2'].map((receiptId) => ({
      receiptId,
      number: receiptId,
      sellerName: 'Hotel A',
      date: '2026-11-02',
      amount: '200.00',
      currency: 'CNY',
    }));

    expect(found(claimOf({ lines, receipts, total: '400.00' }))).toEqual([]);
    expect(found(withLine({ amount: '479.00' }, { total: '639.40' }))).toEqual([]);
  });
});

describe('each thing that is wrong is found, with its field', () => {
  const cases: readonly (readonly [string, ExpenseClaim, string])[] = [
    [
      'an entity whose books are kept elsewhere',
      claimOf({ legalEntity: 'DE01' }),
      'return not-booked-here at claim.legalEntity',
    ],
    ['a total one cent above', claimOf({ total: '640.41' }), 'return total-differs at claim.total'],
    ['a total one cent below', claimOf({ total: '640.39' }), 'return total-differs at claim.total'],
    [
      'nothing spent',
      withLine({ amount: '0' }, { total: '160.40' }),
      'return amount-not-positive at claim.lines[0].amount',
    ],
    [
      'a negative amount',
      withLine({ amount: '-1.00' }, { total: '159.40' }),
      'return amount-not-positive at claim.lines[0].amount',
    ],
    ['parts of a cent', withLine({ amount: '479.999' }), 'return amount-not-rounded at claim.lines[0].amount'],
    ['a day to come', withLine({ date: '2026-11-27' }), 'return date-in-future at claim.lines[0].date'],
    ['a day too long ago', withLine({ date: '2026-08-27' }), 'return too-old at claim.lines[0].date'],
    ['a kind that nobody claims', withLine({ category: 'gifts' }), 'return not-claimable at claim.lines[0].category'],
    [
      'one cent above the limit',
      withLine({ amount: '600.01', receiptIds: [] }, { total: '760.41', receipts: claimOf().receipts.slice(1) }),
      'return over-limit at claim.lines[0].amount',
    ],
    [
      'no receipt',
      withLine({ receiptIds: [] }, { receipts: claimOf().receipts.slice(1) }),
      'return receipt-missing at claim.lines[0].receiptIds',
    ],
    [
      'a receipt that is not there',
      withLine({ receiptIds: ['R1', 'R9'] }),
      'return unknown-receipt at claim.lines[0].receiptIds',
    ],
    [
      'a receipt that no line names',
      claimOf({
        receipts: [...claimOf().receipts, { receiptId: 'R3', date: '2026-11-02', amount: '1', currency: 'CNY' }],
      }),
      'return unused-receipt at claim.receipts[2].receiptId',
    ],
    [
      'one cent more than proved',
      withReceipt({ amount: '479.99' }),
      'return receipt-exceeded at claim.lines[0].amount',
    ],
    ['another currency', withReceipt({ currency: 'EUR' }), 'return receipt-currency-differs at claim.lines[0].amount'],
    ['a credit note', withReceipt({ amount: '-480.00' }), 'return amount-not-positive at claim.receipts[0].amount'],
    [
      'a receipt with parts of a cent',
      withReceipt({ amount: '480.001' }),
      'return amount-not-rounded at claim.receipts[0].amount',
    ],
    ['a receipt of tomorrow', withReceipt({ date: '2026-11-27' }), 'return date-in-future at claim.receipts[0].date'],
    [
      'a receipt that nothing tells from others',
      withReceipt({ number: undefined, sellerName: undefined }),
      'return receipt-not-identifiable at claim.receipts[0].number',
    ],
    [
      'a receipt with a short number of nobody',
      withReceipt({ sellerName: undefined }),
      'return receipt-not-identifiable at claim.receipts[0].number',
    ],
    ['one id twice', withReceipt({ receiptId: 'R2' }), 'return receipt-repeated at claim.receipts[1].receiptId'],
    [
      'one paper twice',
      withReceipt({ number: ' ７7 ', sellerName: 'BAR b.' }),
      'return duplicate-in-claim at claim.receipts[1].number',
    ],
  ];

  it.each(cases)('%s', (_name, claim, expected) => {
    expect(found(claim)).toContain(expected);
  });

  it('a day to come, and an earlier year, of a kind that nobody claims: all is answered at once', () => {
    expect(found(withLine({ category: 'gifts', date: '2026-11-27' }))).toEqual([
      'return not-claimable at claim.lines[0].category',
      'return date-in-future at claim.lines[0].date',
    ]);
    expect(found(withLine({ category: 'gifts', date: '2025-11-02' }))).toEqual([
      'return not-claimable at claim.lines[0].category',
      'review earlier-year at claim.lines[0].date',
    ]);
  });

  it('a receipt that is older than any of the lines that name it may be', () => {
    const young: ExpenseLimit = { ...LIMIT, maxAgeDays: 30 };
    const limits = new Map([
      ['accommodation', LIMIT],
      ['meals', young],
    ]);
    const claim = withReceipt({ date: '2026-08-28' });
    const lines = claim.lines.map((line) => ({ ...line, category: 'accommodation' }));

    expect(found(claim, { limits })).toEqual([]);
    expect(found(withReceipt({ date: '2026-08-27' }), { limits })).toEqual([
      'return too-old at claim.receipts[0].date',
    ]);
    const shared = lines.map((line, index) => ({
      ...line,
      ...(index === 1 ? { category: 'meals', receiptIds: ['R1', 'R2'] } : {}),
    }));
    expect(found({ ...claim, lines: shared }, { limits })).toContain('return too-old at claim.receipts[0].date');
  });

  it('no receipt for being dated after its line: invoices are issued later', () => {
    expect(found(withReceipt({ date: '2026-11-26' }))).toEqual([]);
  });

  it('in both languages, with the remedy', () => {
    const [total] = check(claimOf({ total: '640.41' })).findings;

    expect(total?.reason).toEqual({
      en: 'claim.total: is 640.41, but the lines come to 640.40 CNY; write 640.40, or correct the lines.',
      zh: 'claim.total：为 640.41，但各行合计 640.40 CNY；请填写 640.40，或更正明细。',
    });
  });

  it('a currency without a rate of that day, and the total is not compared then', () => {
    expect(found(claimOf(), { rates: new Map([['EUR 2026-11-03', '8']]) })).toEqual([
      'return no-rate at claim.lines[1].currency',
    ]);
  });

  it('a line above a limit that a person judges, per unit', () => {
    const limits = new Map<string, ExpenseLimit>([
      ['accommodation', LIMIT],
      ['meals', { ...LIMIT, perUnit: '80.19', overLimit: 'review' }],
    ]);

    expect(found(claimOf(), { limits })).toEqual(['review over-limit at claim.lines[1].amount']);
  });

  it('what is split over several lines of one day', () => {
    const meal = { category: 'meals', date: '2026-11-02', description: '', units: 1, currency: 'CNY', receiptIds: [] };
    const split = (...amounts: readonly string[]) =>
      claimOf({ lines: amounts.map((amount) => ({ ...meal, amount })), receipts: [], total: sum(amounts) });

    expect(found(split('25.00', '25.00'))).toEqual([]);
    expect(found(split('25.00', '25.00', '0.01'))).toEqual(['return receipt-missing at claim.lines[0].receiptIds']);
    expect(found(split('25.00', '25.00', '50.01'))).toContain('review over-limit at claim.lines[0].amount');
  });

  it('an expense of last year is judged by a person while it is young enough', () => {
    const today = '2027-01-15';

    expect(found(claimOf(), { today })).toEqual([
      'review earlier-year at claim.lines[0].date',
      'review earlier-year at claim.lines[1].date',
    ]);
  });
});

describe('the total', () => {
  const amounts = fc.array(fc.integer({ min: 1, max: 10_000_000 }), { minLength: 1, maxLength: 200 });
  const cents = (number: number) => `${Math.floor(number / 100)}.${String(number % 100).padStart(2, '0')}`;

  it('is right to the cent and wrong beside it, however many lines there are', () => {
    fc.assert(
      fc.property(amounts, fc.constantFrom('0.01', '-0.01', '0'), (numbers, error) => {
        const lines = numbers.map((number) => ({
          category: 'accommodation',
          date: '2026-11-02',
          description: '',
          units: 366,
          amount: cents(number),
          currency: 'CNY',
          receiptIds: [],
        }));
        const limits = new Map([['accommodation', { ...LIMIT, receiptAbove: '999999', perUnit: '999999' }]]);
        const right = sum(lines.map(({ amount }) => amount));

        const { baseTotal, findings } = check(claimOf({ lines, receipts: [], total: add(right, error) }), { limits });

        expect(compare(baseTotal.amount, right)).toBe(0);
        expect(findings.map(({ code }) => code)).toEqual(error === '0' ? [] : ['total-differs']);
        expect(subtract(baseTotal.amount, right)).toBe('0');
      }),
      { numRuns: 50 },
    );
  });
});
