/** What was decided about a case is done to the processes that it holds: each goes on, or ends. */
import type { RecordEntry } from '../audit/domain/record.ts';
import { EXPENSE } from '../expenses/domain/expense.ts';
import type { ProcessHead } from '../process/domain/process.ts';
import { type HoldOrder, releaseChange, releaseHolds } from '../process/hold-process.ts';
import { type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { PURCHASE } from '../procurement/domain/purchase.ts';
import type { RequestHead, RequestKind, RequestState } from '../requests/domain/request.ts';
import { interruptRequest } from '../requests/interrupt-request.ts';
import { commandCase, readCase } from './case-store.ts';
import type { CaseState } from './domain/case-state.ts';

/** Kinds of processes that commit money, and can be ended from outside. */
export const CANCELLABLE: ReadonlySet<string> = new Set([PURCHASE.kind, EXPENSE.kind]);

/** Idempotent, and does nothing to a case that nobody has decided about: what a crash left is done the next time. */
export async function carryOutCase(deps: ProcessDeps, caseId: string): Promise<void> {
  const state = await readCase(deps.store, caseId);
  if (state?.decision === undefined) {
    return;
  }
  for (const processId of state.processIds) {
    const result = await carryOut(deps, caseId, processId, state);
    await commandCase(deps, caseId, { kind: 'carry-out', processId, result });
  }
}

async function carryOut(
  deps: ProcessDeps,
  caseId: string,
  processId: string,
  { decision, detector }: CaseState,
): Promise<string> {
  const order: HoldOrder = { processId, by: decision?.by ?? '', reason: detector, caseId };
  if (decision?.kind !== 'cancel') {
    return releaseHolds(deps, order);
  }
  const kind = (await readHead(deps.store, processId))?.kind;
  switch (kind) {
    case PURCHASE.kind:
      return stop(deps, PURCHASE, order);
    case EXPENSE.kind:
      return stop(deps, EXPENSE, order);
    default:
      return releaseHolds(deps, order);
  }
}

/** Money that is on its way is seen to its end; what can be undone is undone by the process itself. */
function stop<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  order: HoldOrder,
): Promise<'stopped' | 'released' | 'nothing-held'> {
  return updateProcess<State, 'stopped' | 'released' | 'nothing-held'>(deps, order.processId, async (head) => {
    const release = releaseChange(head, order);
    if (release === undefined) {
      return { output: 'nothing-held' };
    }
    if (head.status === 'ended' || head.interruption !== undefined) {
      return { change: release, output: 'released' };
    }
    return { ...(await interrupted(deps, kind, head, order, release)), output: 'stopped' };
  });
}

async function interrupted<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  head: RequestHead<State>,
  { by, caseId }: HoldOrder,
  release: NonNullable<ReturnType<typeof releaseChange>>,
) {
  const { change, also } = await interruptRequest(deps, kind, head, {
    outcome: 'stopped',
    command: { kind: 'cancel', outcome: 'stopped' },
    entry: {
      type: 'StoppedByCompliance',
      actor: { kind: 'person', id: by },
      facts: { caseId, employeeId: by },
    },
  });
  // The interruption ends the wait for the release, whatever else holds the process.
  return {
    change: { ...change, entries: [...release.entries, ...change.entries], holds: release.holds ?? [] },
    also,
  };
}

/** Whoever asked for the process, or has decided in it. */
export function participantsOf({ requesterId }: ProcessHead, entries: readonly RecordEntry[]): ReadonlySet<string> {
  const decided = entries
    .filter(({ type }) => type === 'DecisionMade')
    .flatMap(({ facts }) => [facts.employeeId, facts.onBehalfOf])
    .filter((id) => typeof id === 'string');
  return new Set([requesterId, ...decided]);
}
