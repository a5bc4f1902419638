/** What Meridian approved of an employee's absences. */
import { absenceKey, LEAVE, type LeaveHead, type LeaveRequestState } from '../people/domain/leave-process.ts';
import { ownRequestKey } from '../process/keys.ts';
import type { ProcessStore, WorkItem } from '../process/store/port.ts';
import { type OwnRequest, readHead } from '../process/update-process.ts';
import { MOST_DAYS_OPEN } from '../requests/domain/open-days.ts';
import type { AbsentHours } from './domain/reconcile.ts';

const DAY_MS = 86_400_000;
/** A request lives as long as its execution, 364 days and 14 in which it can be redriven, and may be sent again until then. */
const REQUEST_DAYS = 378;
/** What was filed earlier cannot reach into the month: its last version was checked while the request lived. */
const FILED_BEFORE_DAYS = REQUEST_DAYS + MOST_DAYS_OPEN;
const PAGE = 200;

/** Days of approved leave from one date to another, both included; also of one that the ERP did not take yet. */
export async function approvedLeave(
  store: ProcessStore,
  employeeId: string,
  { from, to }: { readonly from: string; readonly to: string },
): Promise<readonly AbsentHours[]> {
  const filedAfter = new Date(Date.parse(from) - FILED_BEFORE_DAYS * DAY_MS).toISOString();
  const heads = await leavesFiled(store, employeeId, filedAfter);
  return heads
    .filter(isApproved)
    .flatMap(({ state: { leave, checked } }) =>
      (checked?.days ?? [])
        .filter(({ date }) => from <= date && date <= to)
        .map(({ date, hours }) => ({ date, hours, kind: leave?.kind ?? '' })),
    );
}

async function leavesFiled(store: ProcessStore, employeeId: string, filedAfter: string): Promise<readonly LeaveHead[]> {
  const { partition } = ownRequestKey(employeeId, '', '');
  const found: LeaveHead[] = [];
  for (let after: string | undefined = filedAfter; after !== undefined; ) {
    const items: readonly WorkItem<OwnRequest>[] = await store.page<OwnRequest>(partition, '', {
      limit: PAGE,
      order: 'first-to-last',
      after,
    });
    const ids = items.map(({ value }) => value.processId).filter((id) => id.startsWith(`${LEAVE.idPrefix}-`));
    const heads = await Promise.all(ids.map((id) => readHead<LeaveRequestState>(store, id)));
    found.push(...heads.filter((head) => head !== undefined));
    after = items.length < PAGE ? undefined : items.at(-1)?.key.sort;
  }
  return found;
}

/** The intent to record the absence follows the last approval; a withdrawal, or another end, takes it back. */
function isApproved({ processId, status, outcome, interruption, state }: LeaveHead): boolean {
  const stands = status === 'running' ? interruption === undefined : outcome === 'granted';
  return stands && state.intended.includes(absenceKey(processId));
}
