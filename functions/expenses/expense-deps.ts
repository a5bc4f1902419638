/** What the steps of an expense claim share. */
import type { LedgerPort } from '../connectors/erp/ledger-port.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { EntryReference, ExpenseState, PostedJournal } from './domain/expense.ts';

export interface LedgerStepDeps extends ProcessDeps {
  readonly ledger: LedgerPort;
}

/** @throws Error before the entry is posted. */
export function postedOf({ entry, journal }: ExpenseState): {
  readonly entry: EntryReference;
  readonly journal: PostedJournal;
} {
  if (entry === undefined || journal === undefined) {
    throw new Error('nothing is posted yet');
  }
  return { entry, journal };
}
