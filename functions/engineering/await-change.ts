/** The state machine of an engineering change waits: for its requester, for a hold to be released, or for its day. */
import type { MissingYear } from '../calendar/port.ts';
import type { AwaitFactInput } from '../process/await-fact.ts';
import { awaitMoment } from '../requests/await-moment.ts';
import { type OpenWaitDeps, openWait } from '../requests/open-wait.ts';
import { CHANGE, type ChangeHead, type ChangeState, checkedChange } from './domain/change-process.ts';

/** What an engineering change waits for; other processes wait for other things. */
export type ChangeWaitKind = keyof typeof PHASES;

export type AwaitChangeInput = Omit<AwaitFactInput, 'kind'> & { readonly kind: ChangeWaitKind };

const PHASES = { rework: 'Rework', hold: 'On hold', 'effective-date': 'Approved change' } as const;

/**
 * Until its day a change can be withdrawn: then the wait ends with that.
 * @returns as {@link openWait}
 */
export async function awaitChange(deps: OpenWaitDeps, input: AwaitChangeInput): Promise<MissingYear | undefined> {
  const { kind } = input;
  const phase = PHASES[kind];
  if (kind !== 'effective-date') {
    return openWait<ChangeState>(deps, CHANGE, { ...input, kind }, { phase, subjectOf: ({ processId }) => processId });
  }
  await awaitMoment<ChangeState>(deps, CHANGE, { ...input, kind }, { phase, at: dayOf });
  return undefined;
}

function dayOf({ state }: ChangeHead): string {
  return checkedChange(state).checked.effectiveAt;
}
