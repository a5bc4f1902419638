/** A person gives a task to somebody else, for good or for an opinion, or brings further people in. */
import type { ApprovalContext, TaskCommand } from './approval-commands.ts';
import { type ApprovalEvent, type ApprovalResult, type Refused, refuse } from './approval-events.ts';
import { type ApprovalState, heldBy, levelAt, type OpenLevel, type Seat } from './approval-state.ts';
import { refusalOfSecondLevel, refusalOfTaking } from './decided-before.ts';
import { MAX_VOICES } from './plan.ts';
import { refusalOfTarget, seatFor } from './refusals.ts';
import { MAX_REMARKS, remarksWith } from './remarks.ts';
import { replaceSeat } from './seats.ts';
import { standInsBut, withSubstitutes } from './substitutes.ts';
import { signersOf } from './voices.ts';

/** A task that goes round is a task that nobody decides. */
const MAX_MOVES = 5;

type Of<Kind extends TaskCommand['kind']> = Extract<TaskCommand, { readonly kind: Kind }>;

/** What keeps others of a group from deciding meanwhile: not for who may not approve in the end. */
const TAKING_UP: readonly TaskCommand['kind'][] = ['claim', 'delegate', 'add-signer'];

interface Done {
  readonly seats: readonly Seat[];
  readonly event: ApprovalEvent;
  readonly further?: readonly ApprovalEvent[];
}

/** Runs a command on the seat of whoever gave it. */
export function onSeat(
  state: ApprovalState,
  command: TaskCommand,
  context: ApprovalContext,
  work: (open: OpenLevel, seat: Seat) => Done | Refused,
): ApprovalResult {
  const seated = seatFor(state, command, context);
  if (seated.kind === 'refused') {
    return seated;
  }
  const { open, seat } = seated;
  const barred = TAKING_UP.includes(command.kind) ? refusalOfSecondLevel(state, open.seats, seat) : undefined;
  const done = barred ?? work(open, seat);
  if ('kind' in done) {
    return done;
  }
  const remarks = remarksWith(state, command, context);
  const events = [done.event, ...(done.further ?? [])];
  return { kind: 'events', events, state: { ...state, open: { ...open, seats: done.seats }, remarks } };
}

/** Who did it, for the event. */
export function by(command: TaskCommand) {
  return { level: command.level, employeeId: command.by, via: command.via };
}

/** Words for the record and for those who decide after; they decide nothing. */
export function comment(state: ApprovalState, command: Of<'comment'>, context: ApprovalContext): ApprovalResult {
  return onSeat(state, command, context, ({ seats }) =>
    command.comment.trim() === ''
      ? refuse('comment-required', 'there is nothing in the comment')
      : (refusalOfRemark(state) ?? { seats, event: { type: 'CommentMade', ...by(command) } }),
  );
}

function refusalOfRemark({ remarks }: ApprovalState): Refused | undefined {
  return remarks.length >= MAX_REMARKS
    ? refuse('too-many-remarks', `the approval has ${MAX_REMARKS} comments and opinions already`)
    : undefined;
}

/** From now on nobody else of the group may decide. */
export function claim(state: ApprovalState, command: Of<'claim'>, context: ApprovalContext): ApprovalResult {
  return onSeat(state, command, context, ({ seats }, seat) =>
    levelAt(state.plan, seat.level).mode.kind !== 'claim' || seat.claimed === true
      ? refuse('not-possible-here', 'there is nothing to claim')
      : { seats: replaceSeat(seats, { ...seat, claimed: true }), event: { type: 'TaskClaimed', ...by(command) } },
  );
}

/** The task goes back to the group. */
export function release(state: ApprovalState, command: Of<'release'>, context: ApprovalContext): ApprovalResult {
  return onSeat(state, command, context, ({ seats }, seat) => {
    if (seat.claimed !== true || signersOf(seats, seat).length > 0) {
      return refuse('not-possible-here', 'the task is not claimed, or signers were added to it');
    }
    const { claimed: _released, ...free } = seat;
    return { seats: replaceSeat(seats, free), event: { type: 'TaskReleased', ...by(command) } };
  });
}

