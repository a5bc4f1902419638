/** What can be done to an approval, by whom, and what the reducer is told beside it. Plain data. */
import type { HoursAfter } from '../../calendar/domain/working-time.ts';
import type { Interruption } from '../../process/domain/process.ts';
import type { AttachedFile, SignerPlace } from './approval-state.ts';
import type { ApprovalLevel, ApprovalPlan } from './plan.ts';
import type { Together } from './together.ts';

/**
 * How a decision reached us. A link proves only that somebody has the approver's mail; who is signed in is proved, on a page or
 * to the API. The last two are the operators' own: the tool, and their pages behind sign-in.
 */
export type DecisionChannel = 'link' | 'signed-in' | 'api' | OperatorChannel;
export type OperatorChannel = 'operator-tool' | 'operations-page';

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
  /** Employee id of who is to be asked next, where that is left to whoever decides last here. */
  readonly next?: string | undefined;
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
    | { readonly kind: 'copy'; readonly to: string }
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

/** After the rules or the organisation have changed, or other purchases have come to light that it is judged together with. */
export interface RerouteCommand {
  readonly kind: 're-route';
  /** The whole way as the rules and the directory lead now. */
  readonly levels: readonly ApprovalLevel[];
  readonly routing: ApprovalPlan['routing'];
  /** By which rows of the tables. */
  readonly ruledBy?: ApprovalPlan['ruledBy'];
  /** The highest amount (company currency) that a link alone may decide now. */
  readonly linkLimit: string;
  /** Other purchases that the question is about as well from now on. Absent: it is about what it was. */
  readonly together?: Together;
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
  /** `step`: one period after the other, from 1. Absent: the first. */
  | { readonly kind: 'remind' | 'escalate'; readonly step?: number }
  | { readonly kind: 'expire' }
  /** By the requester. */
  | { readonly kind: 'withdraw' }
  /**
   * By the process, which was interrupted, asks anew, or learnt that what it asked about has changed: never with an outcome that
   * only a person can give.
   */
  | { readonly kind: 'cancel'; readonly outcome: Interruption['outcome'] | 'superseded' | 'overtaken' };

/** What the reducer does not know by itself: the time, and people as they are now. */
export interface ApprovalContext {
  readonly now: Date;
  /** Whoever acts, as the directory knows them now; undefined: unknown there. */
  readonly decider?: Decider;
  /** Whoever a task is given to or who is copied, as the directory knows them now; undefined: unknown there. */
  readonly target?: Decider;
  /** Those of whom one is chosen for the next level, as far as the directory knows them now. */
  readonly choosable?: readonly Decider[];
  /** For `decide`: the purchases that the order is judged together with now; undefined: it is judged by itself. */
  readonly together?: Together;
  /** Number that the entry of the decision will have in the record. */
  readonly sequence?: number;
  /** At which version the document is now; undefined: at the one that is asked about. */
  readonly documentVersion?: number;
  /** For `open`, `transfer`, `add-signer`, `hand-over` and `escalate`: who stands in for those who are away of whoever would be asked. */
  readonly substitutes?: ReadonlyMap<string, readonly Decider[]>;
  /**
   * For `escalate`, by whom the plan names for it: they and those above them, nearest first, as far as the directory knows
   * them now. Nobody comes in who is missing here.
   */
  readonly lines?: ReadonlyMap<string, readonly Decider[]>;
  /** For `re-route`: those among the people of the approval who may decide nothing any more. */
  readonly gone?: ReadonlySet<string>;
  /**
   * Everybody by whom it is judged whether a level can still be approved, and whether who stands in has the authority (see
   * `judgedPeople`), as the directory knows them now; who is missing is unknown there. Undefined: the first is not judged, and
   * nobody who stands in has it by the limits of others.
   */
  readonly people?: ReadonlyMap<string, Decider>;
  /** How the hours of a level that opens become its deadline, and those after which it may be urged again their end; by the clock when it is undefined. */
  readonly hoursAfter?: HoursAfter;
}

/** A person as far as deciding goes. `approvalLimit`: a plain decimal of the company's currency; undefined: none. */
export interface Decider {
  readonly employeeId: string;
  readonly active: boolean;
  readonly approvalLimit?: string;
}
