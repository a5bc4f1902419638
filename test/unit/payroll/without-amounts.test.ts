import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withoutAmounts } from '../../../functions/connectors/payroll/without-amounts.ts';

const IDS = new Set(['E-1001', '1001']);

describe('what payroll says', () => {
  it.each([
    ['gross 15960.37 is above the band', 'gross (amount) is above the band'],
    ['gross 15,960.37', 'gross (amount)'],
    ['brutto 15.960,37 EUR', 'brutto (amount) EUR'],
    ["15'960 and 15’960.00", '(amount) and (amount)'],
    ['15 960,37 is too much', '(amount) is too much'],
    ['15\u00a0960 is too much', '(amount) is too much'],
    ['net 15960', 'net (amount)'],
    ['CNY15960', 'CNY(amount)'],
    ['net-960', 'net-(amount)'],
    ['实发１５９６０元', '实发(amount)元'],
    ['2026.12 is owed', '(amount) is owed'],
    ['2,026 is owed', '(amount) is owed'],
    ['1001 is owed to E-1001', '(amount) is owed to E-1001'],
    ['E-2002 is unknown', 'E-(amount) is unknown'],
    ['E-1001: 7.5', 'E-1001: (amount)'],
  ])('is told without amounts: %s', (text, told) => {
    expect(withoutAmounts(text, IDS)).toBe(told);
  });

  it.each([
    'no contract since 2026-11',
    'left on 2026-11-30',
    'left on 30.11.2026',
    '2026年11月已离职',
    'E-1001 has no contract, and 12 others',
    'HR-EMP-00002 has none',
    '',
  ])('stays where there is none: %s', (text) => {
    expect(withoutAmounts(text, IDS)).toBe(text);
  });

  it('never has the digits of an amount, however it is written', () => {
    const whole = fc.bigInt({ min: 100n, max: 99_999_999n }).map(String);
    const group = fc.constantFrom(',', '.', "'", ' ', '');
    const fraction = fc.constantFrom('', '.37', ',37');
    const around = fc.constantFrom(' ', '¥', 'CNY', '（', 'x', '-', ': ');
    fc.assert(
      fc.property(whole, group, fraction, around, around, (digits, between, cents, before, after) => {
        const amount = `${digits.replaceAll(/\B(?=(?:\d{3})+$)/g, between)}${cents}`;
        expect(withoutAmounts(`gross${before}${amount}${after}`, IDS)).not.toMatch(/\d/);
      }),
    );
  });
});
