/** What an electronic invoice says of itself. Pure. */

/** As it stands in the file. */
export interface ReadInvoice {
  /** Of China: 20 digits of a fully digital invoice (数电票), 8 of the kinds before. Of EN 16931: whatever its seller writes (BT-1). */
  readonly number: string;
  /** Code that stands before the number; only the kinds before the fully digital one have it. */
  readonly code?: string;
  /** Day of issue, `YYYY-MM-DD`. */
  readonly date: string;
  /** Total, tax included: a decimal number as text. */
  readonly amount: string;
  /** ISO 4217. */
  readonly currency: string;
  readonly sellerName: string;
  readonly sellerTaxId?: string;
  /** Undefined: it is made out to a person, say. */
  readonly buyerTaxId?: string;
}

/** The texts of an invoice's fields, wherever they stood; undefined: the field is missing or empty. */
export type InvoiceTexts = { readonly [field in Exclude<keyof ReadInvoice, 'currency'>]-?: string | undefined };

/** Of a Chinese invoice, all of which are in CNY. Undefined: what every invoice has is missing, or is no number, day or amount. */
export function invoiceOf(texts: InvoiceTexts): ReadInvoice | undefined {
  const number = /^\d{8,20}$/.exec(texts.number ?? '')?.[0];
  const amount = /^[¥￥]?(-?\d{1,15}(?:\.\d{1,6})?)$/.exec(texts.amount ?? '')?.[1];
  return whole({ ...texts, number, amount }, dayOf(texts.date ?? ''), 'CNY');
}

/** Longest number (BT-1) that is compared: a claim has room for as many characters. */
const MAX_NUMBER = 64;

/** Of an invoice of EN 16931, whose amounts and days are written by XML Schema. Undefined: as above. */
export function europeanInvoiceOf(
  texts: InvoiceTexts & { readonly currency: string | undefined },
): ReadInvoice | undefined {
  const number = (texts.number ?? '').length <= MAX_NUMBER ? texts.number : undefined;
  const amount = /^[+-]?\d{1,15}(?:\.\d{0,6})?$/.test(texts.amount ?? '') ? plain(texts.amount ?? '') : undefined;
  const currency = /^[A-Z]{3}$/.exec(texts.currency ?? '')?.[0];
  const date = /^\d{4}-\d{2}-\d{2}(?:Z|[+-]\d{2}:\d{2})?$/.test(texts.date ?? '')
    ? dayOf((texts.date ?? '').slice(0, 10))
    : undefined;
  return currency === undefined ? undefined : whole({ ...texts, number, amount }, date, currency);
}

function whole(
  { number, amount, code, sellerName, sellerTaxId, buyerTaxId }: InvoiceTexts,
  date: string | undefined,
  currency: string,
): ReadInvoice | undefined {
  if (number === undefined || date === undefined || amount === undefined || sellerName === undefined) {
    return undefined;
  }
  return {
    ...{ number, date, amount, currency, sellerName },
    ...(code === undefined ? {} : { code }),
    ...(sellerTaxId === undefined ? {} : { sellerTaxId }),
    ...(buyerTaxId === undefined ? {} : { buyerTaxId }),
  };
}

/** A decimal of XML Schema as money is written here: no sign before what is not negative, no point without digits after it. */
function plain(decimal: string): string {
  return decimal.replace(/^\+/, '').replace(/\.$/, '');
}

/** `2026-02-28`, also with a time after it, `20260228` and `2026年02月28日`. Undefined: no day of the calendar. */
export function dayOf(text: string): string | undefined {
  const [, year, month = '', day = ''] = /^(\d{4})[-年]?(\d{1,2})[-月]?(\d{1,2})日?(?:[ T].*)?$/.exec(text) ?? [];
  if (year === undefined) {
    return undefined;
  }
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const known = new Date(`${date}T00:00:00Z`);
  // Days such as the 30th of February come out as another one.
  return !Number.isNaN(known.getTime()) && known.toISOString().startsWith(date) ? date : undefined;
}
