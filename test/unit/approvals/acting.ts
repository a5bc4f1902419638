/** People who do something about a question: two levels, the first of A and B, the second of C. */
import { newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { PersonCommand, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalPlan, LevelMode } from '../../../functions/approvals/domain/plan.ts';
import { level, openNext, plan, run, wish } from './approvals.ts';

export const yes = { kind: 'decide', action: 'accept', comment: 'because' } as const;
export const no = { kind: 'decide', action: 'cancel', comment: 'because' } as const;
export const task = (kind: 'claim' | 'release' | 'recall' | 'take-back'): Wish => ({ kind, comment: '' });
export const add = (to: string, where: 'before' | 'beside' | 'after'): Wish => ({
  kind: 'add-signer',
  to,
  where,
  comment: '',
});

export function invoiceQuestion(mode: LevelMode = { kind: 'any' }, more: Partial<ApprovalPlan> = {}): ApprovalState {
  const levels = [level('First', ['A', 'B'], { mode }), level('Second', ['C'])];
  return openNext(newApproval(plan({ subject: 'invoice-mismatch', levels, ...more })));
}

/** What a person does must count. */
export function counted(state: ApprovalState, command: PersonCommand): ApprovalState {
  const result = run(state, command);
  if (result.kind === 'refused') {
    throw new Error(`${command.by} ${command.kind}: ${result.refusal}`);
  }
  return result.state;
}

/** People act one after the other; each must count. */
export function acted(state: ApprovalState, ...deeds: readonly (readonly [by: string, wanted: Wish])[]): ApprovalState {
  return deeds.reduce((current, [by, wanted]) => counted(current, wish(current, by, wanted)), state);
}

export const refusalOf = (state: ApprovalState, by: string, wanted: Wish) => {
  const result = run(state, wish(state, by, wanted));
  return result.kind === 'refused' ? result.refusal : undefined;
};
