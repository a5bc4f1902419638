/** What somebody asked for, how far each of it has come, and who has it now. */
import { listApprovals, readApproval } from '../approvals/approval-store.ts';
import { partOf } from '../approvals/domain/part-of.ts';
import { OPERATORS } from '../approvals/domain/plan.ts';
import { currentApprovers } from '../approvals/domain/seats.ts';
import type { Directory } from '../directory/port.ts';
import { type ProcessHead, versionOf, type Wait, type WaitKind } from '../process/domain/process.ts';
import { ownRequestKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { type OwnRequest, readHead } from '../process/update-process.ts';
import { requesterCommands } from '../requests/requester-commands.ts';
import { canShorten } from './own-leave-commands.ts';
import { hasRequestForm } from './resubmission/document-forms.ts';

export interface RequestDeps {
  readonly store: ProcessStore;
  readonly directory: Directory;
}

/** Instants are ISO 8601 in UTC. */
export interface RequestProgress {
  readonly processId: string;
  readonly title: string;
  /** The OA's own number of it. */
  readonly requestId: string;
  readonly status: ProcessHead['status'];
  /** Business phase, such as `Goods receipt`. */
  readonly phase: string;
  /** Only once it has ended. */
  readonly outcome?: string;
  readonly startedAt: string;
  readonly endedAt?: string;
  /** The version that stands; the first is 1. */
  readonly version: number;
  /** Whether a withdrawal is worth offering; a decision of this moment may still stand against it. */
  readonly canWithdraw: boolean;
  /** It came back, and there is a page on which it is changed. */
  readonly canResubmit: boolean;
  /** A leave that has begun, whose requester may come back earlier. */
  readonly canShorten: boolean;
  /** Empty while Meridian itself is at work on it, and once it has ended. */
  readonly waitsFor: readonly WaitsFor[];
}

/** Somebody or something that a process waits for. */
export interface WaitsFor {
  readonly kind: WaitKind;
  readonly deadline: string;
  /** Who has it now; `employeeId` is `operators` for whoever is on duty. */
  readonly people: readonly { readonly employeeId: string; readonly name: string }[];
  /** When they were urged last; ISO 8601 in UTC. */
  readonly urgedAt?: string;
}

export interface RequestPage {
  /** Newest first. */
  readonly requests: readonly RequestProgress[];
  /** What to ask for the next page with; undefined: there is none. */
  readonly next?: string;
}

/** `after`: `next` of the page before. */
export async function listRequests(
  deps: RequestDeps,
  requesterId: string,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<RequestPage> {
  const { partition } = ownRequestKey(requesterId, '', '');
  const items = await deps.store.page<OwnRequest>(partition, '', { limit: limit + 1, order: 'last-to-first', after });
  const shown = items.slice(0, limit);
  const last = shown.at(-1);
  return {
    requests: await Promise.all(shown.map(({ value }) => progressOf(deps, value))),
    ...(items.length > limit && last !== undefined ? { next: last.key.sort } : {}),
  };
}

async function progressOf(deps: RequestDeps, { processId, title }: OwnRequest): Promise<RequestProgress> {
  const head = await readHead(deps.store, processId);
  if (head === undefined) {
    throw new Error(`process ${processId} is on a list and does not exist`);
  }
  const { status, phase, outcome, startedAt, endedAt } = head;
  return {
    processId,
    title,
    requestId: head.oa.requestId,
    status,
    phase,
    startedAt,
    version: versionOf(head),
    canWithdraw: requesterCommands(head)?.isWithdrawable(head) ?? false,
    canShorten: canShorten(head),
    canResubmit: hasRequestForm(head) && Object.values(head.waits).some(({ kind }) => kind === 'rework'),
    waitsFor: await Promise.all(Object.values(head.waits).map((wait) => waitsFor(deps, processId, wait))),
    ...(outcome === undefined ? {} : { outcome }),
    ...(endedAt === undefined ? {} : { endedAt }),
  };
}

/** A wait for a decision has its owner since it was opened; who is asked has changed since, perhaps. */
async function waitsFor({ store, directory }: RequestDeps, processId: string, wait: Wait): Promise<WaitsFor> {
  const { kind, subject, deadline, owner } = wait;
  const approval = kind === 'approval' ? await readApproval(store, processId, subject) : undefined;
  const ids = approval === undefined ? [owner] : currentApprovers(approval);
  const urgedAt = approval?.open?.urged?.at;
  return {
    kind,
    deadline,
    ...(urgedAt === undefined ? {} : { urgedAt }),
    people: await Promise.all(
      ids.map(async (employeeId) => ({
        employeeId,
        name: employeeId === OPERATORS ? OPERATORS : ((await directory.person(employeeId))?.name ?? employeeId),
      })),
    ),
  };
}

/**
 * Whether somebody may read the record of a process without a link: their own request, or one that they are or were asked about. Who was copied reads what was
 * asked, and not the record of the whole process.
 */
export async function isInvolved(store: ProcessStore, processId: string, employeeId: string): Promise<boolean> {
  const head = await readHead(store, processId);
  if (head === undefined || head.requesterId === employeeId) {
    return head !== undefined;
  }
  const approvals = await listApprovals(store, processId);
  return approvals.some((approval) => {
    const part = partOf(approval, employeeId);
    return part !== undefined && part.isCopy !== true;
  });
}
