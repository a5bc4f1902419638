/** The requester urges those who have the task now (催办). Pure. */
import { clockHoursAfter } from '../../calendar/domain/working-time.ts';
import type { ApprovalContext, UrgeCommand } from './approval-commands.ts';
import { type ApprovalResult, refuse } from './approval-events.ts';
import type { ApprovalState } from './approval-state.ts';
import { currentApprovers } from './seats.ts';

/** Working hours of whoever is asked first, from one urge to the next: a mail an hour helps nobody to decide. */
export const URGE_AGAIN_AFTER_HOURS = 4;

export function urge(
  state: ApprovalState,
  { by: employeeId, eventId }: UrgeCommand,
  { now, hoursAfter = clockHoursAfter }: ApprovalContext,
): ApprovalResult {
  const { open, plan, level } = state;
  if (employeeId !== plan.requesterId) {
    return refuse('not-your-task', 'only the requester urges');
  }
  if (open === undefined) {
    return refuse('already-decided', 'nobody is asked now');
  }
  if (open.urged?.eventId === eventId) {
    return { kind: 'events', events: [], state };
  }
  if (open.urged !== undefined && now < hoursAfter(open.urged.at, URGE_AGAIN_AFTER_HOURS)) {
    return refuse('urged-already', `those who are asked were urged at ${open.urged.at}`);
  }
  return {
    kind: 'events',
    events: [{ type: 'LevelUrged', level, employeeId, eventId, approverIds: currentApprovers(state) }],
    state: { ...state, open: { ...open, urged: { at: now.toISOString(), eventId } } },
  };
}
