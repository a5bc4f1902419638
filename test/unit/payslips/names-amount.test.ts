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
    '11340,50 is wrong',
    'Netto 11.340,50 stimmt nicht',
    '11 340,50 is wrong',
    '11.340 Euro',
    'I only got 11340',
    'about 11341',
    'In 2026 960 is missing',
    'The sum was 12,300.50, not more',
    '960,',
    'CNY960',
  ])('is found: %s', (text) => {
    expect(namesAmount(payslip, text)).toBe(true);
  });

  it.each([
    'The 29th is missing',
    'I worked 8 hours on the 8th',
    'See ticket 12001',
    'See ticket 9600',
    '2026-01 is wrong',
    'on 31.12.2026',
    '1.134 km',
    '',
  ])('is not seen where there is none: %s', (text) => {
    expect(namesAmount(payslip, text)).toBe(false);
  });

  it('is sooner seen in a year or an id of the same digits than overlooked', () => {
    const own = { ...payslip, net: '2026.40' };
    expect(namesAmount(own, 'January 2026 is wrong')).toBe(true);
  });

  it('is found in every way to write it', () => {
    const amount = fc.tuple(fc.integer({ min: 1000, max: 99_999_999 }), fc.integer({ min: 0, max: 99 }));
    const notation = fc.constantFrom(['', '.'], ['', ','], [',', '.'], ['.', ','], ["'", '.'], ['’', '.'], [' ', ',']);
    const around = fc.constantFrom('', ' ', '¥', 'CNY ', '实发', '; ');
    fc.assert(
      fc.property(amount, notation, fc.boolean(), around, ([whole, minor], [group = '', point], isWhole, edge) => {
        const cents = String(minor).padStart(2, '0');
        const digits = String(whole).replaceAll(/\B(?=(?:\d{3})+$)/g, group);
        const written = isWhole ? digits : `${digits}${point}${cents}`;
        const own = { ...payslip, lines: [], net: `${whole}.${cents}` };
        expect(namesAmount(own, `the 29th${edge || ' '}${written}${edge}`)).toBe(true);
      }),
    );
  });

  it('is found however it stands between words without figures', () => {
    const words = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '工', '.', ',') });
    fc.assert(
      fc.property(words, words, (before, after) => {
        expect(namesAmount(payslip, `${before} 960.00 ${after}`)).toBe(true);
      }),
    );
  });
});
