/** What a Chinese electronic invoice says of itself. Pure. */

/** As it stands in the file; amounts are in CNY, of which all these invoices are. */
export interface ReadInvoice {
  /** 20 digits of a fully digital invoice (数电票), 8 of the kinds before. */
  readonly number: string;
  /** Code that stands before the number; only the kinds before the fully digital one have it. */
  readonly code?: string;
  /** Day of issue, `YYYY-MM-DD`. */
  readonly date: string;
  /** Total, tax included: a decimal number as text. */
  readonly amount: string;
  readonly sellerName: string;
  readonly sellerTaxId?: string;
  /** Undefined: it is made out to a person, say. */
  readonly buyerTaxId?: string;
}

/** The texts of an invoice's fields, wherever they stood; undefined: the field is missing or empty. */
type InvoiceTexts = { readonly [field in keyof ReadInvoice]-?: string | undefined };

/** Undefined: what every invoice has is missing, or is no number, day or amount. */
export function invoiceOf(texts: InvoiceTexts): ReadInvoice | undefined {
  const { code, sellerName, sellerTaxId, buyerTaxId } = texts;
  const number = /^\d{8,20}$/.exec(texts.number ?? '')?.[0];
  const date = dayOf(texts.date ?? '');
  const amount = /^[¥￥]?(-?\d{1,15}(?:\.\d{1,6})?)$/.exec(texts.amount ?? '')?.[1];
  if (number === undefined || date === undefined || amount === undefined || sellerName === undefined) {
    return undefined;
  }
  return {
    ...{ number, date, amount, sellerName },
    ...(code === undefined ? {} : { code }),
    ...(sellerTaxId === undefined ? {} : { sellerTaxId }),
    ...(buyerTaxId === undefined ? {} : { buyerTaxId }),
  };
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
