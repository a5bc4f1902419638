/**
 * Two pairs of eyes on levels that follow each other or are open together: where one person decides for all, nobody is asked
 * on both when others can take one of them; otherwise the two become one. Nobody is taken from a level for which they were
 * chosen, and where everybody signs, everybody signs. Pure.
 */
import type { Person } from '../../directory/port.ts';
import { isChosen } from './chosen.ts';
import type { Voice } from './fill-level.ts';
import type { ApprovalLevelRule } from './level-rule.ts';
import { isForOne, type RoutingNote } from './plan.ts';

/** A level on its way to becoming part of the plan. */
export interface SeatedLevel {
  readonly rule: ApprovalLevelRule;
  readonly voices: readonly Voice[];
  /** The approval ends with it: whoever decides commits the company to the amount. */
  readonly isLast: boolean;
  /** It opens beside the level before it; of the first one that is left this says nothing. */
  readonly isParallel: boolean;
}

export interface Seating {
  readonly seats: readonly SeatedLevel[];
  readonly notes: readonly RoutingNote[];
}

/** Every step takes a voice or a level away, so that it ends. */
export function keepApart(seating: Seating): Seating {
  const next = firstStep(seating);
  return next === undefined ? seating : keepApart(next);
}

function firstStep(seating: Seating): Seating | undefined {
  for (const [later] of seating.seats.entries()) {
    for (const earlier of seating.seats.slice(0, later).keys()) {
      const next = isNextTo(seating.seats, earlier, later) ? separated(seating, earlier, later) : undefined;
      if (next !== undefined) {
        return next;
      }
    }
  }
  return undefined;
}

/** Levels that open together, or one after the other without another one between. */
function isNextTo(seats: readonly SeatedLevel[], earlier: number, later: number): boolean {
  return seats.slice(earlier + 1, later + 1).filter(({ isParallel }) => !isParallel).length <= 1;
}

/** Undefined: they share nobody, or may. */
function separated(seating: Seating, earlier: number, later: number): Seating | undefined {
  const [before, after] = [seating.seats[earlier], seating.seats[later]];
  if (before === undefined || after === undefined || !isForOne(before.rule) || !isForOne(after.rule)) {
    return undefined;
  }
  const [twice] = shared(before, after);
  return twice === undefined
    ? undefined
    : (withoutThoseOf(seating, later, before) ??
        withoutThoseOf(seating, earlier, after) ??
        dealtOut(seating, earlier, later) ??
        merged(seating, earlier, after, twice));
}

/** Undefined: nobody would be left on the level, or nobody may be taken from it. */
function withoutThoseOf(seating: Seating, index: number, other: SeatedLevel): Seating | undefined {
  const seat = seating.seats[index];
  const left = seat?.voices.filter(({ person }) => !holds(other, person)) ?? [];
  return left.length === 0 ? undefined : withVoices(seating, index, left, other);
}

/** The same several people on both: the first of them decides the one level, the others the other. */
function dealtOut(seating: Seating, earlier: number, later: number): Seating | undefined {
  const [before, after] = [seating.seats[earlier], seating.seats[later]];
  const [first, ...others] = before?.voices ?? [];
  if (before === undefined || after === undefined || first === undefined || others.length === 0) {
    return undefined;
  }
  const toOthers = withVoices(seating, earlier, [first], after);
  return toOthers === undefined
    ? undefined
    : withVoices(
        toOthers,
        later,
        after.voices.filter(({ person }) => person.employeeId !== first.person.employeeId),
        before,
      );
}

/** Undefined: somebody was chosen for the level. */
function withVoices(
  { seats, notes }: Seating,
  index: number,
  voices: readonly Voice[],
  other: SeatedLevel,
): Seating | undefined {
  const [seat, [to]] = [seats[index], voices];
  if (seat === undefined || to === undefined || hasChosen(seat)) {
    return undefined;
  }
  const gone = seat.voices.filter((voice) => !voices.includes(voice));
  const replaced = gone.map(
    ({ person }): RoutingNote => ({
      kind: 'replaced',
      level: seat.rule.level,
      from: person.employeeId,
      to: to.person.employeeId,
      reason: `is asked on level "${other.rule.level}"`,
    }),
  );
  return { seats: seats.with(index, { ...seat, voices }), notes: [...notes, ...replaced] };
}

/** The later level stays, and what opened beside the other one opens in its place. Undefined: not all are on both. */
function merged(
  { seats, notes }: Seating,
  earlier: number,
  after: SeatedLevel,
  { employeeId: to }: Person,
): Seating | undefined {
  const [before, next] = [seats[earlier], seats[earlier + 1]];
  if (before === undefined || next === undefined || !isOfSame(before, after)) {
    return undefined;
  }
  const { level } = before.rule;
  const note: RoutingNote = { kind: 'merged', level, to, reason: `the same decides level "${after.rule.level}"` };
  const opened = seats.with(earlier + 1, { ...next, isParallel: next.isParallel && before.isParallel });
  return { seats: opened.toSpliced(earlier, 1), notes: [...notes, note] };
}

function isOfSame(before: SeatedLevel, after: SeatedLevel): boolean {
  return before.voices.length === after.voices.length && shared(before, after).length === after.voices.length;
}

function hasChosen({ rule }: SeatedLevel): boolean {
  return rule.approvers.some((approver) => isChosen(approver.rule));
}

function shared(before: SeatedLevel, after: SeatedLevel): readonly Person[] {
  return after.voices.map(({ person }) => person).filter((person) => holds(before, person));
}

function holds(seat: SeatedLevel, { employeeId }: Person): boolean {
  return seat.voices.some(({ person }) => person.employeeId === employeeId);
}
