/** How far open tasks have followed the rules and the directory that count: one work item, its end in the record. */

import { shortDigest } from '../policy/policy-digest.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import type { Effect } from '../process/domain/process.ts';
import { policiesFollowedKey } from '../process/keys.ts';
import { registerStanding } from '../process/standing-record.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import { type Decision, type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { ADMINISTRATION } from './record-refusal.ts';

/** What tasks follow. Two that are equal lead every task the same way. */
export interface Followable {
  /** SHA-256 (hex), see `policyDigest`. */
  readonly policies: string;
  readonly directoryVersion: number;
  /** SHA-256 (hex) of the file of the deployment, where that is the directory. */
  readonly directory?: string;
}

/** A walk through all processes that run, newest first. */
export interface Walk extends Followable {
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  /** Place of the last process that was looked at; absent: none was. */
  readonly behind?: string;
  /** Approvals. One that was moved before the walk was cut short is never counted twice as moved. */
  readonly moved: number;
  readonly unchanged: number;
  readonly failed: number;
  /** The first {@link MOST_FAILURES}. */
  readonly failures: readonly FollowFailure[];
  /** ISO 8601 in UTC; absent: it goes on. */
  readonly doneAt?: string;
}

export interface FollowFailure {
  readonly processId: string;
  /** Absent: the process could not be looked at. */
  readonly approvalId?: string;
  readonly reason: string;
}

/** What a mail can hold, and people can read. */
const MOST_FAILURES = 20;
const LONGEST_REASON = 300;

/** Begins a walk in the place of the one before, whatever became of that. */
export function walkOf(followed: Followable, now: Date): Walk {
  return { ...followed, startedAt: now.toISOString(), moved: 0, unchanged: 0, failed: 0, failures: [] };
}

/** Whether the walk is of exactly this. */
export function isWalkOf(walk: Walk, { policies, directoryVersion, directory }: Followable): boolean {
  return walk.policies === policies && walk.directoryVersion === directoryVersion && walk.directory === directory;
}

export function withFailure(walk: Walk, { reason, ...place }: FollowFailure): Walk {
  const failures = [...walk.failures, { ...place, reason: reason.slice(0, LONGEST_REASON) }].slice(0, MOST_FAILURES);
  return { ...walk, failed: walk.failed + 1, failures };
}

export function readWalk(store: ProcessStore): Promise<WorkItem<Walk> | undefined> {
  return store.read<Walk>(policiesFollowedKey());
}

/** @param before - as it was read; undefined: there was none. Fails the transaction when others wrote since. */
export function keptWalk(before: WorkItem<Walk> | undefined, value: Walk): WorkChange {
  const key = policiesFollowedKey();
  return before === undefined
    ? { kind: 'create', key, value }
    : { kind: 'replace', key, ifVersion: before.version, value };
}

/**
 * The end of a walk: told to the record and, of what could not follow, to the operators, both once.
 * @param note - keeps the walk as given, in the same transaction; asked at each attempt, and its failure ends them
 */
export async function recordEnd(
  deps: ProcessDeps,
  walk: Walk,
  note: (walk: Walk) => Promise<WorkChange>,
): Promise<void> {
  const done: Walk = { ...walk, doneAt: deps.clock.now().toISOString() };
  await registerStanding(deps, ADMINISTRATION);
  await updateProcess<unknown, void>(
    deps,
    ADMINISTRATION.processId,
    async (): Promise<Decision<unknown, void>> => ({
      change: { entries: [entryOf(walk)], effects: noticeOf(walk) },
      also: [await note(done)],
      output: undefined,
    }),
  );
}

/** Reasons are for the mail: they can be texts of anything that failed, and facts stay for good. */
function entryOf(walk: Walk) {
  const { policies: digest, directoryVersion, moved, unchanged, failed, startedAt } = walk;
  const failures = walk.failures.map(({ reason: _forTheMail, ...place }) => place);
  return {
    type: 'PoliciesFollowed',
    actor: { kind: 'meridian', id: 'policies' },
    facts: { digest, directoryVersion, startedAt, moved, unchanged, failed, failures },
  } as const;
}

function noticeOf({ policies, failed, failures }: Walk): readonly Effect[] {
  if (failed === 0) {
    return [];
  }
  const problem = {
    en: `Rules or people have changed (policies ${shortDigest(policies)}), and ${failed} open tasks could not follow: mend what is said of each, then run npm run directory -- re-route`,
    zh: `规则或人员已变更（规则版本 ${shortDigest(policies)}），有 ${failed} 个待办未能随之调整：请逐项处理后运行 npm run directory -- re-route`,
  };
  const reasons: { [processId: string]: string } = {};
  for (const { processId, reason } of failures) {
    const others = reasons[processId];
    reasons[processId] = others === undefined ? reason : `${others}; ${reason}`;
  }
  const more = failed > failures.length ? { more: String(failed - failures.length) } : {};
  return [operatorNotice(problem, { ...reasons, ...more })];
}
