/** What any commands in any order lead to, and what they cannot: a name that the reducer gets must be put in its place here. */
import type { ApprovalEvent, Refusal } from '../../../functions/approvals/domain/approval-events.ts';

/** True for what is met; the test that holds the others stands with them. */
export const EVENTS: Readonly<Record<ApprovalEvent['type'], boolean>> = {
  AmountRaised: true,
  ApprovalClosed: true,
  CommentMade: true,
  DecisionMade: true,
  DecisionTakenBack: true,
  DelegateAnswered: true,
  DelegationRecalled: true,
  FileAttached: true,
  LevelEscalated: true,
  LevelOpened: true,
  LevelOutOfReach: true,
  LevelReminded: true,
  LevelReopened: true,
  LevelUrged: true,
  LinkLimitChanged: true,
  ReturnedToLevel: true,
  ReturnedToRequester: true,
  SignerAdded: true,
  SignerRemoved: true,
  SubstituteAsked: true,
  TaskClaimed: true,
  TaskCopied: true,
  TaskDelegated: true,
  TaskHandedOver: true,
  TaskReleased: true,
  TaskRerouted: true,
  TaskTransferred: true,
};

/** As {@link EVENTS}. */
export const REFUSALS: Readonly<Record<Refusal, boolean>> = {
  'already-decided': true,
  'choose-next': true,
  'claim-first': true,
  'comment-required': true,
  'copied-only': true,
  'decided-before': true,
  expired: true,
  'inactive-person': true,
  'no-such-level': true,
  'nobody-to-choose': true,
  'not-possible-here': true,
  'not-your-task': true,
  'not-your-turn': true,
  'nothing-to-take-back': true,
  'over-authority': true,
  'own-request': true,
  returned: true,
  'sees-it-already': true,
  'segregation-of-duties': true,
  'sign-in-as-approver': true,
  'sign-in-required': true,
  'split-purchases': true,
  'stale-version': true,
  'substitute-over-authority': true,
  'taken-by-another': true,
  'unfit-person': true,
  'unknown-action': true,
  'urged-already': true,
  'with-delegate': true,
  withdrawn: true,
  // Need hundreds of deeds, or dozens of people: tasks.test.ts, going-back.test.ts, copy.test.ts, attach.test.ts.
  'handed-on-too-often': false,
  'too-many-copies': false,
  'too-many-files': false,
  'too-many-remarks': false,
  'too-many-signers': false,
  // Its content is looked at before the reducer is asked: attachment-page.test.ts.
  'unfit-file': false,
};

/** Names of what is met, in order. */
export function metOf(names: Readonly<Record<string, boolean>>): readonly string[] {
  return Object.keys(names)
    .filter((name) => names[name] === true)
    .toSorted();
}
