/** What a requester may do with their request, found by the kind of its process: each process has its own rules. */
import { CHANGE } from '../engineering/domain/change-process.ts';
import { EXPENSE } from '../expenses/domain/expense.ts';
import { OFFICE } from '../office/domain/office-process.ts';
import { LEAVE } from '../people/domain/leave-process.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import { PURCHASE } from '../procurement/domain/purchase.ts';
import type { Reason, RequestHead, RequestKind, RequestState } from './domain/request.ts';
import type { Declined } from './requester-channel.ts';
import { type ResubmitInput, resubmissionObstacle, resubmitRequest } from './resubmit-request.ts';
import { type WithdrawInput, withdrawalObstacle, withdrawRequest } from './withdraw-request.ts';

export interface RequesterCommands {
  /** What people know the request by. */
  readonly titleOf: (head: ProcessHead) => string;
  /** Whether it is changed on a page when it was returned; else in the OA alone. */
  readonly isChangedOnPage: (head: ProcessHead) => boolean;
  /** As an event of the OA would. */
  readonly withdraw: (deps: ProcessDeps, input: WithdrawInput) => Promise<'withdrawn' | 'unknown' | Declined>;
  readonly resubmit: (deps: ProcessDeps, input: ResubmitInput) => Promise<'taken' | 'unknown' | Declined>;
  /** Why the requester cannot send it again as things stand; undefined: they can. */
  readonly resubmissionObstacle: (
    deps: Pick<ProcessDeps, 'store' | 'clock'>,
    head: ProcessHead,
  ) => Promise<Reason | undefined>;
  /** Why the requester may not withdraw it as things stand; undefined: they may. */
  readonly withdrawalObstacle: (deps: Pick<ProcessDeps, 'store'>, head: ProcessHead) => Promise<Reason | undefined>;
  /** Whether a withdrawal is worth offering, as far as the head of the process says. */
  readonly isWithdrawable: (head: ProcessHead) => boolean;
}

/** Undefined: nothing of a requester's is at work there, such as of an absence that somebody named. */
export function requesterCommands({ kind }: Pick<ProcessHead, 'kind'>): RequesterCommands | undefined {
  return COMMANDS.get(kind);
}

const COMMANDS: ReadonlyMap<string, RequesterCommands> = new Map([
  [PURCHASE.kind, commandsOf(PURCHASE)],
  [EXPENSE.kind, commandsOf(EXPENSE)],
  [LEAVE.kind, commandsOf(LEAVE)],
  [OFFICE.kind, commandsOf(OFFICE)],
  [CHANGE.kind, commandsOf(CHANGE)],
]);

function commandsOf<State extends RequestState>(kind: RequestKind<State>): RequesterCommands {
  // The kind of a process says what its state is.
  const own = (head: ProcessHead) => head as RequestHead<State>;
  return {
    titleOf: (head) => kind.titleOf(own(head)),
    isChangedOnPage: (head) => kind.isChangedOnPage(own(head).state),
    withdraw: (deps, input) => withdrawRequest(deps, kind, input),
    resubmit: (deps, input) => resubmitRequest(deps, kind, input),
    resubmissionObstacle: (deps, head) => resubmissionObstacle(deps, kind, own(head)),
    withdrawalObstacle: (deps, head) => withdrawalObstacle(deps, kind, own(head)),
    isWithdrawable: (head) =>
      head.status === 'running' && head.interruption === undefined && kind.withdrawalRefusal(own(head)) === undefined,
  };
}
