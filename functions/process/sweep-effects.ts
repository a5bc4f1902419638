/** Sends again what stayed in the outbox: a stream that was late, a call that failed, a message that got lost. */

import { ConcurrencyError } from '../runtime/errors.ts';
import { type DispatchEffectsDeps, dispatchEffect } from './dispatch-effects.ts';
import { effectDueAt } from './domain/effect-due.ts';
import { operatorNotice } from './domain/operator-notice.ts';
import type { Effect, PendingEffect } from './domain/process.ts';
import { type EffectReference, readEffect } from './finish-effect.ts';
import type { WorkChange, WorkItem } from './store/port.ts';
import { updateProcess } from './update-process.ts';

/** Operators are told once, when an effect was sent again this often. */
const TELL_AT_ATTEMPT = 5;
/** Effects of one round: each that is tried goes to the end of the line, so the next round has the next ones. */
const PAGE = 200;

export interface SweepResult {
  /** Age in seconds of the oldest effect that was seen and is not done; 0 when there is none. */
  readonly oldestAgeSeconds: number;
  readonly sentAgain: number;
  /** Attempts that could not be noted, and why; the others were made all the same. */
  readonly problems: readonly string[];
}

/** One round. What fails again is noted on the effect and waits twice as long for its next turn. */
export async function sweepEffects(deps: DispatchEffectsDeps): Promise<SweepResult> {
  const now = deps.clock.now();
  const list = (options: { readonly order: 'oldest-first' | 'newest-first'; readonly before?: string }) =>
    deps.store.listByTime<PendingEffect>('effects', { ...options, limit: PAGE });
  const due = await list({ order: 'oldest-first', before: justAfter(now) });
  // The longer an effect has failed, the later is its turn: those that are not due are no less stuck.
  const latest = await list({ order: 'newest-first' });
  const ages = [...due, ...latest].map(({ value }) => ageSeconds(value, now));
  const problems: string[] = [];
  for (const { value } of due) {
    const problem = await sendAgain(deps, value);
    problems.push(...(problem === undefined ? [] : [problem]));
  }
  return { oldestAgeSeconds: Math.max(0, ...ages), sentAgain: due.length, problems };
}

/** The bound of a list is exclusive: an effect that is due at this very moment is due. */
function justAfter(now: Date): string {
  return new Date(now.getTime() + 1).toISOString();
}

function ageSeconds(effect: PendingEffect, now: Date): number {
  return (now.getTime() - new Date(effect.createdAt).getTime()) / 1000;
}

/** Never fails: whatever is wrong with one effect, the others have their turn. Returns what is to be looked into. */
async function sendAgain(deps: DispatchEffectsDeps, effect: EffectReference): Promise<string | undefined> {
  const { processId, effectId } = effect;
  const failure = await dispatchEffect(deps, { processId, effectId }).then(() => undefined, textOf);
  try {
    await note(deps, { processId, effectId }, failure);
    return undefined;
  } catch (error) {
    // Mostly done by its worker between the reading and the writing; if it is not, it is still due in the next round.
    return error instanceof ConcurrencyError ? undefined : `effect ${effectId} of ${processId}: ${textOf(error)}`;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? `${error.name}: ${error.message}` : String(error);
}

/** Counts the attempt on an effect that is still there; the head stays as it is but when operators are told. */
async function note(deps: DispatchEffectsDeps, reference: EffectReference, failure: string | undefined): Promise<void> {
  const item = await readEffect(deps.store, reference);
  if (item === undefined) {
    return;
  }
  if (isForNotice(item.value)) {
    await tellOperators(deps, reference, failure);
  } else {
    await deps.store.commit({ entries: [], personal: [], changes: [counted(item, failure, deps.clock.now())] });
  }
}

function counted(item: WorkItem<PendingEffect>, failure: string | undefined, now: Date): WorkChange {
  const value: PendingEffect = {
    ...item.value,
    attempts: item.value.attempts + 1,
    ...(failure === undefined ? {} : { lastError: failure }),
  };
  const list = { name: 'effects', at: effectDueAt(value, now).toISOString() } as const;
  return { kind: 'replace', key: item.key, ifVersion: item.version, value, list };
}

/** A mail to the operators that does not go out is told by the alarm on the outbox's age. */
function isForNotice({ effect, attempts }: PendingEffect): boolean {
  return attempts + 1 === TELL_AT_ATTEMPT && !(effect.kind === 'mail' && effect.mail.to === 'operators');
}

function tellOperators(
  deps: DispatchEffectsDeps,
  reference: EffectReference,
  failure: string | undefined,
): Promise<void> {
  const { processId, effectId } = reference;
  return updateProcess<unknown, void>(deps, processId, async () => {
    const item = await readEffect(deps.store, reference);
    // Done, or told of, in the meantime.
    return item === undefined || !isForNotice(item.value)
      ? { output: undefined }
      : {
          change: {
            entries: [
              {
                type: 'EffectStuck',
                actor: { kind: 'meridian', id: 'effects' },
                facts: { effectId, kind: item.value.effect.kind },
              },
            ],
            effects: [stuckNotice(item.value, failure)],
          },
          also: [counted(item, failure, deps.clock.now())],
          output: undefined,
        };
  });
}

function stuckNotice({ processId, effectId, effect }: PendingEffect, failure: string | undefined): Effect {
  const problem = {
    en: `An effect (${effect.kind}) of process ${processId} is not done after ${TELL_AT_ATTEMPT} repetitions${failure === undefined ? ': its queue took it, see the dead letters' : ''}`,
    zh: `流程 ${processId} 的后续动作（${effect.kind}）重复 ${TELL_AT_ATTEMPT} 次后仍未完成${failure === undefined ? '：已进入队列，请查看死信' : ''}`,
  };
  return operatorNotice(problem, { effect: effectId, ...(failure === undefined ? {} : { lastError: failure }) });
}
