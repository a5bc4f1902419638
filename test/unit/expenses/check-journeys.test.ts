import { describe, expect, it } from 'vitest';
import { expenseLineSchema } from '../../../functions/events/expense-claim-submitted.ts';
import { checkJourneys } from '../../../functions/expenses/domain/check-journeys.ts';
import { LIMIT } from './claims.ts';

const LIMITS = new Map([
  ['travel', { ...LIMIT, needsJourney: true }],
  ['meals', LIMIT],
]);
const JOURNEYS = new Map([['LV-1', { from: '2026-11-02', to: '2026-11-04' }]]);

function check(line: object) {
  const filed = { category: 'travel', date: '2026-11-03', amount: '10.00', currency: 'CNY', ...line };
  return checkJourneys([expenseLineSchema.parse(filed)], LIMITS, JOURNEYS);
}

describe('what is claimed of a journey', () => {
  it.each([
    ['names none where the table needs one', {}, 'journey-missing', 'return', 'claim.lines[0].journey'],
    ['names one that is not approved', { journey: 'LV-2' }, 'unknown-journey', 'return', 'claim.lines[0].journey'],
    ['lies before it', { journey: 'LV-1', date: '2026-11-01' }, 'outside-journey', 'review', 'claim.lines[0].date'],
    ['lies after it', { journey: 'LV-1', date: '2026-11-05' }, 'outside-journey', 'review', 'claim.lines[0].date'],
    [
      'names a wrong one though it need not',
      { category: 'meals', journey: 'X' },
      'unknown-journey',
      'return',
      'claim.lines[0].journey',
    ],
  ])('is found when it %s, with the field and the remedy', (_, line, code, severity, field) => {
    const [finding] = check(line);

    expect(finding).toMatchObject({ code, severity, field, line: 1 });
    expect(finding?.reason.en).toContain(field);
    expect(finding?.reason.zh).toMatch(/\p{Script=Han}/u);
  });

  it.each([
    { journey: 'LV-1', date: '2026-11-02' },
    { journey: 'LV-1', date: '2026-11-04' },
    { category: 'meals' },
    { category: 'meals', journey: 'LV-1' },
  ])('is fine on a day of its journey, and without one where none is needed: %o', (line) => {
    expect(check(line)).toEqual([]);
  });
});
