/** Where a task is that somebody lost and that is not settled: by the event that took it away. */
import type { ApprovalEvent } from '../approvals/domain/approval-events.ts';
import { both, type Text } from '../pages/language.ts';

type EventType = ApprovalEvent['type'];
/** What was decided, or became of the approval, is told instead. */
type Settles = 'DecisionMade' | 'ApprovalClosed';
/** Nobody is asked less by it than before. */
type TakesNothing =
  | 'LevelOpened'
  | 'LevelReopened'
  | 'CommentMade'
  | 'FileAttached'
  | 'TaskCopied'
  | 'TaskReleased'
  | 'TaskTransferred'
  | 'DelegateAnswered'
  | 'LinkLimitChanged'
  | 'LevelReminded'
  | 'LevelUrged'
  | 'LevelEscalated'
  | 'LevelOutOfReach';

const TAKEN_UP = both(
  'A colleague has taken it up. You are asked again should they give it back.',
  '同事已接手该事项。如对方退回，系统会再次通知您。',
);

/** A new event of the reducer has its words here, or is named above as one that takes nothing. */
export const ELSEWHERE: { readonly [event in Exclude<EventType, Settles | TakesNothing>]: Text } = {
  TaskClaimed: TAKEN_UP,
  TaskDelegated: TAKEN_UP,
  SignerAdded: TAKEN_UP,
  DelegationRecalled: both('Your opinion is no longer waited for.', '不再需要您的意见。'),
  SubstituteAsked: both(
    'You are away, and whoever stands in for you has taken it over.',
    '您不在期间，您的代理人已接手该事项。',
  ),
  SignerRemoved: both('You need not sign it any more.', '该事项已减签，您无需再签署。'),
  DecisionTakenBack: both(
    'A decision before yours was taken back. You are asked again when it is made anew.',
    '前一位审批人取回了决定。重新作出决定后，系统会再次通知您。',
  ),
  ReturnedToRequester: both(
    'It went back to the requester, who changes it. Whoever is asked about the new version gets a new mail.',
    '该申请已退回申请人修改。新版本提交后，系统会另行通知审批人。',
  ),
  TaskHandedOver: both('It was handed over to somebody else, who decides it now.', '该事项已移交他人，现由对方审批。'),
  AmountRaised: both(
    'Several requisitions of the requester from the same supplier are judged together now, and somebody with more authority decides them.',
    '该申请人向同一供应商提交的多份申请现合并审批，由权限更高的人员决定。',
  ),
  TaskRerouted: both(
    'The rules or the organisation have changed, and somebody else decides it now.',
    '审批规则或组织架构已变更，该事项现由其他人审批。',
  ),
  ReturnedToLevel: both(
    'It went back to an earlier level. You are asked again when it comes to you.',
    '该事项已退回之前的层级。再次轮到您时，系统会通知您。',
  ),
};

/** Undefined: it is settled. */
export function elsewhereText(event: string): Text | undefined {
  const words: { readonly [event: string]: Text } = ELSEWHERE;
  return words[event];
}
