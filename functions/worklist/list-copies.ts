/** What others let somebody know of (抄送), and how each of it ended. */
import { readApproval } from '../approvals/approval-store.ts';
import type { CopyItem } from '../approvals/copy-list.ts';
import type { ApprovalState } from '../approvals/domain/approval-state.ts';
import { copyFor } from '../approvals/domain/part-of.ts';
import type { ApprovalSubject } from '../approvals/domain/plan.ts';
import { nameOf } from '../approvals/shown-attachments.ts';
import type { Directory } from '../directory/port.ts';
import { copyKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';

/** Amounts as in the document; instants are ISO 8601 in UTC. */
export interface CopiedApproval {
  readonly processId: string;
  readonly approvalId: string;
  readonly subject: ApprovalSubject;
  readonly title: string;
  readonly requesterName?: string;
  readonly supplier?: string;
  readonly currency: string;
  readonly total: string;
  /** Name of who copied them; empty: the rules did. */
  readonly by: string;
  /** When they did. */
  readonly at: string;
  /** Only once the approval has ended. */
  readonly outcome?: string;
}

export interface CopyPage {
  /** Newest first. */
  readonly copies: readonly CopiedApproval[];
  /** What to ask for the next page with; undefined: there is none. */
  readonly next?: string;
}

/** `after`: `next` of the page before. */
export async function listCopies(
  { store, directory }: { readonly store: ProcessStore; readonly directory: Directory },
  employeeId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<CopyPage> {
  const { partition } = copyKey(employeeId, '', '', '');
  const items = await store.page<CopyItem>(partition, '', { limit: limit + 1, order: 'last-to-first', after });
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  const copies = await Promise.all(
    shown.map(async ({ value: { processId, approvalId } }) => {
      const approval = await readApproval(store, processId, approvalId);
      return approval === undefined ? [] : describe(directory, processId, approval, employeeId);
    }),
  );
  return {
    copies: copies.flat(),
    ...(items.length > limit && last !== undefined ? { next: last.key.sort } : {}),
  };
}

async function describe(
  directory: Directory,
  processId: string,
  approval: ApprovalState,
  employeeId: string,
): Promise<readonly CopiedApproval[]> {
  const copy = copyFor(approval, employeeId);
  if (copy === undefined) {
    return [];
  }
  const { plan, outcome } = approval;
  const { title, requesterName, supplier, currency, total } = plan.document;
  return [
    {
      ...{ processId, approvalId: plan.approvalId, subject: plan.subject },
      ...{ title, currency, total, at: copy.at },
      by: copy.by === undefined ? '' : await nameOf(directory, copy.by),
      ...(requesterName === undefined ? {} : { requesterName }),
      ...(supplier === undefined ? {} : { supplier }),
      ...(outcome === undefined ? {} : { outcome }),
    },
  ];
}
