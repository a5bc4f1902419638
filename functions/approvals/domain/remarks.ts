/** What people write beside a decision is for those who decide after them, not only for the record. */
import type { ApprovalContext, TaskCommand } from './approval-commands.ts';
import type { ApprovalState, Remark } from './approval-state.ts';

/** Of one approval: its state is one item of the table, which has a size. */
export const MAX_REMARKS = 200;

const KINDS: { readonly [kind in TaskCommand['kind']]?: Remark['kind'] } = {
  delegate: 'question',
  'give-back': 'opinion',
  'return-to-level': 'sent-back',
  'return-to-requester': 'returned',
};

/** The remarks with that of a command. A command without words leaves none; beyond the bound they stand in the record only. */
export function remarksWith(
  { remarks }: ApprovalState,
  { kind, level, by: employeeId, comment }: TaskCommand,
  { now, sequence }: ApprovalContext,
): readonly Remark[] {
  const entry = sequence === undefined ? {} : { sequence };
  const remark: Remark = { kind: KINDS[kind] ?? 'comment', level, employeeId, at: now.toISOString(), ...entry };
  return comment.trim() === '' || remarks.length >= MAX_REMARKS ? remarks : [...remarks, remark];
}
