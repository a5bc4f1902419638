/** The business state of one leave request, from filing to the leave's last day. Pure. */
import type { AbsenceCommand } from '../../connectors/erp/time-port.ts';
import type { LeaveRequest } from '../../events/leave-request-submitted.ts';
import type { ProcessHead } from '../../process/domain/process.ts';
import { commandKey, newRequest, type RequestKind, type RequestState } from '../../requests/domain/request.ts';
import type { LeaveBalance } from './check-leave.ts';
import type { Substitute } from './leave.ts';
import type { LeaveDay } from './leave-days.ts';

/** Name of the state machine, and of the actor in the record. */
export const LEAVE_KIND = 'leave-request';

/** How it ends. `granted`: it was approved, stands in the ERP, and is over. */
export type LeaveOutcome = 'granted' | 'refused' | 'rejected' | 'withdrawn' | 'cancelled' | 'expired';

export interface LeaveRequestState extends RequestState {
  /** Once its fields are read. */
  readonly leave?: LeaveRequest;
  /** Once the checks found nothing to be changed. */
  readonly checked?: CheckedLeave;
  /** Once the absence stands in the ERP. */
  readonly recorded?: { readonly key: string; readonly substitute?: Substitute };
  /** It can be withdrawn no more, but end on an earlier day. */
  readonly begun?: true;
  /** A new end that is still to be approved or carried out. */
  readonly shortening?: Shortening;
  /** What was taken back at the end. */
  readonly undone?: true;
}

export interface Shortening {
  /** Last day, and whether its afternoon is worked. */
  readonly to: string;
  readonly endsAtNoon: boolean;
  /** The leave's new last moment; ISO 8601 in UTC. */
  readonly ends: string;
  readonly isToBeApproved: boolean;
  /** No day was taken: it is taken back whole, and `to` is empty. Somebody approves that, whatever its kind. */
  readonly isNotTaken?: true;
  /** Once it is asked about. */
  readonly approvalId?: string;
}

export interface CheckedLeave {
  /** Working days, as they are recorded in the ERP. */
  readonly days: readonly LeaveDay[];
  /** Of all days, in days. */
  readonly length: string;
  readonly balances: readonly LeaveBalance[];
  /** From its first moment to its last; ISO 8601 in UTC. */
  readonly begins: string;
  readonly ends: string;
  /** A journey for the company: who is on it stays asked, unless the request names a substitute. */
  readonly isOnBusiness?: true;
  /** Nobody is asked about an earlier end, as the rules of its kind stood at the check; absent: somebody decides. */
  readonly isEndedAtOnce?: true;
}

export type LeaveHead = ProcessHead<LeaveRequestState>;

export const LEAVE: RequestKind<LeaveRequestState> = {
  kind: LEAVE_KIND,
  idPrefix: 'LVR',
  noun: 'absence request',
  subjects: ['leave'],
  entryTypes: {
    registered: 'LeaveRequestRegistered',
    refused: 'LeaveRequestRefused',
    resubmitted: 'LeaveRequestResubmitted',
    closed: 'LeaveRequestClosed',
  },
  personalFields: ['reason'],
  newState: newRequest,
  titleOf: ({ oa, state }) =>
    state.leave === undefined ? (state.rework?.title ?? oa.requestId) : leaveTitle(state.leave),
  isChangedOnPage: () => true,
  withoutChecks: ({ leave: _leave, checked: _checked, ...kept }) => kept,
  isCarriedOut: ({ recorded }) => recorded !== undefined,
  withdrawalRefusal: ({ state }) => (state.begun === true ? 'begun' : undefined),
  withdrawalRefusals: {
    begun: {
      en: 'It has begun; say when you come back, and it ends earlier.',
      zh: '假期已开始，无法撤回；可申请提前结束。',
    },
  },
  factOutcome: ({ kind }, { state: { shortening } }) => {
    if (kind !== 'leave-end' || shortening === undefined) {
      return undefined;
    }
    if (shortening.isToBeApproved) {
      return 'ask';
    }
    return shortening.isNotTaken === true ? 'withdrawn' : 'shorten';
  },
};

/** Kind and dates: what the people who decide, and the requester, know it by. */
export function leaveTitle({ kind, from, to }: LeaveRequest): string {
  return from === to ? `${kind} ${from}` : `${kind} ${from} – ${to}`;
}

/** Key of the absence in the ERP. A process has one; a changed leave is another process. */
export function absenceKey(processId: string): string {
  return commandKey(processId, 'absence');
}

/** @throws Error before the checks. */
export function checkedLeave({ leave, checked }: LeaveRequestState) {
  if (leave === undefined || checked === undefined) {
    throw new Error('the leave request is not checked yet');
  }
  return { leave, checked };
}

/** The same for recording the absence and for taking it back. */
export function absenceCommand({ processId, requesterId, oa, state }: LeaveHead): AbsenceCommand {
  const { leave, checked } = checkedLeave(state);
  return {
    key: absenceKey(processId),
    employeeId: requesterId,
    kind: leave.kind,
    days: checked.days.map(({ date, hours }) => ({ date, hours })),
    description: `${oa.system} ${oa.requestId}`,
  };
}
