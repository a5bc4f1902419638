/** What an approval is while it lives, what can be done to it, and what happened: the types of the reducer. Pure data. */
import type { HoursAfter } from '../../calendar/domain/working-time.ts';
import type { Interruption } from '../../process/domain/process.ts';
import type { ApprovalLevel, ApprovalPlan } from './plan.ts';

/** One approval as it stands. Plain JSON: it is kept as one item of the table. */
export interface ApprovalState {
  readonly plan: ApprovalPlan;
  /** `pending`: the current level is still to be opened. */
  readonly status: 'pending' | 'open' | 'closed';
  /** Index of the current level, the first of those that are open together; or of the last one reached. */
  readonly level: number;
  /** How often levels were opened so far. A question asked in an earlier round is answered no more. */
  readonly round: number;
  /** Only while the status is `open`. */
  readonly open?: OpenLevel;
  /** The seats of the level to be opened, where somebody took back a decision; otherwise they are made from the plan. */
  readonly restored?: readonly Seat[];
  /** The level that was decided last, for whoever takes back the decision that ended it. */
  readonly last?: { readonly level: number; readonly round: number; readonly seats: readonly Seat[] };
  readonly decisions: readonly Decision[];
  /** What people said without deciding. The words themselves stand in the record. */
  readonly remarks: readonly Remark[];
  /** Files that people added, oldest first. Their names stand in the record, with the personal values. */
  readonly attachments: readonly Attachment[];
  /** Only once the status is `closed`. */
  readonly outcome?: string;
  readonly closedAt?: string;
}

/** The levels that are open together, most often one. */
export interface OpenLevel {
  /** The wait of the state machine that the end of these levels answers. */
  readonly waitId: string;
  readonly openedAt: string;
  /** No decision counts after it. */
  readonly deadline: string;
  readonly seats: readonly Seat[];
  readonly reminded: boolean;
  readonly escalated: boolean;
  /** The last time that the requester urged those who are asked, and by which event. */
  readonly urged?: { readonly at: string; readonly eventId: string };
}

/** One voice on a level, and who has it now. */
export interface Seat {
  /** Unique on the levels that are open together. */
  readonly seatId: number;
  readonly level: number;
  readonly employeeId: string;
  readonly weight: number;
  /** Who had it first, when it was handed on. */
  readonly onBehalfOf?: string;
  /** How often it was handed on. */
  readonly moves: number;
  /** Was asked for an opinion; until it is given or recalled, the seat does not decide. */
  readonly delegate?: string;
  readonly claimed?: true;
  /** Came after the plan: signs as well, before, beside or after the seat to which it belongs. */
  readonly added?: { readonly by: string; readonly to: number; readonly where: SignerPlace };
  /** Came by escalation, and decides for everybody who has not. */
  readonly isStandIn?: true;
  readonly vote?: 'yes' | 'no';
  /** Whoever said yes had a limit that covered the amount then. */
  readonly hadAuthority?: true;
}

export type SignerPlace = 'before' | 'beside' | 'after';

/** What somebody decided, also where it counts no more. */
export interface Decision {
  /** Index of the level. */
  readonly level: number;
  readonly round: number;
  readonly employeeId: string;
  /** For whom, where the task was handed on. */
  readonly onBehalfOf?: string;
  readonly action: string;
  readonly at: string;
  /** Number of the entry in the process's record. */
  readonly sequence?: number;
  /** The version about which it was decided, where it stands for a later one. */
  readonly keptFrom?: number;
  /** Why it counts no more. */
  readonly voided?: 'taken-back' | 'returned' | 're-routed';
}

/** What somebody said without deciding. */
export interface Remark {
  readonly kind: 'comment' | 'question' | 'opinion' | 'sent-back' | 'returned';
  readonly level: number;
  readonly employeeId: string;
  readonly at: string;
  /** Number of the entry in the process's record. */
  readonly sequence?: number;
}

/** A file that was checked and kept. */
export interface AttachedFile {
  /** Names the file within its process: hexadecimal digits. */
  readonly fileId: string;
  /** As its content says, not as its name does. */
  readonly mediaType: string;
  readonly bytes: number;
  /** SHA-256 of the content, in hexadecimal digits. */
  readonly digest: string;
}

