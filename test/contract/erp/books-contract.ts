/** What the books of every ERP behind the port tell an auditor: one suite for the adapter and for the books in memory. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BookDocument, BookSection, BooksPort } from '../../../functions/connectors/erp/books-port.ts';
import type { LedgerPort } from '../../../functions/connectors/erp/ledger-port.ts';
import type { ErpPort } from '../../../functions/connectors/erp/port.ts';
import { entryCommand, newLedgerKey, TODAY } from './ledger-contract.ts';
import { type ErpRig, insist, newKey } from './rig.ts';

export interface BooksRig {
  readonly books: BooksPort;
  readonly erp: ErpPort;
  readonly ledger: LedgerPort;
  readonly clerks: Pick<ErpRig['clerks'], 'receiveGoods' | 'enterInvoice' | 'cancelOrder'>;
  /** Somebody who has a party in the ledger. */
  readonly employeeId: string;
  /** A buyer orders the same as an order without Meridian; gives the number. */
  orderByHand(like: string): Promise<string>;
  /** The same, up to an offer that nobody has confirmed. */
  draftByHand(like: string): Promise<string>;
  /** Accounting pays what an invoice or an entry owes without Meridian; gives the number of the payment. */
  payByHand(owed: { readonly invoiceId: string } | { readonly entryNumber: string }): Promise<string>;
  /** Accounting posts the same as an entry of claims without Meridian; gives its number. */
  postByHand(like: string): Promise<string>;
  /** Gives a supplier a bank account, or another number to the one it has. */
  setBankAccount(supplierCode: string): Promise<void>;
  close(): Promise<void>;
}

const SUPPLIER = 'SUP-001';
/** Before anything of this company. */
const EPOCH = new Date('2020-01-01T00:00:00.000Z');

