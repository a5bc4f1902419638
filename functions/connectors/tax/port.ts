/**
 * The tax authority's register of invoices (发票查验). The State Taxation Administration offers it to people on a page and to
 * programs by licensed providers only.
 */

/** What the register knows an invoice by; the amount is in CNY. */
export interface IssuedInvoice {
  /** 20 digits of a fully digital invoice, 8 of the kinds before. */
  readonly number: string;
  /** Only the kinds before the fully digital one have it. */
  readonly code?: string;
  /** Day of issue, `YYYY-MM-DD`. */
  readonly date: string;
  /** A decimal number as text. */
  readonly amount: string;
  /** Whether `amount` is the total with tax, or what is taxed. */
  readonly amountIs: 'total' | 'before-tax';
  /** Printed on invoices of some kinds before the fully digital one (校验码). */
  readonly checkCode?: string;
}

/**
 * `genuine`: it was issued like this and stands. `not-found`: nobody issued it. `differs`: an invoice of that number says
 * something else. `voided` (作废): it was taken back. `red-lettered` (红冲): it was set off by a negative one, in whole or in part.
 */
export const REGISTER_ANSWERS = ['genuine', 'not-found', 'differs', 'voided', 'red-lettered'] as const;
export type RegisterAnswer = (typeof REGISTER_ANSWERS)[number];

export interface InvoiceRegister {
  /**
   * Asks, and changes nothing; providers charge each question, and the register takes few of one invoice a day.
   * @throws ConnectorTransientError: nobody answered, or not now
   * @throws ConnectorPermanentError: the provider refuses the question, or its answer is not known
   * @throws ConfigError: the provider does not take our key
   */
  verify(invoice: IssuedInvoice): Promise<RegisterAnswer>;
}