/** The task is somebody else's from now on (转办); while they are away, of whoever stands in for them. */
export function transfer(state: ApprovalState, command: Of<'transfer'>, context: ApprovalContext): ApprovalResult {
  return onSeat(state, command, context, ({ seats }, seat) => {
    const { to } = command;
    const refused = refusalOfTarget(state, seat.level, to, context);
    if (refused !== undefined) {
      return refused;
    }
    if (seat.isStandIn !== undefined) {
      return refuse('not-possible-here', 'who stands in for the silent decides in person');
    }
    if (seat.moves >= MAX_MOVES) {
      return refuse('handed-on-too-often', `the task was handed on ${seat.moves} times`);
    }
    const moved = { ...heldBy(seat, to), moves: seat.moves + 1 };
    const barred = refusalOfTaking(state, seats, moved, 'chosen');
    if (barred !== undefined) {
      return barred;
    }
    const there = withSubstitutes(state, [moved], { ...context, substitutes: standInsBut([command.by], to, context) });
    const event: ApprovalEvent = { type: 'TaskTransferred', to, ...by(command) };
    return { seats: there.seats.reduce(replaceSeat, seats), event, further: there.events };
  });
}

/** Somebody is asked for an opinion, and the task comes back (委派). */
export function delegate(state: ApprovalState, command: Of<'delegate'>, context: ApprovalContext): ApprovalResult {
  return onSeat(state, command, context, ({ seats }, seat) => {
    const refused = refusalOfTarget(state, seat.level, command.to, context) ?? refusalOfRemark(state);
    return (
      refused ?? {
        seats: replaceSeat(seats, { ...seat, delegate: command.to }),
        event: { type: 'TaskDelegated', to: command.to, ...by(command) },
      }
    );
  });
}

/** Whoever was asked gives the opinion, in words; the decision stays with who asked. */
export function giveBack(state: ApprovalState, command: Of<'give-back'>, context: ApprovalContext): ApprovalResult {
  return onSeat(state, command, context, ({ seats }, seat) =>
    command.comment.trim() === ''
      ? refuse('comment-required', 'an opinion has words')
      : {
          seats: replaceSeat(seats, withoutDelegate(seat)),
          event: { type: 'DelegateAnswered', ...by(command) },
        },
  );
}

/** Whoever asked for an opinion no longer waits for it. */
export function recall(state: ApprovalState, command: Of<'recall'>, context: ApprovalContext): ApprovalResult {
  return onSeat(state, command, context, ({ seats }, seat) =>
    seat.delegate === undefined
      ? refuse('not-possible-here', 'nobody was asked for an opinion')
      : {
          seats: replaceSeat(seats, withoutDelegate(seat)),
          event: { type: 'DelegationRecalled', ...by(command) },
        },
  );
}

function withoutDelegate({ delegate: _answered, ...seat }: Seat): Seat {
  return seat;
}

/** A further person signs before, beside or after (加签); while they are away, whoever stands in for them. */
export function addSigner(state: ApprovalState, command: Of<'add-signer'>, context: ApprovalContext): ApprovalResult {
  return onSeat(state, command, context, ({ seats }, seat) => {
    const { to, where } = command;
    const refused = refusalOfTarget(state, seat.level, to, context);
    if (refused !== undefined) {
      return refused;
    }
    if (seat.isStandIn !== undefined) {
      return refuse('not-possible-here', 'who stands in for the silent decides in person');
    }
    if (seats.length >= MAX_VOICES) {
      return refuse('too-many-signers', `there are ${MAX_VOICES} voices already`);
    }
    const seatId = Math.max(...seats.map((other) => other.seatId)) + 1;
    const added: Seat = {
      seatId,
      level: seat.level,
      employeeId: to,
      weight: 1,
      moves: 0,
      added: { by: command.by, to: seat.seatId, where },
    };
    const barred = refusalOfTaking(state, seats, added, 'by-rule');
    if (barred !== undefined) {
      return barred;
    }
    const there = withSubstitutes(state, [added], context);
    const event: ApprovalEvent = { type: 'SignerAdded', to, where, ...by(command) };
    return { seats: [...seats, ...there.seats], event, further: there.events };
  });
}

/** Whoever added a signer takes them away again, as long as they and theirs have not decided (减签). */
export function removeSigner(
  state: ApprovalState,
  command: Of<'remove-signer'>,
  context: ApprovalContext,
): ApprovalResult {
  return onSeat(state, command, context, ({ seats }, seat) => {
    const signer = signersOf(seats, seat).find(({ employeeId }) => employeeId === command.signer);
    if (signer === undefined) {
      return refuse('unfit-person', 'whoever is named was not added by this person');
    }
    const gone = [signer, ...allBelow(seats, signer)];
    return gone.some(({ vote }) => vote !== undefined)
      ? refuse('already-decided', `${command.signer} has decided`)
      : {
          seats: seats.filter((other) => !gone.includes(other)),
          event: { type: 'SignerRemoved', to: command.signer, ...by(command) },
        };
  });
}

function allBelow(seats: readonly Seat[], seat: Seat): readonly Seat[] {
  return signersOf(seats, seat).flatMap((signer) => [signer, ...allBelow(seats, signer)]);
}
