/**
 * The list of what somebody decided (已办). An item says where the approval is and nothing more, so that what becomes of it
 * changes no list; what is shown is read from the approvals. One item for each approval and person, by their last word.
 */
import { decidedKey } from '../process/keys.ts';
import type { WorkChange } from '../process/store/port.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { lastWords } from './domain/last-word.ts';

export interface DecidedItem {
  readonly processId: string;
  readonly approvalId: string;
}

/** What a change of an approval does to the lists of those who decide: of whoever acted alone, so two items at most. */
export function decidedChanges(processId: string, before: ApprovalState, after: ApprovalState): readonly WorkChange[] {
  const { approvalId } = after.plan;
  const value: DecidedItem = { processId, approvalId };
  const [was, is] = [lastWords(before), lastWords(after)];
  const moved = [...new Set([...was.keys(), ...is.keys()])].filter((id) => was.get(id)?.at !== is.get(id)?.at);
  return moved.flatMap((employeeId): readonly WorkChange[] => {
    const keyOf = (at: string) => decidedKey(employeeId, at, processId, approvalId);
    const [old, now] = [was.get(employeeId), is.get(employeeId)];
    return [
      ...(old === undefined ? [] : [{ kind: 'remove' as const, key: keyOf(old.at) }]),
      ...(now === undefined ? [] : [{ kind: 'put' as const, key: keyOf(now.at), value }]),
    ];
  });
}
