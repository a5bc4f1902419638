import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  checkReceiptFile,
  numberInFile,
  type ReceiptFile,
} from '../../../functions/expenses/domain/check-receipt-file.ts';
import type { InvoiceCode } from '../../../functions/expenses/domain/invoice-code.ts';
import type { ReadInvoice } from '../../../functions/expenses/domain/read-invoice.ts';
import { receipt } from '../../support/expense-company.ts';

const INVOICE: ReadInvoice = {
  number: '24312000000012345678',
  date: '2026-01-01',
  amount: '180.00',
  currency: 'CNY',
  sellerName: 'Lotus Restaurant',
  sellerTaxId: '91310000MA1K00001A',
};

function check(claimed: Parameters<typeof receipt>[0], invoice: Partial<ReadInvoice> = {}) {
  return checkReceiptFile(receipt(claimed), 2, { kind: 'invoice', invoice: { ...INVOICE, ...invoice } });
}

describe('a receipt and the invoice in its file', () => {
  it('that say the same have no finding', () => {
    expect(check({})).toEqual([]);
  });

  it.each([
    ['number', 'receipt-number-differs', { number: '24312000000012345679' }],
    ['date', 'receipt-date-differs', { date: '2026-01-02' }],
    ['amount', 'receipt-amount-differs', { amount: '180.01' }],
    ['amount', 'receipt-amount-differs', { currency: 'EUR' }],
    ['sellerTaxId', 'receipt-seller-differs', { sellerTaxId: '91310000MA1K00002A' }],
    ['sellerName', 'receipt-seller-differs', { sellerTaxId: undefined, sellerName: 'Rose Restaurant' }],
  ])('that differ in %s have the finding %s, in both languages', (field, code, claimed) => {
    const [found, ...more] = check(claimed);

    expect(more).toEqual([]);
    expect(found).toMatchObject({ receiptId: 'r1', field: `claim.receipts[2].${field}`, code, severity: 'return' });
    expect(found?.reason.en).toMatch(/^claim\.receipts\[2\]\.\w+: is .+, but the file says .+; write .+\.$/);
    expect(found?.reason.zh).toMatch(/^claim\.receipts\[2\]\.\w+：为 .+，但文件中为 .+；请填写 .+。$/);
  });

  it('differ where the receipt has no number or no seller, and all findings come at once', () => {
    const found = check({ number: undefined, sellerTaxId: undefined, sellerName: undefined, amount: '1.00' });

    expect(found.map(({ code }) => code)).toEqual([
      'receipt-number-differs',
      'receipt-amount-differs',
      'receipt-seller-differs',
    ]);
    expect(found[0]?.reason.en).toContain('is missing, and the file says 24312000000012345678');
  });

  it.each(['12345678', '031002600111 12345678', '１２３４５６７８'])(
    'of an earlier kind may be numbered %s',
    (number) => {
      expect(check({ number }, { number: '12345678', code: '031002600111' })).toEqual([]);
    },
  );

  it('say the same whatever zeros end the amount, and whatever spaces and width the seller has', () => {
    expect(check({ amount: '180', sellerTaxId: ' 91310000ma1k00001a' })).toEqual([]);
    expect(check({ sellerTaxId: undefined, sellerName: 'ＬＯＴＵＳ restaurant' })).toEqual([]);
  });

  it('are compared by the name of the seller where the file has no tax id', () => {
    const { sellerTaxId: _none, ...invoice } = INVOICE;

    expect(checkReceiptFile(receipt({ sellerTaxId: '1' }), 0, { kind: 'invoice', invoice })).toEqual([]);
  });

  it('differ by each cent', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999 }), fc.integer({ min: 0, max: 99_999 }), (claimed, said) => {
        const yuan = (cents: number) => (cents / 100).toFixed(2);
        const codes = check({ amount: yuan(claimed) }, { amount: yuan(said) }).map(({ code }) => code);
        expect(codes).toEqual(claimed === said ? [] : ['receipt-amount-differs']);
      }),
    );
  });
});

