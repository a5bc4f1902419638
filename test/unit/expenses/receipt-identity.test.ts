import { describe, expect, it } from 'vitest';
import { receiptIdentity } from '../../../functions/expenses/domain/receipt-identity.ts';

describe('the identity of a paper', () => {
  it('is that of its number and seller, whatever their spaces, width and case', () => {
    expect(receiptIdentity({ number: 'ab-12 3', sellerName: '上海（某）酒店' })).toBe(
      receiptIdentity({ number: 'ＡＢ123', sellerName: ' 上海(某) 酒店' }),
    );
    expect(receiptIdentity({ number: '1', sellerTaxId: '91-3101 x' })).toBe(
      receiptIdentity({ number: '1', sellerTaxId: '913101X', sellerName: 'written otherwise' }),
    );
  });

  it('differs with the number and with the seller', () => {
    const one = receiptIdentity({ number: '1', sellerName: 'A' });

    expect(receiptIdentity({ number: '2', sellerName: 'A' })).not.toBe(one);
    expect(receiptIdentity({ number: '1', sellerName: 'B' })).not.toBe(one);
  });

  it('of a fully digital invoice is its number alone: who writes the seller otherwise gains nothing', () => {
    const number = '24312000000012345678';

    expect(receiptIdentity({ number, sellerName: 'A' })).toBe(receiptIdentity({ number, sellerTaxId: 'B' }));
  });

  it('is none without a number or a seller: papers of two sellers may have one number', () => {
    expect(receiptIdentity({ number: '1' })).toBeUndefined();
    expect(receiptIdentity({ sellerName: 'Taxi' })).toBeUndefined();
    expect(receiptIdentity({ number: ' - ', sellerName: 'Taxi' })).toBeUndefined();
  });
});
