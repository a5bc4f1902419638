/** What happened to an approval, or why something does not count: what the reducer answers. Plain data. */
import type { DecisionChannel } from './approval-commands.ts';
import type { ApprovalState, AttachedFile, SignerPlace } from './approval-state.ts';
import type { ApprovalPlan } from './plan.ts';
import type { splitFacts } from './together.ts';

/** What happened, for the record and for mails. `level` is an index of the plan's levels. */
export type ApprovalEvent =
  /** One for each of the levels that open beside each other, under one wait. */
  | {
      readonly type: 'LevelOpened';
      readonly level: number;
      readonly round: number;
      readonly waitId: string;
      readonly approverIds: readonly string[];
      readonly deadline: string;
    }
  /** The machine came again for a level that was open already: the new wait takes the old one's place. */
  | {
      readonly type: 'LevelReopened';
      readonly level: number;
      readonly waitId: string;
      readonly replacedWaitId: string;
      readonly deadline: string;
    }
  | {
      readonly type: 'DecisionMade';
      readonly level: number;
      readonly employeeId: string;
      readonly onBehalfOf?: string;
      readonly action: string;
      readonly via: DecisionChannel;
      /** `next-level`, the approval's outcome, or `undecided`: others are still to decide. */
      readonly outcome: string;
      /** Who is asked next, where whoever decided has chosen. */
      readonly next?: string;
    }
  | ({
      readonly type: 'FileAttached';
      readonly level: number;
      readonly employeeId: string;
      readonly via: DecisionChannel;
    } & AttachedFile)
  | { readonly type: TaskEventType; readonly level: number; readonly employeeId: string; readonly via: DecisionChannel }
  | {
      readonly type: 'TaskTransferred' | 'TaskDelegated' | 'TaskCopied' | 'SignerRemoved';
      readonly level: number;
      readonly employeeId: string;
      readonly to: string;
      readonly via: DecisionChannel;
    }
  | {
      readonly type: 'SignerAdded';
      readonly level: number;
      readonly employeeId: string;
      readonly to: string;
      readonly where: SignerPlace;
      readonly via: DecisionChannel;
    }
  | {
      readonly type: 'ReturnedToLevel';
      readonly level: number;
      readonly employeeId: string;
      readonly target: number;
      readonly via: DecisionChannel;
    }
  | {
      readonly type: 'TaskHandedOver';
      readonly level: number;
      readonly from: string;
      readonly to: string;
      /** Who did it is one of both: a name, or an employee id. */
      readonly operator?: string;
      readonly administrator?: string;
    }
  /** What was still to be decided goes another way. `levels`: from `level` on, which is asked again if it was open. */
  | {
      readonly type: 'TaskRerouted';
      readonly level: number;
      readonly levels: readonly { readonly name: string; readonly approverIds: readonly string[] }[];
      readonly isAskedAgain: boolean;
      readonly directoryVersion: number;
      /** By which rows of the tables. */
      readonly ruledBy?: ApprovalPlan['ruledBy'];
      readonly operator: string;
    }
  /** The rules let a link alone decide another amount now. Amounts are of the company's currency. */
  | {
      readonly type: 'LinkLimitChanged';
      readonly level: number;
      readonly before: string;
      readonly linkLimit: string;
      /** Who is asked now, and could have answered by the link that they have: they sign in instead. */
      readonly signInIds: readonly string[];
      /** By which rows of the tables. */
      readonly ruledBy?: ApprovalPlan['ruledBy'];
      readonly operator: string;
    }
  /** Other purchases of the requester from the supplier came to light: the question is about all of them. Company currency. */
  | ({
      readonly type: 'AmountRaised';
      readonly level: number;
      readonly before: string;
      /** As of a link that decides less. */
      readonly signInIds: readonly string[];
    } & ReturnType<typeof splitFacts>)
  /** Somebody who is away is not asked, but who stands in for them. */
  | { readonly type: 'SubstituteAsked'; readonly level: number; readonly from: string; readonly to: string }
  /** `step`: which reminder of the level, from 1. Absent: only of those who were asked since the last one, or recorded before there were further ones. */
  | {
      readonly type: 'LevelReminded';
      readonly level: number;
      readonly approverIds: readonly string[];
      readonly step?: number;
    }
  /** `employeeId`: the requester. */
  | {
      readonly type: 'LevelUrged';
      readonly level: number;
      readonly employeeId: string;
      readonly eventId: string;
      readonly approverIds: readonly string[];
    }
  /**
   * Those who are left on a level whose voices are counted cannot approve it any more: too few may decide, or nobody's limit
   * covers the amount. `addedIds`: who decides for them; nobody: the approval ends by it.
   */
  | {
      readonly type: 'LevelOutOfReach';
      readonly level: number;
      readonly lack: 'voices' | 'authority';
      readonly addedIds: readonly string[];
    }
  /**
   * `forIds`: for each of `addedIds` whose silence brought them in. `leftIds`: the silent above whom nobody is left, each once.
   * `step`: which escalation of the level, from 1. Absent: recorded before there were further ones.
   */
  | {
      readonly type: 'LevelEscalated';
      readonly level: number;
      readonly step?: number;
      readonly addedIds: readonly string[];
      readonly forIds: readonly string[];
      readonly leftIds: readonly string[];
    }
  | { readonly type: 'ApprovalClosed'; readonly level: number; readonly outcome: string; readonly cause: ClosingCause };

