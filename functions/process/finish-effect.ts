/** How a worker ends an effect: its outcome is recorded together with the removal from the outbox. */
import * as z from 'zod';
import type { PendingEffect, ProcessChange } from './domain/process.ts';
import { effectKey } from './keys.ts';
import type { ProcessStore, WorkChange, WorkItem } from './store/port.ts';
import { type ProcessDeps, updateProcess } from './update-process.ts';

/** Which effect a message on a worker's queue is about: the message carries nothing else. */
export const effectReferenceSchema = z.object({ processId: z.string().min(1), effectId: z.string().min(1) });
export type EffectReference = z.infer<typeof effectReferenceSchema>;

/** Undefined: it is done already. */
export function readEffect(
  store: ProcessStore,
  { processId, effectId }: EffectReference,
): Promise<WorkItem<PendingEffect> | undefined> {
  return store.read<PendingEffect>(effectKey(processId, effectId));
}

/**
 * Commits the outcome with the effect's removal, once: does nothing when another worker was faster.
 * @param also - further items of the same transaction
 */
export function finishEffect(
  deps: ProcessDeps,
  reference: EffectReference,
  outcome: ProcessChange<unknown>,
  also: readonly WorkChange[] = [],
): Promise<void> {
  return updateProcess<unknown, void>(deps, reference.processId, async () => {
    const item = await readEffect(deps.store, reference);
    return item === undefined
      ? { output: undefined }
      : {
          change: outcome,
          also: [{ kind: 'delete', key: item.key, ifVersion: item.version }, ...also],
          output: undefined,
        };
  });
}
