/** What others let somebody know of (抄送), and how each of it ended. */
import { copyFor } from '../approvals/domain/part-of.ts';
import { nameOf } from '../approvals/shown-attachments.ts';
import type { Directory } from '../directory/port.ts';
import { copyKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { type ListedApproval, listedApproval, type PageWanted, pageOfApprovals } from './page-of-approvals.ts';

/** Instants are ISO 8601 in UTC. */
export interface CopiedApproval extends ListedApproval {
  /** Name of who copied them; empty: the rules did. */
  readonly by: string;
  /** When they did. */
  readonly at: string;
}

export interface CopyPage {
  /** Newest first. */
  readonly copies: readonly CopiedApproval[];
  /** What to ask for the next page with; undefined: there is none. */
  readonly next?: string;
}

export async function listCopies(
  { store, directory }: { readonly store: ProcessStore; readonly directory: Directory },
  employeeId: string,
  wanted: PageWanted,
): Promise<CopyPage> {
  const { partition } = copyKey(employeeId, '', '', '');
  const { shown, ...rest } = await pageOfApprovals<CopiedApproval>(store, partition, wanted, async (id, approval) => {
    const copy = copyFor(approval, employeeId);
    return copy === undefined
      ? undefined
      : {
          ...listedApproval(id, approval),
          at: copy.at,
          by: copy.by === undefined ? '' : await nameOf(directory, copy.by),
        };
  });
  return { copies: shown, ...rest };
}
