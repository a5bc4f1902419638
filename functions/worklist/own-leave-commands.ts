/** Somebody ends their leave earlier from their own pages, as an event of the OA would. */
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import type { GuessDeps } from '../approvals/guesses.ts';
import { SHORTENING_REFUSALS, shorteningObstacle } from '../people/domain/early-return.ts';
import { checkedLeave, LEAVE, type LeaveHead } from '../people/domain/leave-process.ts';
import { shortenLeave } from '../people/shorten-leave.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import type { Reason } from '../requests/domain/request.ts';
import { type NotDone, type OwnWord, sayAs } from './own-request-commands.ts';

export interface OwnEarlyReturn extends OwnWord {
  /** The last day from now on, `YYYY-MM-DD`; empty: it is said otherwise. */
  readonly to: string;
  readonly endsAtNoon: boolean;
  /** No day of it was taken: `to` is empty then. */
  readonly isNotTaken: boolean;
  readonly reason: string;
  readonly once: OnlyOnce<'taken'>;
}

/** Twice from one form is once. What does not count is counted, as other attempts are. `timeZone`: the company's. */
export function shortenOwnLeave(
  deps: GuessDeps & { readonly timeZone: string },
  { processId, ...said }: OwnEarlyReturn,
): Promise<'taken' | NotDone> {
  const company = { timeZone: deps.timeZone };
  return sayAs(deps, { processId, by: said.by }, 'taken', async (_commands, head) =>
    isLeave(head)
      ? shortenLeave({ ...deps, company }, { ...said, oa: head.oa, eventId: deps.randomness.uuid() })
      : 'unknown',
  );
}

/** Whether an earlier end is worth offering, as far as the head of the process says. */
export function canShorten(head: ProcessHead): boolean {
  return isLeave(head) && shorteningObstacle(head, head.requesterId) === undefined;
}

/** A leave that somebody might end earlier. */
export interface EarlyReturnQuestion {
  readonly title: string;
  /** The OA's own number of it. */
  readonly requestId: string;
  /** First and last day as it stands, `YYYY-MM-DD`; empty before the checks. */
  readonly from: string;
  readonly to: string;
  /** Why no earlier end is taken as things stand; undefined: one may be named. */
  readonly obstacle: Reason | undefined;
}

/** Undefined: there is no such leave of theirs. Writes nothing. */
export async function askToShorten(
  deps: { readonly store: ProcessStore },
  { processId, by }: Pick<OwnWord, 'processId' | 'by'>,
): Promise<EarlyReturnQuestion | undefined> {
  const head = await readHead(deps.store, processId);
  if (head === undefined || head.requesterId !== by || !isLeave(head)) {
    return undefined;
  }
  const refusal = shorteningObstacle(head, by);
  const { from, to } = refusal === undefined ? checkedLeave(head.state).leave : { from: '', to: '' };
  const obstacle = refusal === undefined ? undefined : SHORTENING_REFUSALS[refusal];
  return { title: LEAVE.titleOf(head), requestId: head.oa.requestId, from, to, obstacle };
}

/** The kind of a process says what its state is. */
function isLeave(head: ProcessHead): head is LeaveHead {
  return head.kind === LEAVE.kind;
}
