/** Refusals that stand for an attempt of a person at what is not theirs to do; those of haste or bad luck are left alone. Pure. */
import type { RecordEntry } from '../../audit/domain/record.ts';
import { textOf } from './watched.ts';

const OTHERS_REQUEST: ReadonlySet<string> = new Set(['not-the-requester']);
const NO_ROLE = 'not-your-role';
/** A form that came without the token of the session, as a forged one does. */
const FORGED = 'not-our-form';

/** By the type of the entry, which of its reasons are such attempts. */
const ATTEMPTS: { readonly [type: string]: ReadonlySet<string> } = {
  DecisionRefused: new Set([
    'not-your-task',
    'own-request',
    'segregation-of-duties',
    'over-authority',
    'decided-before',
    'substitute-over-authority',
    'sign-in-as-approver',
    'inactive-person',
    'copied-only',
  ]),
  UrgeRefused: OTHERS_REQUEST,
  WithdrawalRefused: OTHERS_REQUEST,
  ShorteningRefused: OTHERS_REQUEST,
  ResubmissionRefused: OTHERS_REQUEST,
  AdministrationRefused: new Set([NO_ROLE, FORGED]),
  OperationRefused: new Set([NO_ROLE, FORGED, 'own-request']),
  CaseDecisionRefused: new Set([NO_ROLE, FORGED, 'has-part', 'owner-only']),
  VisitRefused: new Set([NO_ROLE]),
  OrdersRefused: new Set([NO_ROLE]),
  OwnFormRefused: new Set([FORGED]),
};

/** Of entries that have one reason alone, and do not name it. */
const ONLY_REASON: { readonly [type: string]: string } = { OrdersRefused: NO_ROLE, OwnFormRefused: FORGED };

/** Types of entries that may be attempts. */
export const ATTEMPT_TYPES: readonly string[] = Object.keys(ATTEMPTS);

/** Somebody tried to act on a request that is not theirs: it is no reason to stop the request. */
export function isOnOthersRequest({ type }: RecordEntry): boolean {
  return ATTEMPTS[type] === OTHERS_REQUEST;
}

/** Whose attempt at what an entry is; undefined: none that counts, or of nobody who is known. */
export function attemptOf(entry: RecordEntry): { readonly employeeId: string; readonly refusal: string } | undefined {
  const refusal = ONLY_REASON[entry.type] ?? textOf(entry, 'refusal');
  const isAttempt = entry.actor.kind === 'person' && ATTEMPTS[entry.type]?.has(refusal) === true;
  return isAttempt ? { employeeId: entry.actor.id, refusal } : undefined;
}