export interface Attachment extends AttachedFile {
  readonly level: number;
  readonly employeeId: string;
  readonly at: string;
  /** Number of the entry in the process's record. */
  readonly sequence?: number;
}

/** How a decision reached us. A link proves only that somebody has the approver's mail; who is signed in is proved, on a page or to the API. */
export type DecisionChannel = 'link' | 'signed-in' | 'api' | 'operator-tool';

/** A person does something about a task. */
interface ByPerson {
  /** Employee id of whoever acts. */
  readonly by: string;
  /** Index of the level that the person was asked about, and the round in which they were asked. */
  readonly level: number;
  readonly round: number;
  readonly documentVersion: number;
  readonly via: DecisionChannel;
  /** Employee id of whoever is signed in, where it is somebody else than the person of the link. */
  readonly signedInAs?: string;
  readonly comment: string;
}

export interface DecideCommand extends ByPerson {
  readonly kind: 'decide';
  readonly action: string;
}

/** What people do besides deciding. `to` and `signer` are employee ids. */
export type TaskCommand = ByPerson &
  (
    | { readonly kind: 'comment' }
    | { readonly kind: 'attach'; readonly file: AttachedFile; readonly fileName: string }
    | { readonly kind: 'claim' }
    | { readonly kind: 'release' }
    | { readonly kind: 'transfer'; readonly to: string }
    | { readonly kind: 'delegate'; readonly to: string }
    | { readonly kind: 'give-back' }
    | { readonly kind: 'recall' }
    | { readonly kind: 'take-back' }
    | { readonly kind: 'add-signer'; readonly to: string; readonly where: SignerPlace }
    | { readonly kind: 'remove-signer'; readonly signer: string }
    | { readonly kind: 'return-to-level'; readonly target: number }
    | { readonly kind: 'return-to-requester' }
  );

export type TakeBackCommand = Extract<TaskCommand, { readonly kind: 'take-back' }>;
export type ReturnCommand = Extract<TaskCommand, { readonly kind: 'return-to-level' }>;
export type ReworkCommand = Extract<TaskCommand, { readonly kind: 'return-to-requester' }>;

export type PersonCommand = DecideCommand | TaskCommand;

/** By an operator, for somebody who has left or is away. */
export interface HandOverCommand {
  readonly kind: 'hand-over';
  /** Employee ids. */
  readonly from: string;
  readonly to: string;
  /** Name of the operator, who stands in no directory, or employee id of the administrator. */
  readonly by: string;
  readonly isAdministrator?: boolean;
}

/** The requester asks those who have the task now to get on with it (催办). An event that comes twice counts once. */
export interface UrgeCommand {
  readonly kind: 'urge';
  /** Employee id. */
  readonly by: string;
  readonly eventId: string;
}

/** By an operator, after the rules or the organisation have changed. */
export interface RerouteCommand {
  readonly kind: 're-route';
  /** The whole way as the rules and the directory lead now. */
  readonly levels: readonly ApprovalLevel[];
  readonly routing: ApprovalPlan['routing'];
  /** Which version of the directory said so. */
  readonly directoryVersion: number;
  /** Name of the operator. */
  readonly operator: string;
}

/** What a person wants to do, before it is known who they are and what they were asked. */
export type Wish = WithoutPerson<PersonCommand>;

type WithoutPerson<Command> = Command extends ByPerson ? Omit<Command, Exclude<keyof ByPerson, 'comment'>> : never;

export type ApprovalCommand =
  | { readonly kind: 'open'; readonly waitId: string; readonly openedAt: string }
  | PersonCommand
  | HandOverCommand
  | UrgeCommand
  | RerouteCommand
  | { readonly kind: 'remind' }
  | { readonly kind: 'escalate' }
  | { readonly kind: 'expire' }
  /** By the requester. */
  | { readonly kind: 'withdraw' }
  /** By the process, which was interrupted or asks anew: never with an outcome that only a person can give. */
  | { readonly kind: 'cancel'; readonly outcome: Interruption['outcome'] | 'superseded' };

