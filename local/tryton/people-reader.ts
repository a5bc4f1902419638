/**
 * Reads from Tryton what the company owes and grants its people, for demonstrations and tests, without any of Meridian's
 * code: independent evidence, as `documents.ts`. Amounts are plain decimal strings; dates are `YYYY-MM-DD`.
 */
import {
  date,
  dateText,
  idOf,
  numberText,
  related,
  type TrytonAddress,
  type TrytonLogin,
  textOf,
  withClient,
} from './rpc.ts';

export interface JournalEntry {
  readonly entryNumber: string;
  readonly state: string;
  /** In the order of their accounts. */
  readonly lines: readonly {
    readonly account: string;
    /** Employee id, on accounts that are kept by party. */
    readonly party: string;
    readonly debit: string;
    readonly credit: string;
  }[];
}

export interface EmployeePayment {
  readonly paymentNumber: string;
  readonly amount: string;
  readonly state: string;
}

export interface TimeSheetLine {
  readonly date: string;
  readonly work: string;
  readonly hours: number;
}

export interface PeopleReader {
  /** Undefined: Tryton has no such entry. */
  readEntry(entryNumber: string): Promise<JournalEntry | undefined>;
  /** Numbers of the entries of a claim, by the key that ends their descriptions; those that take others back are not among them. */
  entriesUnder(key: string): Promise<readonly string[]>;
  /** Payments of what an entry owes, oldest first. */
  paymentsOf(entryNumber: string): Promise<readonly EmployeePayment[]>;
  /** Lines with time on the works of leave, by their dates. */
  absencesOf(employeeId: string, from: string, to: string): Promise<readonly TimeSheetLine[]>;
}

/** @param login - a user who may read accounting, payments and time sheets, such as the administrator */
export function createPeopleReader(address: TrytonAddress, login: TrytonLogin): PeopleReader {
  return {
    readEntry: (entryNumber) =>
      withClient(address, login, async (client) => {
        const [move] = await client.searchRead('account.move', [['number', '=', entryNumber]], ['state']);
        if (move === undefined) return undefined;
        const lines = await client.searchRead(
          'account.move.line',
          [['move', '=', idOf(move)]],
          ['account.code', 'party.code', 'debit', 'credit'],
        );
        const told = lines.map((line) => ({
          account: related(line, 'account', 'code'),
          party: line.party === null ? '' : related(line, 'party', 'code'),
          debit: numberText(line.debit),
          credit: numberText(line.credit),
        }));
        return {
          entryNumber,
          state: textOf(move.state),
          lines: told.sort((one, other) => (one.account < other.account ? -1 : 1)),
        };
      }),
    entriesUnder: (key) =>
      withClient(address, login, async (client) => {
        const rows = await client.searchRead('account.move', [['description', 'like', `%[${key}]`]], ['number']);
        return rows.map((row) => textOf(row.number));
      }),
    paymentsOf: (entryNumber) =>
      withClient(address, login, async (client) => {
        const rows = await client.searchRead(
          'account.payment',
          [['line.move.number', '=', entryNumber]],
          ['number', 'amount', 'state'],
        );
        return rows.map((row) => ({
          paymentNumber: textOf(row.number),
          amount: numberText(row.amount),
          state: textOf(row.state),
        }));
      }),
    absencesOf: (employeeId, from, to) =>
      withClient(address, login, async (client) => {
        const rows = await client.searchRead(
          'timesheet.line',
          [
            ['employee.party.code', '=', employeeId],
            ['date', '>=', date(from)],
            ['date', '<=', date(to)],
            ['work.name', 'like', '%]'],
          ],
          ['date', 'work.name', 'duration'],
        );
        return rows
          .map((row) => ({
            date: dateText(row.date),
            work: related(row, 'work', 'name'),
            hours: hoursOf(row.duration),
          }))
          .filter(({ hours }) => hours > 0)
          .sort((one, other) => (one.date < other.date ? -1 : 1));
      }),
  };
}

/** Of Tryton's own form of a time span. */
function hoursOf(value: unknown): number {
  const seconds = typeof value === 'object' && value !== null && 'seconds' in value ? Number(value.seconds) : 0;
  return seconds / 3600;
}
