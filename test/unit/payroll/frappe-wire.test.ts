import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseExactly, slipRow } from '../../../functions/connectors/payroll/frappe/wire.ts';

const SLIP = {
  ...{ name: 'Sal Slip/HR-EMP-00001/00001', employee: 'HR-EMP-00001', docstatus: 1, currency: 'CNY' },
  ...{ start_date: '2026-11-01', end_date: '2026-11-30', leave_without_pay: 0, gross_pay: 0, total_deduction: 0 },
};

function netOf(written: string): string {
  const text = JSON.stringify({ ...SLIP, net_pay: '?' }).replace('"?"', written);
  return slipRow.parse(parseExactly(text)).net_pay;
}

describe('an amount of Frappe', () => {
  it.each([
    ['14284.2', '14284.2'],
    ['15960.0', '15960'],
    ['0.0', '0'],
    ['-12.50', '-12.5'],
    ['1e-05', '0.00001'],
    ['1.5E+3', '1500'],
    // Of which a double keeps sixteen digits.
    ['123456789012345.123456', '123456789012345.123456'],
  ])('written as %s is %s', (written, amount) => {
    expect(netOf(written)).toBe(amount);
  });

  it('keeps every digit that it is written with', () => {
    const digits = fc.tuple(fc.bigInt({ min: 0n, max: 999_999_999_999_999n }), fc.integer({ min: 1, max: 999_999 }));
    fc.assert(
      fc.property(digits, ([whole, parts]) => {
        const written = `${whole}.${String(parts).padStart(6, '0')}`;
        expect(netOf(written)).toBe(written.replace(/0+$/, ''));
      }),
    );
  });

  it.each(['"12"', 'null'])('may be written as %s', (written) => {
    expect(netOf(written)).toBe(written === 'null' ? '0' : '12');
  });

  it.each(['"12 CNY"', 'true', '[1]', '1e400', '0.1234567'])('is not read from %s', (written) => {
    expect(() => netOf(written)).toThrow();
  });
});
