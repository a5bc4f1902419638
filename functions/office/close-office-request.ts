/** The end of an office request: what every process ends with, and its number. */
import { type CloseDeps, closeRequest } from '../requests/close-request.ts';
import { OFFICE_ENDINGS } from './domain/office-messages.ts';
import { OFFICE, type OfficeOutcome } from './domain/office-process.ts';

/** `ending`: how the state machine came here. Idempotent: an ended process stays as it ended. */
export function closeOfficeRequest(
  deps: CloseDeps,
  { processId, ending }: { readonly processId: string; readonly ending: string },
): Promise<{ outcome: OfficeOutcome }> {
  return closeRequest(deps, OFFICE, {
    processId,
    ending,
    outcomes: OUTCOMES,
    endings: OFFICE_ENDINGS,
    told: (_outcome, { form, number }) => ({
      ...(form === undefined ? {} : { form: form.id, formVersion: form.version }),
      ...(number === undefined ? {} : { number }),
    }),
    mailed: () => ({}),
    openIntents: () => [],
  });
}

const OUTCOMES: { readonly [ending: string]: OfficeOutcome } = {
  approved: 'approved',
  refused: 'refused',
  rejected: 'rejected',
  withdrawn: 'withdrawn',
  cancelled: 'cancelled',
  expired: 'expired',
};
