/** The state machine of an office request waits: for its requester, or for a hold to be released. */
import type { MissingYear } from '../calendar/port.ts';
import type { AwaitFactInput } from '../process/await-fact.ts';
import { type OpenWaitDeps, openWait } from '../requests/open-wait.ts';
import { OFFICE, type OfficeState } from './domain/office-process.ts';

const PHASES = { rework: 'Rework', hold: 'On hold' } as const;

export type AwaitOfficeInput = Omit<AwaitFactInput, 'kind'> & { readonly kind: keyof typeof PHASES };

/** @returns as {@link openWait} */
export function awaitOfficeRequest(deps: OpenWaitDeps, input: AwaitOfficeInput): Promise<MissingYear | undefined> {
  const wait = { phase: PHASES[input.kind], subjectOf: ({ processId }: { readonly processId: string }) => processId };
  return openWait<OfficeState>(deps, OFFICE, input, wait);
}
