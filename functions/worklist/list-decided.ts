/** What somebody decided (已办), and what became of it. */
import { lastWordOf } from '../approvals/domain/last-word.ts';
import { nameOf } from '../approvals/shown-attachments.ts';
import type { Directory } from '../directory/port.ts';
import { decidedKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { type ListedApproval, listedApproval, type PageWanted, pageOfApprovals } from './page-of-approvals.ts';

/** Instants are ISO 8601 in UTC. */
export interface DecidedApproval extends ListedApproval {
  /** What they did last: an action of the subject, `opinion`, `sent-back` or `returned`. */
  readonly action: string;
  readonly at: string;
  /** Name of whose task it was by the rules, where it was another's. */
  readonly onBehalfOf?: string;
  /** It counts no more, as the question came up again. */
  readonly isVoid: boolean;
}

export interface DecidedPage {
  /** Latest first. */
  readonly decided: readonly DecidedApproval[];
  /** What to ask for the next page with; undefined: there is none. */
  readonly next?: string;
}

export async function listDecided(
  { store, directory }: { readonly store: ProcessStore; readonly directory: Directory },
  employeeId: string,
  wanted: PageWanted,
): Promise<DecidedPage> {
  const { partition } = decidedKey(employeeId, '', '', '');
  const { shown, ...rest } = await pageOfApprovals<DecidedApproval>(store, partition, wanted, async (id, approval) => {
    const word = lastWordOf(approval, employeeId);
    // Taken back since the list was read.
    if (word === undefined) {
      return undefined;
    }
    const { action, at, onBehalfOf, isVoid } = word;
    return {
      ...listedApproval(id, approval),
      ...{ action, at, isVoid },
      ...(onBehalfOf === undefined ? {} : { onBehalfOf: await nameOf(directory, onBehalfOf) }),
    };
  });
  return { decided: shown, ...rest };
}
