/** On its day the product is made by the new bill: under the ERP's own lock, or not at all. */
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { barrierOf } from '../requests/domain/request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { bomCommand, CHANGE, type ChangeHead, type ChangeState, forceKey } from './domain/change-process.ts';
import { orStale, type VersionDeps } from './prepare-version.ts';
import { newsForSigners } from './signers-news.ts';

/** `held` by compliance, or withdrawn. `stale`: the bill was changed in the ERP since it was checked; nothing was changed. */
export type ForceOutcome = 'in-force' | 'held' | 'withdrawn' | 'stale';

/** Idempotent per process. Errors are those of the engineering port. */
export async function putIntoForce(deps: VersionDeps, processId: string): Promise<{ outcome: ForceOutcome }> {
  const step = await updateProcess<ChangeState, ChangeHead | ForceOutcome>(deps, processId, (head) => {
    const key = forceKey(processId);
    const barred = head.state.inForce === undefined ? barrierOf(head, key) : 'in-force';
    if (barred !== undefined) {
      return { output: barred === 'held' || barred === 'in-force' ? barred : 'withdrawn' };
    }
    const { productCode, basedOn } = bomCommand(head);
    const facts = { productCode, basedOn };
    const change = intentChange(CHANGE, head.state, key, { type: 'BomChangeIntended', facts });
    return change === undefined ? { output: head } : { change, output: head };
  });
  if (typeof step === 'string') {
    return { outcome: step };
  }
  const version = await orStale(deps, processId, () => deps.engineering.putIntoForce(bomCommand(step)));
  if (version === 'stale') {
    return { outcome: 'stale' };
  }
  await recordInForce(deps, processId);
  return { outcome: 'in-force' };
}

/** Idempotent. Everybody who decided about it, or was to know of it by the rules, is told; its requester is told at the end. */
export async function recordInForce(deps: ProcessDeps, processId: string): Promise<void> {
  await updateProcess<ChangeState, void>(deps, processId, async (head) => {
    const { state } = head;
    if (state.inForce !== undefined) {
      return { output: undefined };
    }
    const { key, productCode } = bomCommand(head);
    return {
      change: {
        entries: [{ type: 'BomChanged', actor: { kind: 'erp', id: 'erp' }, facts: { key, productCode } }],
        state: { ...state, inForce: true },
        effects: await newsForSigners(deps, head, 'implemented'),
      },
      output: undefined,
    };
  });
}
