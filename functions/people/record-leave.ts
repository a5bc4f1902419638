/** A leave that the OA approved makes a substitute without anybody configuring it; one that was cancelled unmakes it. */
import { createHash } from 'node:crypto';
import { EMPTY_CHAIN, type NewEntry } from '../audit/domain/record.ts';
import {
  type Leave,
  type LeavesOfPerson,
  leavesWithout,
  readLeaves,
  replaceLeaves,
  withLeaveFirst,
} from '../directory/leaves.ts';
import type { Directory } from '../directory/port.ts';
import type { OaReference } from '../events/envelope.ts';
import type { LeaveApproved } from '../events/leave-approved.ts';
import type { LeaveCancelled } from '../events/leave-cancelled.ts';
import type { Effect, ProcessHead } from '../process/domain/process.ts';
import type { WorkItem } from '../process/store/port.ts';
import { createProcess, type Decision, type ProcessDeps, readHead, updateProcess } from '../process/update-process.ts';
import { BusinessRuleError, ConcurrencyError } from '../runtime/errors.ts';
import { chooseSubstitute } from './choose-substitute.ts';
import { type LeaveNews, type LeaveState, leaveAfter } from './domain/leave.ts';
import { nobodyStandsIn } from './nobody-stands-in.ts';
import { type StandInPeriod, standInMail, toldAtOnce } from './stand-in-mail.ts';

export interface LeaveDeps extends ProcessDeps {
  readonly directory: Directory;
}

export type LeaveEvent =
  | { readonly kind: 'approved'; readonly detail: LeaveApproved }
  | { readonly kind: 'cancelled'; readonly detail: LeaveCancelled };

/**
 * Each leave has a record of its own; the absence that it makes is committed with the entry. The same event again changes
 * nothing.
 * @throws BusinessRuleError `unknown-employee`, which an import may mend, or `another-employee` when the leave is not theirs.
 */
export async function recordLeave(deps: LeaveDeps, event: LeaveEvent): Promise<void> {
  const processId = leaveIdOf(event.detail.oa);
  if ((await readHead(deps.store, processId)) === undefined && (await register(deps, processId, event))) {
    return;
  }
  await updateProcess<LeaveState, void>(deps, processId, (head) => decide(deps, head, head.state, event));
}

/** Derived from the OA's number of the leave: events about one leave meet in one record. */
export function leaveIdOf({ system, requestId }: OaReference): string {
  return `LEAVE-${createHash('sha256').update(`${system}\n${requestId}`).digest('hex').slice(0, 20)}`;
}

/** False: another event about the leave was faster. */
async function register(deps: LeaveDeps, processId: string, event: LeaveEvent): Promise<boolean> {
  const { oa, employee } = event.detail;
  const now = deps.clock.now().toISOString();
  const head: ProcessHead<LeaveState> = {
    processId,
    kind: 'leave',
    executionId: '',
    oa,
    requesterId: employee.employeeId,
    chain: EMPTY_CHAIN,
    // No machine works on it: it is over as soon as it is recorded.
    status: 'ended',
    phase: 'Leave',
    startedAt: now,
    endedAt: now,
    waits: {},
    answers: {},
    holds: [],
    state: { employeeId: employee.employeeId, status: 'approved', asOf: event.detail.metadata.occurredAt },
  };
  const { change, also } = await decide(deps, head, undefined, event);
  try {
    await createProcess(deps, head, change ?? { entries: [] }, also ?? []);
    return true;
  } catch (error) {
    // Another leave of the same person may have been faster instead: then the queue brings this one again.
    if (error instanceof ConcurrencyError && (await readHead(deps.store, processId)) !== undefined) {
      return false;
    }
    throw error;
  }
}

