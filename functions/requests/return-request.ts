/** The checks of a request found what its requester can mend: it goes back to them, issue by issue, before anybody decides. */
import { type ProcessChange, versionOf } from '../process/domain/process.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { BusinessRuleError, type FieldIssue, ResubmissionRefusedError, ValidationError } from '../runtime/errors.ts';
import type { Reason, RequestHead, RequestKind, RequestState } from './domain/request.ts';
import { isReturnedByCheck } from './domain/rework.ts';
import { resubmissionRefused } from './refuse-request.ts';

/** What is wrong with one field of what was filed, and how to mend it. */
export interface Issue {
  readonly field: string;
  readonly reason: Reason;
}

/** Of whom the request names to decide about it. */
export function wrongChoiceIssue({ field, problem, remedy }: FieldIssue): Issue {
  return {
    field,
    reason: { en: `${field}: ${problem}; ${remedy}.`, zh: `${field}：所选审批人不能审批（${problem}），请另选。` },
  };
}

/**
 * Idempotent. What was sent in the place of what was returned is refused with the same deadline as before; the wait for
 * the requester asks them ({@link askForRework}).
 */
export async function returnRequest<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  processId: string,
  issues: readonly Issue[],
): Promise<void> {
  await updateProcess<State, void>(deps, processId, (head) => ({
    ...(isReturnedByCheck(head) ? {} : { change: returned(kind, head, issues) }),
    output: undefined,
  }));
}

function returned<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  issues: readonly Issue[],
): ProcessChange<State> {
  const { rework } = head.state;
  const facts = issues.map(issueFacts);
  if (rework?.sent !== undefined) {
    return resubmissionRefused(kind, head, rework, reasonOf(issues.map(({ reason }) => reason)), facts);
  }
  const version = versionOf(head);
  return {
    entries: [
      { type: 'ReturnedByCheck', actor: { kind: 'meridian', id: 'checks' }, facts: { version, issues: facts } },
    ],
    state: { ...head.state, rework: { attempts: 0, ...rework, byCheck: version } },
  };
}

/** As the record has it. */
export function issueFacts({ field, reason }: Issue) {
  return { field, problem: reason.en, problemZh: reason.zh };
}

/**
 * Whom a request names, and could decide when it was checked, can no more when it is routed: it goes back to its requester, who
 * names somebody else.
 * @throws always: ResubmissionRefusedError once that is committed; any other error as it is
 */
export async function returnWrongChoice<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  processId: string,
  error: unknown,
): Promise<never> {
  const isWrongChoice = error instanceof BusinessRuleError && error.rule === 'wrong-choice';
  if (!isWrongChoice || !(error.cause instanceof ValidationError)) {
    throw error;
  }
  await returnRequest(deps, kind, processId, error.cause.issues.map(wrongChoiceIssue));
  throw new ResubmissionRefusedError('whom it names may not decide any more', { cause: error });
}

/** All of them, one after the other. */
export function reasonOf(reasons: readonly Reason[]): Reason {
  return { en: reasons.map(({ en }) => en).join(' '), zh: reasons.map(({ zh }) => zh).join('') };
}
