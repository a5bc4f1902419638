/** What people write beside a decision is for those who decide after them, not only for the record. */
import type { ApprovalContext, ApprovalState, Remark, TaskCommand } from './approval-state.ts';

const KINDS: { readonly [kind in TaskCommand['kind']]?: Remark['kind'] } = {
  delegate: 'question',
  'give-back': 'opinion',
  'return-to-level': 'sent-back',
};

/** The remarks with that of a command; a command without words leaves none. */
export function remarksWith(
  { remarks }: ApprovalState,
  { kind, level, by: employeeId, comment }: TaskCommand,
  { now, sequence }: ApprovalContext,
): readonly Remark[] {
  const entry = sequence === undefined ? {} : { sequence };
  const remark: Remark = { kind: KINDS[kind] ?? 'comment', level, employeeId, at: now.toISOString(), ...entry };
  return comment.trim() === '' ? remarks : [...remarks, remark];
}
