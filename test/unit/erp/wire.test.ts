import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  date,
  dateField,
  decimal,
  instant,
  instantField,
  numberField,
  referenceTo,
  textField,
} from '../../../functions/connectors/erp/tryton/wire.ts';

describe("Tryton's forms of values", () => {
  it('keep every digit of a decimal', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n }), fc.integer({ min: 1, max: 999_999 }), (whole, part) => {
        const text = `${whole}.${String(part).padStart(6, '0')}`.replace(/0+$/, '');
        expect(numberField.parse(decimal(text))).toBe(text);
      }),
    );
  });

  it.each([
    [{ __class__: 'Decimal', decimal: '4680.00' }, '4680'],
    [{ __class__: 'Decimal', decimal: '0E-8' }, '0'],
    [{ __class__: 'Decimal', decimal: '1E+2' }, '100'],
    [2.25, '2.25'],
    // What adding doubles leaves behind.
    [0.1 + 0.2, '0.3'],
    [1e-9, '0'],
  ])('read %j as %s', (value, expected) => {
    expect(numberField.parse(value)).toBe(expected);
  });

  it.each([{ __class__: 'Decimal', decimal: 'NaN' }, { __class__: 'Decimal', decimal: '' }, null, '5'])(
    'do not take %j for a number',
    (value) => {
      expect(numberField.safeParse(value).success).toBe(false);
    },
  );

  it('carry dates and instants there and back', () => {
    expect(dateField.parse(date('2026-03-01'))).toBe('2026-03-01');
    expect(instantField.parse(instant(new Date('2026-11-25T03:04:05.678Z')))).toBe('2026-11-25T03:04:05.678000Z');
  });

  it('tell a reference to one model from references to others and from none', () => {
    const line = referenceTo('purchase.line');
    expect(['purchase.line,12', 'stock.move,12', null].map((value) => line.parse(value))).toEqual([
      12,
      undefined,
      undefined,
    ]);
    expect(textField.parse(null)).toBe('');
  });
});
