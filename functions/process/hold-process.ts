/** Stops a process before its next step that commits money, and lets it go on again; by hand, with a reason. */
import { openWaits } from './domain/process.ts';
import { type ProcessDeps, readHead, updateProcess } from './update-process.ts';

export interface HoldOrder {
  readonly processId: string;
  /** Who orders it, for the record. */
  readonly by: string;
  readonly reason: string;
}

/** What became of it; `unknown`: there is no such process. */
export type HoldResult = 'placed' | 'released' | 'nothing-held' | 'ended' | 'unknown';

/** Several holds add up: the process goes on when the last one is released. */
export async function placeHold(deps: ProcessDeps, { processId, by, reason }: HoldOrder): Promise<HoldResult> {
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<unknown, HoldResult>(deps, processId, (head) => {
    if (head.status === 'ended') {
      return { output: 'ended' };
    }
    const hold = { holdId: deps.randomness.uuid(), placedBy: by, reason, placedAt: deps.clock.now().toISOString() };
    return {
      change: { entries: [entryOf('HoldPlaced', by, reason)], holds: [...head.holds, hold] },
      output: 'placed',
    };
  });
}

/** Releases all holds; the wait of the process, if it stands at one, ends. */
export async function releaseHolds(deps: ProcessDeps, { processId, by, reason }: HoldOrder): Promise<HoldResult> {
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<unknown, HoldResult>(deps, processId, (head) =>
    head.holds.length === 0
      ? { output: 'nothing-held' }
      : {
          change: {
            entries: [entryOf('HoldReleased', by, reason)],
            holds: [],
            answers: openWaits(head, 'hold').map(({ waitId }) => ({ waitId, output: { outcome: 'clear' } })),
          },
          output: 'released',
        },
  );
}

function entryOf(type: string, by: string, reason: string) {
  const actor = { kind: 'meridian', id: 'operators' } as const;
  return { type, actor, facts: { operator: by }, personal: { reason } };
}
