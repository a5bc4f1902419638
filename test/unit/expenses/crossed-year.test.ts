import { describe, expect, it } from 'vitest';
import type { ClaimCheck } from '../../../functions/expenses/domain/check-claim.ts';
import { crossedDays } from '../../../functions/expenses/domain/crossed-year.ts';
import { finding } from '../../../functions/expenses/domain/finding.ts';
import { claimEvent, line } from '../../support/expense-company.ts';

const { claim } = claimEvent({
  claim: { lines: [line({ date: '2025-11-30' }), line({ date: '2026-12-29' }), line({ date: '2027-01-01' })] },
});

const check: ClaimCheck = { lines: [], baseTotal: { amount: '1', currency: 'CNY' }, findings: [] };

const found = (lineNumber: number) =>
  finding(
    { line: lineNumber, field: 'claim.lines[0].date', code: 'earlier-year', severity: 'review' },
    ['wrong', 'mend it'],
    ['有误', '请更正'],
  );

describe('days that the end of the year has passed since the check', () => {
  it.each([
    ['are those of its year', '2026-12-30', '2027-01-02', ['2026-12-29']],
    ['are none within the year', '2026-12-30', '2026-12-31', []],
    ['are none that were of an earlier year when it was checked', '2027-01-01', '2027-01-02', []],
    ['are all of two years in which nobody decided', '2026-12-30', '2028-01-02', ['2026-12-29', '2027-01-01']],
  ])('%s', (_, day, posting, days) => {
    expect(crossedDays(claim, { ...check, day }, posting)).toEqual(days);
  });

  it('are told by the findings where the day of the check was not kept', () => {
    expect(crossedDays(claim, { ...check, findings: [found(1)] }, '2027-01-02')).toEqual(['2026-12-29']);
  });
});
