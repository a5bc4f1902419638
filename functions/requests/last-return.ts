/** Why a request went back to its requester, and what was wrong with what they sent since: as the record has it. */
import * as z from 'zod';
import type { RecordEntry } from '../audit/domain/record.ts';
import type { ProcessDeps } from '../process/update-process.ts';
import type { Reason } from './domain/request.ts';
import { type Issue, reasonOf } from './return-request.ts';

export interface LastReturn {
  /** Employee id; empty: the checks returned it. */
  readonly returnedBy: string;
  /** In the words of whoever returned it: those of a person stand beside the record, where they can be erased. */
  readonly reason: Reason;
  /** Of the checks, by field: what they returned it for, or what they refused of what was sent since. */
  readonly issues: readonly Issue[];
}

export async function lastReturn({ store }: Pick<ProcessDeps, 'store'>, processId: string): Promise<LastReturn> {
  const record = await store.readRecord(processId);
  const at = record.findLastIndex(({ type }) => type === 'ReturnedToRequester' || type === 'ReturnedByCheck');
  const entry = record[at];
  const refused = record.slice(at + 1).findLast(isRefusedByCheck);
  if (entry?.type === 'ReturnedByCheck') {
    const issues = issuesOf(entry);
    const reason = reasonOf(issues.map((issue) => issue.reason));
    return { returnedBy: '', reason, issues: refused === undefined ? issues : issuesOf(refused) };
  }
  const personal = await store.readPersonal(processId);
  const comment = personal.find(({ sequence }) => sequence === entry?.sequence)?.values.comment ?? '';
  return {
    returnedBy: entry?.actor.id ?? '',
    reason: { en: comment, zh: comment },
    issues: refused === undefined ? [] : issuesOf(refused),
  };
}

/** What was refused before the checks was answered where it was sent, and says which way it came. */
function isRefusedByCheck({ type, facts }: RecordEntry): boolean {
  return type === 'ResubmissionRefused' && facts.refusal === 'incomplete' && facts.via === undefined;
}

const checkFacts = z.object({
  issues: z.array(
    z.object({
      field: z.string(),
      problem: z.string(),
      problemZh: z.string().optional(),
      remedy: z.string().optional(),
    }),
  ),
});

function issuesOf({ facts }: RecordEntry): readonly Issue[] {
  return checkFacts.parse(facts).issues.map(({ field, problem, problemZh, remedy }) => {
    const text = remedy === undefined ? problem : `${problem}; ${remedy}`;
    return { field, reason: { en: text, zh: problemZh ?? text } };
  });
}
