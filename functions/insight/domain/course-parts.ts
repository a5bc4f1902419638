/** What the course of a process is made of. Plain data. */
import type { Money } from '../../money/money.ts';

/** Of a stretch of time: all of it by the clock, and what of it was working time. Milliseconds. */
export interface Times {
  readonly elapsedMs: number;
  readonly workingMs: number;
}

/** A phase from the entry that led to it to the one that led on. */
export interface CoursePhase extends Partial<Times> {
  /** As the head of the process names it, such as `Order approval`. */
  readonly phase: string;
  /** ISO 8601 in UTC, as all times here. */
  readonly from: string;
  /** Absent, with its times: the process is in it. */
  readonly to?: string;
}

/**
 * `approval`: a level of people who decide. `operator`: a question to the operators about a step that failed. `wait`: for
 * something outside, or for the requester. `step`: what Meridian does by itself, in another system or not.
 */
export type NodeKind = 'approval' | 'operator' | 'wait' | 'step';

/** One visit of a place where a process stands. A level that is asked again is visited again. */
export interface CourseNode extends Partial<Times> {
  /** The same for every process that comes there, of few values: `approval/order/Manager`, `wait/goods-receipt`, `step/Order`. */
  readonly key: string;
  readonly kind: NodeKind;
  /** Of an approval what is asked: `order`; of a wait what is waited for; of a step or its failure the step. */
  readonly subject: string;
  /** Of an approval its level; of everything else as `subject`. */
  readonly name: string;
  /** Version of the document, from 1. */
  readonly version: number;
  readonly from: string;
  /** Absent, with its times: the process stands there, or the record does not say that it went on. */
  readonly to?: string;
  /** Of levels beside each other, when the last of them was answered, where this one was before. */
  readonly closedAt?: string;
  /** `approved`, `undecided` for a level whose approval went on without it, `failed` of a step; empty where none is known. */
  readonly outcome: string;
  /** Employee ids: who was asked, or answers for a wait. */
  readonly asked: readonly string[];
  readonly voices: readonly Voice[];
  /** The reminder was passed over, or its end came without what was waited for. */
  readonly isOverdue: boolean;
}

/** What one person said on a level. */
export interface Voice extends Times {
  readonly employeeId: string;
  /** `approve`, `reject`, or `return` for what goes back. */
  readonly action: string;
  readonly at: string;
  /** For whom they stood in. */
  readonly onBehalfOf?: string;
}

/** Something that did not go as it should. */
export interface CourseException {
  readonly kind: 'failure' | 'mismatch' | 'expiry' | 'hold' | 'refused-decision';
  readonly at: string;
  /** Of a failure its step, of an expiry what was waited for, of a refused decision the reason; else empty. */
  readonly about: string;
  /** Name of the error, of a failure; else empty. */
  readonly error: string;
}

/** What was done again. */
export interface Rework {
  /** Sent back to the requester by a person, and by the checks. */
  readonly returned: number;
  readonly returnedByCheck: number;
  /** Sent back from a level to an earlier one, or a decision taken back. */
  readonly backToLevel: number;
  /** Invoices that a corrected one was asked for. */
  readonly corrections: number;
}

/** Who asked for what. What the record does not say is empty. */
export interface CourseAbout {
  readonly requestId: string;
  readonly requesterId: string;
  readonly costCentre: string;
  readonly legalEntities: readonly string[];
  readonly supplierCode: string;
  /** In the company's currency where the record has it, else as filed. Absent: it is about no amount. */
  readonly amount?: Money;
}

export interface Course extends CourseAbout, Partial<Times> {
  readonly processId: string;
  /** Name of its state machine. */
  readonly kind: string;
  readonly startedAt: string;
  /** Absent, with its times: it goes on. */
  readonly endedAt?: string;
  readonly outcome?: string;
  /** How many entries were read. */
  readonly entries: number;
  readonly phases: readonly CoursePhase[];
  /** In the order in which they began. */
  readonly nodes: readonly CourseNode[];
  readonly rework: Rework;
  readonly exceptions: readonly CourseException[];
  /** Nothing of it was done again. */
  readonly isFirstPass: boolean;
  /** Visits of nodes, and how many of them needed nobody of the company. */
  readonly steps: { readonly all: number; readonly automatic: number };
}
