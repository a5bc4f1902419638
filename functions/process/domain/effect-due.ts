/** When an effect that is still in the outbox is to be sent again: its time on the list of effects. Pure. */
import type { Effect, PendingEffect } from './process.ts';

/** Seconds until an effect is sent again for the first time. The queues repeat for a while by themselves. */
const PATIENCE_SECONDS: { readonly [kind in Effect['kind']]: number } = {
  resume: 60,
  alarm: 60,
  mail: 900,
  'tell-oa': 900,
  warn: 900,
};
/** The wait doubles at most this often. */
const MAX_DOUBLINGS = 6;

/**
 * @param effect - with the attempts so far
 * @param since - the last attempt, or the creation
 */
export function effectDueAt(effect: Pick<PendingEffect, 'effect' | 'attempts'>, since: Date): Date {
  const doublings = Math.min(Math.max(effect.attempts - 1, 0), MAX_DOUBLINGS);
  return new Date(since.getTime() + PATIENCE_SECONDS[effect.effect.kind] * 2 ** doublings * 1000);
}
