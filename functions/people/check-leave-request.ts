/** A leave request is read and checked: against the directory, the rules, the ERP, and other requests of the same person. */
import { choicesOf } from '../approvals/domain/chosen.ts';
import { wrongChoices } from '../approvals/plan-approval.ts';
import type { WorkingCalendar } from '../calendar/domain/calendar.ts';
import type { AbsentDay, TimePort } from '../connectors/erp/time-port.ts';
import type { Directory } from '../directory/port.ts';
import type { LeaveRequest } from '../events/leave-request-submitted.ts';
import type { Policies } from '../policy/port.ts';
import type { WorkItem } from '../process/store/port.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { requesterIssues } from '../requests/check-requester.ts';
import { type CompanyFacts, companyDate, filingDate } from '../requests/company.ts';
import { acceptedMessage } from '../requests/domain/messages.ts';
import { completed, isReturnedByCheck, versionAfter } from '../requests/domain/rework.ts';
import { readRequest } from '../requests/read-request.ts';
import { refuseRequest } from '../requests/refuse-request.ts';
import { type Issue, returnRequest, wrongChoiceIssue } from '../requests/return-request.ts';
import type { FieldIssue } from '../runtime/errors.ts';
import { checkLeave, type LeaveCheck, type OtherDay } from './domain/check-leave.ts';
import { hoursPerDay, leaveDays, leaveInstants } from './domain/leave-days.ts';
import {
  absenceKey,
  type CheckedLeave,
  LEAVE,
  type LeaveHead,
  type LeaveRequestState,
} from './domain/leave-process.ts';
import { leaveScope } from './domain/leave-scope.ts';
import { claimDays, type LeaveClaims, otherClaims, readClaims } from './leave-claims.ts';
import { leaveOf, substituteIssues } from './read-leave.ts';

export interface CheckLeaveDeps extends ProcessDeps {
  readonly time: TimePort;
  readonly directory: Directory;
  readonly policies: Policies;
  /** Undefined: Monday to Friday are worked, eight hours each. */
  readonly calendar: WorkingCalendar | undefined;
  readonly company: CompanyFacts;
}

/** `returned`: the requester is to change it. */
export type CheckOutcome = 'complete' | 'returned';

/**
 * Idempotent. What passes claims its days in the same transaction, until the process ends.
 * @throws ValidationError, once it is recorded, when it cannot be read or its requester is not known; what was sent in the
 *   place of what was returned throws ResubmissionRefusedError instead. Errors of the time port.
 */
export async function checkLeaveRequest(deps: CheckLeaveDeps, processId: string): Promise<{ outcome: CheckOutcome }> {
  const head = await readRequest<LeaveRequestState>(deps, processId);
  if (head.state.checked !== undefined) {
    return { outcome: 'complete' };
  }
  if (isReturnedByCheck(head)) {
    return { outcome: 'returned' };
  }
  const leave = await readLeave(deps, head);
  const people = [
    ...(await substituteIssues(deps.directory, leave, head.requesterId)),
    ...(await choiceIssues(deps, head.requesterId, leave)),
  ];
  const issues = await updateProcess<LeaveRequestState, readonly Issue[]>(deps, processId, async (current) => {
    if (current.state.checked !== undefined) {
      return { output: [] };
    }
    const claims = await readClaims(deps.store, head.requesterId);
    const check = await checkWith(deps, current, leave, claims);
    const found = [...check.findings, ...people];
    if (found.length > 0) {
      return { output: found };
    }
    const days = check.days.map((day) => ({ ...day, kind: leave.kind }));
    return {
      change: completeChange(deps, current, leave, check),
      also: [claimDays(head.requesterId, claims, { processId, days })],
      output: [],
    };
  });
  if (issues.length === 0) {
    return { outcome: 'complete' };
  }
  await returnRequest(deps, LEAVE, processId, issues);
  return { outcome: 'returned' };
}