type TaskEventType =
  | 'CommentMade'
  | 'TaskClaimed'
  | 'TaskReleased'
  | 'DelegationRecalled'
  | 'DelegateAnswered'
  | 'DecisionTakenBack'
  | 'ReturnedToRequester';

/** What ended an approval, whatever its outcome. */
export type ClosingCause = 'decision' | 'return' | 'withdrawal' | 'cancellation' | 'expiry' | 'out-of-reach';

/** Why something does not count. Stable names: they stand in the record and choose the page's words. */
export type Refusal =
  | 'not-your-task'
  | 'own-request'
  | 'segregation-of-duties'
  | 'over-authority'
  /** Later purchases of the requester from the supplier make it part of a sum that is above what was asked about. */
  | 'split-purchases'
  /** Whoever approves, or would get the voice, has approved another level of the same approval. */
  | 'decided-before'
  /** The person stands in for somebody, and their own limit, or that of whom they stand in for, is needed and too low. */
  | 'substitute-over-authority'
  | 'sign-in-required'
  /** Somebody is signed in, but not the person who was asked. */
  | 'sign-in-as-approver'
  | 'stale-version'
  | 'already-decided'
  /** The requester is to change what is asked for. */
  | 'returned'
  /** The requester took the request back. */
  | 'withdrawn'
  | 'expired'
  | 'inactive-person'
  | 'comment-required'
  | 'unknown-action'
  /** Who is asked next is for whoever decides last to say, and was not said. */
  | 'choose-next'
  /** Nobody who could be chosen works here any more. */
  | 'nobody-to-choose'
  /** Signers before the person, or others in the order, are still to decide. */
  | 'not-your-turn'
  | 'taken-by-another'
  | 'claim-first'
  | 'with-delegate'
  /** The task cannot be given to that person: unknown, inactive, the requester, barred, or asked already, here or on another level. */
  | 'unfit-person'
  | 'handed-on-too-often'
  /** Whoever is to be copied is the requester, or has a part in it. */
  | 'sees-it-already'
  | 'too-many-copies'
  /** The person was copied: they read, and do nothing. */
  | 'copied-only'
  | 'too-many-signers'
  /** Comments and opinions. */
  | 'too-many-remarks'
  | 'too-many-files'
  /** Its content is of no kind that is taken. */
  | 'unfit-file'
  | 'no-such-level'
  | 'nothing-to-take-back'
  | 'urged-already'
  | 'not-possible-here';

/** The command does not count, and nothing has changed. `message` is for the record: it repeats nothing that was typed. */
export interface Refused {
  readonly kind: 'refused';
  readonly refusal: Refusal;
  readonly message: string;
  /** Employee ids of those who may, where only a limit is missing. */
  readonly may?: readonly string[];
}

/** The command counts; without events there was nothing left to do. */
export interface Happened {
  readonly kind: 'events';
  readonly events: readonly ApprovalEvent[];
  readonly state: ApprovalState;
  /** What the machine that waits at the open level is told; undefined: it goes on waiting. */
  readonly answer?: string;
}

export type ApprovalResult = Happened | Refused;

/** What the machine is told when a level is to be opened next. */
export const NEXT_LEVEL = 'next-level';

/** A {@link Refused} with its reason. */
export function refuse(refusal: Refusal, message: string): Refused {
  return { kind: 'refused', refusal, message };
}

/** There is nothing left to do. */
export function unchanged(state: ApprovalState): Happened {
  return { kind: 'events', events: [], state };
}
