/** What somebody decided (已办), and what became of it. */
import { readApproval } from '../approvals/approval-store.ts';
import type { DecidedItem } from '../approvals/decided-list.ts';
import type { ApprovalState } from '../approvals/domain/approval-state.ts';
import { lastWordOf } from '../approvals/domain/last-word.ts';
import type { ApprovalSubject } from '../approvals/domain/plan.ts';
import { nameOf } from '../approvals/shown-attachments.ts';
import type { Directory } from '../directory/port.ts';
import { decidedKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';

/** Amounts as in the document; instants are ISO 8601 in UTC. */
export interface DecidedApproval {
  readonly processId: string;
  readonly approvalId: string;
  readonly subject: ApprovalSubject;
  readonly title: string;
  readonly requesterName?: string;
  readonly supplier?: string;
  readonly currency: string;
  readonly total: string;
  /** What they did last: an action of the subject, `opinion`, `sent-back` or `returned`. */
  readonly action: string;
  readonly at: string;
  /** Name of whose task it was by the rules, where it was another's. */
  readonly onBehalfOf?: string;
  /** It counts no more, as the question came up again. */
  readonly isVoid: boolean;
  /** Only once the approval has ended. */
  readonly outcome?: string;
}

export interface DecidedPage {
  /** Latest first. */
  readonly decided: readonly DecidedApproval[];
  /** What to ask for the next page with; undefined: there is none. */
  readonly next?: string;
}

/** `after`: `next` of the page before. Reads no more than the page holds. */
export async function listDecided(
  { store, directory }: { readonly store: ProcessStore; readonly directory: Directory },
  employeeId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<DecidedPage> {
  const { partition } = decidedKey(employeeId, '', '', '');
  const items = await store.page<DecidedItem>(partition, '', { limit: limit + 1, order: 'last-to-first', after });
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const decided = await Promise.all(
    shown.map(async ({ value: { processId, approvalId } }) => {
      const approval = await readApproval(store, processId, approvalId);
      return approval === undefined ? [] : describe(directory, processId, approval, employeeId);
    }),
  );
  return {
    decided: decided.flat(),
    ...(items.length > limit && last !== undefined ? { next: last.key.sort } : {}),
  };
}

async function describe(
  directory: Directory,
  processId: string,
  approval: ApprovalState,
  employeeId: string,
): Promise<readonly DecidedApproval[]> {
  const word = lastWordOf(approval, employeeId);
  // Taken back since the list was read.
  if (word === undefined) {
    return [];
  }
  const { plan, outcome } = approval;
  const { title, requesterName, supplier, currency, total } = plan.document;
  const { action, at, onBehalfOf, isVoid } = word;
  return [
    {
      ...{ processId, approvalId: plan.approvalId, subject: plan.subject },
      ...{ title, currency, total, action, at, isVoid },
      ...(requesterName === undefined ? {} : { requesterName }),
      ...(supplier === undefined ? {} : { supplier }),
      ...(onBehalfOf === undefined ? {} : { onBehalfOf: await nameOf(directory, onBehalfOf) }),
      ...(outcome === undefined ? {} : { outcome }),
    },
  ];
}
