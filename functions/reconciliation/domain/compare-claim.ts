/** Claim = posting = payment. What Meridian itself is about to take back is on its way and no mismatch. Pure. */
import type { EmployeePayment, JournalEntry, JournalLine } from '../../connectors/erp/ledger-port.ts';
import { add } from '../../money/money.ts';
import { paymentOf } from './compare-purchase.ts';
import type { Mismatch } from './mismatch.ts';
import type { RecordedClaim } from './recorded-claim.ts';

/** What the ERP has of it now. */
export interface ClaimBooks {
  /** Undefined: it is not there. */
  readonly entry: JournalEntry | undefined;
  /** Those that the record names. */
  readonly payments: readonly EmployeePayment[];
}

/** Ends with which what was posted stands. */
const STANDING: readonly string[] = ['paid', 'settled', 'posted'];

export function compareClaim(record: RecordedClaim, { entry, payments }: ClaimBooks): readonly Mismatch[] {
  const { entryNumber: document, sequence } = record.entry;
  if (entry === undefined) {
    return [{ field: 'entry', document, expected: document, found: '', fix: 'look', sequence }];
  }
  return [
    ...stateOf(record, entry),
    ...linesOf(record, entry),
    ...record.payments.flatMap((payment) => paymentOf(payment, payments)),
  ];
}

function stateOf(record: RecordedClaim, { reversedBy }: JournalEntry): readonly Mismatch[] {
  const { entryNumber: document, sequence } = record.entry;
  const about = { field: 'entry-state', document, sequence, fix: 'post-anew' } as const;
  const { outcome, undone } = record;
  const isOver = undone === 'reversed' || (outcome !== undefined && !STANDING.includes(outcome) && undone !== 'kept');
  if (isOver) {
    return reversedBy === undefined ? [{ ...about, expected: 'reversed', found: 'posted' }] : [];
  }
  const isOnItsWay = record.isReversing && outcome === undefined;
  return reversedBy === undefined || isOnItsWay ? [] : [{ ...about, expected: 'posted', found: reversedBy }];
}

/** Account by account; texts of lines do not count, and whose they are does. */
function linesOf({ lines, entry: { sequence } }: RecordedClaim, entry: JournalEntry): readonly Mismatch[] {
  if (lines === undefined) {
    return [];
  }
  const [expected, found] = [balancesOf(lines), balancesOf(entry.lines)];
  return [...new Set([...expected.keys(), ...found.keys()])].sort().flatMap((part): readonly Mismatch[] => {
    const [one, other] = [expected.get(part) ?? '', found.get(part) ?? ''];
    const about = { field: 'entry-lines', document: entry.entryNumber, part, sequence, fix: 'post-anew' } as const;
    return one === other ? [] : [{ ...about, expected: one, found: other }];
  });
}

/** Debits and credits of each account and employee, in one text for each. */
function balancesOf(lines: readonly JournalLine[]): ReadonlyMap<string, string> {
  const sums = new Map<string, readonly [debit: string, credit: string]>();
  for (const { accountCode, employeeId, debit = '0', credit = '0' } of lines) {
    const part = employeeId === undefined ? accountCode : `${accountCode} ${employeeId}`;
    const [debits, credits] = sums.get(part) ?? ['0', '0'];
    sums.set(part, [add(debits, debit), add(credits, credit)]);
  }
  return new Map([...sums].map(([part, [debit, credit]]) => [part, `${debit} / ${credit}`]));
}
