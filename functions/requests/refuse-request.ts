/** What was filed cannot be processed: every issue is recorded before the step fails. */
import type { Json } from '../audit/domain/canonical-json.ts';
import type { NewEntry } from '../audit/domain/record.ts';
import { type ProcessChange, versionOf } from '../process/domain/process.ts';
import { type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { type FieldIssue, ResubmissionRefusedError, ValidationError } from '../runtime/errors.ts';
import { issuesReason, resubmissionRefusedMessage } from './domain/messages.ts';
import {
  processOfForm,
  type Reason,
  type RequestHead,
  type RequestKind,
  type RequestState,
  type Rework,
} from './domain/request.ts';

/**
 * @throws always, once the issues are committed: ValidationError, and they are the reason of the end;
 *   ResubmissionRefusedError for what was sent in the place of what was returned, and it may be sent again.
 */
export async function refuseRequest<State extends RequestState>(
  deps: ProcessDeps,
  kind: RequestKind<State>,
  processId: string,
  issues: readonly FieldIssue[],
): Promise<never> {
  const isResubmission = await updateProcess<State, boolean>(deps, processId, (head) => {
    const { endReason, rework } = head.state;
    if (rework?.sent !== undefined) {
      return {
        ...(rework.sent === 'unchecked'
          ? { change: resubmissionRefused(kind, head, rework, issuesReason(issues), factsOf(issues)) }
          : {}),
        output: true,
      };
    }
    return { ...(endReason === undefined ? { change: requestRefused(kind, head, issues) } : {}), output: false };
  });
  throw isResubmission ? new ResubmissionRefusedError('it may be sent again') : new ValidationError(issues);
}

/** A step that is repeated after its refusal was committed, and its answer lost, refuses again. */
export function demandNotRefused({ rework }: RequestState): void {
  if (rework?.sent === 'refused') {
    throw new ResubmissionRefusedError('it was refused before');
  }
}

function requestRefused<State extends RequestState>(
  { entryTypes }: RequestKind<State>,
  { state }: RequestHead<State>,
  issues: readonly FieldIssue[],
): ProcessChange<State> {
  return {
    entries: [entryOf(entryTypes.refused, { issues: factsOf(issues) })],
    state: { ...state, endReason: issuesReason(issues) },
  };
}

/** What was returned stands as it was, and the requester has as long to send it again as before. */
export function resubmissionRefused<State extends RequestState>(
  kind: RequestKind<State>,
  head: RequestHead<State>,
  rework: Rework,
  reason: Reason,
  issues: readonly Json[],
): ProcessChange<State> {
  const version = versionOf(head);
  const facts = {
    title: kind.titleOf(head),
    noun: kind.noun,
    reason: reason.en,
    reasonZh: reason.zh,
    deadline: rework.deadline ?? '',
    process: processOfForm(kind, head),
  };
  const told = { refusal: 'incomplete', version, issues: [...issues] };
  return {
    entries: [entryOf('ResubmissionRefused', told)],
    state: { ...head.state, rework: { ...rework, sent: 'refused' } },
    effects: [
      { kind: 'tell-oa', message: resubmissionRefusedMessage(reason, told) },
      { kind: 'mail', mail: { to: head.requesterId, template: 'rework-refused', facts } },
    ],
  };
}

function factsOf(issues: readonly FieldIssue[]) {
  return issues.map(({ field, problem, remedy }) => ({ field, problem, remedy }));
}

function entryOf(type: string, facts: NewEntry['facts']): NewEntry {
  return { type, actor: { kind: 'meridian', id: 'validation' }, facts };
}
