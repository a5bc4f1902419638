/**
 * One approval as a reducer: `(state, command, context) -> events | refusal`. Pure, so that every order of commands can
 * be tried. Levels open one after the other, or together; their voices are counted in `seats.ts`. Nothing but decisions
 * of people who may decide now advances it: a missing approver, a reminder or an escalation never does.
 */
import type { ApprovalCommand, ApprovalContext } from './approval-commands.ts';
import { type ApprovalResult, unchanged } from './approval-events.ts';
import type { ApprovalState } from './approval-state.ts';
import { attach } from './attach.ts';
import { closeApproval } from './close.ts';
import { copy } from './copy.ts';
import { decide } from './decide.ts';
import { escalate } from './escalate.ts';
import { returnToLevel, returnToRequester, takeBack } from './go-back.ts';
import { addSigner, claim, comment, delegate, giveBack, recall, release, removeSigner, transfer } from './hand-on.ts';
import { handOver } from './hand-over.ts';
import { openLevel, remind } from './levels.ts';
import { withWayOut } from './out-of-reach.ts';
import type { ApprovalPlan } from './plan.ts';
import { reroute } from './re-route.ts';
import { demandDecidable } from './seats.ts';
import { urge } from './urge.ts';

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

function carryOut(state: ApprovalState, command: ApprovalCommand, context: ApprovalContext): ApprovalResult {
  switch (command.kind) {
    case 'open':
      return openLevel(state, command, context);
    case 'decide':
      return decide(state, command, context);
    case 'hand-over':
      return handOver(state, command, context);
    case 'urge':
      return urge(state, command, context);
    case 're-route':
      return reroute(state, command, context);
    case 'remind':
      return remind(state);
    case 'escalate':
      return escalate(state, context);
    case 'expire':
      return state.status === 'open' ? closeApproval(state, 'expired', 'expiry', context.now) : unchanged(state);
    case 'withdraw':
      return closeApproval(state, 'withdrawn', 'withdrawal', context.now);
    case 'cancel':
      return closeApproval(state, command.outcome, 'cancellation', context.now);
    case 'comment':
      return comment(state, command, context);
    case 'attach':
      return attach(state, command, context);
    case 'claim':
      return claim(state, command, context);
    case 'release':
      return release(state, command, context);
    case 'transfer':
      return transfer(state, command, context);
    case 'delegate':
      return delegate(state, command, context);
    case 'copy':
      return copy(state, command, context);
    case 'give-back':
      return giveBack(state, command, context);
    case 'recall':
      return recall(state, command, context);
    case 'take-back':
      return takeBack(state, command, context);
    case 'add-signer':
      return addSigner(state, command, context);
    case 'remove-signer':
      return removeSigner(state, command, context);
    case 'return-to-level':
      return returnToLevel(state, command, context);
    case 'return-to-requester':
      return returnToRequester(state, command, context);
  }
}
