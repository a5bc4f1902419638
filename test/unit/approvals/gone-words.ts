/** Whoever loses a task is told what became of it in words, and where it is if it is not settled. */
import { expect } from 'vitest';
import { approvalMails } from '../../../functions/approvals/approval-mails.ts';
import type { ApprovalEvent } from '../../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { elsewhereText } from '../../../functions/mail/task-gone-words.ts';
import { outcomeText } from '../../../functions/pages/words.ts';

/** @returns what took a task from somebody here, as the mails name it. */
export function expectWordsForTheGone(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
): readonly string[] {
  const mails = approvalMails(before, after, events).flatMap((effect) => (effect.kind === 'mail' ? [effect.mail] : []));
  const gone = mails.filter(({ template }) => template === 'task-gone');
  for (const { facts } of gone) {
    const { outcome = '', nowWith = '', decided } = facts;
    const isElsewhere = elsewhereText(outcome) !== undefined;
    expect([outcome, isElsewhere || outcomeText(outcome).zh !== outcome]).toEqual([outcome, true]);
    const isWithSomebody =
      isElsewhere && decided === undefined && (after.status !== 'closed' || outcome === 'SubstituteAsked');
    expect([outcome, nowWith !== '']).toEqual([outcome, isWithSomebody]);
  }
  return gone.map(({ facts }) => facts.outcome ?? '');
}
