/** Reads both sides of a process, its record and what the ERP has of it, and compares them. */
import { digestOf, type Json } from '../audit/domain/canonical-json.ts';
import type { RecordEntry } from '../audit/domain/record.ts';
import type { JournalLine, LedgerPort } from '../connectors/erp/ledger-port.ts';
import type { ErpPort } from '../connectors/erp/port.ts';
import type { TimePort } from '../connectors/erp/time-port.ts';
import { EXPENSE_KIND, type ExpenseState } from '../expenses/domain/expense.ts';
import { LEAVE } from '../people/domain/leave-process.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import { PROCESS_KIND } from '../procurement/domain/purchase.ts';
import { compareClaim } from './domain/compare-claim.ts';
import { compareLeave, recordedLeave } from './domain/compare-leave.ts';
import { comparePurchase } from './domain/compare-purchase.ts';
import type { Mismatch } from './domain/mismatch.ts';
import { recordedClaim } from './domain/recorded-claim.ts';
import { type RecordedPurchase, recordedPurchase } from './domain/recorded-purchase.ts';

export interface MismatchDeps {
  readonly store: ProcessStore;
  readonly erp: ErpPort;
  readonly ledger: Pick<LedgerPort, 'readEntry' | 'readEmployeePayment'>;
  readonly time: Pick<TimePort, 'findAbsence'>;
  readonly policies: Policies;
}

/** Undefined: there is no such process, or none that leaves documents in the ERP. */
export async function readMismatches(deps: MismatchDeps, processId: string): Promise<readonly Mismatch[] | undefined> {
  const head = await readHead(deps.store, processId);
  if (head === undefined) {
    return undefined;
  }
  const entries = await deps.store.readRecord(processId);
  switch (head.kind) {
    case PROCESS_KIND:
      return purchaseMismatches(deps, entries);
    case EXPENSE_KIND:
      return claimMismatches(deps, entries, (head.state as Partial<ExpenseState>).journal?.lines);
    case LEAVE.kind: {
      const leave = recordedLeave(entries);
      return leave === undefined ? [] : compareLeave(leave, await deps.time.findAbsence(leave.key));
    }
    default:
      return undefined;
  }
}

async function purchaseMismatches(deps: MismatchDeps, entries: readonly RecordEntry[]): Promise<readonly Mismatch[]> {
  const record = recordedPurchase(entries);
  if (record === undefined) {
    return [];
  }
  const { currency } = record;
  const tolerance = await deps.policies.matchTolerance({ currency, costCentre: record.costCentre });
  return comparePurchase(record, await purchaseBooks(deps.erp, record), tolerance);
}

async function purchaseBooks(erp: ErpPort, { order, payments }: RecordedPurchase) {
  const { orderNumber } = order;
  const booked = await erp.readOrder(orderNumber);
  const [receipts, invoices] =
    booked === undefined ? [[], []] : await Promise.all([erp.readReceipts(orderNumber), erp.readInvoices(orderNumber)]);
  const paid = await Promise.all(payments.map(({ paymentNumber }) => erp.readPayment(paymentNumber)));
  return { order: booked, receipts, invoices, payments: paid.flatMap((payment) => payment ?? []) };
}

async function claimMismatches(
  { ledger }: MismatchDeps,
  entries: readonly RecordEntry[],
  lines: readonly JournalLine[] | undefined,
): Promise<readonly Mismatch[]> {
  const record = recordedClaim(entries, proven(entries, lines));
  if (record === undefined) {
    return [];
  }
  const entry = await ledger.readEntry(record.entry.entryNumber);
  const paid = await Promise.all(record.payments.map(({ paymentNumber }) => ledger.readEmployeePayment(paymentNumber)));
  return compareClaim(record, { entry, payments: paid.flatMap((payment) => payment ?? []) });
}

/** The lines stand beside the record, which has their digest: others than those that were meant are worth nothing. */
function proven(
  entries: readonly RecordEntry[],
  lines: readonly JournalLine[] | undefined,
): readonly JournalLine[] | undefined {
  const intended = entries.findLast(({ type }) => type === 'PostingIntended');
  return lines !== undefined && intended?.facts.journalDigest === digestOf(lines as unknown as Json)
    ? lines
    : undefined;
}
