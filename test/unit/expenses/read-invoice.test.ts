import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { invoiceMediaType, readInvoice } from '../../../functions/expenses/receipts/read-invoice.ts';
import { DOCUMENT, PICTURE, SCRIPT } from '../../support/sample-files.ts';
import { digitalInvoiceXml, earlierInvoiceXml, ofdInvoice, ofdParts } from '../../support/sample-invoices.ts';

const text = (content: Uint8Array) => Buffer.from(content).toString();

describe('an electronic invoice', () => {
  it('is read from the XML of the fully digital kind', () => {
    expect(readInvoice(digitalInvoiceXml())).toEqual({
      number: '24312000000012345678',
      date: '2026-01-01',
      amount: '180.00',
      currency: 'CNY',
      sellerName: 'Lotus Restaurant',
      sellerTaxId: '91310000MA1K00001A',
      buyerTaxId: '91310000MA1K00009X',
    });
  });

  it.each(['original_invoice.xml', '/Doc_0/Attachs/original_invoice.xml', 'Doc_0/Attachs/original_invoice.xml'])(
    'is read from an OFD whose list of attachments names it as %s',
    (fileLoc) => {
      expect(readInvoice(zipSync(ofdParts(earlierInvoiceXml(), fileLoc)))).toMatchObject({
        number: '12345678',
        code: '031002600111',
        date: '2026-01-01',
        amount: '180.00',
      });
    },
  );

  it('of the fully digital kind is read from an OFD too', () => {
    expect(readInvoice(zipSync(ofdParts(digitalInvoiceXml())))).toEqual(readInvoice(digitalInvoiceXml()));
  });

  it.each([
    ['2026-02-28 10:11:12', '2026-02-28'],
    ['20260228', '2026-02-28'],
    ['2026年2月8日', '2026-02-08'],
    ['2026-02-30', undefined],
    ['yesterday', undefined],
  ])('of %s is of the day %s', (written, date) => {
    expect(readInvoice(digitalInvoiceXml({ date: written }))?.date).toBe(date);
  });

  it('keeps whatever amount it says, digit by digit', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 10n ** 15n - 1n }), fc.integer({ min: 0, max: 99 }), (whole, cents) => {
        const amount = `${whole}.${String(cents).padStart(2, '0')}`;
        expect(readInvoice(digitalInvoiceXml({ amount }))?.amount).toBe(amount);
      }),
    );
  });

  it('is not read from any bytes, and nothing is thrown', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readInvoice(bytes) === undefined));
  });

  it('is not read from an OFD or XML of which the end is missing', () => {
    for (const whole of [ofdInvoice(), digitalInvoiceXml()]) {
      fc.assert(
        fc.property(fc.integer({ min: 0, max: whole.length - 23 }), (length) => {
          expect(readInvoice(whole.subarray(0, length))).toBeUndefined();
        }),
      );
    }
  });

  it.each([
    [
      'with an entity of its own',
      text(digitalInvoiceXml({ sellerName: '&x;' })).replace(
        '<EInvoice>',
        '<!DOCTYPE EInvoice [<!ENTITY x SYSTEM "file:///etc/passwd">]><EInvoice>',
      ),
    ],
    ['with a DOCTYPE alone', text(digitalInvoiceXml()).replace('<EInvoice>', '<!DOCTYPE EInvoice><EInvoice>')],
    ['of another root', text(digitalInvoiceXml()).replaceAll('EInvoice>', 'Order>')],
    ['without an amount', text(digitalInvoiceXml({ amount: '' }))],
    ['with an amount that is none', text(digitalInvoiceXml({ amount: '1e9' }))],
    ['with a number that is none', text(digitalInvoiceXml({ number: 'x' }))],
    ['of endless nesting', `<EInvoice>${'<a>'.repeat(100_000)}`],
    ['that is not closed', '<EInvoice><Header>'],
  ])('is not read from XML %s', (_what, xml) => {
    expect(readInvoice(strToU8(xml))).toBeUndefined();
  });

  it.each([
    ['a bomb', { ...ofdParts(digitalInvoiceXml()), 'Doc_0/bomb.xml': new Uint8Array(60_000_000) }],
    ['a part that leaves the archive', { ...ofdParts(digitalInvoiceXml()), '../outside.xml': new Uint8Array(3) }],
    ['too many parts', Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`${at}`, new Uint8Array(1)]))],
    ['an attachment of another name', ofdParts(digitalInvoiceXml(), 'other.xml')],
    ['an original that is no XML', ofdParts(PICTURE)],
  ])('is not read from a zip with %s', (_what, parts) => {
    expect(readInvoice(zipSync(parts))).toBeUndefined();
  });
});

describe('what a file of an invoice is', () => {
  it.each([
    ['application/xml', 'the XML of an invoice', digitalInvoiceXml()],
    ['application/ofd', 'an OFD', ofdInvoice()],
    [undefined, 'any zip', zipSync({ 'a.txt': strToU8('a') })],
    [undefined, 'a page', SCRIPT],
    [undefined, 'other XML', strToU8('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    [undefined, 'a picture', PICTURE],
    [undefined, 'a document', DOCUMENT],
  ])('%s: %s', (mediaType, _what, content) => {
    expect(invoiceMediaType(content)).toBe(mediaType);
  });
});
