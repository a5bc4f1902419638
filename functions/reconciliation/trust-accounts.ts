/** Asks whether the bank account of a supplier is to be trusted: before a purchase is paid, and of each payment in the books. */
import type { Finding } from '../compliance/domain/finding.ts';
import type { BookDocument, BooksPort } from '../connectors/erp/books-port.ts';
import type { Policies } from '../policy/port.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import { PROCESS_KIND } from '../procurement/domain/purchase.ts';
import type { Clock } from '../runtime/ambient.ts';
import { accountChanged, type SupplierPayment } from './domain/account-changed.ts';
import { moneyText } from './domain/recorded.ts';
import { recordedPurchase } from './domain/recorded-purchase.ts';

export interface AccountDeps {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly books: BooksPort;
  readonly policies: Policies;
}

/** Of an invoice of a running purchase whose payment nobody has begun. */
export async function accountsBeforePayment(deps: AccountDeps, processId: string): Promise<readonly Finding[]> {
  const head = await readHead(deps.store, processId);
  if (head?.kind !== PROCESS_KIND || head.status === 'ended') {
    return [];
  }
  const record = recordedPurchase(await deps.store.readRecord(processId));
  const invoice = record?.invoices.find(({ invoiceId }) => !record.paidInvoices.has(invoiceId));
  if (record === undefined || invoice === undefined) {
    return [];
  }
  const now = deps.clock.now().toISOString();
  const { invoiceId: number, total: amount, currency, sequence } = invoice;
  return changedAccounts(deps, {
    supplierCode: record.supplierCode,
    ...{ number, amount: moneyText({ amount, currency }), madeAt: now, until: now },
    ...{ processIds: [processId], evidence: [{ processId, sequence }] },
  });
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
