/** After the rules or the directory have changed: the tasks that are wrong now go where they lead. */
import { runningProcesses } from '../process/running-processes.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { BusinessRuleError } from '../runtime/errors.ts';
import { approvalChange } from './approval-change.ts';
import { listApprovals, readApprovalItem } from './approval-store.ts';
import type { DecisionDeps } from './decision-deps.ts';
import type { ApprovalEvent, ApprovalResult } from './domain/approval-events.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { failureText } from './failure-text.ts';
import { planAnew, type RerouteOrder } from './plan-anew.ts';
import type { PlanApprovalDeps } from './plan-approval.ts';

/** In the place of an operator, where tasks follow by themselves. `digest`: of the policies, see `policyDigest`. */
export function byPolicies(digest: string): string {
  return `policies ${digest}`;
}

/** One approval that goes another way, or why it cannot. */
export interface Rerouted {
  readonly processId: string;
  readonly approvalId: string;
  readonly title: string;
  /** What is still to be decided, as it was. */
  readonly from: readonly AskedLevel[];
  readonly to: readonly AskedLevel[];
  /** The levels that are open are asked again; otherwise only later ones change. */
  readonly isAskedAgain: boolean;
  /** The highest amount (company currency) that a link alone decides, where it is another one now. */
  readonly linkLimit?: { readonly from: string; readonly to: string };
  readonly refusal?: string;
}

type AskedLevel = Extract<ApprovalEvent, { readonly type: 'TaskRerouted' }>['levels'][number];

export interface PreviewRerouteDeps extends PlanApprovalDeps {
  readonly store: ProcessStore;
  readonly clock: DecisionDeps['clock'];
}

/** Exactly what {@link rerouteTasks} would change, and what it could not; writes nothing. */
export async function previewReroute(deps: PreviewRerouteDeps, order: RerouteOrder): Promise<readonly Rerouted[]> {
  const found: Rerouted[] = [];
  for await (const { processId } of runningProcesses(deps.store)) {
    found.push(...(await previewProcess(deps, processId, order)).wrong);
  }
  return found;
}

/** As {@link previewReroute}, of one process. */
export async function previewProcess(
  deps: PreviewRerouteDeps,
  processId: string,
  order: RerouteOrder,
): Promise<{ readonly undecided: number; readonly wrong: readonly Rerouted[] }> {
  const approvals = (await listApprovals(deps.store, processId)).filter(isUndecided);
  const wrong: Rerouted[] = [];
  for (const approval of approvals) {
    const rerouted = await previewOne(deps, approval, order);
    wrong.push(...(rerouted === undefined ? [] : [{ processId, ...rerouted }]));
  }
  return { undecided: approvals.length, wrong };
}

/** What became of one approval; `unchanged`: meanwhile nothing was left to do. */
export interface RerouteOutcome extends Rerouted {
  readonly became: 'moved' | 'unchanged' | 'failed';
}

/**
 * Changes what {@link previewReroute} shows, each approval in a transaction of its own: one that fails keeps no other from
 * its change. Running it again changes what came meanwhile and what failed.
 * @returns what happened to each, a failure with its reason in `refusal`
 */
export async function rerouteTasks(
  deps: DecisionDeps & PlanApprovalDeps,
  order: RerouteOrder,
): Promise<readonly RerouteOutcome[]> {
  const outcomes: RerouteOutcome[] = [];
  for (const planned of await previewReroute(deps, order)) {
    outcomes.push(
      planned.refusal === undefined ? await rerouteOne(deps, planned, order) : { ...planned, became: 'failed' },
    );
  }
  return outcomes;
}

async function rerouteOne(
  deps: DecisionDeps & PlanApprovalDeps,
  planned: Rerouted,
  order: RerouteOrder,
): Promise<RerouteOutcome> {
  try {
    return await rerouteApproval(deps, planned, order);
  } catch (error) {
    return { ...planned, became: 'failed', refusal: failureText(error) };
  }
}

/**
 * One approval goes the way that {@link previewProcess} found.
 * @param note - what else is committed with the change, when there is one; asked at each attempt, and its failure ends them
 */
export function rerouteApproval(
  deps: DecisionDeps & PlanApprovalDeps,
  planned: Rerouted,
  order: RerouteOrder,
  note?: () => Promise<WorkChange>,
): Promise<RerouteOutcome> {
  const { processId, approvalId } = planned;
  return updateProcess<unknown, RerouteOutcome>(deps, processId, async (head) => {
    const item = await readApprovalItem(deps.store, processId, approvalId);
    const result = await planAnew(deps, item.value, order);
    const output = outcomeOf(planned, item.value, result);
    const { change, also = [] } = approvalChange(head, item, result);
    if (change === undefined) {
      return { output };
    }
    return { change, also: [...also, ...(note === undefined ? [] : [await note()])], output };
  });
}

function outcomeOf(planned: Rerouted, approval: ApprovalState, result: ApprovalResult): RerouteOutcome {
  if (result.kind === 'refused') {
    return { ...planned, became: 'failed', refusal: result.message };
  }
  const changes = changesOf(approval, result.events);
  return changes === undefined ? { ...planned, became: 'unchanged' } : { ...planned, ...changes, became: 'moved' };
}

/** Undefined: the approval stays as it is. */
function changesOf(
  { plan, level }: ApprovalState,
  events: readonly ApprovalEvent[],
): Pick<Rerouted, 'from' | 'to' | 'isAskedAgain' | 'linkLimit'> | undefined {
  const from = plan.levels.slice(level);
  const way = events.find((event) => event.type === 'TaskRerouted') ?? { levels: from, isAskedAgain: false };
  const limit = events.find((event) => event.type === 'LinkLimitChanged');
  return events.length === 0
    ? undefined
    : {
        from,
        to: way.levels,
        isAskedAgain: way.isAskedAgain,
        ...(limit === undefined ? {} : { linkLimit: { from: limit.before, to: limit.linkLimit } }),
      };
}

/** Undefined: the approval stays as it is. */
async function previewOne(
  deps: PreviewRerouteDeps,
  approval: ApprovalState,
  order: RerouteOrder,
): Promise<Omit<Rerouted, 'processId'> | undefined> {
  const { plan, level } = approval;
  const known = { approvalId: plan.approvalId, title: plan.document.title, from: plan.levels.slice(level) };
  try {
    const result = await planAnew(deps, approval, order);
    const changes = result.kind === 'events' ? changesOf(approval, result.events) : undefined;
    return changes === undefined ? undefined : { ...known, ...changes };
  } catch (error) {
    if (!(error instanceof BusinessRuleError)) {
      throw error;
    }
    return { ...known, to: [], isAskedAgain: false, refusal: error.message };
  }
}

/** What the operators are asked follows no rule, and stays with them. */
function isUndecided({ status, plan }: ApprovalState): boolean {
  return status !== 'closed' && plan.subject !== 'operator';
}
