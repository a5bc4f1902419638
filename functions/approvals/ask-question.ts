/** A process asks people something: the question is planned and committed together with what it changes of the process. */
import { createHash } from 'node:crypto';
import type { NewEntry } from '../audit/domain/record.ts';
import type { Directory } from '../directory/port.ts';
import { rememberPolicies } from '../policy/policy-versions.ts';
import type { Policies } from '../policy/port.ts';
import type { Effect, ProcessHead } from '../process/domain/process.ts';
import { approvalKey } from '../process/keys.ts';
import type { WorkChange, WorkKey } from '../process/store/port.ts';
import { type Decision, type ProcessDeps, updateProcess } from '../process/update-process.ts';
import { listApprovals } from './approval-store.ts';
import { type CopiedByRule, copyByRule } from './copy-by-rule.ts';
import { newApproval } from './domain/approval.ts';
import { type ApprovalState, RETURNED } from './domain/approval-state.ts';
import { withKeptVotes } from './domain/keep-votes.ts';
import { type ApprovalPlan, type ApprovalSubject, isReturnable } from './domain/plan.ts';
import { type EndedApprovals, endOpenApprovals } from './end-open-approvals.ts';
import { routingEntry } from './routing-entry.ts';

export interface AskDeps extends ProcessDeps {
  readonly directory: Directory;
  readonly policies: Policies;
}

export interface AskInput {
  readonly processId: string;
  readonly subject: ApprovalSubject;
  /** The same for every retry of one entry of the state: one approval per entry. */
  readonly stepId: string;
}

/** What is asked, and what changes with it. */
export interface Question<State> {
  readonly plan: ApprovalPlan;
  readonly phase: string;
  readonly state?: State;
  /** Entries that come before the one that the question is asked. */
  readonly entries?: readonly NewEntry[];
  /** More about the question, for the record. */
  readonly facts?: NewEntry['facts'];
  /** Who is to hear that it is asked, beside those who answer. */
  readonly effects?: readonly Effect[];
  readonly also?: readonly WorkChange[];
}

/**
 * Asks once per `stepId`. An earlier question of the same subject that was left open counts no more, and what was decided
 * about the version before stands where the policy says so.
 * @param compose - called with the head under which the question is committed: what is shown is what is decided about. Its
 *   errors (`no-approval-rule`, `no-approver`) are the caller's: nobody may decide, which is never an approval.
 */
export async function askQuestion<State>(
  deps: AskDeps,
  { processId, subject, stepId }: AskInput,
  compose: (head: ProcessHead<State>, approvalId: string) => Promise<Question<State>>,
): Promise<{ approvalId: string }> {
  const approvalId = `${subject}-${createHash('sha256').update(stepId).digest('hex').slice(0, 10)}`;
  const key = approvalKey(processId, approvalId);
  if ((await deps.store.read(key)) !== undefined) {
    return { approvalId };
  }
  await updateProcess<State, void>(deps, processId, async (head) => {
    if ((await deps.store.read(key)) !== undefined) {
      return { output: undefined };
    }
    const question = await compose(head, approvalId);
    const policy = deps.policies.inForce();
    await rememberPolicies(deps, policy);
    const approval = await withEarlierVotes(deps, head, newApproval(question.plan));
    const copied = copyByRule(processId, approval, deps.clock.now());
    const facts = { policyDigest: policy.digest, ...question.facts };
    return asked({ ...question, facts }, copied, await supersede(deps, head, subject), key);
  });
  return { approvalId };
}

function asked<State>(
  question: Question<State>,
  { approval, ...copied }: CopiedByRule,
  superseded: EndedApprovals,
  key: WorkKey,
): Decision<State, void> {
  const { state, phase, entries = [], facts = {}, effects = [], also = [] } = question;
  return {
    change: {
      entries: [...superseded.entries, ...entries, routingEntry(approval, facts), ...copied.entries],
      abandon: superseded.answers.map(({ waitId }) => waitId),
      effects: [...superseded.effects, ...copied.effects, ...effects],
      ...(state === undefined ? {} : { state }),
      phase,
    },
    also: [...superseded.also, ...also, { kind: 'create', key, value: approval }, ...copied.also],
    output: undefined,
  };
}

/** An earlier question of the same kind that was left open (its machine failed) counts no more: nobody answers twice. */
function supersede(deps: AskDeps, head: ProcessHead, subject: ApprovalSubject): Promise<EndedApprovals> {
  const command = { kind: 'cancel', outcome: 'superseded' } as const;
  return endOpenApprovals(deps, head, command, ({ plan }) => plan.subject === subject);
}

/** What was decided about the version that was returned stands where the policy says so. */
async function withEarlierVotes(deps: AskDeps, head: ProcessHead, approval: ApprovalState): Promise<ApprovalState> {
  const { subject, documentVersion } = approval.plan;
  if (!isReturnable(approval.plan) || documentVersion === 1) {
    return approval;
  }
  const before = (await listApprovals(deps.store, head.processId)).find(
    ({ plan, outcome }) =>
      plan.subject === subject && plan.documentVersion === documentVersion - 1 && outcome === RETURNED,
  );
  if (before === undefined) {
    return approval;
  }
  const ids = [...new Set(before.decisions.map(({ employeeId }) => employeeId))];
  const people = await Promise.all(ids.map((id) => deps.directory.person(id)));
  return withKeptVotes(approval, before, (id) => people.some((one) => one?.employeeId === id && one.active));
}
