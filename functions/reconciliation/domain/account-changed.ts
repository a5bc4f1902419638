/** A supplier's bank account that was changed shortly before the supplier is paid: the way in which most fraud is paid. Pure. */
import type { Finding } from '../../compliance/domain/finding.ts';
import type { BankAccount, BookDocument, SupplierAccounts } from '../../connectors/erp/books-port.ts';
import type { SafeFix } from './mismatch.ts';
import { moneyText } from './recorded.ts';

const HOUR_MS = 3_600_000;
/** A supplier and their first account are entered by hand, one after the other. */
const BOTH_ENTERED_MS = 24 * HOUR_MS;

/**
 * Accounts that were changed, or came, within the window before the payment was made or while it is on its way. The account
 * with which the supplier was entered is no change.
 * @param processIds - of the purchases that it pays
 */
export function accountChanged(
  payment: BookDocument,
  { supplierSince, accounts }: SupplierAccounts,
  windowHours: number,
  processIds: readonly string[],
): readonly Finding[] {
  const from = Date.parse(payment.createdAt) - windowHours * HOUR_MS;
  const until = Date.parse(payment.changedAt);
  return accounts
    .filter((account) => isWithin(account.changedAt, from, until) && !isFirst(account, supplierSince))
    .map(({ accountId, changedAt }) => ({
      detector: 'account-changed',
      subject: `${payment.party}#${accountId}#${changedAt}#${payment.number}`,
      processIds,
      evidence: [],
      facts: {
        supplier: payment.party,
        number: payment.number,
        amount: moneyText(payment.amount),
        changedAt,
        fix: 'ask' satisfies SafeFix,
      },
    }));
}

function isWithin(at: string, from: number, until: number): boolean {
  return Date.parse(at) >= from && Date.parse(at) <= until;
}

function isFirst({ changedAt }: BankAccount, supplierSince: string): boolean {
  return Date.parse(changedAt) - Date.parse(supplierSince) <= BOTH_ENTERED_MS;
}