async function readLeave(deps: CheckLeaveDeps, head: LeaveHead): Promise<LeaveRequest> {
  const read = leaveOf(head.state.filed);
  const issues = [
    ...('issues' in read ? read.issues : []),
    ...(await requesterIssues(deps.directory, head.requesterId)),
    ...(await employeeIssues(deps.time, head.requesterId)),
  ];
  return issues.length > 0 || 'issues' in read ? refuseRequest(deps, LEAVE, head.processId, issues) : read.document;
}

async function employeeIssues(time: TimePort, employeeId: string): Promise<readonly FieldIssue[]> {
  return (await time.findEmployee(employeeId)) === undefined
    ? [
        {
          field: 'requester.employeeId',
          problem: `the ERP has no employee ${employeeId}`,
          remedy: 'have the employee created in the ERP, and file it again',
        },
      ]
    : [];
}

async function choiceIssues(deps: CheckLeaveDeps, requesterId: string, leave: LeaveRequest): Promise<readonly Issue[]> {
  const asked = { subject: 'leave', requesterId, amount: '0', costCentre: '', excluded: [] } as const;
  const scope = leaveScope(leave.kind, deps.company.currency);
  return (await wrongChoices({ ...asked, scope, ...choicesOf(leave) }, deps)).map(wrongChoiceIssue);
}

/** Claims were read before: what another process has recorded since stands in the ERP, and what it released too. */
async function checkWith(
  deps: CheckLeaveDeps,
  head: LeaveHead,
  leave: LeaveRequest,
  claims: WorkItem<LeaveClaims> | undefined,
): Promise<LeaveCheck> {
  const { time, policies, calendar, clock, company } = deps;
  const known = (await time.leaveKinds()).includes(leave.kind);
  const [first, last] = [leave.from.slice(0, 4), leave.to.slice(0, 4)];
  const absences = await time.absencesOf(head.requesterId, `${first}-01-01`, `${last}-12-31`);
  return checkLeave({
    request: leave,
    rule: known ? await policies.leaveRule(leave.kind) : undefined,
    days: leaveDays(leave, calendar),
    perDay: hoursPerDay(calendar),
    others: othersOf(absences, claims, head.processId),
    today: companyDate(clock, company.timeZone),
    filedOn: filingDate(head, company.timeZone),
  });
}

/** Each day once: what a request that is on its way has recorded already is known by its key. */
function othersOf(
  absences: readonly AbsentDay[],
  claims: WorkItem<LeaveClaims> | undefined,
  processId: string,
): readonly OtherDay[] {
  const others = otherClaims(claims, processId);
  const keys = new Set([processId, ...others.map((claim) => claim.processId)].map(absenceKey));
  return [...absences.filter(({ key }) => key === undefined || !keys.has(key)), ...others.flatMap(({ days }) => days)];
}

function completeChange(
  { company }: CheckLeaveDeps,
  head: LeaveHead,
  leave: LeaveRequest,
  { days, length, balances, isOnBusiness, isEndedAtOnce }: LeaveCheck,
) {
  const { from: begins, until: ends } = leaveInstants(leave, company.timeZone);
  const business = isOnBusiness === undefined ? {} : { isOnBusiness };
  const atOnce = isEndedAtOnce === undefined ? {} : { isEndedAtOnce };
  const checked: CheckedLeave = { days, length, balances, begins, ends, ...business, ...atOnce };
  return {
    entries: [
      {
        type: 'LeaveRequestChecked',
        actor: { kind: 'meridian', id: 'checks' } as const,
        facts: {
          kind: leave.kind,
          from: leave.from,
          to: leave.to,
          length,
          version: versionAfter(head),
          balances: balances.map((balance) => ({ ...balance })),
        },
      },
    ],
    // The record has it as filed: the head need not carry it twice.
    ...completed(head, { ...head.state, filed: {}, leave, checked }),
    phase: 'Checks',
    effects: [{ kind: 'tell-oa' as const, message: acceptedMessage(LEAVE.noun) }],
  };
}
