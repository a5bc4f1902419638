/** A person's list of approvals, kept as pointers to them: what is shown is read from each approval. */
import { readApproval } from '../approvals/approval-store.ts';
import type { ApprovalState } from '../approvals/domain/approval-state.ts';
import type { ApprovalPlan, ApprovalSubject } from '../approvals/domain/plan.ts';
import type { ProcessStore } from '../process/store/port.ts';

/** What every list shows of an approval. Amounts as in the document. */
export interface ListedApproval {
  readonly processId: string;
  readonly approvalId: string;
  readonly subject: ApprovalSubject;
  readonly title: string;
  readonly requesterName?: string;
  readonly supplier?: string;
  readonly currency: string;
  readonly total: string;
  /** Only once the approval has ended. */
  readonly outcome?: string;
}

export interface PageWanted {
  readonly limit: number;
  /** `next` of the page before. */
  readonly after?: string | undefined;
}

/**
 * One page, newest first. Reads no more than the page holds.
 * @param describe - undefined: the approval says nothing of the person any more
 */
export async function pageOfApprovals<Shown>(
  store: ProcessStore,
  partition: string,
  { limit, after }: PageWanted,
  describe: (processId: string, approval: ApprovalState) => Promise<Shown | undefined>,
): Promise<{ readonly shown: readonly Shown[]; readonly next?: string }> {
  const items = await store.page<{ readonly processId: string; readonly approvalId: string }>(partition, '', {
    limit: limit + 1,
    order: 'last-to-first',
    after,
  });
  const wanted = items.slice(0, limit);
  const last = wanted.at(-1);
  const shown = await Promise.all(
    wanted.map(async ({ value: { processId, approvalId } }) => {
      const approval = await readApproval(store, processId, approvalId);
      return approval === undefined ? undefined : describe(processId, approval);
    }),
  );
  return {
    shown: shown.filter((one) => one !== undefined),
    ...(items.length > limit && last !== undefined ? { next: last.key.sort } : {}),
  };
}

export function listedApproval(
  processId: string,
  { plan, outcome }: { readonly plan: ApprovalPlan; readonly outcome?: string },
): ListedApproval {
  const { title, requesterName, supplier, currency, total } = plan.document;
  return {
    ...{ processId, approvalId: plan.approvalId, subject: plan.subject },
    ...{ title, currency, total },
    ...(requesterName === undefined ? {} : { requesterName }),
    ...(supplier === undefined ? {} : { supplier }),
    ...(outcome === undefined ? {} : { outcome }),
  };
}
