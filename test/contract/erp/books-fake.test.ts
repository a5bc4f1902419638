import { FakeAuditor } from '../../support/fake-auditor.ts';
import { FakeErp } from '../../support/fake-erp.ts';
import { FakeLedger } from '../../support/fake-ledger.ts';
import { describeBooks } from './books-contract.ts';
import { fakeRig } from './fake-rig.ts';

describeBooks('books in memory', async () => {
  let at = Date.parse('2026-03-02T01:00:00.000Z');
  const clock = {
    now: () => {
      at += 1000;
      return new Date(at);
    },
  };
  const erp = new FakeErp({ clock });
  const ledger = new FakeLedger();
  // Two on a page, so that there are several.
  const books = new FakeAuditor({ erp, ledger, clock, pageSize: 2 });
  let number = 0;
  const typed = (section: 'orders' | 'payments' | 'entries', like: object) => {
    number += 1;
    const amount = { amount: '0', currency: 'CNY' };
    books.type({ section, number: `HAND-${number}`, party: '', amount, ...like });
    return `HAND-${number}`;
  };
  const orderOf = (orderNumber: string) => erp.allOrders().find((one) => one.orderNumber === orderNumber);
  return {
    books,
    erp,
    ledger,
    clerks: fakeRig(erp).clerks,
    employeeId: 'E1001',
    orderByHand: async (like) => {
      const order = orderOf(like);
      const amount = { amount: order?.total ?? '', currency: 'CNY' };
      return typed('orders', { party: order?.supplierCode, amount });
    },
    draftByHand: async () => 'DRAFT-1',
    payByHand: async (owed) => {
      if ('entryNumber' in owed) {
        const entry = ledger.allEntries().find(({ entryNumber }) => entryNumber === owed.entryNumber);
        return typed('payments', { about: [entry?.key] });
      }
      const order = orderOf(erp.orderOfInvoice(owed.invoiceId));
      const amount = { amount: order?.total ?? '', currency: 'CNY' };
      return typed('payments', { about: [order?.key], party: order?.supplierCode, amount });
    },
    postByHand: async () => typed('entries', {}),
    setBankAccount: async (supplierCode) => books.setAccount(supplierCode, 'A-1'),
    close: async () => {},
  };
});
