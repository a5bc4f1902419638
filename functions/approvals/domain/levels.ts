/** Levels open and remind: what happens by the clock and not by a person. */
import { clockHoursAfter } from '../../calendar/domain/working-time.ts';
import type { ApprovalContext } from './approval-commands.ts';
import { type Happened, unchanged } from './approval-events.ts';
import { type ApprovalState, levelAt, type OpenLevel, type Seat } from './approval-state.ts';
import { askedAmong, currentApprovers, levelsTogether, ownSeats, plannedSeats } from './seats.ts';
import { withSubstitutes } from './substitutes.ts';

/** The times of levels that are open together: of each kind the earliest. */
export function timesOf({ plan }: ApprovalState, level: number) {
  const levels = levelsTogether(plan, level).map((index) => levelAt(plan, index));
  return {
    remindAfterHours: Math.min(...levels.map(({ remindAfterHours }) => remindAfterHours)),
    escalateAfterHours: Math.min(...levels.map(({ escalateAfterHours }) => escalateAfterHours)),
    expireAfterHours: Math.min(...levels.map(({ expireAfterHours }) => expireAfterHours)),
    isOnTheClock: levels.some(({ isOnTheClock }) => isOnTheClock === true),
  };
}

/** Everybody who would be asked on the level that opens next. */
export function peopleToAsk(state: ApprovalState): readonly string[] {
  return [...new Set(seatsToOpen(state).map(({ employeeId }) => employeeId))];
}

/** Who is asked on the current level, be it open or still to be opened: the times are those of their working days. */
export function askedNow(state: ApprovalState): readonly string[] {
  const asked = askedAmong(state.plan, state.open?.seats ?? seatsToOpen(state));
  return [...new Set(asked.map(({ employeeId }) => employeeId))];
}

function seatsToOpen({ plan, level, restored }: ApprovalState): readonly Seat[] {
  return restored ?? plannedSeats(plan, level);
}

/**
 * The machine stands at the current level: it opens, or its wait takes the place of an earlier one.
 * @throws RangeError when nobody sits on it
 */
export function openLevel(
  state: ApprovalState,
  command: { waitId: string; openedAt: string },
  context: Pick<ApprovalContext, 'hoursAfter' | 'substitutes' | 'now' | 'people'>,
): Happened {
  if (state.status === 'closed' || state.open?.waitId === command.waitId) {
    return unchanged(state);
  }
  const { waitId, openedAt } = command;
  const { level } = state;
  const { hoursAfter = clockHoursAfter } = context;
  const deadline = hoursAfter(openedAt, timesOf(state, level).expireAfterHours).toISOString();
  if (state.open !== undefined) {
    const replacedWaitId = state.open.waitId;
    return {
      kind: 'events',
      events: [{ type: 'LevelReopened', level, waitId, replacedWaitId, deadline }],
      state: { ...state, open: { ...NOT_RUNG, ...kept(state.open), waitId, openedAt, deadline } },
    };
  }
  const { restored: _opensNow, ...rest } = state;
  const { seats, events } = withSubstitutes(state, seatsToOpen(state), context);
  const empty = levelsTogether(state.plan, level).find((index) => ownSeats(seats, index).length === 0);
  if (empty !== undefined) {
    throw new RangeError(`nobody sits on the level "${levelAt(state.plan, empty).name}": it cannot open`);
  }
  const round = state.round + 1;
  const opened: ApprovalState = {
    ...rest,
    status: 'open',
    round,
    open: { ...NOT_RUNG, waitId, openedAt, deadline, seats },
  };
  const openings = levelsTogether(state.plan, level).map((index) => {
    const approverIds = askedOn(opened, index);
    return { type: 'LevelOpened', level: index, round, waitId, approverIds, deadline } as const;
  });
  return { kind: 'events', events: [...openings, ...events], state: opened };
}

/** Of levels beside each other each has people of its own. */
function askedOn({ plan, open }: ApprovalState, level: number): readonly string[] {
  const asked = askedAmong(plan, open?.seats ?? []).filter((one) => one.level === level);
  return [...new Set(asked.map(({ employeeId }) => employeeId))];
}

/** Each wait counts its reminders and escalations from the first one on. */
const NOT_RUNG = { reminded: false, escalated: false } as const;

/** Who has a voice, was urged, or was told of to the operators, is so in the next wait as well. */
function kept({ seats, urged, leftIds }: OpenLevel): Pick<OpenLevel, 'seats' | 'urged' | 'leftIds'> {
  return { seats, ...(urged === undefined ? {} : { urged }), ...(leftIds === undefined ? {} : { leftIds }) };
}

/** Those who are asked now, and silent, are reminded, once each step. */
export function remind(state: ApprovalState, { step = 1 }: { readonly step?: number }): Happened {
  const { open } = state;
  const before = open?.reminded === true ? (open.remindStep ?? 1) : 0;
  if (open === undefined || step <= before) {
    return unchanged(state);
  }
  const approverIds = currentApprovers(state);
  return {
    kind: 'events',
    events: [{ type: 'LevelReminded', level: state.level, approverIds, step }],
    state: { ...state, open: { ...open, reminded: true, remindStep: step, remindedIds: approverIds } },
  };
}
