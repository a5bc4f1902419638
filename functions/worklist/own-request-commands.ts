/** Somebody withdraws their request or sends it again, from their own pages or by the API, as an event of the OA would. */
import type { OnlyOnce } from '../approvals/act-on-approval.ts';
import { countGuess, type GuessDeps, isGuessStopped } from '../approvals/guesses.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { readHead } from '../process/update-process.ts';
import type { Filed, Reason } from '../requests/domain/request.ts';
import type { Declined, RequesterChannel } from '../requests/requester-channel.ts';
import { type RequesterCommands, requesterCommands } from '../requests/requester-commands.ts';
import type { Issue } from '../requests/return-request.ts';

/** What somebody says about a request of theirs. */
export interface OwnWord {
  readonly processId: string;
  /** Employee id of whoever says it. */
  readonly by: string;
  readonly via: RequesterChannel;
}

export interface OwnWithdrawal extends OwnWord {
  readonly reason: string;
}

export interface OwnResubmission extends OwnWord {
  readonly replacesVersion: number;
  readonly filed: Filed;
  readonly once: OnlyOnce<'taken'>;
  /** What is wrong with it on sight. */
  readonly issues?: readonly Issue[];
}

/** `unknown`: there is no such request, or it is somebody else's, which looks the same. */
export type NotDone = Declined | 'unknown' | 'too-many-attempts';

/** Twice is once. What does not count is counted, as other attempts are. */
export function withdrawOwnRequest(deps: GuessDeps, withdrawal: OwnWithdrawal): Promise<'withdrawn' | NotDone> {
  const { by, reason, via } = withdrawal;
  return sayAs(deps, withdrawal, 'withdrawn', ({ withdraw }, { oa }) =>
    withdraw(deps, { oa, withdrawnBy: by, reason, eventId: deps.randomness.uuid(), via }),
  );
}

/** Taken when it was asked for and nothing is wrong on sight; whether it is complete is found by the checks, as of every request. */
export function resubmitOwnRequest(deps: GuessDeps, sent: OwnResubmission): Promise<'taken' | NotDone> {
  const { processId: _named, by, ...said } = sent;
  return sayAs(deps, sent, 'taken', ({ resubmit }, { oa }) =>
    resubmit(deps, { ...said, oa, requesterId: by, eventId: deps.randomness.uuid() }),
  );
}

/** What does not count is counted: after many attempts no more is heard for a while. `done`: what the command answers when it counts. */
export async function sayAs<Done extends string>(
  deps: GuessDeps,
  { processId, by }: Pick<OwnWord, 'processId' | 'by'>,
  done: Done,
  command: (commands: RequesterCommands, head: ProcessHead) => Promise<Done | 'unknown' | Declined>,
): Promise<Done | NotDone> {
  const counter = `person ${by}`;
  if (await isGuessStopped(deps, counter)) {
    return 'too-many-attempts';
  }
  const head = await readHead(deps.store, processId);
  const commands = head === undefined ? undefined : requesterCommands(head);
  const result = head === undefined || commands === undefined ? 'unknown' : await command(commands, head);
  if (result !== done) {
    await countGuess(deps, counter);
  }
  return typeof result === 'object' && result.refusal === 'not-the-requester' ? 'unknown' : result;
}

/** A request that somebody might withdraw. */
export interface WithdrawalQuestion {
  readonly title: string;
  /** The OA's own number of it. */
  readonly requestId: string;
  /** Why it cannot be withdrawn as things stand; undefined: it can. */
  readonly obstacle: Reason | undefined;
}

/** Undefined: there is no such request of theirs. Writes nothing. */
export async function askToWithdraw(
  deps: { readonly store: ProcessStore },
  { processId, by }: Pick<OwnWord, 'processId' | 'by'>,
): Promise<WithdrawalQuestion | undefined> {
  const head = await readHead(deps.store, processId);
  const commands = head?.requesterId === by ? requesterCommands(head) : undefined;
  if (head === undefined || commands === undefined) {
    return undefined;
  }
  const obstacle = await commands.withdrawalObstacle(deps, head);
  return { title: commands.titleOf(head), requestId: head.oa.requestId, obstacle };
}
