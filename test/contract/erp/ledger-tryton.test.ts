/** @module-tag long */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { date } from '../../../local/tryton/rpc.ts';
import { describeBooks } from './books-contract.ts';
import { describeLedger, entryCommand, newLedgerKey, TODAY } from './ledger-contract.ts';
import { insist } from './rig.ts';
import { trytonBooks } from './tryton-books-rig.ts';
import { openTrytonLedger, PEOPLE } from './tryton-ledger-rig.ts';

describeLedger('the general ledger of Tryton', openTrytonLedger);

describeBooks('the books of Tryton', async () => {
  const rig = await openTrytonLedger();
  return { ...trytonBooks(rig), close: () => rig.close() };
});

describe('what the general ledger of Tryton refuses', () => {
  let rig: Awaited<ReturnType<typeof openTrytonLedger>>;
  const [employeeId] = PEOPLE;
  beforeAll(async () => {
    rig = await openTrytonLedger();
  });
  afterAll(async () => {
    await rig?.close();
  });

  it('leaves out accounts that do not exist or only group others, and says which need an employee', async () => {
    const accounts = await rig.ledger.findAccounts(['9999', '2241', '1.1', '6601']);
    expect(accounts.map(({ code, needsParty }) => [code, needsParty])).toEqual([
      ['2241', true],
      ['6601', false],
    ]);
  });

  it('knows no employee that is not there', async () => {
    expect(await rig.ledger.findEmployee('E-nobody')).toBeUndefined();
  });

  it.each([
    ['unknown-account', { lines: linesTo('9999', employeeId) }],
    ['unknown-employee', { lines: linesTo('6601', 'E-nobody') }],
    ['period-closed', { date: '2019-01-31' }],
  ])('refuses by the name %s, and keeps nothing', async (rule, terms) => {
    const key = newLedgerKey('entry');
    await expect(insist(() => rig.ledger.postEntry(entryCommand(employeeId, { key, ...terms })))).rejects.toMatchObject(
      { rule },
    );
    expect(await rig.entriesWith(key)).toBe(0);
  });

  it('does not post a draft that a person changed after its reply was lost', async () => {
    // Prepare
    const command = entryCommand(employeeId);
    const { entryNumber } = await insist(() => rig.ledger.postEntry(entryCommand(employeeId)));
    const { admin } = rig.tryton;
    const [posted = 0] = await admin.search('account.move', [['number', '=', entryNumber]]);
    await admin.call('model.account.move.copy', [[posted], { description: `${command.description} [${command.key}]` }]);
    const [draft = 0] = await admin.search('account.move', [['description', 'like', `%[${command.key}]`]]);
    const other = { ...command, lines: linesTo('6601', employeeId) };

    // Act and assess
    await expect(insist(() => rig.ledger.postEntry(other))).rejects.toMatchObject({ rule: 'entry-differs' });
    expect(await admin.searchRead('account.move', [['id', '=', draft]], ['state'])).toMatchObject([{ state: 'draft' }]);
    expect(await insist(() => rig.ledger.postEntry(command))).toMatchObject({ key: command.key });
    expect(await rig.entriesWith(command.key)).toBe(1);
  });

  it('takes no entry back whose period was closed, by name, and does once it is open again', async () => {
    // Prepare
    const { entryNumber } = await insist(() => rig.ledger.postEntry(entryCommand(employeeId)));
    const { admin } = rig.tryton;
    const [period = 0] = await admin.search('account.period', [
      ['start_date', '<=', date(TODAY)],
      ['end_date', '>=', date(TODAY)],
      ['type', '=', 'standard'],
    ]);
    const reverse = () =>
      insist(() =>
        rig.ledger.reverseEntry({ key: newLedgerKey('reverse'), entryNumber, date: TODAY, description: 'taken back' }),
      );
    await admin.press('account.period', 'close', [period]);

    // Act and assess
    await expect(reverse()).rejects.toMatchObject({ rule: 'period-closed' });
    await admin.press('account.period', 'reopen', [period]);
    // Closed with the period, and not opened with it.
    await admin.press(
      'account.journal.period',
      'reopen',
      await admin.search('account.journal.period', [['period', '=', period]]),
    );
    expect((await reverse()).reversedBy).toBeDefined();
  });

  it('reports the payment of an entry to those who ask for changes', async () => {
    // Prepare
    const { entryNumber } = await insist(() => rig.ledger.postEntry(entryCommand(employeeId)));
    const { watermark } = await rig.tryton.erp.changesSince(undefined);
    const amount = { amount: '320.50', currency: 'CNY' };
    const { paymentNumber } = await insist(() =>
      rig.ledger.payEmployee({ key: newLedgerKey('pay'), entryNumber, employeeId, amount, date: TODAY }),
    );
    await rig.confirmPayment(paymentNumber);

    // Act
    const { facts } = await rig.tryton.erp.changesSince(watermark);

    // Assess
    expect(facts).toMatchObject([{ type: 'EmployeePaymentCompleted', entryNumber, paymentNumber }]);
  });
});

function linesTo(accountCode: string, employeeId: string) {
  return [
    { accountCode, debit: '10', description: 'train' },
    { accountCode: '2241', credit: '10', employeeId, description: 'owed' },
  ];
}
