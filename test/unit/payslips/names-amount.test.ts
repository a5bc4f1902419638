import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namesAmount, type Payslip } from '../../../functions/payslips/domain/payslip.ts';

const payslip: Payslip = {
  employeeId: 'E-1001',
  period: '2026-01',
  currency: 'CNY',
  lines: [
    { kind: 'earning', item: 'Basic', amount: '12000.00' },
    { kind: 'earning', item: 'Meals', amount: '300.50' },
    { kind: 'deduction', item: 'Pension', amount: '960.00' },
    { kind: 'employer', item: 'Pension', amount: '8.00' },
  ],
  net: '11340.50',
};

describe('an amount of a payslip in words for others', () => {
  it.each([
    'It says 12000.00',
    'Why 12,000?',
    '实发１１３４０．５０元不对',
    "It was 12'300.50 in all",
    'minus 960, not 900',
    '300.5 is missing',
  ])('is found: %s', (text) => {
    expect(namesAmount(payslip, text)).toBe(true);
  });

  it.each(['The 29th is missing', 'I worked 8 hours on the 8th', 'See ticket 12001', '2026-01 is wrong', ''])(
    'is not seen where there is none: %s',
    (text) => {
      expect(namesAmount(payslip, text)).toBe(false);
    },
  );

  it('is found however it stands between words without figures', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '工', '.', ',') });
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(namesAmount(payslip, `${before} 960.00 ${after}`)).toBe(true);
      }),
    );
  });
});
