/**
 * The general ledger of the ERP as Meridian sees it: accounts, journal entries, and the payment of what an entry owes to
 * an employee. Beside {@link ErpPort} (purchases): an adapter of its own, which passes the contract suite of ledgers
 * (`test/contract/erp/ledger-contract.ts`).
 *
 * Errors of every operation are those of `ErpPort`. Amounts are plain decimal strings of the company's own currency;
 * dates are calendar dates `YYYY-MM-DD` of the company's time zone.
 */
import { add, type Money } from '../../money/money.ts';
import type { PaymentState } from './port.ts';

/** An account of the chart of accounts that entries may be posted to. */
export interface LedgerAccount {
  readonly code: string;
  readonly name: string;
  /** Each of its lines names an employee or another party. */
  readonly needsParty: boolean;
}

/** An employee as the books know them. */
export interface LedgerEmployee {
  /** The company's own employee id. */
  readonly employeeId: string;
  readonly name: string;
}

export interface JournalLine {
  readonly accountCode: string;
  /** Exactly one of both is there, and more than zero. */
  readonly debit?: string;
  readonly credit?: string;
  /** Who it is owed to or by; required by accounts with `needsParty`, refused by others. */
  readonly employeeId?: string;
  readonly description: string;
}

export interface PostEntryCommand {
  /** Idempotency key, stable for the process and step; at most 60 characters of [A-Za-z0-9-]. */
  readonly key: string;
  /** Of the posting: decides the period. */
  readonly date: string;
  readonly description: string;
  /** Balanced: the debits sum up to the credits. */
  readonly lines: readonly JournalLine[];
}

export interface JournalEntry {
  /** The ERP's own number of the posted entry. */
  readonly entryNumber: string;
  readonly key: string;
  readonly date: string;
  readonly lines: readonly JournalLine[];
  /** Number of the entry that took it back; undefined: it stands. */
  readonly reversedBy?: string;
}

export interface ReverseEntryCommand {
  /** Idempotency key of the reversal. */
  readonly key: string;
  readonly entryNumber: string;
  readonly date: string;
  readonly description: string;
}

export interface PayEmployeeCommand {
  /** Idempotency key, as of an entry. */
  readonly key: string;
  /** The entry whose line owes the money. */
  readonly entryNumber: string;
  readonly employeeId: string;
  /** What was approved and posted: nothing else is paid. */
  readonly amount: Money;
  readonly date: string;
}

export interface EmployeePayment {
  readonly paymentNumber: string;
  readonly key: string;
  readonly entryNumber: string;
  readonly amount: Money;
  readonly state: PaymentState;
}

/** What became of a posting that was begun: `none`, nothing of it was there that is not posted. */
export type DraftDiscard = 'discarded' | 'none';

export interface LedgerPort {
  /** A code that does not exist, is closed, or only groups others is left out. */
  findAccounts(codes: readonly string[]): Promise<readonly LedgerAccount[]>;
  /** Undefined: the books know no such employee. */
  findEmployee(employeeId: string): Promise<LedgerEmployee | undefined>;
  /**
   * What the employee still owes of advances: debits less credits of the advance account with the employee as party, never
   * negative. `0` when nothing was advanced.
   */
  openAdvance(employeeId: string, accountCode: string): Promise<string>;
  /**
   * Creates and posts. Called again with the same key it returns the same entry. `BusinessRuleError`: `unbalanced-entry`,
   * `unknown-account`, `unknown-employee`, `period-closed`; nothing is kept of it then. `entry-differs`: what was begun
   * under the key was changed in the ERP by somebody; it stands there unposted until a person deletes it or sets it right.
   */
  postEntry(command: PostEntryCommand): Promise<JournalEntry>;
  readEntry(entryNumber: string): Promise<JournalEntry | undefined>;
  /** The entry that was posted under a key; undefined: none so far (a request whose reply was lost may commit later). */
  findEntry(key: string): Promise<JournalEntry | undefined>;
  /**
   * Deletes whatever was begun under a key and is not posted, also where somebody changed it; what is posted stays. Called
   * again it finds nothing. A request whose reply was lost may commit later. `BusinessRuleError` `draft-kept`: the ERP does
   * not let it be deleted, and it stands there.
   */
  discardDraft(key: string): Promise<DraftDiscard>;
  /**
   * Posts the opposite entry. The same key, or an entry that is reversed already, changes nothing. `BusinessRuleError`
   * `entry-settled` once something of it is paid or on its way to be paid; `period-closed`
   * where the day of the reversal (in Tryton that of the entry) lies in no open period.
   */
  reverseEntry(command: ReverseEntryCommand): Promise<JournalEntry>;
  /**
   * Hands what the entry owes the employee to the ERP's payment run. Same key, same payment. `BusinessRuleError`:
   * `payment-differs-from-entry`, the entry owes another sum, or nothing any more; nothing is kept of it then.
   * `payment-changed`: what was begun under the key was changed in the ERP by somebody, and stands there.
   */
  payEmployee(command: PayEmployeeCommand): Promise<EmployeePayment>;
  readEmployeePayment(paymentNumber: string): Promise<EmployeePayment | undefined>;
}

/** Accounts, employees and amounts in one text, the same in whatever order and however the amounts are written; texts of lines do not count. */
export function plainLines(lines: readonly JournalLine[]): string {
  return lines
    .map(({ accountCode, employeeId = '', debit = '0', credit = '0' }) =>
      [accountCode, employeeId, add(debit, '0'), add(credit, '0')].join(' '),
    )
    .toSorted()
    .join('; ');
}
