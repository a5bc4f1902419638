/** A person adds a file to what is decided on. It was checked and kept before; here it is only whether it counts. */
import type { ApprovalContext, TaskCommand } from './approval-commands.ts';
import { type ApprovalResult, refuse, unchanged } from './approval-events.ts';
import type { ApprovalState } from './approval-state.ts';
import { by, onSeat } from './hand-on.ts';

/** Of one approval: its state is one item of the table, which has a size. */
export const MAX_ATTACHMENTS = 20;

/** A file that is there already changes nothing, so that the message of its arrival may come twice. */
export function attach(
  state: ApprovalState,
  command: Extract<TaskCommand, { readonly kind: 'attach' }>,
  context: ApprovalContext,
): ApprovalResult {
  const { file } = command;
  if (state.attachments.some(({ fileId }) => fileId === file.fileId)) {
    return unchanged(state);
  }
  const result = onSeat(state, command, context, ({ seats }) =>
    state.attachments.length >= MAX_ATTACHMENTS
      ? refuse('too-many-files', `the approval has ${MAX_ATTACHMENTS} files already`)
      : { seats, event: { type: 'FileAttached', ...by(command), ...file } },
  );
  if (result.kind === 'refused') {
    return result;
  }
  const { level, by: employeeId } = command;
  const { now, sequence } = context;
  const entry = sequence === undefined ? {} : { sequence };
  const attachment = { ...file, level, employeeId, at: now.toISOString(), ...entry };
  return { ...result, state: { ...result.state, attachments: [...state.attachments, attachment] } };
}
