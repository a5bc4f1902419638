/**
 * The ledger port on Tryton 8.2, as the same restricted user as the purchases.
 *
 * Limits: entries are posted in the journal with code `CLAIM`; a reversal has the date of the entry, and an entry whose
 * period was closed is refused (`period-closed`) until it is open again or a person took the entry back; who is an employee is told by the party's code.
 */
import type { LedgerPort } from '../ledger-port.ts';
import { readCompany, type TrytonCompany } from './company.ts';
import { payEmployee, readEmployeePayment } from './employee-payments.ts';
import { discardDraft, findEntry, postEntry, readEntry, reverseEntry } from './journal-entries.ts';
import { findAccounts, findEmployee, openAdvance } from './ledger-accounts.ts';
import { createTrytonSession } from './session.ts';
import type { TrytonParts } from './tryton-erp.ts';

/** One per execution environment: it keeps its session across invocations. */
export function createTrytonLedger({
  credentials,
  claims,
  fetch: send = fetch,
}: Omit<TrytonParts, 'clock'>): LedgerPort {
  const tryton = createTrytonSession({ credentials, fetch: send });
  let known: Promise<TrytonCompany> | undefined;
  const company = (): Promise<TrytonCompany> => {
    known ??= readCompany(tryton).catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return known;
  };
  return {
    findAccounts: async (codes) =>
      (await findAccounts(tryton, await company(), codes)).map(({ code, name, needsParty }) => ({
        code,
        name,
        needsParty,
      })),
    findEmployee: async (employeeId) => {
      const employee = await findEmployee(tryton, await company(), employeeId);
      return employee === undefined ? undefined : { employeeId, name: employee.name };
    },
    openAdvance: async (employeeId, accountCode) => openAdvance(tryton, await company(), employeeId, accountCode),
    postEntry: async (command) => postEntry(tryton, await company(), claims, command),
    readEntry: (entryNumber) => readEntry(tryton, entryNumber),
    findEntry: (key) => findEntry(tryton, key),
    discardDraft: (key) => discardDraft(tryton, key),
    reverseEntry: async (command) => reverseEntry(tryton, await company(), claims, command),
    payEmployee: async (command) => payEmployee(tryton, await company(), claims, command),
    readEmployeePayment: (paymentNumber) => readEmployeePayment(tryton, paymentNumber),
  };
}
