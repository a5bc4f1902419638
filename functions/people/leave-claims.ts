/**
 * Days for which a leave request is on its way, one item per person: whoever commits a request replaces the list under its
 * version, so that of two requests at once for one day, or for the last day of a balance, the second sees the first.
 */
import { leaveClaimsKey } from '../process/keys.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import type { OtherDay } from './domain/check-leave.ts';

export interface LeaveClaims {
  readonly claims: readonly LeaveClaim[];
}

interface LeaveClaim {
  readonly processId: string;
  readonly days: readonly OtherDay[];
}

/** Undefined: the person never asked for leave here. */
export function readClaims(store: ProcessStore, employeeId: string): Promise<WorkItem<LeaveClaims> | undefined> {
  return store.read<LeaveClaims>(leaveClaimsKey(employeeId));
}

/** Claims of all other processes. */
export function otherClaims(item: WorkItem<LeaveClaims> | undefined, processId: string): readonly LeaveClaim[] {
  return (item?.value.claims ?? []).filter((claim) => claim.processId !== processId);
}

/** Claims these days in the place of what the process claimed before; fails when another process was faster. */
export function claimDays(employeeId: string, item: WorkItem<LeaveClaims> | undefined, claim: LeaveClaim): WorkChange {
  const value: LeaveClaims = { claims: [...otherClaims(item, claim.processId), claim] };
  const key = leaveClaimsKey(employeeId);
  return item === undefined ? { kind: 'create', key, value } : { kind: 'replace', key, ifVersion: item.version, value };
}

/** What the process claimed is free again, or stands in the ERP. */
export async function releaseDays(
  store: ProcessStore,
  employeeId: string,
  processId: string,
): Promise<readonly WorkChange[]> {
  const item = await readClaims(store, employeeId);
  const claims = otherClaims(item, processId);
  return item === undefined || claims.length === item.value.claims.length
    ? []
    : [{ kind: 'replace', key: item.key, ifVersion: item.version, value: { claims } }];
}
