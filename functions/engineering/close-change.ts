/** The end of an engineering change: what every process ends with. */
import { type CloseDeps, closeRequest } from '../requests/close-request.ts';
import { CHANGE_ENDINGS } from './domain/change-messages.ts';
import { CHANGE, type ChangeOutcome } from './domain/change-process.ts';

/** `ending`: how the state machine came here. Idempotent: an ended process stays as it ended. */
export function closeChange(
  deps: CloseDeps,
  { processId, ending }: { readonly processId: string; readonly ending: string },
): Promise<{ outcome: ChangeOutcome }> {
  return closeRequest(deps, CHANGE, {
    processId,
    ending,
    outcomes: OUTCOMES,
    endings: CHANGE_ENDINGS,
    told: (_outcome, { prepared }) => (prepared === undefined ? {} : { bomId: prepared.bomId }),
    mailed: () => ({}),
    // Whether the ERP took it or not, a version is taken back before the process ends without it.
    openIntents: () => [],
  });
}

const OUTCOMES: { readonly [ending: string]: ChangeOutcome } = {
  implemented: 'implemented',
  stale: 'stale',
  refused: 'refused',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  expired: 'expired',
};