export function describeBooks(name: string, open: () => Promise<BooksRig>): void {
  describe(name, () => {
    let rig: BooksRig;
    beforeAll(async () => {
      rig = await open();
    });
    afterAll(async () => {
      await rig?.close();
    });

    const order = (key = newKey('order')) =>
      insist(() =>
        rig.erp.createOrder({
          ...{ key, supplierCode: SUPPLIER, currency: 'CNY', orderDate: TODAY, description: 'Chairs', costCentre: '' },
          lines: [{ lineNumber: 1, productCode: 'P-1001', quantity: '2', unitPrice: '680' }],
        }),
      );
    const invoice = async (orderNumber: string) => {
      await rig.clerks.receiveGoods(orderNumber);
      return rig.clerks.enterInvoice(orderNumber, { reference: `S-${orderNumber}` });
    };
    /** What a look tells, page by page, and where the next one begins. */
    const look = async (section: BookSection, from?: string, since = EPOCH) => {
      const documents: BookDocument[] = [];
      let place = from;
      for (;;) {
        const page = await rig.books.changed(section, place, since);
        documents.push(...page.documents);
        place = page.next;
        if (page.isLast) {
          return { documents, place, of: (number: string) => documents.findLast((one) => one.number === number) };
        }
      }
    };

    it('tells of orders whoever made them, and of none that nobody has confirmed or that was cancelled', async () => {
      const own = await order();
      const byHand = await rig.orderByHand(own.orderNumber);
      const draft = await rig.draftByHand(own.orderNumber);
      const given = await order();
      await rig.clerks.cancelOrder(given.orderNumber);

      const { of } = await look('orders');

      const instant = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
      const same = { section: 'orders', about: [], party: SUPPLIER, amount: { amount: '1360.00', currency: 'CNY' } };
      const dates = { createdAt: instant, changedAt: instant };
      expect(of(own.orderNumber)).toEqual({ ...same, number: own.orderNumber, key: own.key, ...dates });
      expect(of(byHand)).toMatchObject({ ...same, number: byHand, key: '' });
      expect(of(draft)).toBeUndefined();
      expect(of(given.orderNumber)).toBeUndefined();
    });

    it('goes on where it stopped, and leaves out nothing that is changed meanwhile', async () => {
      const first = await order();
      const before = await look('orders');
      expect(before.of(first.orderNumber)).toBeDefined();

      const [second, third] = [await order(), await order()];
      const after = await look('orders', before.place);

      expect(after.documents.map(({ number }) => number)).toEqual(
        expect.arrayContaining([second.orderNumber, third.orderNumber]),
      );
    });

    it('opens the books where it is told to', async () => {
      const { orderNumber } = await order();

      const { documents } = await look('orders', undefined, new Date('2090-01-01T00:00:00.000Z'));

      expect(documents.map(({ number }) => number)).not.toContain(orderNumber);
    });

    it('tells of payments of suppliers, and of which order they are', async () => {
      const [own, foreign] = [await order(), await order()];
      const invoices = [await invoice(own.orderNumber), await invoice(foreign.orderNumber)] as const;
      const amount = { amount: '1360.00', currency: 'CNY' };
      const key = newKey('pay');
      const paid = await insist(() => rig.erp.requestPayment({ key, invoiceId: invoices[0], amount, date: TODAY }));
      const byHand = await rig.payByHand({ invoiceId: invoices[1] });

      const { of } = await look('payments');

      const same = { section: 'payments', party: SUPPLIER, amount };
      expect(of(paid.paymentNumber)).toMatchObject({ ...same, key, about: [own.key] });
      expect(of(byHand)).toMatchObject({ ...same, key: '', about: [foreign.key] });
    });

    it('tells of payments of employees, and of which entry they are', async () => {
      const { employeeId } = rig;
      const [own, foreign] = [
        await insist(() => rig.ledger.postEntry(entryCommand(employeeId))),
        await insist(() => rig.ledger.postEntry(entryCommand(employeeId))),
      ];
      const amount = { amount: '320.50', currency: 'CNY' };
      const key = newLedgerKey('pay');
      const { entryNumber } = own;
      const paid = await insist(() => rig.ledger.payEmployee({ key, entryNumber, employeeId, amount, date: TODAY }));
      const byHand = await rig.payByHand({ entryNumber: foreign.entryNumber });

      const { of } = await look('payments');

      expect(of(paid.paymentNumber)).toMatchObject({ key, about: [own.key] });
      expect(of(byHand)).toMatchObject({ key: '', about: [foreign.key] });
    });

    it('tells of the entries of claims whoever posted them', async () => {
      const own = await insist(() => rig.ledger.postEntry(entryCommand(rig.employeeId)));
      const byHand = await rig.postByHand(own.entryNumber);

      const { of } = await look('entries');

      const same = { section: 'entries', about: [], party: '', amount: { currency: 'CNY' } };
      expect(of(own.entryNumber)).toMatchObject({ ...same, key: own.key });
      expect(Number(of(own.entryNumber)?.amount.amount)).toBe(320.5);
      expect(of(byHand)).toMatchObject({ ...same, key: '' });
    });

    it('says when a bank account of a supplier came and was changed, and since when the supplier is known', async () => {
      expect(await rig.books.accountsOf('SUP-NOBODY')).toBeUndefined();
      expect((await rig.books.accountsOf('SUP-002'))?.accounts ?? []).toEqual([]);

      await rig.setBankAccount('SUP-002');
      const first = await rig.books.accountsOf('SUP-002');
      await rig.setBankAccount('SUP-002');
      const second = await rig.books.accountsOf('SUP-002');

      const [account, ...others] = first?.accounts ?? [];
      expect(others).toEqual([]);
      expect(Date.parse(account?.createdAt ?? '')).toBeGreaterThanOrEqual(Date.parse(first?.supplierSince ?? ''));
      expect(second?.accounts).toMatchObject([{ accountId: account?.accountId, createdAt: account?.createdAt }]);
      expect(Date.parse(second?.accounts[0]?.changedAt ?? '')).toBeGreaterThan(Date.parse(account?.changedAt ?? ''));
    });

    it('refuses a place that is not its own', async () => {
      await expect(rig.books.changed('orders', 'elsewhere', EPOCH)).rejects.toThrow();
    });
  });
}
