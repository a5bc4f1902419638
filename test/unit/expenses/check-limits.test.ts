/** Limits of a day and of a journey, over all claims of an employee. */
import { describe, expect, it } from 'vitest';
import type { ExpenseLine } from '../../../functions/events/expense-claim-submitted.ts';
import { changedJourneys } from '../../../functions/expenses/domain/changed-journeys.ts';
import type { ClaimCheckInput } from '../../../functions/expenses/domain/check-claim.ts';
import { type ClaimedUse, monthsOf, usesOf } from '../../../functions/expenses/domain/claimed-use.ts';
import type { ExpenseLimit } from '../../../functions/policy/port.ts';
import { check, claimOf, LIMIT } from './claims.ts';

const MEAL = { category: 'meals', date: '2026-11-02', description: '', units: 1, amount: '49.99', currency: 'CNY' };
const DAILY: ExpenseLimit = { ...LIMIT, perUnit: '150', receiptAbove: '50', unit: 'day', mostUnits: 14 };

function claimed(lines: readonly Partial<ExpenseLine>[], changes: Partial<ClaimCheckInput> = {}) {
  const claim = claimOf({
    lines: lines.map((one) => ({ ...MEAL, receiptIds: [], ...one })),
    receipts: [],
    total: '0',
  });
  const { findings } = check(claim, { limits: new Map([['meals', DAILY]]), ...changes });
  return findings.filter(({ code }) => code !== 'total-differs');
}

function codesOf(...asked: Parameters<typeof claimed>) {
  return claimed(...asked).map(({ field, code, severity }) => `${severity} ${code} at ${field}`);
}

function used(changes: Partial<ClaimedUse> = {}): ClaimedUse {
  return { category: 'meals', date: '2026-11-02', units: 1, claimed: '49.99', unproved: '49.99', ...changes };
}

describe('a day of which other claims have something', () => {
  it('has one limit for all of them', () => {
    const others = [used({ claimed: '130.00', unproved: '0' })];

    expect(codesOf([{ amount: '20.00' }], { others })).toEqual([]);
    expect(codesOf([{ amount: '20.01' }], { others })).toEqual(['return over-limit at claim.lines[0].amount']);
    expect(claimed([{ amount: '20.01' }], { others })[0]?.reason.en).toContain(
      '150.01 CNY is claimed of this kind for this day, 130 CNY of it in other claims, and 150 is the most for 1; claim 20 or less.',
    );
  });

  it('counts the units of the line that has most, in whichever claim', () => {
    const others = [used({ units: 2, claimed: '200.00', unproved: '0' })];

    expect(codesOf([{ amount: '49.99' }], { others })).toEqual([]);
  });

  it('needs a receipt for what has none in all of them together, and of none that has its own', () => {
    expect(codesOf([{ amount: '0.01' }], { others: [used()] })).toEqual([]);
    expect(codesOf([{ amount: '0.02' }], { others: [used()] })).toEqual([
      'return receipt-missing at claim.lines[0].receiptIds',
    ]);
    expect(codesOf([{ amount: '49.99', receiptIds: ['R9'] }], { others: [used({ unproved: '80.00' })] })).not.toContain(
      'return receipt-missing at claim.lines[0].receiptIds',
    );
  });

  it('leaves other days and kinds alone', () => {
    const others = [used({ date: '2026-11-03', claimed: '150' }), used({ category: 'transport', claimed: '150' })];

    expect(codesOf([{}], { others })).toEqual([]);
  });
});

describe('the units of a line', () => {
  it('are no more than the table says: a limit per unit is a limit then', () => {
    expect(codesOf([{ units: 14 }])).toEqual([]);
    expect(codesOf([{ units: 366, amount: '40000.00', receiptIds: ['R9'] }])).toContain(
      'return too-many-units at claim.lines[0].units',
    );
  });

  const journeys = new Map([['LV-1', { from: '2026-11-02', to: '2026-11-04' }]]);
  const nightly = new Map([['meals', { ...DAILY, unit: 'night' as const }]]);
  const personal = new Map([['meals', { ...DAILY, unit: 'person' as const }]]);
  const onJourney = { journey: 'LV-1' };

  it('are no more days or nights than the journey has, and as many people as there are', () => {
    expect(codesOf([{ ...onJourney, units: 3 }], { journeys })).toEqual([]);
    expect(codesOf([{ ...onJourney, units: 4 }], { journeys })).toEqual([
      'return too-many-units at claim.lines[0].units',
    ]);
    expect(codesOf([{ ...onJourney, units: 2 }], { journeys, limits: nightly })).toEqual([]);
    expect(codesOf([{ ...onJourney, units: 3 }], { journeys, limits: nightly })).toEqual([
      'return too-many-units at claim.lines[0].units',
    ]);
    expect(codesOf([{ ...onJourney, units: 9 }], { journeys, limits: personal })).toEqual([]);
  });

  it('count together over the days of a journey, in all lines and claims', () => {
    const days = [
      { ...onJourney, units: 2 },
      { ...onJourney, units: 1, date: '2026-11-04' },
    ];
    const others = [used({ journey: 'LV-1', date: '2026-11-03', claimed: '0', unproved: '0' })];

    expect(codesOf(days, { journeys })).toEqual([]);
    expect(codesOf(days, { journeys, others })).toEqual(['return too-many-units at claim.lines[0].units']);
  });
});

describe('a journey that changed after its claim was checked', () => {
  const claim = claimOf({ lines: [{ ...MEAL, receiptIds: [], units: 2, journey: 'LV-1', date: '2026-11-03' }] });
  const limits = new Map([['meals', DAILY]]);
  const now = (from: string, to: string) =>
    changedJourneys(claim, [], { limits, journeys: new Map([['LV-1', { from, to }]]) }).map(({ code }) => code);

  it('is found when it is gone, or has no longer the day or as many days as were claimed', () => {
    expect(changedJourneys(claim, [], { limits, journeys: new Map() }).map(({ code }) => code)).toEqual([
      'unknown-journey',
    ]);
    expect(now('2026-11-02', '2026-11-03')).toEqual([]);
    expect(now('2026-11-01', '2026-11-02')).toEqual(['outside-journey']);
    expect(now('2026-11-03', '2026-11-03')).toEqual(['too-many-units']);
  });

  it('is not told of again where whoever approved knew of it', () => {
    const journeys = new Map([['LV-1', { from: '2026-11-01', to: '2026-11-02' }]]);
    const known = changedJourneys(claim, [], { limits, journeys });

    expect(changedJourneys(claim, known, { limits, journeys })).toEqual([]);
  });
});

describe('what a claim has of its days', () => {
  it('is summed by kind, day and journey', () => {
    const { lines } = claimOf({
      lines: [
        { ...MEAL, receiptIds: [] },
        { ...MEAL, receiptIds: ['R1'], units: 3 },
        { ...MEAL, receiptIds: [], journey: 'LV-1' },
      ],
    });
    const amounts = new Map([
      [1, '10.00'],
      [2, '20.00'],
      [3, '5.00'],
    ]);

    expect(usesOf({ lines }, amounts)).toEqual([
      { category: 'meals', date: '2026-11-02', units: 3, claimed: '30', unproved: '10' },
      { category: 'meals', date: '2026-11-02', journey: 'LV-1', units: 1, claimed: '5', unproved: '5' },
    ]);
  });

  it('lies in the months of its lines and of all days of its journeys', () => {
    expect(monthsOf(['2026-12-31', '2026-02-01'], [{ from: '2026-11-30', to: '2027-01-02' }])).toEqual([
      ...['2026-02', '2026-11', '2026-12', '2027-01'],
    ]);
  });
});
