/**
 * The ERP's books as an auditor walks through them: every order to a supplier, every payment of one and every entry in the
 * journal of claims, whoever made it. Only read. Beside {@link ErpPort} and {@link LedgerPort}, which know Meridian's own
 * documents alone; the adapter and the books in memory pass one contract suite (`test/contract/erp/books-contract.ts`).
 *
 * Errors of every operation are those of `ErpPort`. Money carries its ISO 4217 currency; instants are ISO 8601 in UTC, by the
 * ERP's clock.
 */
import type { Money } from '../../money/money.ts';

/** `orders`: confirmed orders to suppliers. `payments`: payments to anybody, from their submission on. `entries`: posted entries of claims. */
export const BOOK_SECTIONS = ['orders', 'payments', 'entries'] as const;
export type BookSection = (typeof BOOK_SECTIONS)[number];

/** A document that binds the company, or has moved its money. Drafts, and what was cancelled or has failed, are none. */
export interface BookDocument {
  readonly section: BookSection;
  /** The ERP's own number. */
  readonly number: string;
  /** Idempotency key that it carries; empty: none. By itself it proves nothing: people can type one. */
  readonly key: string;
  /** Keys of the documents that it pays, or takes back. */
  readonly about: readonly string[];
  /** The company's code of the supplier, or the employee id; empty: several, or none. */
  readonly party: string;
  /** Of an order without tax; of an entry its debits. */
  readonly amount: Money;
  readonly createdAt: string;
  readonly changedAt: string;
}

export interface BookPage {
  readonly documents: readonly BookDocument[];
  /** Where the next page or the next look begins. Opaque; store it only after the documents are safely queued. */
  readonly next: string;
  /** False: a further page is there now. */
  readonly isLast: boolean;
}

/** Most documents of one page. */
export const MOST_DOCUMENTS = 100;

/** A bank account that a supplier is paid to; its number stays in the ERP. */
export interface BankAccount {
  /** The ERP's own identity of it. */
  readonly accountId: string;
  readonly createdAt: string;
  /** The last change of the account, of a number of it, or of whose it is. */
  readonly changedAt: string;
}

export interface SupplierAccounts {
  /** When the ERP came to know the supplier. */
  readonly supplierSince: string;
  readonly accounts: readonly BankAccount[];
}

export interface BooksPort {
  /**
   * Documents of a section that were made or changed. The same may come again; none is left out.
   * @param after - `next` of the page before
   * @param since - where the books are opened while there is no page before
   */
  changed(section: BookSection, after: string | undefined, since: Date): Promise<BookPage>;
  /** Undefined: there is no such supplier, or the ERP keeps no bank accounts. */
  accountsOf(supplierCode: string): Promise<SupplierAccounts | undefined>;
}
