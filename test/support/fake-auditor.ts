/** The books of the ERP in memory as an auditor walks through them, with what people enter in them without Meridian. */
import type {
  BookDocument,
  BookPage,
  BookSection,
  BooksPort,
  SupplierAccounts,
} from '../../functions/connectors/erp/books-port.ts';
import { sum } from '../../functions/money/money.ts';
import type { Clock } from '../../functions/runtime/ambient.ts';
import { FakeBankAccounts } from './fake-bank-accounts.ts';
import type { FakeErp } from './fake-erp.ts';
import type { FakeLedger } from './fake-ledger.ts';

type Typed = Pick<BookDocument, 'section' | 'number' | 'party' | 'amount'> &
  Partial<Pick<BookDocument, 'key' | 'about' | 'createdAt'>>;

const CURRENCY = 'CNY';

export class FakeAuditor implements BooksPort {
  private readonly erp: FakeErp;
  private readonly ledger: FakeLedger;
  private readonly clock: Clock;
  private readonly pageSize: number;
  private readonly typed: BookDocument[] = [];
  /** What was seen in the order in which it was seen, as often as it had changed. */
  private readonly seen: { readonly text: string; readonly document: BookDocument }[] = [];
  private readonly accounts: FakeBankAccounts;

  constructor(parts: {
    readonly erp: FakeErp;
    readonly ledger: FakeLedger;
    readonly clock: Clock;
    readonly pageSize?: number;
    /** Those that others see as well. */
    readonly accounts?: FakeBankAccounts;
  }) {
    this.erp = parts.erp;
    this.ledger = parts.ledger;
    this.clock = parts.clock;
    this.pageSize = parts.pageSize ?? 100;
    this.accounts = parts.accounts ?? new FakeBankAccounts(parts.clock);
  }

  /** Somebody enters a document in the ERP. */
  type(document: Typed): void {
    const now = this.now();
    this.typed.push({ key: '', about: [], createdAt: now, changedAt: now, ...document });
  }

  /** Somebody enters or changes a bank account of a supplier. */
  setAccount(supplierCode: string, accountId: string, supplierSince?: string): void {
    this.accounts.set(supplierCode, accountId, supplierSince);
  }

  async changed(section: BookSection, after: string | undefined, since: Date): Promise<BookPage> {
    this.look();
    const begin = after === undefined ? 0 : positionOf(after);
    const rows = this.seen
      .map(({ document }, index) => ({ document, index }))
      .filter(({ document, index }) => index >= begin && document.section === section)
      .filter(({ document }) => document.changedAt >= since.toISOString());
    const page = rows.slice(0, this.pageSize);
    const isLast = rows.length <= this.pageSize;
    const next = isLast ? this.seen.length : (page.at(-1)?.index ?? begin) + 1;
    return { documents: page.map(({ document }) => document), next: `fake ${next}`, isLast };
  }

  accountsOf(supplierCode: string): Promise<SupplierAccounts | undefined> {
    return this.accounts.accountsOf(supplierCode);
  }

  /** Whatever changed since the last look stands at the end of what was seen. */
  private look(): void {
    for (const { createdAt, state, ...rest } of this.documents()) {
      const { changedAt: _when, ...content } = rest;
      const text = JSON.stringify({ ...content, state });
      const before = this.seen.findLast(({ document }) => isSame(document, rest));
      if (before?.text !== text) {
        const begun = before?.document.createdAt ?? createdAt;
        this.seen.push({ text, document: { ...rest, createdAt: begun, changedAt: this.now() } });
      }
    }
  }

  private documents(): readonly (BookDocument & { readonly state: string })[] {
    const [createdAt, changedAt] = [this.now(), this.now()];
    const dates = { createdAt, changedAt };
    const orders = this.erp.allOrders().filter(({ state }) => state !== 'cancelled' && state !== 'draft');
    const entries = this.ledger.allEntries();
    return [
      ...orders.map(({ orderNumber: number, key, supplierCode: party, total, currency, state }) => ({
        ...{ section: 'orders' as const, number, key, about: [], party, amount: { amount: total, currency } },
        ...{ ...dates, state },
      })),
      ...this.erp
        .allPayments()
        .filter(({ state }) => state !== 'failed')
        .map(({ paymentNumber: number, key, invoiceId, amount, state }) => {
          const order = orders.find(({ orderNumber }) => this.erp.orderOfInvoice(invoiceId) === orderNumber);
          const about = order === undefined ? [] : [order.key];
          return {
            ...{ section: 'payments' as const, number, key, about, party: order?.supplierCode ?? '', amount },
            ...{ ...dates, state },
          };
        }),
      ...this.ledger
        .allEmployeePayments()
        .filter(({ state }) => state !== 'failed')
        .map(({ paymentNumber: number, key, entryNumber, amount, state }) => ({
          ...{ section: 'payments' as const, number, key, amount, party: '' },
          ...{ about: entries.filter((one) => one.entryNumber === entryNumber).map((one) => one.key) },
          ...{ ...dates, state },
        })),
      ...entries.map(({ entryNumber: number, key, lines, reversedBy = '' }) => ({
        ...{ section: 'entries' as const, number, key, about: [], party: '' },
        ...{ amount: { amount: sum(lines.map(({ debit = '0' }) => debit)), currency: CURRENCY }, ...dates },
        state: reversedBy,
      })),
      ...this.typed.map((document) => ({ ...document, state: '' })),
    ];
  }

  private now(): string {
    return this.clock.now().toISOString();
  }
}

function isSame(one: BookDocument, other: Pick<BookDocument, 'section' | 'number'>): boolean {
  return one.section === other.section && one.number === other.number;
}

function positionOf(place: string): number {
  const [, position] = /^fake (\d+)$/.exec(place) ?? [];
  if (position === undefined) {
    throw new Error('the stored place is not one of these books');
  }
  return Number(position);
}
