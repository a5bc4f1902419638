/** What an approval is while it lives: the state of the reducer. Plain data. */
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
  /** Who was copied, oldest first. Absent: nobody. */
  readonly copies?: readonly Copy[];
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
  /** The last reminder that there was. Absent: the first, where they were reminded. */
  readonly remindStep?: number;
  /** Employee ids of those who were. Absent: all who were asked before this was kept. */
  readonly remindedIds?: readonly string[];
  readonly escalated: boolean;
  /** The last escalation that there was. Absent: the first, where it was escalated. */
  readonly escalateStep?: number;
  /** Above whom nobody was left, as the operators were told. Absent: they were told of nobody. */
  readonly leftIds?: readonly string[];
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
  /** Who was away when whoever has it now came to stand in for them: their limit binds it as well. */
  readonly inPlaceOf?: string;
  /** How often it was handed on. */
  readonly moves: number;
  /** Was asked for an opinion; until it is given or recalled, the seat does not decide. */
  readonly delegate?: string;
  readonly claimed?: true;
  /** Came after the plan: signs as well, before, beside or after the seat to which it belongs. */
  readonly added?: { readonly by: string; readonly to: number; readonly where: SignerPlace };
  /** Came by escalation, and decides for everybody who has not, or for one voice. */
  readonly isStandIn?: true;
  /** The seat whose voice it is that somebody who came by escalation decides. Absent: those of all who have not. */
  readonly insteadOf?: number;
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
  /** The voice was nobody's by the rules: it was added, or came by escalation. */
  readonly isExtra?: true;
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

/** Somebody is to know of the approval, and decides nothing (抄送). */
export interface Copy {
  /** Who is to know. */
  readonly employeeId: string;
  /** Who has a seat, and let them know. Absent: a row of the rules did. */
  readonly by?: string;
  /** Where the seat is; the first one, where the rules did. */
  readonly level: number;
  readonly round: number;
  readonly at: string;
  /** Number of the entry in the process's record, with whose personal values the note stands. */
  readonly sequence?: number;
}

/** How an approval ends whose question went back to the requester. */
export const RETURNED = 'returned';

/** @throws RangeError when the plan has no such level. */
export function levelAt(plan: ApprovalPlan, index: number): ApprovalLevel {
  const level = plan.levels[index];
  if (level === undefined) {
    throw new RangeError(`approval ${plan.approvalId} has no level ${index}`);
  }
  return level;
}

/** The seat in other hands: in whose place it is decided is whose it was first, unless it has come back to them. */
export function heldBy({ onBehalfOf: first, inPlaceOf: _before, ...seat }: Seat, to: string): Seat {
  const onBehalfOf = first ?? seat.employeeId;
  return { ...seat, employeeId: to, ...(onBehalfOf === to ? {} : { onBehalfOf }) };
}

/** As {@link heldBy}, by somebody who stands in for whoever has it. */
export function stoodInBy(seat: Seat, to: string): Seat {
  const held = heldBy(seat, to);
  const inPlaceOf = seat.inPlaceOf ?? seat.employeeId;
  return held.onBehalfOf === undefined || inPlaceOf === to ? held : { ...held, inPlaceOf };
}

/** As the state is once its levels are no longer open. */
export function withoutOpenLevel(state: ApprovalState): ApprovalState {
  const { open: _ended, ...rest } = state;
  return rest;
}
