/**
 * The business state of one expense claim, from filing to the paid employee, and what its waits are waiting for. Pure.
 * Amounts are plain decimals of the company's currency, unless a line or receipt says its own.
 */
import type { DocumentFile } from '../../approvals/domain/plan.ts';
import type { EmployeePayment, JournalLine } from '../../connectors/erp/ledger-port.ts';
import type { ExpenseClaim } from '../../events/expense-claim-submitted.ts';
import type { Money } from '../../money/money.ts';
import type { ProcessHead, Wait } from '../../process/domain/process.ts';
import { commandKey, newRequest, type RequestKind, type RequestState } from '../../requests/domain/request.ts';
import type { ClaimCheck } from './check-claim.ts';

export const EXPENSE_KIND = 'expense-to-posting';

/** How a claim can end. `settled`: all was set off against the advance; `posted`: the payment is settled by hand. */
export type ExpenseOutcome =
  | 'paid'
  | 'settled'
  | 'posted'
  | 'refused'
  | 'rejected'
  | 'withdrawn'
  | 'cancelled'
  | 'expired';

/** Ends in which nobody was paid for it. */
export const NOTHING_CLAIMED: readonly string[] = [
  'refused',
  'rejected',
  'withdrawn',
  'cancelled',
  'expired',
] satisfies readonly ExpenseOutcome[];

export interface ExpenseState extends RequestState {
  /** After the check. */
  readonly claim?: ExpenseClaim;
  readonly check?: ClaimCheck;
  /** Of receipts, as they were read; absent: none has a file. */
  readonly files?: readonly DocumentFile[];
  /** Names of those in which no invoice could be read. */
  readonly unread?: readonly string[];
  /** Papers that are reserved for this claim, by the key of each (`receiptMark`). */
  readonly receipts: readonly string[];
  /** `YYYY-MM`, in which it has of the limits of days (`claimed-days.ts`); absent: in none. */
  readonly claimedMonths?: readonly string[];
  /** The operators are asked whether the claim may be posted in a later year than it was checked in; absent: the year did not end. */
  readonly crossing?: YearCrossing;
  /** What is posted: fixed with the intent, so that every try posts the same. */
  readonly journal?: PostedJournal;
  readonly entry?: EntryReference;
  readonly payment?: EmployeePayment;
  /** Payments that the bank refused: numbers the next try's idempotency key. */
  readonly failedPayments: number;
  /** What became of the entry when the claim was given up. */
  readonly undone?: 'entry-reversed' | 'kept';
}

export interface PostedJournal {
  /** `YYYY-MM-DD`: decides the period. */
  readonly date: string;
  readonly lines: readonly JournalLine[];
  /** To be paid to the employee. */
  readonly owed: Money;
  /** Set off against the employee's advance. */
  readonly setOff: Money;
}

export interface YearCrossing {
  /** `YYYY` of the posting. */
  readonly year: string;
  /** Of the lines in an earlier year, in order. */
  readonly days: readonly string[];
  /** How often operators had tried something again before they were asked. */
  readonly retries: number;
}

export interface EntryReference {
  readonly key: string;
  /** The ERP's number. */
  readonly entryNumber: string;
}

export type ExpenseHead = ProcessHead<ExpenseState>;

/** Idempotency key of the posting. */
export function entryKeyOf(processId: string): string {
  return commandKey(processId, 'entry');
}

/** Idempotency key of the n-th try to pay the employee. */
export function paymentKeyOf(processId: string, attempt: number): string {
  return commandKey(processId, `pay-${attempt}`);
}

/** A payment may be on its way: intended, and neither confirmed nor known to have failed. */
export function isPaying({ intended, payment, failedPayments }: ExpenseState): boolean {
  const tries = intended.filter((key) => /-pay-\d+$/.test(key)).length;
  const lastFailed = payment?.state === 'failed' ? Number(payment.key.split('-').at(-1)) : 0;
  return payment?.state !== 'completed' && tries > Math.max(failedPayments, lastFailed);
}

/** Whether the entry may be in the books: posted and not taken back, or asked for without an answer. */
function mayBePosted({ processId, state }: Pick<ExpenseHead, 'processId' | 'state'>): boolean {
  return (
    state.undone !== 'entry-reversed' && (state.entry !== undefined || state.intended.includes(entryKeyOf(processId)))
  );
}

function factOutcome({ kind }: Pick<Wait, 'kind'>, { state }: ExpenseHead): string | undefined {
  if (kind !== 'payment') {
    return undefined;
  }
  switch (state.payment?.state) {
    case 'completed':
      return 'paid';
    case 'failed':
      return 'payment-failed';
    default:
      return undefined;
  }
}

/** What people know the claim by. */
function titleOf({ state, oa }: ExpenseHead): string {
  const filed = typeof state.filed.title === 'string' ? state.filed.title.slice(0, MAX_TITLE) : undefined;
  return state.claim?.title ?? state.rework?.title ?? filed ?? oa.requestId;
}

/** Longest title of a claim; nothing has checked yet what was filed. */
const MAX_TITLE = 200;

/** What the steps that all processes share must know of an expense claim. */
export const EXPENSE: RequestKind<ExpenseState> = {
  kind: EXPENSE_KIND,
  idPrefix: 'EXP',
  noun: 'expense claim',
  subjects: ['expense', 'expense-exception'],
  entryTypes: {
    registered: 'ClaimRegistered',
    refused: 'ClaimRefused',
    resubmitted: 'ClaimResubmitted',
    closed: 'ClaimClosed',
  },
  personalFields: ['justification'],
  newState: (filed) => ({ ...newRequest(filed), receipts: [], failedPayments: 0 }),
  titleOf,
  isChangedOnPage: () => true,
  withoutChecks: ({ claim: _returned, check: _ofReturned, files: _ofReceipts, unread: _amongThem, ...rest }) => rest,
  isCarriedOut: ({ entry }) => entry !== undefined,
  withdrawalRefusal: (head) => (mayBePosted(head) ? 'posted' : undefined),
  withdrawalRefusals: {
    posted: {
      en: 'It is in the books already and cannot be withdrawn. Ask accounting to have it taken back.',
      zh: '报销已入账，无法撤回。如需冲销请联系财务。',
    },
  },
  factOutcome,
};
