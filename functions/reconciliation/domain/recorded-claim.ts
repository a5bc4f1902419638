/** What the record says of an expense claim: posted, taken back, paid. Pure. */
import type { RecordEntry } from '../../audit/domain/record.ts';
import type { JournalLine } from '../../connectors/erp/ledger-port.ts';
import { lastOf, moneyIn, textIn } from './recorded.ts';
import type { RecordedPayment } from './recorded-purchase.ts';

export interface RecordedClaim {
  /** Undefined: it goes on. */
  readonly outcome?: string;
  readonly entry: { readonly entryNumber: string; readonly sequence: number };
  /** What was posted; undefined: nobody knows any more. */
  readonly lines?: readonly JournalLine[];
  /** `kept`: the claim was given up, and its entry stands because something of it was paid. */
  readonly undone?: 'reversed' | 'kept';
  /** Its reversal was asked for. */
  readonly isReversing: boolean;
  readonly payments: readonly Omit<RecordedPayment, 'invoiceId'>[];
}

/**
 * Undefined: nothing was posted, as far as the record knows.
 * @param lines - what the record has the digest of
 */
export function recordedClaim(
  entries: readonly RecordEntry[],
  lines: readonly JournalLine[] | undefined,
): RecordedClaim | undefined {
  const posted = lastOf(entries, 'EntryPosted');
  if (posted === undefined) {
    return undefined;
  }
  const closed = lastOf(entries, 'ClaimClosed');
  const isReversed = lastOf(entries, 'EntryReversed') !== undefined;
  const undone = isReversed ? 'reversed' : lastOf(entries, 'EntryKept') === undefined ? undefined : 'kept';
  return {
    ...(closed === undefined ? {} : { outcome: textIn(closed, 'outcome') }),
    entry: { entryNumber: textIn(posted, 'entryNumber'), sequence: posted.sequence },
    ...(lines === undefined ? {} : { lines }),
    ...(undone === undefined ? {} : { undone }),
    isReversing: lastOf(entries, 'ReversalIntended') !== undefined,
    payments: entries
      .filter(({ type }) => type === 'PaymentCompleted' || type === 'EmployeePaymentCompleted')
      .flatMap((entry) => {
        const amount = moneyIn(entry, 'amount');
        const paymentNumber = textIn(entry, 'paymentNumber');
        return amount === undefined ? [] : [{ paymentNumber, ...amount, sequence: entry.sequence }];
      }),
  };
}
