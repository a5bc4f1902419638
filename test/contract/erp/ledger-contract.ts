/** What every general ledger behind the port does: one suite for the adapter and for the ledger in memory. */
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { JournalLine, LedgerPort, PostEntryCommand } from '../../../functions/connectors/erp/ledger-port.ts';
import { add, compare, sum } from '../../../functions/money/money.ts';
import { insist } from './rig.ts';

export const TODAY = new Date().toISOString().slice(0, 10);
/** Racing callers. */
const CALLERS = 5;
const ADVANCES = '1221';
/** Lines of the largest claim. */
const MOST_LINES = 200;

export interface LedgerRig {
  readonly ledger: LedgerPort;
  /** Another process with a session of its own and the same claims. */
  another(): LedgerPort;
  /** Two people of the directory. */
  readonly people: readonly [string, string];
  /** Accounting advances money to an employee, without Meridian. */
  advance(employeeId: string, amount: string): Promise<void>;
  /** The entry is created, and its posting never asked for. */
  begin(command: PostEntryCommand): Promise<void>;
  confirmPayment(paymentNumber: string): Promise<void>;
  failPayment(paymentNumber: string): Promise<void>;
  /** How many documents carry the key; read without the adapter. */
  entriesWith(key: string): Promise<number>;
  paymentsWith(key: string): Promise<number>;
  close(): Promise<void>;
}

export function newLedgerKey(step: string): string {
  return `T${randomUUID().slice(0, 18)}-${step}`;
}

/** A claim of 320.50 that is owed to the employee. */
export function entryCommand(employeeId: string, terms: Partial<PostEntryCommand> = {}): PostEntryCommand {
  return {
    key: newLedgerKey('entry'),
    date: TODAY,
    description: '上海出差 Trip to Shanghai (oa 4711)',
    lines: [
      { accountCode: '6601', debit: '300.50', description: 'train' },
      { accountCode: '6603', debit: '20', description: 'meal' },
      { accountCode: '2241', credit: '320.50', employeeId, description: 'owed' },
    ],
    ...terms,
  };
}

