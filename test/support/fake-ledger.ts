/** A general ledger in memory behind the port, with the bank behind it, and switches for what can go wrong. */
import type {
  DraftDiscard,
  EmployeePayment,
  JournalEntry,
  LedgerAccount,
  LedgerEmployee,
  LedgerPort,
  PayEmployeeCommand,
  PostEntryCommand,
  ReverseEntryCommand,
} from '../../functions/connectors/erp/ledger-port.ts';
import { compare, subtract, sum } from '../../functions/money/money.ts';
import { BusinessRuleError, ConnectorPermanentError } from '../../functions/runtime/errors.ts';
import { type ErpFault, faultyCall } from './faulty-call.ts';

/** Owed to employees: what the payment run pays. */
const PAYABLE = '2241';
/** Each of their lines names an employee. */
const PARTY_ACCOUNTS: ReadonlySet<string> = new Set([PAYABLE, '1221']);

export class FakeLedger implements LedgerPort {
  /** Asked at each call of the port, with the operation's name, numbered from 1. */
  fault: (operation: keyof LedgerPort, call: number) => ErpFault = () => undefined;
  /** Operations called so far, in order. */
  readonly calls: (keyof LedgerPort)[] = [];
  /** What was advanced, by employee. */
  readonly advances = new Map<string, string>();
  /** Accounts that the chart does not have any more. */
  readonly closedAccounts = new Set<string>();
  /** Somebody changed the draft of whatever is posted next, and it stands there. */
  hasChangedDraft = false;
  /** What is posted next is made and stands as a draft: the ERP refuses the posting itself. */
  refusesToPost = false;
  /** Drafts cannot be deleted. */
  keepsDrafts = false;
  private readonly drafts = new Set<string>();
  private readonly entries: JournalEntry[] = [];
  private readonly payments: EmployeePayment[] = [];
  private readonly settled = new Set<string>();

  findAccounts(codes: readonly string[]): Promise<readonly LedgerAccount[]> {
    return this.call('findAccounts', () =>
      codes
        .filter((code) => !this.closedAccounts.has(code))
        .map((code) => ({ code, name: code, needsParty: PARTY_ACCOUNTS.has(code) })),
    );
  }

  findEmployee(employeeId: string): Promise<LedgerEmployee | undefined> {
    return this.call('findEmployee', () => ({ employeeId, name: employeeId }));
  }

  openAdvance(employeeId: string, account: string): Promise<string> {
    return this.call('openAdvance', () => {
      const setOff = this.entries
        .filter(({ reversedBy }) => reversedBy === undefined)
        .flatMap(({ lines }) => lines)
        .filter((line) => line.employeeId === employeeId && line.accountCode === account)
        .map(({ credit = '0' }) => credit);
      const left = subtract(this.advances.get(employeeId) ?? '0', sum(setOff));
      return compare(left, '0') > 0 ? left : '0';
    });
  }

  postEntry(command: PostEntryCommand): Promise<JournalEntry> {
    return this.call('postEntry', () => {
      const earlier = this.entries.find(({ key }) => key === command.key);
      if (earlier !== undefined) {
        return earlier;
      }
      if (this.hasChangedDraft) {
        this.drafts.add(command.key);
        throw new BusinessRuleError('entry-differs', 'the draft is not what was approved');
      }
      if (command.lines.some(({ accountCode }) => this.closedAccounts.has(accountCode))) {
        throw new BusinessRuleError('unknown-account', 'an account is closed');
      }
      for (const { accountCode, employeeId } of command.lines) {
        if (PARTY_ACCOUNTS.has(accountCode) !== (employeeId !== undefined)) {
          throw new ConnectorPermanentError(`a line on ${accountCode} has an employee it may not have, or lacks one`);
        }
      }
      const difference = subtract(
        sum(command.lines.map(({ debit = '0' }) => debit)),
        sum(command.lines.map(({ credit = '0' }) => credit)),
      );
      if (compare(difference, '0') !== 0) {
        throw new BusinessRuleError('unbalanced-entry', `off by ${difference}`);
      }
      if (this.refusesToPost) {
        this.drafts.add(command.key);
        throw new ConnectorPermanentError('the ERP refuses to post the draft');
      }
      this.drafts.delete(command.key);
      const entry = {
        entryNumber: `JE-${this.entries.length + 1}`,
        key: command.key,
        date: command.date,
        lines: command.lines,
      };
      this.entries.push(entry);
      return entry;
    });
  }

