import type { Catcher, Retrier } from './definition.ts';
import type { Failure } from './execution.ts';

/** Errors that States.ALL does not match: nothing but their own name does. */
const BEYOND_ALL = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/** True when a retrier's or catcher's list names the failure. */
function matches(errorEquals: readonly string[], failure: Failure): boolean {
  const error = failure.error ?? '';
  return errorEquals.some((wanted) => {
    if (wanted === error) return true;
    if (wanted === 'States.ALL') return !BEYOND_ALL.has(error);
    if (wanted === 'States.HeartbeatTimeout') return failure.heartbeat === true;
    if (wanted === 'States.TaskFailed') return error !== 'States.Timeout' && !BEYOND_ALL.has(error);
    return false;
  });
}

/**
 * The retry that a failure gets, if any: which retrier, and after how many milliseconds. The first retrier that
 * matches decides, even when its attempts are used up.
 */
export function nextRetry(
  retriers: readonly Retrier[],
  attempts: readonly number[],
  failure: Failure,
  random: () => number,
): { readonly index: number; readonly delayMs: number } | undefined {
  const index = retrierFor(retriers, failure);
  const retrier = retriers[index];
  if (retrier === undefined) return undefined;
  const used = attempts[index] ?? 0;
  if (used >= (retrier.MaxAttempts ?? 3)) return undefined;
  const backedOff = (retrier.IntervalSeconds ?? 1) * (retrier.BackoffRate ?? 2) ** used;
  const seconds = Math.min(backedOff, retrier.MaxDelaySeconds ?? Number.POSITIVE_INFINITY);
  const jittered = retrier.JitterStrategy === 'FULL' ? seconds * random() : seconds;
  return { index, delayMs: Math.round(jittered * 1000) };
}

/** The number of the retrier that a failure goes to, or -1. */
export function retrierFor(retriers: readonly Retrier[], failure: Failure): number {
  return retriers.findIndex((retrier) => matches(retrier.ErrorEquals, failure));
}

/** The number of the catcher that takes a failure, or -1. */
export function catcherFor(catchers: readonly Catcher[], failure: Failure): number {
  return catchers.findIndex((catcher) => matches(catcher.ErrorEquals, failure));
}
