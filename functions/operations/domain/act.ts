/**
 * What an operator asked for, and whether it came to pass: an act is `asked-for` until the history of the execution, or the
 * record, shows that its step has succeeded. Pure.
 */
import type { RecordEntry } from '../../audit/domain/record.ts';
import type { OperatorAction, TroubleRef } from './trouble.ts';

/** Kept beside the record, which says the same: for the list of what operators asked for of late. */
export interface Act {
  readonly actId: string;
  /** ISO 8601 in UTC. */
  readonly at: string;
  /** Who: an employee id, or the name that was given to the tool. */
  readonly by: string;
  readonly action: OperatorAction;
  readonly ref: TroubleRef;
  readonly title: string;
  readonly processId?: string;
  /** ARN of the execution that goes on; absent where none does. */
  readonly executionId?: string;
  /** State of the machine that had failed. */
  readonly step?: string;
}

/** `gone`: the history that would say is not kept any more. */
export type ActState = 'asked-for' | 'done' | 'failed-again' | 'gone';

/** Something in the history of an execution, oldest first. */
export type StepEvent =
  | { readonly kind: 'entered' | 'succeeded' | 'failed'; readonly step: string; readonly isWork: boolean }
  | { readonly kind: 'redriven' | 'execution-succeeded' | 'execution-failed' };

/** The states that ask operators, in every machine. */
const ASKING = ['RouteFailure', 'ResolveFailure'];

/** @param events - of the execution after the act; undefined: there is no history */
export function stateOfAct(act: Act, events: readonly StepEvent[] | undefined): ActState {
  if (events === undefined) {
    return 'gone';
  }
  switch (act.action) {
    case 'retry':
      return act.step === undefined ? endOfFirst(events) : afterRetry(events, act.step);
    case 'skip':
      return afterSkip(events);
    case 'cancel':
      return afterCancel(events);
    default:
      return afterRedrive(events);
  }
}

/** What became of a message that is sent again. @param record - of its process */
export function stateOfMessage({ actId, ref }: Act, record: readonly RecordEntry[]): ActState {
  const messageId = ref.kind === 'message' ? `${ref.processId}-${ref.effectId}` : '';
  const about = record.filter(({ facts }) => facts.messageId === messageId);
  const again = about.findIndex(({ facts }) => facts.actId === actId);
  const [next] = about.slice(again + 1).filter(({ type }) => type === 'OaTold' || type === 'OaNotTold');
  if (again < 0 || next === undefined) {
    return 'asked-for';
  }
  return next.type === 'OaTold' ? 'done' : 'failed-again';
}

/** The step is entered anew and ends well. What it did before does not count. */
function afterRetry(events: readonly StepEvent[], step: string): ActState {
  const again = events.findIndex((event) => event.kind === 'entered' && event.step === step);
  const since = again < 0 ? [] : events.slice(again);
  if (since.some((event) => event.kind === 'succeeded' && event.step === step)) {
    return 'done';
  }
  return hasFailed(since, step) || lastEnd(events) === 'execution-failed' ? 'failed-again' : 'asked-for';
}

function hasFailed(events: readonly StepEvent[], step: string): boolean {
  return events.some((event) => event.kind === 'failed' && event.step === step);
}

/** The process goes on behind the step: another state begins to work. */
function afterSkip(events: readonly StepEvent[]): ActState {
  if (lastEnd(events) === 'execution-succeeded') {
    return 'done';
  }
  const next = events.find((event) => event.kind === 'entered' && event.isWork && event.step !== 'ResolveFailure');
  if (next === undefined || !('step' in next)) {
    return lastEnd(events) === 'execution-failed' ? 'failed-again' : 'asked-for';
  }
  return ASKING.includes(next.step) ? 'failed-again' : 'done';
}

/** What was done is undone, and the execution has ended. */
function afterCancel(events: readonly StepEvent[]): ActState {
  const end = lastEnd(events);
  if (end !== undefined) {
    return end === 'execution-succeeded' ? 'done' : 'failed-again';
  }
  return events.some((event) => event.kind === 'entered' && event.step === 'RouteFailure')
    ? 'failed-again'
    : 'asked-for';
}

/** Of the redrive that was asked for: what happened before it, which is read with it, does not count. */
function afterRedrive(events: readonly StepEvent[]): ActState {
  const redriven = events.findIndex(({ kind }) => kind === 'redriven');
  return redriven < 0 ? 'asked-for' : endOfFirst(events.slice(redriven + 1));
}

/** The first state that ends is the one that had failed. */
function endOfFirst(events: readonly StepEvent[]): ActState {
  const [first] = events.filter((event) => 'step' in event && event.isWork && event.kind !== 'entered');
  if (first !== undefined) {
    return first.kind === 'succeeded' ? 'done' : 'failed-again';
  }
  const end = lastEnd(events);
  return end === undefined ? 'asked-for' : end === 'execution-succeeded' ? 'done' : 'failed-again';
}

function lastEnd(events: readonly StepEvent[]) {
  return events.findLast(({ kind }) => kind === 'execution-succeeded' || kind === 'execution-failed')?.kind;
}
