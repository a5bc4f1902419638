import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  compare,
  convert,
  decimalSchema,
  divide,
  isRoundedToCurrency,
  minorUnit,
  multiply,
  roundToCurrency,
  subtract,
  sum,
} from '../../../functions/money/money.ts';

/** A decimal with four digits after the point, and the whole number that it is ten thousandths of. */
const decimals = fc
  .bigInt({ min: -(10n ** 15n), max: 10n ** 15n })
  .map((scaled) => ({ scaled, text: textOf(scaled, 4) }));

/** Exact arithmetic of another kind: whole numbers, and where the point stands. */
function textOf(scaled: bigint, digits: number): string {
  const unsigned = (scaled < 0n ? -scaled : scaled).toString().padStart(digits + 1, '0');
  const whole = unsigned.slice(0, -digits);
  return `${scaled < 0n ? '-' : ''}${whole}.${unsigned.slice(-digits)}`;
}

function scaledBy(text: string, digits: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  const unsigned = BigInt(whole.replace('-', '') + fraction.padEnd(digits, '0'));
  return whole.startsWith('-') ? -unsigned : unsigned;
}

describe('money', () => {
  it('adds, subtracts and multiplies as whole numbers do', () => {
    fc.assert(
      fc.property(decimals, decimals, (one, other) => {
        expect(scaledBy(add(one.text, other.text), 4)).toBe(one.scaled + other.scaled);
        expect(scaledBy(subtract(one.text, other.text), 4)).toBe(one.scaled - other.scaled);
        expect(scaledBy(multiply(one.text, other.text), 8)).toBe(one.scaled * other.scaled);
        expect(compare(one.text, other.text)).toBe(one.scaled < other.scaled ? -1 : Number(one.scaled > other.scaled));
      }),
    );
  });

  it('never writes an exponent', () => {
    fc.assert(
      fc.property(decimals, decimals, (one, other) => {
        for (const value of [add(one.text, other.text), multiply(one.text, other.text), sum([one.text, other.text])]) {
          expect(value).toMatch(/^-?\d+(\.\d+)?$/);
        }
      }),
    );
  });

  it('rounds half up to the minor unit, by at most half of it', () => {
    fc.assert(
      fc.property(decimals, fc.constantFrom('CNY', 'JPY', 'KWD'), ({ text, scaled }, currency) => {
        const digits = minorUnit(currency);
        const rounded = roundToCurrency(text, currency);
        const difference = scaledBy(rounded, 4) - scaled;
        const half = 5n * 10n ** BigInt(4 - digits - 1);

        expect(rounded.split('.')[1]?.length ?? 0).toBe(digits);
        expect(difference <= half && difference >= -half).toBe(true);
        expect(isRoundedToCurrency(rounded, currency)).toBe(true);
        expect(roundToCurrency(rounded, currency)).toBe(rounded);
      }),
    );
  });

  it.each([
    ['0.005', 'CNY', '0.01'],
    ['0.0049', 'CNY', '0.00'],
    ['2.5', 'JPY', '3'],
    ['1.0005', 'KWD', '1.001'],
    ['-0.005', 'CNY', '-0.01'],
  ])('rounds %s %s to %s', (value, currency, rounded) => {
    expect(roundToCurrency(value, currency)).toBe(rounded);
  });

  it('converts by the rate into the minor unit of the other currency', () => {
    expect(convert({ amount: '4550.00', currency: 'USD' }, '7.2', 'CNY')).toEqual({
      amount: '32760.00',
      currency: 'CNY',
    });
    expect(convert({ amount: '10.00', currency: 'USD' }, '150.55', 'JPY')).toEqual({ amount: '1506', currency: 'JPY' });
  });

  it('divides to as many digits as are asked for', () => {
    expect(divide('1', '3', 10)).toBe('0.3333333333');
    expect(divide('2', '3', 4)).toBe('0.6667');
    expect(() => divide('1', '0', 4)).toThrow();
  });

  it.each(['1e3', '1,000', ' 1', '01', '1.', '.5', '+1', 'NaN', '', '１', '1234567890123456', '0.1234567'])(
    'does not take %j for a decimal',
    (text) => {
      expect(decimalSchema.safeParse(text).success).toBe(false);
    },
  );

  it('does not take a double', () => {
    expect(() => Reflect.apply(add, undefined, [0.1, 0.2])).toThrow();
  });
});