export function describeLedger(name: string, open: () => Promise<LedgerRig>): void {
  describe(name, () => {
    let rig: LedgerRig;
    let employeeId: string;
    beforeAll(async () => {
      rig = await open();
      [employeeId] = rig.people;
    });
    afterAll(async () => {
      await rig?.close();
    });
    const post = (terms: Partial<PostEntryCommand> = {}) =>
      insist(() => rig.ledger.postEntry(entryCommand(employeeId, terms)));
    const pay = (entryNumber: string, key = newLedgerKey('pay'), amount = '320.50') =>
      insist(() =>
        rig.ledger.payEmployee({
          key,
          entryNumber,
          employeeId,
          amount: { amount, currency: 'CNY' },
          date: TODAY,
        }),
      );
    const reverse = (entryNumber: string, key = newLedgerKey('reverse')) =>
      insist(() => rig.ledger.reverseEntry({ key, entryNumber, date: TODAY, description: 'taken back' }));

    it('gives the accounts asked for', async () => {
      expect((await rig.ledger.findAccounts(['6603', '6601'])).map(({ code }) => code)).toEqual(['6603', '6601']);
    });

    it('knows an employee by the company’s own id', async () => {
      expect(await rig.ledger.findEmployee(employeeId)).toMatchObject({ employeeId });
    });

    it('posts an entry as it was asked for, and gives it by number and by key', async () => {
      // Prepare
      const command = entryCommand(employeeId);

      // Act
      const entry = await insist(() => rig.ledger.postEntry(command));

      // Assess
      expect(entry).toMatchObject({ key: command.key, date: TODAY });
      expect(plain(entry.lines)).toEqual(plain(command.lines));
      expect(entry.reversedBy).toBeUndefined();
      expect(await rig.ledger.readEntry(entry.entryNumber)).toEqual(entry);
      expect(await rig.ledger.findEntry(command.key)).toEqual(entry);
      expect(await rig.ledger.findEntry(newLedgerKey('entry'))).toBeUndefined();
    });

    it('posts one entry for a key, whoever asks at once', async () => {
      // Prepare
      const command = entryCommand(employeeId);
      const callers = Array.from({ length: CALLERS }, () => rig.another());

      // Act
      const entries = await Promise.all(callers.map((ledger) => insist(() => ledger.postEntry(command))));

      // Assess
      expect(new Set(entries.map(({ entryNumber }) => entryNumber)).size).toBe(1);
      expect(await rig.entriesWith(command.key)).toBe(1);
    });

    it('posts an entry of 200 lines whole, pays what it owes, and takes it back whole', {
      timeout: 120_000,
    }, async () => {
      // Prepare
      const costs = Array.from(
        { length: MOST_LINES },
        (_, index): JournalLine => ({
          accountCode: index % 2 === 0 ? '6601' : '6603',
          debit: `${index + 1}.01`,
          description: `第 ${index + 1} 项 line ${index + 1}`,
        }),
      );
      const total = sum(costs.map(({ debit = '0' }) => debit));
      const lines = [...costs, { accountCode: '2241', credit: total, employeeId, description: 'owed' }];

      // Act
      const entry = await post({ lines });
      const payment = await pay(entry.entryNumber, newLedgerKey('pay'), total);

      // Assess
      expect(plain(entry.lines)).toEqual(plain(lines));
      expect(await rig.ledger.readEntry(entry.entryNumber)).toEqual(entry);
      expect(compare(payment.amount.amount, total)).toBe(0);
      await rig.failPayment(payment.paymentNumber);
      expect((await reverse(entry.entryNumber)).reversedBy).toBeDefined();
    });

    it('refuses an entry that does not balance, and keeps nothing of it', async () => {
      // Prepare
      const lines: readonly JournalLine[] = [
        { accountCode: '6601', debit: '10', description: 'train' },
        { accountCode: '2241', credit: '9.99', employeeId, description: 'owed' },
      ];
      const key = newLedgerKey('entry');

      // Act and assess
      await expect(post({ key, lines })).rejects.toMatchObject({ rule: 'unbalanced-entry' });
      expect(await rig.entriesWith(key)).toBe(0);
    });

    it('deletes what was begun and never posted, once, and nothing else', async () => {
      // Prepare
      const [begun, other] = [entryCommand(employeeId), entryCommand(employeeId)];
      await rig.begin(begun);
      await rig.begin(other);
      const posted = await post();
      const discard = (key: string, ledger = rig.ledger) => insist(() => ledger.discardDraft(key));
      const callers = Array.from({ length: CALLERS }, () => rig.another());

      // Act
      const found = await rig.ledger.findEntry(begun.key);
      const discards = await Promise.all(callers.map((ledger) => discard(begun.key, ledger)));

      // Assess
      expect(found).toBeUndefined();
      expect(discards).toContain('discarded');
      expect(await rig.entriesWith(begun.key)).toBe(0);
      expect(await discard(begun.key)).toBe('none');
      expect(await discard(posted.key)).toBe('none');
      expect(await rig.ledger.readEntry(posted.entryNumber)).toEqual(posted);
      expect(await insist(() => rig.ledger.postEntry(other))).toMatchObject({ key: other.key });
      expect(await rig.entriesWith(other.key)).toBe(1);
    });

    it('takes an entry back once, and a second key changes nothing', async () => {
      // Prepare
      const { entryNumber } = await post();

      // Act
      const [first, second] = [await reverse(entryNumber), await reverse(entryNumber)];

      // Assess
      expect(first).toMatchObject({ entryNumber, reversedBy: expect.stringMatching(/./) });
      expect(second).toEqual(first);
      expect(await rig.ledger.readEntry(entryNumber)).toEqual(first);
    });

    it('takes an entry back once, whoever asks at once', async () => {
      // Prepare
      const { entryNumber } = await post();
      const key = newLedgerKey('reverse');
      const callers = Array.from({ length: CALLERS }, () => rig.another());

      // Act
      const entries = await Promise.all(
        callers.map((ledger) =>
          insist(() => ledger.reverseEntry({ key, entryNumber, date: TODAY, description: 'taken back' })),
        ),
      );

      // Assess
      expect(new Set(entries.map(({ reversedBy }) => reversedBy)).size).toBe(1);
    });

    it('hands what is owed to the payment run once for a key, whoever asks at once', async () => {
      // Prepare
      const { entryNumber } = await post();
      const command = {
        key: newLedgerKey('pay'),
        entryNumber,
        employeeId,
        amount: { amount: '320.50', currency: 'CNY' },
        date: TODAY,
      };
      const callers = Array.from({ length: CALLERS }, () => rig.another());

      // Act
      const payments = await Promise.all(callers.map((ledger) => insist(() => ledger.payEmployee(command))));

      // Assess
      const [payment] = payments;
      expect(payment).toMatchObject({ key: command.key, entryNumber, state: 'processing' });
      expect(new Set(payments.map(({ paymentNumber }) => paymentNumber)).size).toBe(1);
      expect(await rig.paymentsWith(command.key)).toBe(1);
      expect(await rig.ledger.readEmployeePayment(payment?.paymentNumber ?? '')).toEqual(payment);
    });

    it('pays no other sum than the entry owes, and nothing twice under another key', async () => {
      // Prepare
      const { entryNumber } = await post();

      // Act and assess
      await expect(pay(entryNumber, newLedgerKey('pay'), '320.51')).rejects.toMatchObject({
        rule: 'payment-differs-from-entry',
      });
      await pay(entryNumber);
      await expect(pay(entryNumber)).rejects.toMatchObject({ rule: 'payment-differs-from-entry' });
    });

    it('does not take back what is on its way to be paid, or paid, but what the bank refused', async () => {
      // Prepare
      const { entryNumber } = await post();
      const refused = await pay(entryNumber);
      await expect(reverse(entryNumber)).rejects.toMatchObject({ rule: 'entry-settled' });

      // Act
      await rig.failPayment(refused.paymentNumber);

      // Assess
      expect(await rig.ledger.readEmployeePayment(refused.paymentNumber)).toMatchObject({ state: 'failed' });
      expect((await reverse(entryNumber)).reversedBy).toBeDefined();
    });

    it('says when the bank has paid, after which nothing is taken back', async () => {
      // Prepare
      const { entryNumber } = await post();
      const { paymentNumber } = await pay(entryNumber);

      // Act
      await rig.confirmPayment(paymentNumber);

      // Assess
      expect(await rig.ledger.readEmployeePayment(paymentNumber)).toMatchObject({ state: 'completed' });
      await expect(reverse(entryNumber)).rejects.toMatchObject({ rule: 'entry-settled' });
    });

    it('tells the open advance of an employee less what was set off against it', async () => {
      // Prepare
      const [, debtor] = rig.people;
      expect(await rig.ledger.openAdvance(debtor, ADVANCES)).toBe('0');
      await rig.advance(debtor, '500');

      // Act
      const setOff = await post({
        lines: [
          { accountCode: '6601', debit: '120.30', description: 'train' },
          { accountCode: ADVANCES, credit: '120.30', employeeId: debtor, description: 'set off' },
        ],
      });

      // Assess
      expect(compare(await rig.ledger.openAdvance(debtor, ADVANCES), '379.70')).toBe(0);
      await reverse(setOff.entryNumber);
      expect(compare(await rig.ledger.openAdvance(debtor, ADVANCES), '500')).toBe(0);
    });

    it('takes an entry back once, under however many keys, also where nothing of it is reconciled', async () => {
      // Prepare
      const [, debtor] = rig.people;
      const before = await rig.ledger.openAdvance(debtor, ADVANCES);
      await rig.advance(debtor, '200');
      const { entryNumber } = await post({
        lines: [
          { accountCode: '6601', debit: '120.30', description: 'train' },
          { accountCode: ADVANCES, credit: '120.30', employeeId: debtor, description: 'set off' },
        ],
      });
      const callers = Array.from({ length: CALLERS }, () => rig.another());

      // Act
      await Promise.all(
        callers.map((ledger) =>
          insist(() =>
            ledger.reverseEntry({ key: newLedgerKey('reverse'), entryNumber, date: TODAY, description: 'taken back' }),
          ),
        ),
      );

      // Assess
      const after = await rig.ledger.openAdvance(debtor, ADVANCES);
      expect(compare(after, add(before, '200'))).toBe(0);
    });
  });
}

/** Lines with the figures compared as numbers. */
function plain(lines: readonly JournalLine[]) {
  return lines.map(({ debit, credit, ...line }) => ({
    ...line,
    debit: Number(debit ?? '0'),
    credit: Number(credit ?? '0'),
  }));
}
