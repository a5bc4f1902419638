/** Sends again what stayed in the outbox: a stream that was late, a call that failed, a message that got lost. */
import { type DispatchEffectsDeps, dispatchEffect } from './dispatch-effects.ts';
import type { Effect, PendingEffect } from './domain/process.ts';
import { readEffect } from './finish-effect.ts';
import { effectKey } from './keys.ts';
import { updateProcess } from './update-process.ts';

/** Seconds after which an effect is overdue. The queues repeat for a while by themselves. */
const OVERDUE_SECONDS: { readonly [kind in Effect['kind']]: number } = { resume: 60, mail: 900, 'tell-oa': 900 };
/** The wait doubles at most this often. */
const MAX_DOUBLINGS = 6;
/** Operators are told once, when an effect was sent again this often. */
const TELL_AT_ATTEMPT = 5;
const PAGE = 200;

export interface SweepResult {
  /** Age in seconds of the oldest effect that is not done; 0 when there is none. */
  readonly oldestAgeSeconds: number;
  readonly sentAgain: number;
}

/** One round. What fails again is noted on the effect and waits twice as long for the next round. */
export async function sweepEffects(deps: DispatchEffectsDeps): Promise<SweepResult> {
  const now = deps.clock.now();
  const items = await deps.store.listByTime<PendingEffect>('effects', { order: 'oldest-first', limit: PAGE });
  const overdue = items.map((item) => item.value).filter((effect) => isOverdue(effect, now));
  for (const effect of overdue) {
    await sendAgain(deps, effect);
  }
  const oldest = items[0]?.value;
  return {
    oldestAgeSeconds: oldest === undefined ? 0 : Math.max(0, ageSeconds(oldest, now)),
    sentAgain: overdue.length,
  };
}

function isOverdue(effect: PendingEffect, now: Date): boolean {
  const patience = OVERDUE_SECONDS[effect.effect.kind] * 2 ** Math.min(effect.attempts, MAX_DOUBLINGS);
  return ageSeconds(effect, now) >= patience;
}

function ageSeconds(effect: PendingEffect, now: Date): number {
  return (now.getTime() - new Date(effect.createdAt).getTime()) / 1000;
}

async function sendAgain(deps: DispatchEffectsDeps, { processId, effectId }: PendingEffect): Promise<void> {
  const failure = await dispatchEffect(deps, { processId, effectId }).then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? `${error.name}: ${error.message}` : String(error)),
  );
  await note(deps, { processId, effectId }, failure);
}

/** Counts the attempt on an effect that is still there; the head stays as it is but when operators are told. */
async function note(
  deps: DispatchEffectsDeps,
  reference: { readonly processId: string; readonly effectId: string },
  failure: string | undefined,
): Promise<void> {
  const item = await readEffect(deps.store, reference);
  if (item === undefined) {
    return;
  }
  const attempts = item.value.attempts + 1;
  const counted = {
    kind: 'replace' as const,
    key: effectKey(reference.processId, reference.effectId),
    ifVersion: item.version,
    value: { ...item.value, attempts, ...(failure === undefined ? {} : { lastError: failure }) },
    list: { name: 'effects' as const, at: item.value.createdAt },
  };
  if (attempts === TELL_AT_ATTEMPT && !isForOperators(item.value.effect)) {
    await tellOperators(deps, item.value, failure, counted);
  } else {
    await deps.store.commit({ entries: [], personal: [], changes: [counted] });
  }
}

/** A mail to the operators that does not go out is told by the alarm on the outbox's age. */
function isForOperators(effect: Effect): boolean {
  return effect.kind === 'mail' && effect.mail.to === 'operators';
}

function tellOperators(
  deps: DispatchEffectsDeps,
  { processId, effectId, effect }: PendingEffect,
  failure: string | undefined,
  counted: Parameters<DispatchEffectsDeps['store']['commit']>[0]['changes'][number],
): Promise<void> {
  const problem = `An effect (${effect.kind}) of process ${processId} is not done after ${TELL_AT_ATTEMPT} repetitions`;
  const facts = { problem, effect: effectId, lastError: failure ?? 'its queue took it; see the dead letters' };
  return updateProcess<unknown, void>(deps, processId, () => ({
    change: {
      entries: [
        { type: 'EffectStuck', actor: { kind: 'meridian', id: 'effects' }, facts: { effectId, kind: effect.kind } },
      ],
      effects: [{ kind: 'mail', mail: { to: 'operators', template: 'operator-notice', facts } }],
    },
    also: [counted],
    output: undefined,
  }));
}
