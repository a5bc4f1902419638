/**
 * What every process has that begins with a request in the OA, whatever is asked for: what was filed, how it goes back to
 * its requester, which commands were sent on its behalf, and why it ends. Pure.
 */
import * as z from 'zod';
import type { ApprovalSubject } from '../../approvals/domain/plan.ts';
import { digestOf, type Json } from '../../audit/domain/canonical-json.ts';
import {
  type Answer,
  applyChange,
  type ProcessChange,
  type ProcessHead,
  type Wait,
} from '../../process/domain/process.ts';
import type { PersonalField } from './personal-fields.ts';

/** A sentence for people, in both languages. */
export interface Reason {
  readonly en: string;
  readonly zh: string;
}

/** As it came from the OA, unchecked. */
export type Filed = { readonly [field: string]: Json };

export const filedSchema: z.ZodType<Filed> = z.record(z.string(), z.json());

export interface RequestState {
  /** As filed, until the validation step has checked it; empty then. */
  readonly filed: Filed;
  /** SHA-256 of what was filed: tells a repeated event from another request under the same number. */
  readonly filedDigest: string;
  /** Once it was returned to its requester. */
  readonly rework?: Rework;
  /** Keys of the commands to other systems whose intent stands in the record. */
  readonly intended: readonly string[];
  /** Why the process ends as it does, for the requester. */
  readonly endReason?: Reason;
}

/** What the requester is asked to change, and what they sent. */
export interface Rework {
  /** How often something was sent in the place of what was returned; what was refused counts too. */
  readonly attempts: number;
  /** The event that brought the last one, and the SHA-256 of what it filed: tells the same delivered again from another. */
  readonly eventId?: string;
  readonly sentDigest?: string;
  /** Of what was returned. */
  readonly title?: string;
  /** From when to when something may be sent; undefined: the wait for it is not open yet. */
  readonly openedAt?: string;
  readonly deadline?: string;
  /** The version that the checks returned, without anybody's decision. */
  readonly byCheck?: number;
  /** What was sent is still to be checked, or was refused; undefined: nothing was sent, or it has become a version. */
  readonly sent?: 'unchecked' | 'refused';
}

export type RequestHead<State extends RequestState = RequestState> = ProcessHead<State>;

/** In what the processes differ, as far as the shared steps must know it. One constant for each process. */
export interface RequestKind<State extends RequestState> {
  /** Name of its state machine, and of its actor in the record. */
  readonly kind: string;
  /** What the ids of its processes begin with. */
  readonly idPrefix: string;
  /** What is filed, in an English sentence; in Chinese all are 申请. */
  readonly noun: string;
  /** What people are asked about the request itself; what was approved under one of them cannot be sent again. */
  readonly subjects: readonly ApprovalSubject[];
  /** Types of the entries that the record has for it. */
  readonly entryTypes: {
    readonly registered: string;
    readonly refused: string;
    readonly resubmitted: string;
    readonly closed: string;
  };
  /** Fields of what is filed that hold free text about people: they have no place in what can never be erased. */
  readonly personalFields: readonly PersonalField[];
  readonly newState: (filed: Filed) => State;
  /** What people know it by. */
  readonly titleOf: (head: RequestHead<State>) => string;
  /** Whether its requester changes it on a page when it was returned; else in the OA alone. */
  readonly isChangedOnPage: (state: State) => boolean;
  /** The state without all that was made of what was filed: it is to be checked from the beginning. */
  readonly withoutChecks: (state: State) => State;
  /** Whether something was done in another system that follows from the request. */
  readonly isCarriedOut: (state: State) => boolean;
  /** Why it may not be withdrawn any more; undefined: it may. */
  readonly withdrawalRefusal: (head: RequestHead<State>) => string | undefined;
  /** Words for those that only this process has. */
  readonly withdrawalRefusals: { readonly [refusal: string]: Reason };
  /** The outcome with which a wait for a fact ends as things stand; undefined: wait on. */
  readonly factOutcome: (wait: Pick<Wait, 'kind'>, head: RequestHead<State>) => string | undefined;
}

/** As mails of a returned request name the page that changes it; empty: there is none. */
export function processOfForm<State extends RequestState>(
  kind: RequestKind<State>,
  { processId, state }: RequestHead<State>,
): string {
  return kind.isChangedOnPage(state) ? processId : '';
}

/** What is common to all states when a request was just filed. */
export function newRequest(filed: Filed): RequestState {
  return { filed, filedDigest: digestOf(filed), intended: [] };
}

/** Idempotency key of a command of this process to another system. */
export function commandKey(processId: string, step: string): string {
  return `${processId}-${step}`;
}

/** Answers of all open waits that the head, as it would be, satisfies. */
function answersDue<State extends RequestState>(kind: RequestKind<State>, head: RequestHead<State>): readonly Answer[] {
  return Object.values(head.waits).flatMap((wait) => {
    const outcome = waitOutcome(kind, wait, head);
    return outcome === undefined ? [] : [{ waitId: wait.waitId, output: { outcome } }];
  });
}

/** A change with the answers of the waits that its state, as it will be, satisfies. */
export function withAnswers<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  change: ProcessChange<State>,
  now: Date,
): ProcessChange<State> {
  const answers = answersDue(kind, applyChange(head, change, now));
  return { ...change, answers: [...(change.answers ?? []), ...answers] };
}

/** Undefined: wait on. Approvals are answered by their reducer. */
function waitOutcome<State extends RequestState>(
  kind: RequestKind<State>,
  wait: Pick<Wait, 'kind'>,
  head: RequestHead<State>,
): string | undefined {
  // Money that is on its way is seen to its end, whatever happens meanwhile.
  if (wait.kind !== 'payment' && wait.kind !== 'approval' && head.interruption !== undefined) {
    return head.interruption.outcome;
  }
  switch (wait.kind) {
    case 'rework':
      return head.state.rework?.sent === 'unchecked' ? 'resubmitted' : undefined;
    case 'hold':
      return head.holds.length === 0 ? 'clear' : undefined;
    case 'approval':
      return undefined;
    default:
      return kind.factOutcome(wait, head);
  }
}

/**
 * What a step that commits to something must stop for, unless its command may have been carried out already: then it is
 * found or made before anything else can undo it.
 */
export function barrierOf<State extends RequestState>(
  head: RequestHead<State>,
  key: string,
): 'held' | NonNullable<ProcessHead['interruption']>['outcome'] | undefined {
  if (head.state.intended.includes(key)) {
    return undefined;
  }
  return head.interruption?.outcome ?? (head.holds.length > 0 ? 'held' : undefined);
}
