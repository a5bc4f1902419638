import { createTrytonBooks } from '../../../functions/connectors/erp/tryton/tryton-books.ts';
import { date, idList, idOf, type Row, type TrytonClient } from '../../../local/tryton/rpc.ts';
import type { BooksRig } from './books-contract.ts';
import { TODAY } from './ledger-contract.ts';
import { PEOPLE, type TrytonLedgerRig } from './tryton-ledger-rig.ts';

const ORDER = 'purchase.purchase';
const PAYMENT = 'account.payment';

/** The books of a Tryton that is running already, with what people type into it without Meridian. */
export function trytonBooks({ tryton, ledger }: TrytonLedgerRig): Omit<BooksRig, 'close'> {
  const { server, admin, erp, clerks } = tryton;
  const { login: user, password } = server.logins.connector;
  const copyOrder = async (number: string) => {
    const like = idOf(await admin.one(ORDER, [['number', '=', number]], ['id']));
    const [copy = 0] = idList(await admin.call(`model.${ORDER}.copy`, [[like], { reference: null }]));
    await admin.press(ORDER, 'quote', [copy]);
    return copy;
  };
  const numberOf = async (model: string, id: number) =>
    String((await admin.one(model, [['id', '=', id]], ['number'])).number);
  return {
    books: createTrytonBooks({
      credentials: async () => ({ url: server.url, database: server.database, user, password }),
      clock: { now: () => new Date() },
    }),
    erp,
    ledger,
    clerks,
    employeeId: PEOPLE[0],
    orderByHand: async (like) => {
      const copy = await copyOrder(like);
      await admin.press(ORDER, 'confirm', [copy]);
      return numberOf(ORDER, copy);
    },
    draftByHand: async (like) => numberOf(ORDER, await copyOrder(like)),
    payByHand: async (owed) => {
      const line = await ('invoiceId' in owed ? lineOfInvoice(admin, owed.invoiceId) : lineOfEntry(admin, owed));
      const payment = await admin.create(PAYMENT, {
        ...{ company: line.company, kind: 'payable', party: line.party, line: line.id, amount: line.payment_amount },
        journal: idOf(await admin.one('account.payment.journal', [['currency.code', '=', 'CNY']], ['id'])),
        date: date(TODAY),
      });
      await admin.press(PAYMENT, 'submit', [payment]);
      return numberOf(PAYMENT, payment);
    },
    postByHand: async (like) => {
      const entry = idOf(await admin.one('account.move', [['number', '=', like]], ['id']));
      const [copy = 0] = idList(await admin.call('model.account.move.copy', [[entry], { description: 'by hand' }]));
      await admin.press('account.move', 'post', [copy]);
      return numberOf('account.move', copy);
    },
    setBankAccount: async (supplierCode) => {
      const owner = idOf(await admin.one('party.party', [['code', '=', supplierCode]], ['id']));
      const [number] = await admin.search('bank.account.number', [['account.owners.id', '=', owner]]);
      const text = String(Date.now());
      if (number === undefined) {
        await admin.create('bank.account', {
          owners: [['add', [owner]]],
          numbers: [['create', [{ type: 'other', number: text }]]],
        });
      } else {
        await admin.write('bank.account.number', [number], { number: text });
      }
    },
  };
}

const LINE = ['company', 'party', 'payment_amount'];

async function lineOfInvoice(admin: TrytonClient, number: string): Promise<Row> {
  const invoice = idOf(await admin.one('account.invoice', [['number', '=', number]], ['id']));
  await admin.press('account.invoice', 'post', [invoice]);
  const { lines_to_pay: lines } = await admin.one('account.invoice', [['id', '=', invoice]], ['lines_to_pay']);
  return admin.one('account.move.line', [['id', 'in', idList(lines)]], LINE);
}

function lineOfEntry(admin: TrytonClient, { entryNumber }: { readonly entryNumber: string }): Promise<Row> {
  const domain = [
    ['move.number', '=', entryNumber],
    ['account.type.payable', '=', true],
  ];
  return admin.one('account.move.line', domain, LINE);
}
