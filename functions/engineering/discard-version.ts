/** Takes back what an engineering change put into the ERP, as long as nothing is made by it. */
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { commandKey } from '../requests/domain/request.ts';
import { intentChange } from '../requests/record-intent.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { bomCommand, bomKey, CHANGE, type ChangeHead, type ChangeState } from './domain/change-process.ts';
import type { VersionDeps } from './prepare-version.ts';
import { recordInForce } from './put-into-force.ts';

/** `in-force`: a step of which nobody knew what became of it was carried out, and stands. */
export type DiscardOutcome = 'nothing-to-undo' | 'discarded' | 'in-force';

/**
 * Idempotent. A version whose preparation was intended but never answered is taken back all the same: its key is used up
 * then, and a preparation that comes later finds it discarded. Errors are those of the engineering port.
 */
export async function discardVersion(deps: VersionDeps, processId: string): Promise<{ outcome: DiscardOutcome }> {
  const key = bomKey(processId);
  const step = await updateProcess<ChangeState, ChangeHead | DiscardOutcome>(deps, processId, (head) => {
    const { state } = head;
    if (!state.intended.includes(key) || state.undone === true) {
      return { output: state.undone === true ? 'discarded' : 'nothing-to-undo' };
    }
    const intent = intentChange(CHANGE, state, commandKey(processId, 'discard'), {
      type: 'BomDiscardIntended',
      facts: { bom: key },
    });
    return intent === undefined ? { output: head } : { change: intent, output: head };
  });
  if (typeof step === 'string') {
    return { outcome: step };
  }
  try {
    await deps.engineering.discardBom(bomCommand(step));
  } catch (error) {
    if (error instanceof BusinessRuleError && error.rule === 'bom-in-force') {
      await recordInForce(deps, processId);
      return { outcome: 'in-force' };
    }
    throw error;
  }
  await recordDiscarded(deps, processId, key);
  return { outcome: 'discarded' };
}

async function recordDiscarded(deps: ProcessDeps, processId: string, key: string): Promise<void> {
  await updateProcess<ChangeState, void>(deps, processId, ({ state }) => ({
    ...(state.undone === true
      ? {}
      : {
          change: {
            entries: [{ type: 'BomVersionDiscarded', actor: { kind: 'erp', id: 'erp' } as const, facts: { key } }],
            state: { ...state, undone: true as const },
          },
        }),
    output: undefined,
  }));
}
