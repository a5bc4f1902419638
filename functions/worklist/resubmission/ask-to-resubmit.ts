/** What a requester sees before they change what came back to them. */
import type { Directory } from '../../directory/port.ts';
import { type ProcessHead, versionOf } from '../../process/domain/process.ts';
import { type ProcessDeps, readHead } from '../../process/update-process.ts';
import type { Filed, Reason, RequestState } from '../../requests/domain/request.ts';
import { lastReturn } from '../../requests/last-return.ts';
import { requesterCommands } from '../../requests/requester-commands.ts';
import type { Issue } from '../../requests/return-request.ts';
import { type RequestForm, requestForm } from './document-forms.ts';
import { withNamesAskedFor } from './named-approvers.ts';

export interface ResubmissionDeps extends ProcessDeps {
  readonly directory: Directory;
  /** The company's own. */
  readonly currency: string;
}

export interface ResubmissionQuestion {
  readonly title: string;
  /** The OA's own number of it. */
  readonly requestId: string;
  /** The version that would be replaced. */
  readonly version: number;
  readonly form: RequestForm;
  readonly document: Filed;
  /** Name of whoever returned it; empty: the checks did. */
  readonly returnedBy: string;
  readonly reason: Reason;
  /** ISO 8601 in UTC. */
  readonly deadline?: string;
  /** Of the checks; fields are named within the document, such as `lines[0].amount`. */
  readonly issues: readonly Issue[];
  /** Something was sent since, and the checks refused it. */
  readonly isRefused: boolean;
  /** Why it cannot be sent as things stand; undefined: it can. */
  readonly obstacle: Reason | undefined;
}

/** Undefined: there is no such request of theirs, or none that is changed on a page. Writes nothing. */
export async function askToResubmit(
  deps: ResubmissionDeps,
  { processId, by }: { readonly processId: string; readonly by: string },
): Promise<ResubmissionQuestion | undefined> {
  const head = await readHead(deps.store, processId);
  const commands = head?.requesterId === by ? requesterCommands(head) : undefined;
  const form = head === undefined || commands === undefined ? undefined : await requestForm(deps, head);
  if (head === undefined || commands === undefined || form === undefined) {
    return undefined;
  }
  const { returnedBy, reason, issues: found } = await lastReturn(deps, processId);
  const issues = found.map(withinDocument);
  const { rework } = reworkOf(head);
  return {
    title: commands.titleOf(head),
    requestId: head.oa.requestId,
    version: versionOf(head),
    form,
    document: withNamesAskedFor(
      form.documentOf(head),
      issues.map(({ field }) => field),
    ),
    returnedBy: (await deps.directory.person(returnedBy))?.name ?? returnedBy,
    reason,
    ...(rework?.deadline === undefined ? {} : { deadline: rework.deadline }),
    issues,
    isRefused: rework?.sent === 'refused',
    obstacle: await commands.resubmissionObstacle(deps, head),
  };
}

/** The kind of a process with commands of a requester says that its state is a request's. */
function reworkOf({ state }: ProcessHead) {
  return state as Pick<RequestState, 'rework'>;
}

/** As the form names the field, without the name of the document before it. */
export function withinDocument({ field, reason }: Issue): Issue {
  return { field: field.slice(field.indexOf('.') + 1), reason };
}
