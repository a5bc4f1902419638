/** Asks whether the bank account of a supplier is to be trusted: before a purchase is paid, and of each payment in the books. */
import type { Finding } from '../compliance/domain/finding.ts';
import type { BookDocument, BooksPort } from '../connectors/erp/books-port.ts';
import { roundToCurrency } from '../money/money.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import {
  type PlannedPayment,
  PROCESS_KIND,
  type PurchaseState,
  plannedTotal,
  unpaidOf,
} from '../procurement/domain/purchase.ts';
import type { Clock } from '../runtime/ambient.ts';
import { accountChanged, type SupplierPayment } from './domain/account-changed.ts';
import { moneyText } from './domain/recorded.ts';
import { recordedPurchase } from './domain/recorded-purchase.ts';

export interface AccountDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly books: Pick<BooksPort, 'accountsOf'>;
  readonly policies: Policies;
}

/**
 * Of what a running purchase has to pay: invoices of which no payment was asked for, and those whose payment the bank refused.
 * Errors are those of the books.
 */
export async function accountsBeforePayment(deps: AccountDeps, processId: string): Promise<readonly Finding[]> {
  const head = await readHead<PurchaseState>(deps.store, processId);
  const due = head?.kind !== PROCESS_KIND || head.status === 'ended' ? [] : unpaidOf(head.state);
  const [first] = due;
  const record = first === undefined ? undefined : recordedPurchase(await deps.store.readRecord(processId));
  if (first === undefined || record === undefined) {
    return [];
  }
  const now = deps.clock.now().toISOString();
  const { currency } = first.amount;
  const amount = moneyText({ amount: roundToCurrency(plannedTotal(due), currency), currency });
  return changedAccounts(deps, {
    ...{ supplierCode: record.supplierCode, number: numbersOf(due), amount, madeAt: now, until: now },
    processIds: [processId],
    evidence: record.invoices
      .filter(({ invoiceId }) => due.some((one) => one.invoiceId === invoiceId))
      .map(({ sequence }) => ({ processId, sequence })),
  });
}

function numbersOf(due: readonly PlannedPayment[]): string {
  return due.map(({ invoiceId }) => invoiceId).join(', ');
}

/**
 * Of a payment in the books; those of employees are paid by the entry of a claim and are none of a supplier.
 * @param processIds - of the purchases that it pays
 */
export async function accountsOfPayment(
  deps: AccountDeps,
  { party: supplierCode, number, about, amount, createdAt, changedAt }: BookDocument,
  processIds: readonly string[],
): Promise<readonly Finding[]> {
  if (about.some((key) => key.endsWith('-entry'))) {
    return [];
  }
  const made = { amount: moneyText(amount), madeAt: createdAt, until: changedAt };
  return changedAccounts(deps, { supplierCode, number, ...made, processIds, evidence: [] });
}

async function changedAccounts(
  { books, policies }: AccountDeps,
  payment: SupplierPayment,
): Promise<readonly Finding[]> {
  const rule = await policies.complianceRule({ detector: 'account-changed', process: PROCESS_KIND });
  const isAsked = rule.action !== 'off' && payment.supplierCode !== '';
  const accounts = isAsked ? await books.accountsOf(payment.supplierCode) : undefined;
  return accounts === undefined ? [] : accountChanged(payment, accounts, rule.windowHours);
}
