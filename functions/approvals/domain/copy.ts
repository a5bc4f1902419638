/**
 * A person lets a colleague know of what is decided (抄送). Whoever is copied may read; they have no seat, and nothing waits
 * for them. Pure.
 */
import type { ApprovalContext, TaskCommand } from './approval-commands.ts';
import { type ApprovalResult, type Refused, refuse, unchanged } from './approval-events.ts';
import type { ApprovalState, Copy } from './approval-state.ts';
import { by } from './hand-on.ts';
import { copyFor, partOf } from './part-of.ts';
import { seatFor } from './refusals.ts';

/** Of one approval: its state is one item of the table, and its end is one transaction with a mail to each of them. */
export const MAX_COPIES = 20;

type CopyCommand = Extract<TaskCommand, { readonly kind: 'copy' }>;

/** Who was copied already is so once; the seats, and with them all that is decided, stay as they are. */
export function copy(state: ApprovalState, command: CopyCommand, context: ApprovalContext): ApprovalResult {
  const seated = seatFor(state, command, context);
  if (seated.kind === 'refused') {
    return seated;
  }
  if (copyFor(state, command.to) !== undefined) {
    return unchanged(state);
  }
  const { copies = [] } = state;
  return (
    refusalOfReader(state, copies, command.to, context) ?? {
      kind: 'events',
      events: [{ type: 'TaskCopied', to: command.to, ...by(command) }],
      state: { ...state, copies: [...copies, copyBy(command, context)] },
    }
  );
}

/** Why that person is not copied. What was typed may be anybody's name: the message, which the record keeps, repeats nothing. */
function refusalOfReader(
  state: ApprovalState,
  copies: readonly Copy[],
  to: string,
  { target }: ApprovalContext,
): Refused | undefined {
  if (state.plan.subject === 'operator') {
    return refuse('not-possible-here', 'a question to the operators stays with them');
  }
  if (target === undefined || target.employeeId !== to || !target.active) {
    return refuse('unfit-person', 'whoever is named is nobody active in the directory');
  }
  const part = partOf(state, to);
  // Whoever gave an opinion hears of the end only as somebody who was copied.
  if (to === state.plan.requesterId || (part !== undefined && part.hasSpoken !== true)) {
    return refuse('sees-it-already', 'whoever is named is the requester, or is or was asked');
  }
  return copies.length >= MAX_COPIES
    ? refuse('too-many-copies', `${MAX_COPIES} people were copied already`)
    : undefined;
}

function copyBy({ to: employeeId, by: who, level, round }: CopyCommand, { now, sequence }: ApprovalContext): Copy {
  const entry = sequence === undefined ? {} : { sequence };
  return { employeeId, by: who, level, round, at: now.toISOString(), ...entry };
}
