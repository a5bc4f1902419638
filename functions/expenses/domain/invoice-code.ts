/**
 * The QR code that is printed on a Chinese VAT invoice. Pure. Its text is a list with commas:
 * `01,<kind>,<invoice code>,<invoice number>,<amount>,<date YYYYMMDD>,<check code>,<check sum>`. A fully digital invoice
 * (数电票) has no invoice code, a number of 20 digits, and its total with tax; the kinds before it have a code of 10 or 12
 * digits, a number of 8, and the amount without tax. No rule of the check sum is published: it is not checked. The code names
 * neither seller nor buyer.
 */
import type { IssuedInvoice } from '../../connectors/tax/port.ts';
import { dayOf } from './read-invoice.ts';

/** What such a code says: that by which the tax authority's register knows the invoice. */
export type InvoiceCode = IssuedInvoice;

/** Longest text that is taken for one; the longest seen has under 80 characters. */
const MAX_LENGTH = 120;

/** Undefined: the code is another one, or its number, day or amount is none. */
export function readInvoiceCode(text: string): InvoiceCode | undefined {
  const [version, kind = '', code = '', number = '', amount = '', day = '', checkCode = ''] = text.split(',');
  const isDigital = code === '' && /^\d{20}$/.test(number);
  const isEarlier = /^(\d{10}|\d{12})$/.test(code) && /^\d{8}$/.test(number);
  const date = /^\d{8}$/.test(day) ? dayOf(day) : undefined;
  return version === '01' &&
    text.length <= MAX_LENGTH &&
    /^\d{2}$/.test(kind) &&
    (isDigital || isEarlier) &&
    /^-?\d{1,15}(\.\d{1,6})?$/.test(amount) &&
    date !== undefined
    ? {
        ...{ number, date, amount },
        ...(isDigital ? { amountIs: 'total' } : { code, amountIs: 'before-tax' }),
        ...(/^\d{1,20}$/.test(checkCode) ? { checkCode } : {}),
      }
    : undefined;
}
