/** Sends an effect of the outbox on its way: resumes the state machine, or hands it to the queue of its worker. */
import { type Alarms, alarmOf } from './alarms.ts';
import type { Effect, PendingEffect } from './domain/process.ts';
import type { EffectQueue } from './effect-queue.ts';
import { type EffectReference, finishEffect, readEffect } from './finish-effect.ts';
import type { ProcessResumer } from './resumer.ts';
import type { WorkItem } from './store/port.ts';
import type { ProcessDeps } from './update-process.ts';
import { FIRST } from './wait-alarms.ts';

export interface DispatchEffectsDeps extends ProcessDeps {
  readonly resumer: ProcessResumer;
  readonly alarms: Alarms;
  readonly queues: { readonly [kind in Exclude<Effect['kind'], 'resume' | 'alarm'>]: EffectQueue };
}

/**
 * Safe to repeat: an effect that is done already is left alone, and the workers of the queues look for themselves.
 * @throws what the resumer or the queue throws: the effect stays, and the sweep sends it again.
 */
export async function dispatchEffect(deps: DispatchEffectsDeps, reference: EffectReference): Promise<void> {
  const item = await readEffect(deps.store, reference);
  if (item === undefined) {
    return;
  }
  const { effect } = item.value;
  if (effect.kind === 'resume') {
    await resume(deps, item, effect);
  } else if (effect.kind === 'alarm') {
    // For a wait that is over meanwhile it rings once, and changes nothing.
    await deps.alarms.set(effect.alarm, new Date(effect.at));
    await done(deps, item);
  } else {
    await deps.queues[effect.kind].send(reference);
  }
}

async function resume(
  deps: DispatchEffectsDeps,
  item: WorkItem<PendingEffect>,
  effect: Extract<Effect, { kind: 'resume' }>,
): Promise<void> {
  const { processId, effectId } = item.value;
  const result = await deps.resumer.resume(effect.token, effect.output);
  if (result === 'gone') {
    await finishEffect(deps, { processId, effectId }, { entries: [goneEntry(effect)] });
  } else {
    await done(deps, item);
  }
  // Left alone they would ring for nothing; there would be millions of them where there are many processes.
  const { waitId, steps = FIRST } = effect;
  for (const purpose of ['remind', 'escalate'] as const) {
    await deps.alarms.cancel(alarmOf({ processId, waitId, purpose }, steps[purpose]));
  }
  await deps.alarms.cancel({ processId, waitId, purpose: 'expire' });
}

function done({ store }: DispatchEffectsDeps, { key, version }: WorkItem<PendingEffect>): Promise<void> {
  return store.commit({ entries: [], personal: [], changes: [{ kind: 'delete', key, ifVersion: version }] });
}

/** Mostly a resumption whose answer was lost. Else the state had timed out, and comes back with a token of its own. */
function goneEntry({ waitId }: { readonly waitId: string }) {
  return { type: 'ResumeRefused', actor: { kind: 'meridian', id: 'effects' } as const, facts: { waitId } };
}
