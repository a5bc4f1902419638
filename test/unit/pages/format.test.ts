import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatInstant, formatMoney, formatQuantity } from '../../../functions/pages/format.ts';

describe('an amount', () => {
  it.each([
    ['5960', 'CNY', 'CN¥5,960.00', '¥5,960.00'],
    ['0.335', 'CNY', 'CN¥0.335', '¥0.335'],
    ['33.6000', 'USD', '$33.60', 'US$33.60'],
    ['1000', 'JPY', '¥1,000', 'JP¥1,000'],
    ['1.5', 'KWD', 'KWD 1.500', 'KWD 1.500'],
    ['-12.30', 'EUR', '-€12.30', '-€12.30'],
    ['0', 'CNY', 'CN¥0.00', '¥0.00'],
  ])('of %s %s is written as its reader writes it', (amount, currency, english, chinese) => {
    const plain = (text: string) => text.replaceAll('\u00a0', ' ');

    expect(plain(formatMoney(amount, currency, 'en'))).toBe(english);
    expect(plain(formatMoney(amount, currency, 'zh-CN'))).toBe(chinese);
  });

  it('keeps every digit that is stored, where a double would not', () => {
    expect(formatMoney('90071992547409931.123456', 'CNY', 'en')).toBe('CN¥90,071,992,547,409,931.123456');
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 18n }), fc.nat({ max: 999_999 }), (whole, fraction) => {
        const amount = `${whole}.${String(fraction).padStart(6, '0')}`;
        const digits = formatMoney(amount, 'CNY', 'en').replaceAll(/[^\d.]/g, '');
        expect(digits.padEnd(amount.length, '0')).toBe(amount);
      }),
    );
  });
});

describe('a quantity', () => {
  it('is written without needless zeros', () => {
    expect(formatQuantity('12.500000', 'en')).toBe('12.5');
    expect(formatQuantity('1200', 'zh-CN')).toBe('1,200');
  });
});

describe('an instant', () => {
  it('is told on the clocks of the company, with the zone', () => {
    expect(formatInstant('2026-01-01T16:30:00.000Z', 'en', 'Asia/Shanghai')).toBe('2 Jan 2026, 00:30 GMT+8');
    expect(formatInstant('2026-01-01T16:30:00.000Z', 'zh-CN', 'Asia/Shanghai')).toBe('2026年1月2日 00:30 GMT+8');
    expect(formatInstant('2026-07-01T12:00:00.000Z', 'en', 'Europe/Berlin')).toBe('1 Jul 2026, 14:00 GMT+2');
  });

  it('that is none is shown as it is', () => {
    expect(formatInstant('yesterday', 'en', 'Asia/Shanghai')).toBe('yesterday');
  });
});
