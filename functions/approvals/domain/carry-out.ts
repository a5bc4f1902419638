/** Which piece of the reducer carries which command out; whether a level is out of reach then is judged in `out-of-reach.ts`. Pure. */
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
import { reroute } from './re-route.ts';
import { urge } from './urge.ts';

/** What the command by itself comes to. */
export function carryOut(state: ApprovalState, command: ApprovalCommand, context: ApprovalContext): ApprovalResult {
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
      return remind(state, command);
    case 'escalate':
      return escalate(state, command, context);
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
