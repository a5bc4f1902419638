import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInvoiceCode } from '../../../functions/expenses/domain/invoice-code.ts';
import { DIGITAL_CODE, EARLIER_CODE } from '../../support/sample-pictures.ts';

const digits = (length: number) =>
  fc.array(fc.integer({ min: 0, max: 9 }), { minLength: length, maxLength: length }).map((each) => each.join(''));
const kind = fc.constantFrom('01', '04', '08', '10', '31', '32');
const amount = fc
  .tuple(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), digits(2))
  .map(([whole, cents]) => `${whole}.${cents}`);
const day = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('the QR code of an invoice', () => {
  it('of the fully digital kind says its number and its total', () => {
    expect(readInvoiceCode(DIGITAL_CODE)).toEqual({
      number: '24312000000012345678',
      date: '2026-01-01',
      amount: '180.00',
      amountIs: 'total',
    });
  });

  it('of a kind before says its code too, and its amount without tax', () => {
    expect(readInvoiceCode(EARLIER_CODE)).toEqual({
      code: '031002600111',
      number: '12345678',
      date: '2026-01-01',
      amount: '169.81',
      amountIs: 'before-tax',
      checkCode: '49753264642977383169',
    });
  });

  it('says whatever was written into it, of either kind', () => {
    const digital = fc.record({ number: digits(20), amount, date: day, amountIs: fc.constant('total' as const) });
    const earlier = fc.record({
      code: fc.oneof(digits(10), digits(12)),
      number: digits(8),
      amount,
      date: day,
      amountIs: fc.constant('before-tax' as const),
    });
    fc.assert(
      fc.property(kind, fc.oneof(digital, earlier), digits(20), (of, said, checkCode) => {
        const code = 'code' in said ? said.code : '';
        const date = said.date.replaceAll('-', '');
        const text = `01,${of},${code},${said.number},${said.amount},${date},${checkCode},0816,`;
        expect(readInvoiceCode(text)).toEqual({ ...said, checkCode });
      }),
    );
  });

  it.each([
    ['an address', 'https://pay.example/1'],
    ['another version', DIGITAL_CODE.replace('01,', '02,')],
    ['a code with a number of 20 digits', DIGITAL_CODE.replace(',,', ',031002600111,')],
    ['a number of 8 digits without a code', EARLIER_CODE.replace('031002600111', '')],
    ['a number that is none', DIGITAL_CODE.replace('24312000000012345678', '2431200000001234567x')],
    ['a day that is none', DIGITAL_CODE.replace('20260101', '20260230')],
    ['a day with dashes', DIGITAL_CODE.replace('20260101', '2026-01-01')],
    ['an amount that is none', DIGITAL_CODE.replace('180.00', '1e9')],
    ['no amount', DIGITAL_CODE.replace('180.00', '')],
    ['no end', `${DIGITAL_CODE}${'0'.repeat(100)}`],
  ])('is not read in %s', (_what, text) => {
    expect(readInvoiceCode(text)).toBeUndefined();
  });

  it('is not read in any text, and nothing is thrown', () => {
    fc.assert(fc.property(fc.string({ maxLength: 200 }), (text) => readInvoiceCode(text) === undefined));
  });
});
