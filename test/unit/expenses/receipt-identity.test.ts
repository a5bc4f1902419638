import { describe, expect, it } from 'vitest';
import { receiptIdentities, unreadIdentities } from '../../../functions/expenses/domain/receipt-identity.ts';

describe('the identities of a paper', () => {
  it('are those of its number and seller, whatever their spaces, width and case', () => {
    expect(receiptIdentities({ number: 'ab-12 3', sellerName: '上海（某）酒店' })).toEqual(
      receiptIdentities({ number: 'ＡＢ123', sellerName: ' 上海(某) 酒店' }),
    );
    expect(receiptIdentities({ number: '1', sellerTaxId: '91-3101 x' })).toEqual(
      receiptIdentities({ number: '1', sellerTaxId: '913101X' }),
    );
  });

  it('join who names the seller by tax id with who names it otherwise', () => {
    const both = receiptIdentities({ number: '1', sellerTaxId: '913101X', sellerName: 'Hotel A' });

    expect(both).toHaveLength(2);
    expect(both).toEqual(expect.arrayContaining([...receiptIdentities({ number: '1', sellerName: 'hotel a' })]));
    expect(both).toEqual(expect.arrayContaining([...receiptIdentities({ number: '1', sellerTaxId: '913101x' })]));
  });

  it('differ with the number and with the seller', () => {
    const one = receiptIdentities({ number: '1', sellerName: 'A' });

    expect(receiptIdentities({ number: '2', sellerName: 'A' })).not.toEqual(one);
    expect(receiptIdentities({ number: '1', sellerName: 'B' })).not.toEqual(one);
  });

  it('of a fully digital invoice are its number alone: who writes the seller otherwise gains nothing', () => {
    const number = '24312000000012345678';

    expect(receiptIdentities({ number, sellerName: 'A' })).toEqual(receiptIdentities({ number, sellerTaxId: 'B' }));
  });

  it('are the same with zeros before a number and without, where the number is not unique by itself', () => {
    const seller = { sellerName: 'Hotel A', sellerTaxId: '913101X' };

    expect(receiptIdentities({ ...seller, number: '000811' })).toEqual(receiptIdentities({ ...seller, number: '811' }));
    expect(receiptIdentities({ ...seller, number: '0' })).not.toEqual(receiptIdentities({ ...seller, number: '' }));
    expect(receiptIdentities({ number: '04312000000012345678' })).toEqual(['number:04312000000012345678']);
  });

  it.each([
    ['上海莲花餐饮有限公司', '上海莲花餐饮'],
    ['上海莲花餐饮有限责任公司', '上海莲花餐饮股份有限公司'],
    ['Hotel A GmbH', 'Hotel A G.m.b.H.'],
    ['Hotel A GmbH & Co. KG', 'HOTEL A'],
    ['Lotus Co., Ltd.', 'lotus'],
    ['Ａgip S.p.A.', 'AGIP'],
  ])('of "%s" and of "%s" are one: the legal form tells no seller from another', (one, other) => {
    expect(receiptIdentities({ number: '1', sellerName: one })).toEqual(
      receiptIdentities({ number: '1', sellerName: other }),
    );
  });

  it.each([
    ['SA', 'AG'],
    ['有限公司', '有限责任公司'],
    ['Visa', 'Vi'],
  ])('of "%s" and of "%s" are two: nothing of a name is cut off that is no legal form behind it', (one, other) => {
    expect(receiptIdentities({ number: '1', sellerName: one })).not.toEqual(
      receiptIdentities({ number: '1', sellerName: other }),
    );
  });

  it('of a file that no machine could read are also its bytes, and those of the paper stay', () => {
    const entered = { number: '1', sellerName: 'A' };

    expect(unreadIdentities({}, 'ab'.repeat(32))).toEqual([`file:${'ab'.repeat(32)}`]);
    expect(unreadIdentities(entered, 'ab'.repeat(32))).toEqual([
      ...receiptIdentities(entered),
      `file:${'ab'.repeat(32)}`,
    ]);
  });

  it('are none without a number or a seller: papers of two sellers may have one number', () => {
    expect(receiptIdentities({ number: '1' })).toEqual([]);
    expect(receiptIdentities({ sellerName: 'Taxi' })).toEqual([]);
    expect(receiptIdentities({ number: ' - ', sellerName: 'Taxi' })).toEqual([]);
  });

  it('are also the code and number that its file says, however its number and seller are entered', () => {
    const said = { code: '031002600111', number: '12345678' };
    const one = receiptIdentities({ number: '12345678', sellerName: 'A' }, said);

    expect(receiptIdentities({ sellerName: 'B' }, said).some((identity) => one.includes(identity))).toBe(true);
    // Who enters code and number together, without any file, names the same paper.
    expect(one).toEqual(expect.arrayContaining([...receiptIdentities({ number: '031002600111 12345678' })]));
  });

  it('of a fully digital invoice are the same with its file and without', () => {
    const number = '24312000000012345678';

    expect(receiptIdentities({ number }, { number })).toEqual(receiptIdentities({ number }));
    expect(receiptIdentities({}, { number })).toEqual(receiptIdentities({ number }));
  });
});