/** What the reducer does not know by itself: the time, and people as they are now. */
export interface ApprovalContext {
  readonly now: Date;
  /** Whoever acts, as the directory knows them now; undefined: unknown there. */
  readonly decider?: Decider;
  /** Whoever a task is given to, as the directory knows them now; undefined: unknown there. */
  readonly target?: Decider;
  /** Number that the entry of the decision will have in the record. */
  readonly sequence?: number;
  /** At which version the document is now; undefined: at the one that is asked about. */
  readonly documentVersion?: number;
  /** For `open`: who stands in for those of its people who are away. */
  readonly substitutes?: ReadonlyMap<string, readonly Decider[]>;
  /** For `re-route`: those among the people of the approval who may decide nothing any more. */
  readonly gone?: ReadonlySet<string>;
  /** How the hours of a level that opens become its deadline, and those after which it may be urged again their end; by the clock when it is undefined. */
  readonly hoursAfter?: HoursAfter;
}

/** A person as far as deciding goes. `approvalLimit`: a plain decimal of the company's currency; undefined: none. */
export interface Decider {
  readonly employeeId: string;
  readonly active: boolean;
  readonly approvalLimit?: string;
}

/** What happened, for the record and for mails. `level` is an index of the plan's levels. */
export type ApprovalEvent =
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
    }
  | ({
      readonly type: 'FileAttached';
      readonly level: number;
      readonly employeeId: string;
      readonly via: DecisionChannel;
    } & AttachedFile)
  | { readonly type: TaskEventType; readonly level: number; readonly employeeId: string; readonly via: DecisionChannel }
  | {
      readonly type: 'TaskTransferred' | 'TaskDelegated' | 'SignerRemoved';
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
      readonly operator: string;
    }
  /** Somebody who is away is not asked, but who stands in for them. */
  | { readonly type: 'SubstituteAsked'; readonly level: number; readonly from: string; readonly to: string }
  | { readonly type: 'LevelReminded'; readonly level: number; readonly approverIds: readonly string[] }
  /** `employeeId`: the requester. */
  | {
      readonly type: 'LevelUrged';
      readonly level: number;
      readonly employeeId: string;
      readonly eventId: string;
      readonly approverIds: readonly string[];
    }
  | { readonly type: 'LevelEscalated'; readonly level: number; readonly addedIds: readonly string[] }
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
export type ClosingCause = 'decision' | 'return' | 'withdrawal' | 'cancellation' | 'expiry';

/** Why something does not count. Stable names: they stand in the record and choose the page's words. */
export type Refusal =
  | 'not-your-task'
  | 'own-request'
  | 'segregation-of-duties'
  | 'over-authority'
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
  /** Signers before the person, or others in the order, are still to decide. */
  | 'not-your-turn'
  | 'taken-by-another'
  | 'claim-first'
  | 'with-delegate'
  /** The task cannot be given to that person: unknown, inactive, the requester, barred, or a signer already. */
  | 'unfit-person'
  | 'handed-on-too-often'
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

/** How an approval ends whose question went back to the requester. */
export const RETURNED = 'returned';

/** What the machine is told when a level is to be opened next. */
export const NEXT_LEVEL = 'next-level';

/** @throws RangeError when the plan has no such level. */
export function levelAt(plan: ApprovalPlan, index: number): ApprovalLevel {
  const level = plan.levels[index];
  if (level === undefined) {
    throw new RangeError(`approval ${plan.approvalId} has no level ${index}`);
  }
  return level;
}

/** A {@link Refused} with its reason. */
export function refuse(refusal: Refusal, message: string): Refused {
  return { kind: 'refused', refusal, message };
}

/** There is nothing left to do. */
export function unchanged(state: ApprovalState): Happened {
  return { kind: 'events', events: [], state };
}

/** As the state is once its levels are no longer open. */
export function withoutOpenLevel(state: ApprovalState): ApprovalState {
  const { open: _ended, ...rest } = state;
  return rest;
}