async function decide(
  deps: LeaveDeps,
  head: ProcessHead<LeaveState>,
  before: LeaveState | undefined,
  event: LeaveEvent,
): Promise<Decision<LeaveState, void>> {
  const { employeeId } = event.detail.employee;
  if (before !== undefined && before.employeeId !== employeeId) {
    throw new BusinessRuleError('another-employee', `leave ${head.processId} is not of ${employeeId}`);
  }
  const now = deps.clock.now();
  const after = leaveAfter(before, await newsOf(deps.directory, event), now);
  if (after === undefined) {
    return { output: undefined };
  }
  const item = await readLeaves(deps.store, employeeId);
  const leaves = leavesWith(item, head.processId, after, now);
  const standIn = standInOf(after);
  return {
    change: {
      entries: [entryOf(event, before, after)],
      state: after,
      effects: await noticesOf(deps, before, after),
    },
    also: [
      ...(item === undefined && leaves.length === 0 ? [] : replaceLeaves(employeeId, item, leaves)),
      ...(standIn === undefined ? [] : toldAtOnce(standIn, now)),
    ],
    output: undefined,
  };
}

async function newsOf(directory: Directory, event: LeaveEvent): Promise<LeaveNews> {
  const { employee, metadata } = event.detail;
  const { employeeId } = employee;
  const news = { employeeId, occurredAt: metadata.occurredAt };
  if (event.kind === 'cancelled') {
    return { kind: 'cancelled', ...news };
  }
  const person = await directory.person(employeeId);
  if (person === undefined) {
    throw new BusinessRuleError('unknown-employee', `the directory knows nobody of the id ${employeeId}`);
  }
  const { from, until, scope, substitute: named } = event.detail;
  const substitute = await chooseSubstitute(directory, person, named?.employeeId);
  return {
    kind: 'approved',
    ...news,
    from,
    until,
    ...(scope === undefined ? {} : { scope }),
    ...(substitute === undefined ? {} : { substitute }),
  };
}

function leavesWith(
  item: WorkItem<LeavesOfPerson> | undefined,
  leaveId: string,
  leave: LeaveState,
  now: Date,
): readonly Leave[] {
  const standIn = standInOf(leave);
  if (standIn === undefined) {
    return leavesWithout(item, leaveId, now);
  }
  const { employeeId: _, ...absence } = standIn;
  return withLeaveFirst(item, { leaveId, ...absence }, now);
}

function entryOf(event: LeaveEvent, before: LeaveState | undefined, after: LeaveState): NewEntry {
  const { oa, metadata } = event.detail;
  const actor = { kind: 'oa', id: oa.system } as const;
  const facts = { ...oa, eventId: metadata.eventId, employeeId: after.employeeId, asOf: after.asOf };
  if (event.kind === 'cancelled') {
    return { type: 'LeaveCancelled', actor, facts };
  }
  const { status, from, until, scope, substitute } = after;
  return {
    type: before === undefined ? 'LeaveApproved' : 'LeaveChanged',
    actor,
    facts: {
      ...facts,
      status,
      begins: from,
      ends: until,
      scope: scope === undefined ? undefined : [...scope],
      substituteId: substitute?.employeeId,
      chosenBy: substitute?.chosenBy ?? 'nobody',
      // The OA named somebody who cannot stand in.
      named: substitute?.chosenBy === 'event' ? undefined : event.detail.substitute?.employeeId,
    },
  };
}

/** Whoever stands in, or does no more, is told; the operators where nobody does. */
async function noticesOf(
  { directory, clock }: LeaveDeps,
  before: LeaveState | undefined,
  after: LeaveState,
): Promise<readonly Effect[]> {
  const [was, is] = [before, after].map((leave) => (leave === undefined ? undefined : standInOf(leave)));
  const isOver = was !== undefined && Date.parse(was.until) <= clock.now().getTime();
  const ended = isOver || was?.substituteId === is?.substituteId ? undefined : was;
  return [
    ...(ended === undefined ? [] : [await standInMail(directory, ended, 'ended')]),
    ...(is === undefined ? [] : [await standInMail(directory, is, 'named')]),
    ...(after.status === 'approved' && is === undefined
      ? [nobodyStandsIn({ employeeId: after.employeeId, from: after.from, until: after.until })]
      : []),
  ];
}

function standInOf({ status, employeeId, from, until, scope, substitute }: LeaveState): StandInPeriod | undefined {
  return status !== 'approved' || from === undefined || until === undefined || substitute === undefined
    ? undefined
    : { employeeId, substituteId: substitute.employeeId, from, until, ...(scope === undefined ? {} : { scope }) };
}