describe('the buyer of an invoice', () => {
  const TAX_ID = '91310000MA1K00009X';
  const of = (buyer: object, expected?: string) => {
    const invoice = { ...INVOICE, ...buyer };
    return checkReceiptFile(receipt(), 0, { kind: 'invoice', invoice }, expected);
  };

  it.each([
    ['the legal entity', { buyerTaxId: TAX_ID }, TAX_ID, []],
    ['another company', { buyerTaxId: '91310000MA1K00008X' }, TAX_ID, ['receipt-buyer-differs']],
    ['nobody with a tax id', {}, TAX_ID, ['receipt-buyer-differs']],
    ['another company, where the tax id of the entity is not known', { buyerTaxId: '9131' }, undefined, []],
  ])('is %s', (_who, buyer, expected, codes) => {
    const found = of(buyer, expected);

    expect(found.map(({ code }) => code)).toEqual(codes);
    for (const { reason } of found) {
      expect([reason.en, reason.zh].every((words) => words.includes(TAX_ID))).toBe(true);
    }
  });
});

describe('a receipt and the codes in its picture', () => {
  const DIGITAL: InvoiceCode = {
    ...{ number: INVOICE.number, date: INVOICE.date, amount: INVOICE.amount },
    amountIs: 'total',
  };
  const EARLIER: InvoiceCode = {
    ...{ code: '031002600111', number: '12345678', date: INVOICE.date, amount: '169.81' },
    amountIs: 'before-tax',
  };
  const shown = (claimed: Parameters<typeof receipt>[0], ...codes: [InvoiceCode, ...InvoiceCode[]]) =>
    checkReceiptFile(receipt(claimed), 2, { kind: 'picture', codes }, '91310000MA1K00009X');

  it('that say the same have no finding, whoever the seller and the buyer are: the code names neither', () => {
    expect(shown({}, DIGITAL)).toEqual([]);
    expect(shown({ sellerName: undefined, sellerTaxId: undefined }, DIGITAL)).toEqual([]);
    expect(shown({ number: '12345678' }, EARLIER)).toEqual([]);
  });

  it.each([
    ['number', 'receipt-number-differs', { number: '24312000000012345679' }],
    ['date', 'receipt-date-differs', { date: '2026-01-02' }],
    ['amount', 'receipt-amount-differs', { amount: '180.01' }],
    ['amount', 'receipt-amount-differs', { currency: 'EUR' }],
  ])('that differ in %s have the finding %s, in both languages', (field, code, claimed) => {
    const [found, ...more] = shown(claimed, DIGITAL);

    expect(more).toEqual([]);
    expect(found).toMatchObject({ receiptId: 'r1', field: `claim.receipts[2].${field}`, code, severity: 'return' });
    expect(found?.reason.en).toMatch(/^claim\.receipts\[2\]\.\w+: is .+, but the file says .+; write .+\.$/);
  });

  it('are compared with what an invoice of a kind before can come to: no less than its amount, and at most 17 % more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 1, max: 199_999 }), (taxed, total) => {
        const yuan = (cents: number) => (cents / 100).toFixed(2);
        const found = shown({ number: '12345678', amount: yuan(total) }, { ...EARLIER, amount: yuan(taxed) });
        const isPossible = total >= taxed && total * 100 <= taxed * 117;
        expect(found.map(({ code }) => code)).toEqual(isPossible ? [] : ['receipt-amount-differs']);
      }),
    );
  });

  it('of a kind before are told to write the total of the paper, in both languages', () => {
    const [found] = shown({ number: '12345678', amount: '300.00' }, EARLIER);

    expect(found?.reason.en).toContain('169.81 CNY without tax; write the total with tax that stands on it');
    expect(found?.reason.zh).toContain('不含税金额 169.81 CNY；请填写 票面价税合计');
  });

  it('of several invoices are compared with the one that was entered, and with the first where none was', () => {
    const other: InvoiceCode = { ...DIGITAL, number: '24312000000099999999', amount: '1.00' };

    expect(shown({}, other, DIGITAL)).toEqual([]);
    expect(shown({ number: '24312000000000000000' }, other, DIGITAL)[0]?.reason.en).toContain(other.number);
    expect(numberInFile(receipt(), { kind: 'picture', codes: [other, DIGITAL] })).toEqual(DIGITAL);
  });
});

describe('a receipt whose file says nothing', () => {
  it.each([
    ['missing', ['receipt-file-missing']],
    ['unreadable', ['receipt-file-unreadable']],
    ['for-people', []],
  ] as const)('because it is %s has the findings %j', (kind, codes) => {
    const file: ReceiptFile = { kind };
    const found = checkReceiptFile(receipt(), 0, file);

    expect(found.map(({ code }) => code)).toEqual(codes);
    expect(found.every(({ field, reason }) => field.endsWith('fileId') && /upload/.test(reason.en))).toBe(true);
  });
});
