/** What is recorded of an absence that its person named, and what its substitute is told. */
import type { Json } from '../audit/domain/canonical-json.ts';
import type { Absence, Directory } from '../directory/port.ts';
import type { Effect } from '../process/domain/process.ts';
import type { ProcessDeps } from '../process/update-process.ts';

export interface OwnAbsenceDeps extends ProcessDeps {
  readonly directory: Directory;
}

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

/** To whoever stands in, or does no more. */
export async function standInMail(
  directory: Directory,
  { employeeId, from, until, scope, substituteId }: OwnAbsence,
  news: 'named' | 'ended',
): Promise<Effect> {
  const person = (await directory.person(employeeId))?.name ?? employeeId;
  const facts = { news, person, begins: from, ends: until, scope: (scope ?? []).join(' ') };
  return { kind: 'mail', mail: { to: substituteId, template: 'stand-in', facts } };
}