  readEntry(entryNumber: string): Promise<JournalEntry | undefined> {
    return this.call('readEntry', () => this.entries.find((entry) => entry.entryNumber === entryNumber));
  }

  findEntry(key: string): Promise<JournalEntry | undefined> {
    return this.call('findEntry', () => this.entries.find((entry) => entry.key === key));
  }

  discardDraft(key: string): Promise<DraftDiscard> {
    return this.call('discardDraft', () => {
      if (this.keepsDrafts && this.drafts.has(key)) {
        throw new BusinessRuleError('draft-kept', 'the draft cannot be deleted');
      }
      return this.drafts.delete(key) ? 'discarded' : 'none';
    });
  }

  reverseEntry(command: ReverseEntryCommand): Promise<JournalEntry> {
    return this.call('reverseEntry', () => {
      const index = this.entries.findIndex(({ entryNumber }) => entryNumber === command.entryNumber);
      const entry = this.entries[index];
      if (entry === undefined) {
        throw new ConnectorPermanentError(`no entry ${command.entryNumber}`);
      }
      if (
        this.settled.has(entry.entryNumber) ||
        this.payments.some((payment) => payment.entryNumber === entry.entryNumber && payment.state !== 'failed')
      ) {
        throw new BusinessRuleError('entry-settled', `${entry.entryNumber} is paid`);
      }
      const reversed = { ...entry, reversedBy: entry.reversedBy ?? `R-${entry.entryNumber}` };
      this.entries[index] = reversed;
      return reversed;
    });
  }

  payEmployee(command: PayEmployeeCommand): Promise<EmployeePayment> {
    return this.call('payEmployee', () => {
      const earlier = this.payments.find(({ key }) => key === command.key);
      if (earlier !== undefined) {
        return earlier;
      }
      const { key, entryNumber, amount } = command;
      const owed = this.owedOf(command);
      if (compare(owed, amount.amount) !== 0) {
        throw new BusinessRuleError('payment-differs-from-entry', `${entryNumber} owes ${owed}`);
      }
      const payment: EmployeePayment = {
        paymentNumber: `EP-${this.payments.length + 1}`,
        key,
        entryNumber,
        amount,
        state: 'processing',
      };
      this.payments.push(payment);
      return payment;
    });
  }

  readEmployeePayment(paymentNumber: string): Promise<EmployeePayment | undefined> {
    return this.call('readEmployeePayment', () =>
      this.payments.find((payment) => payment.paymentNumber === paymentNumber),
    );
  }

  /** All entries, for assertions. */
  allEntries(): readonly JournalEntry[] {
    return this.entries;
  }

  /** Keys of what was begun and is not posted, for assertions. */
  allDrafts(): readonly string[] {
    return [...this.drafts];
  }

  /** A posting whose connection was cut after its creation. */
  beginEntry(key: string): void {
    this.drafts.add(key);
  }

  /** All payments, for assertions. */
  allEmployeePayments(): readonly EmployeePayment[] {
    return this.payments;
  }

  /** The bank has paid or refused. */
  settlePayment(paymentNumber: string, state: 'completed' | 'failed'): EmployeePayment {
    const index = this.payments.findIndex((payment) => payment.paymentNumber === paymentNumber);
    const payment = this.payments[index];
    if (payment === undefined) {
      throw new Error(`no payment ${paymentNumber}`);
    }
    const next = { ...payment, state };
    this.payments[index] = next;
    return next;
  }

  /** Accounting pays an entry without Meridian. */
  payByHand(entryNumber: string): void {
    this.settled.add(entryNumber);
  }

  /** What the entry still owes the employee. */
  private owedOf({ entryNumber, employeeId }: PayEmployeeCommand): string {
    const entry = this.entries.find((one) => one.entryNumber === entryNumber);
    if (entry === undefined) {
      throw new ConnectorPermanentError(`no entry ${entryNumber}`);
    }
    const isTaken = (payment: EmployeePayment) => payment.entryNumber === entryNumber && payment.state !== 'failed';
    if (entry.reversedBy !== undefined || this.settled.has(entryNumber) || this.payments.some(isTaken)) {
      return '0';
    }
    const own = entry.lines.filter((line) => line.accountCode === PAYABLE && line.employeeId === employeeId);
    return subtract(sum(own.map(({ credit = '0' }) => credit)), sum(own.map(({ debit = '0' }) => debit)));
  }

  private call<Result>(operation: keyof LedgerPort, work: () => Result): Promise<Result> {
    this.calls.push(operation);
    return faultyCall(this.fault(operation, this.calls.length), work);
  }
}
