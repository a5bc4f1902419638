/** Looks at one process or document that the walk through the books has told of. */
import { openCases } from '../compliance/open-case.ts';
import { type JudgeDeps, judgeDocument } from './judge-document.ts';
import type { BooksMessage } from './message.ts';
import { askForPayroll, type ReconcilePayrollDeps, reconcilePayroll } from './reconcile-payroll.ts';
import { reconcileProcess } from './reconcile-process.ts';
import { accountsBeforePayment } from './trust-accounts.ts';

export interface CompareBooksDeps extends ReconcilePayrollDeps, JudgeDeps {}

export interface Compared {
  /** What seems to be wrong. */
  readonly found: number;
  readonly opened: number;
}

/** Idempotent: a finding is one case however often it is found. */
export async function compareBooks(deps: CompareBooksDeps, message: BooksMessage): Promise<Compared> {
  if (message.kind === 'document') {
    return judgeDocument(deps, message);
  }
  if (message.kind === 'payroll') {
    return reconcilePayroll(deps, message);
  }
  if (await askForPayroll(deps, message.processId)) {
    return { found: 0, opened: 0 };
  }
  const changed = await accountsBeforePayment(deps, message.processId);
  const compared = await reconcileProcess(deps, message);
  const opened = compared.opened + (await openCases(deps, changed));
  return { found: compared.found + changed.length, opened };
}
