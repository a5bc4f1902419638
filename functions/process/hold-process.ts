/** Stops a process before its next step that commits money, and lets it go on again; with a reason, by hand or by a case. */
import type { NewEntry } from '../audit/domain/record.ts';
import { type Hold, openWaits, type ProcessChange, type ProcessHead } from './domain/process.ts';
import { type ProcessDeps, readHead, updateProcess } from './update-process.ts';

export interface HoldOrder {
  readonly processId: string;
  /** Who orders it, for the record: of a case an employee id, or the name of what watches. */
  readonly by: string;
  readonly reason: string;
  /** The case of compliance that it is about; undefined: an operator orders it. */
  readonly caseId?: string;
}

/**
 * What became of it; `unknown`: there is no such process; `held-by-compliance`: nothing is held that an operator could
 * release.
 */
export type HoldResult = 'placed' | 'released' | 'nothing-held' | 'held-by-compliance' | 'ended' | 'unknown';

/** Several holds add up: the process goes on when the last one is released. A case holds a process once. */
export async function placeHold(deps: ProcessDeps, order: HoldOrder): Promise<HoldResult> {
  const { processId, by, reason, caseId } = order;
  if ((await readHead(deps.store, processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<unknown, HoldResult>(deps, processId, (head) => {
    if (head.status === 'ended') {
      return { output: 'ended' };
    }
    if (caseId !== undefined && head.holds.some((hold) => hold.caseId === caseId)) {
      return { output: 'placed' };
    }
    const hold: Hold = {
      holdId: deps.randomness.uuid(),
      ...(caseId === undefined ? {} : { caseId }),
      placedBy: by,
      reason,
      placedAt: deps.clock.now().toISOString(),
    };
    return {
      change: { entries: [entryOf('HoldPlaced', order)], holds: [...head.holds, hold] },
      output: 'placed',
    };
  });
}

/**
 * Releases the hold of a case, or all that operators placed: neither lets go what the other holds. The wait of the process,
 * if it stands at one, ends with the last hold.
 */
export async function releaseHolds(deps: ProcessDeps, order: HoldOrder): Promise<HoldResult> {
  if ((await readHead(deps.store, order.processId)) === undefined) {
    return 'unknown';
  }
  return updateProcess<unknown, HoldResult>(deps, order.processId, (head) => {
    const change = releaseChange(head, order);
    return change === undefined
      ? { output: head.holds.length === 0 || order.caseId !== undefined ? 'nothing-held' : 'held-by-compliance' }
      : { change, output: 'released' };
  });
}

/** Undefined: there is nothing that the order could release. */
export function releaseChange<State>(
  head: ProcessHead<State>,
  order: HoldOrder,
): Pick<ProcessChange<State>, 'entries' | 'holds' | 'answers'> | undefined {
  const left = head.holds.filter(({ caseId }) => caseId !== order.caseId);
  return left.length === head.holds.length
    ? undefined
    : {
        entries: [entryOf('HoldReleased', order)],
        holds: left,
        answers:
          left.length > 0
            ? []
            : openWaits(head, 'hold').map(({ waitId }) => ({ waitId, output: { outcome: 'clear' } })),
      };
}

function entryOf(type: string, { by, reason, caseId }: HoldOrder): NewEntry {
  return caseId === undefined
    ? { type, actor: { kind: 'meridian', id: 'operators' }, facts: { operator: by }, personal: { reason } }
    : { type, actor: { kind: 'meridian', id: 'compliance' }, facts: { caseId, employeeId: by }, personal: { reason } };
}
