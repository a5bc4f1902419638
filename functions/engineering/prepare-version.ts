/** An approved change becomes the next version of the bill in the ERP, once, beside the one in force. */
import type { EngineeringPort } from '../connectors/erp/engineering-port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { barrierOf } from '../requests/domain/request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { preparedMessage, STALE_REASON } from './domain/change-messages.ts';
import { bomCommand, CHANGE, type ChangeHead, type ChangeState, checkedChange } from './domain/change-process.ts';
import { newsForSigners } from './signers-news.ts';

export interface VersionDeps extends ProcessDeps {
  readonly engineering: EngineeringPort;
}

/** `held` by compliance, or withdrawn: nothing was written. `stale`: the bill was changed in the ERP since it was checked. */
export type PrepareOutcome = 'prepared' | 'held' | 'withdrawn' | 'stale';

/** Idempotent per process: one version, however often it is called. Errors are those of the engineering port. */
export async function prepareVersion(deps: VersionDeps, processId: string): Promise<{ outcome: PrepareOutcome }> {
  const step = await updateProcess<ChangeState, ChangeHead | PrepareOutcome>(deps, processId, (head) => {
    const command = bomCommand(head);
    const barred = head.state.prepared === undefined ? barrierOf(head, command.key) : 'prepared';
    if (barred !== undefined) {
      return { output: barred === 'held' || barred === 'prepared' ? barred : 'withdrawn' };
    }
    const change = intentChange(CHANGE, head.state, command.key, {
      type: 'BomVersionIntended',
      facts: { productCode: command.productCode, basedOn: command.basedOn, effectiveOn: command.effectiveOn },
    });
    return change === undefined ? { output: head } : { change, output: head };
  });
  if (typeof step === 'string') {
    return { outcome: step };
  }
  const version = await orStale(deps, processId, () => deps.engineering.prepareBom(bomCommand(step)));
  if (version === 'stale') {
    return { outcome: 'stale' };
  }
  await recordPrepared(deps, processId, version.bomId);
  return { outcome: 'prepared' };
}

/**
 * What a call gives, or that the bill is another than the one that was decided about: recorded, the reason of the end, and told to
 * everybody who decided; its requester is told at the end.
 * Everything else that the call throws is thrown.
 */
export async function orStale<Result>(
  deps: ProcessDeps,
  processId: string,
  call: () => Promise<Result>,
): Promise<Result | 'stale'> {
  try {
    return await call();
  } catch (error) {
    if (!(error instanceof BusinessRuleError) || error.rule !== 'bom-changed') {
      throw error;
    }
    await updateProcess<ChangeState, void>(deps, processId, async (head) => ({
      ...(head.state.endReason === undefined ? { change: await foundStale(deps, head) } : {}),
      output: undefined,
    }));
    return 'stale';
  }
}

async function foundStale(deps: ProcessDeps, head: ChangeHead) {
  const { state } = head;
  const { checked } = checkedChange(state);
  return {
    entries: [
      {
        type: 'BomFoundChanged',
        actor: { kind: 'erp', id: 'erp' } as const,
        facts: { productCode: checked.bill.productCode, basedOn: checked.bill.version },
      },
    ],
    state: { ...state, endReason: STALE_REASON },
    effects: await newsForSigners(deps, head, 'stale'),
  };
}

async function recordPrepared(deps: ProcessDeps, processId: string, bomId: string): Promise<void> {
  await updateProcess<ChangeState, void>(deps, processId, (head) => {
    const { state, requesterId } = head;
    if (state.prepared !== undefined) {
      return { output: undefined };
    }
    const { change } = checkedChange(state);
    const { key } = bomCommand(head);
    const facts = { outcome: 'approved', title: CHANGE.titleOf(head), noun: CHANGE.noun };
    return {
      change: {
        entries: [
          {
            type: 'BomVersionPrepared',
            actor: { kind: 'erp', id: 'erp' },
            facts: { key, bomId, effectiveOn: change.effectiveOn },
          },
        ],
        state: { ...state, prepared: { key, bomId } },
        phase: 'Approved change',
        effects: [
          { kind: 'tell-oa', message: preparedMessage(change, bomId) },
          { kind: 'mail', mail: { to: requesterId, template: 'process-news', facts } },
        ],
      },
      output: undefined,
    };
  });
}
