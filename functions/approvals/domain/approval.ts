/**
 * One approval as a reducer: `(state, command, context) -> events | refusal`. Pure, so that every order of commands can
 * be tried. Levels open one after the other, or together; their voices are counted in `seats.ts`. Nothing but decisions
 * of people who may decide now advances it: a missing approver, a reminder or an escalation never does.
 */
import type { ApprovalCommand, ApprovalContext } from './approval-commands.ts';
import type { ApprovalResult } from './approval-events.ts';
import type { ApprovalState } from './approval-state.ts';
import { carryOut } from './carry-out.ts';
import { withWayOut } from './out-of-reach.ts';
import type { ApprovalPlan } from './plan.ts';
import { demandDecidable } from './seats.ts';

/** @throws RangeError for a plan that could never be decided. */
export function newApproval(plan: ApprovalPlan): ApprovalState {
  if (plan.levels.length === 0 || plan.levels[0]?.isParallel === true) {
    throw new RangeError(`approval ${plan.approvalId} has no levels, or a first one that opens beside none`);
  }
  demandDecidable(plan);
  return { plan, status: 'pending', level: 0, round: 0, decisions: [], remarks: [], attachments: [] };
}

/**
 * Only what people do, a hand-over and an urge can be refused. The other commands do nothing when there is nothing left for them to do, so that
 * an alarm or a retry that comes twice is harmless. Where the context has people, no level of counted voices is left open that
 * nobody on it could approve any more.
 */
export function decideApproval(
  state: ApprovalState,
  command: ApprovalCommand,
  context: ApprovalContext,
): ApprovalResult {
  return withWayOut(state, command, carryOut(state, command, context), context);
}
