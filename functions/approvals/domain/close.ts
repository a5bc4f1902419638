/** The end of an approval, however it comes. */
import { type ClosingCause, type Happened, unchanged } from './approval-events.ts';
import { type ApprovalState, withoutOpenLevel } from './approval-state.ts';

/** Does nothing when the approval is closed already. */
export function closeApproval(state: ApprovalState, outcome: string, cause: ClosingCause, now: Date): Happened {
  if (state.status === 'closed') {
    return unchanged(state);
  }
  const { restored: _neverOpened, ...rest } = withoutOpenLevel(state);
  return {
    kind: 'events',
    events: [{ type: 'ApprovalClosed', level: state.level, outcome, cause }],
    state: { ...rest, status: 'closed', outcome, closedAt: now.toISOString() },
    ...(state.open === undefined ? {} : { answer: outcome }),
  };
}
