/** What is recorded of an absence that its person named. */
import type { GuessDeps } from '../approvals/guesses.ts';
import type { Json } from '../audit/domain/canonical-json.ts';
import type { Absence, Directory } from '../directory/port.ts';

export interface OwnAbsenceDeps extends GuessDeps {
  readonly directory: Directory;
}

/** Kind of its process. */
export const ABSENCE = 'absence';

/** State of its process. */
export interface OwnAbsence extends Absence {
  readonly employeeId: string;
  /** Only once its person has ended it. */
  readonly endedAt?: string;
}

/** Facts of its entries. */
export function ownAbsenceFacts({ employeeId, from, until, scope, substituteId }: OwnAbsence): {
  [name: string]: Json;
} {
  return {
    employeeId,
    substituteId,
    begins: from,
    ends: until,
    ...(scope === undefined ? {} : { scope: [...scope] }),
  };
}
