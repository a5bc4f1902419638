/** Looks at one process or document that the walk through the books has told of. */
import type { BooksPort } from '../connectors/erp/books-port.ts';
import { type JudgeDeps, judgeDocument } from './judge-document.ts';
import type { BooksMessage } from './message.ts';
import { type ReconcileDeps, reconcileProcess } from './reconcile-process.ts';

export interface CompareBooksDeps extends ReconcileDeps, JudgeDeps {
  readonly books: BooksPort;
}

export interface Compared {
  /** What seems to be wrong. */
  readonly found: number;
  readonly opened: number;
}

/** Idempotent: a finding is one case however often it is found. */
export function compareBooks(deps: CompareBooksDeps, message: BooksMessage): Promise<Compared> {
  return message.kind === 'process' ? reconcileProcess(deps, message) : judgeDocument(deps, message);
}
