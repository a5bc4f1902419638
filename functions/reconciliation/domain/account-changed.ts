/** A supplier's bank account that was changed shortly before the supplier is paid: the way in which most fraud is paid. Pure. */
import type { Evidence, Finding } from '../../compliance/domain/finding.ts';
import type { BankAccount, SupplierAccounts } from '../../connectors/erp/books-port.ts';
import type { SafeFix } from './mismatch.ts';

const HOUR_MS = 3_600_000;
/** A supplier and their first account are entered by hand, one after the other. */
const BOTH_ENTERED_MS = 24 * HOUR_MS;

/** Money that a supplier is paid, or is about to be. Instants are ISO 8601 in UTC. */
export interface SupplierPayment {
  readonly supplierCode: string;
  /** Of the payment, or of the invoice that waits for it. */
  readonly number: string;
  /** As text, with the currency. */
  readonly amount: string;
  /** When it was made; of one that is to come, now. */
  readonly madeAt: string;
  /** Until when it was, or is, on its way. */
  readonly until: string;
  /** Of the purchases that it pays. */
  readonly processIds: readonly string[];
  readonly evidence: readonly Evidence[];
}

/**
 * Accounts that were changed, or came, within the window before the payment was made or while it is on its way. The account
 * with which the supplier was entered is no change. A change is one case for a purchase, before its payment and after.
 */
export function accountChanged(
  payment: SupplierPayment,
  { supplierSince, accounts }: SupplierAccounts,
  windowHours: number,
): readonly Finding[] {
  const { supplierCode: supplier, number, amount, processIds, evidence } = payment;
  const from = Date.parse(payment.madeAt) - windowHours * HOUR_MS;
  const until = Date.parse(payment.until);
  return accounts
    .filter(({ changedAt }) => Date.parse(changedAt) >= from && Date.parse(changedAt) <= until)
    .filter((account) => !isFirst(account, supplierSince))
    .map(({ accountId, changedAt }) => ({
      detector: 'account-changed',
      subject: [supplier, accountId, changedAt, processIds[0] ?? number].join('#'),
      processIds,
      evidence,
      facts: { supplier, number, amount, changedAt, fix: 'ask' satisfies SafeFix },
    }));
}

function isFirst({ changedAt }: BankAccount, supplierSince: string): boolean {
  return Date.parse(changedAt) - Date.parse(supplierSince) <= BOTH_ENTERED_MS;
}
