/**
 * Whose yes commits the company to an amount. Somebody among those who say yes on the last levels has a limit that covers it.
 * Whoever stands in for somebody who is away brings no more than their own limit, and no more than that of whose voice it is.
 * Pure.
 */
import { compare } from '../../money/money.ts';
import type { Decider } from './approval-commands.ts';
import { type Refused, refuse } from './approval-events.ts';
import { levelAt, type Seat } from './approval-state.ts';
import { type ApprovalPlan, needsAuthority } from './plan.ts';
import { firstTogether, levelAfter, levelResult, levelsTogether } from './seats.ts';
import { isGiven, rootOf, saidNo, signersOf } from './voices.ts';

/** As the directory knows them now, by employee id; who is missing is unknown there. */
export type People = ReadonlyMap<string, Decider>;

/** True for whoever may commit the company to the amount. */
export function coversAmount({ amount }: ApprovalPlan, decider: Decider | undefined): boolean {
  return decider?.approvalLimit !== undefined && compare(decider.approvalLimit, amount) >= 0;
}

/** Whether the yes of the level is the last word, and commits the company to the amount. */
export function commits(plan: ApprovalPlan, level: number): boolean {
  return levelAfter(plan, level) === undefined && needsAuthority(plan.subject);
}

/**
 * Whether a yes of whoever has the seat counts for the amount. Whoever came in the place of somebody who has left decides by
 * their own limit alone.
 * @param people - undefined: nobody's limit is known, and who stands in brings none
 */
export function bringsAuthority(
  plan: ApprovalPlan,
  { inPlaceOf }: Seat,
  decider: Decider | undefined,
  people: People | undefined,
): boolean {
  const absent = people?.get(inPlaceOf ?? '');
  const isWithin = people !== undefined && (absent?.active !== true || coversAmount(plan, absent));
  return coversAmount(plan, decider) && (inPlaceOf === undefined || isWithin);
}

/**
 * Whether somebody whose yes counts for the amount has said yes there, or may still. Signers who were added do not count for
 * it, and neither does a voice that has come to a no, or who could only speak on a level that is decided.
 * @param seats - of the levels that are open together
 * @param but - a voice that is left out
 */
export function hasAuthority(plan: ApprovalPlan, seats: readonly Seat[], people: People, but?: Seat): boolean {
  return seats.some(
    (seat) => !isOfVoice(seats, seat, but) && mayBring(seats, seat) && brings(plan, seats, seat, people),
  );
}

/** Who was added speaks for the voice of another; and a voice that a signer has turned into a no commits the company to nothing. */
function mayBring(seats: readonly Seat[], seat: Seat): boolean {
  return seat.added === undefined && !saidNo(seats, rootOf(seats, seat));
}

function brings(plan: ApprovalPlan, seats: readonly Seat[], seat: Seat, people: People): boolean {
  return seat.vote === undefined
    ? mayStillBring(plan, seats, seat, people)
    : seat.vote === 'yes' && seat.hadAuthority === true;
}

function mayStillBring(plan: ApprovalPlan, seats: readonly Seat[], seat: Seat, people: People): boolean {
  return (
    levelResult(plan, seats, seat.level) === 'open' &&
    !isGiven(seats, seat) &&
    isAbleWithAll(plan, seats, seat, people) &&
    bringsAuthority(plan, seat, people.get(seat.employeeId), people)
  );
}

function isOfVoice(seats: readonly Seat[], seat: Seat, voice: Seat | undefined): boolean {
  return voice !== undefined && rootOf(seats, seat).seatId === rootOf(seats, voice).seatId;
}

/** Whether the person works here, and nothing bars them from deciding. */
export function isAble({ requesterId, excluded }: ApprovalPlan, { employeeId: id }: Seat, people: People): boolean {
  return people.get(id)?.active === true && id !== requesterId && !excluded.some(({ employeeId }) => employeeId === id);
}

/** The seat, and the signers who count with it, can all have decided in the end; or whoever has not decided takes a signer away. */
export function isAbleWithAll(plan: ApprovalPlan, seats: readonly Seat[], seat: Seat, people: People): boolean {
  const isRemovable = (signer: Seat) => seat.vote === undefined && isUntouched(seats, signer);
  return (
    (seat.vote !== undefined || isAble(plan, seat, people)) &&
    signersOf(seats, seat).every((signer) => isRemovable(signer) || isAbleWithAll(plan, seats, signer, people))
  );
}

function isUntouched(seats: readonly Seat[], seat: Seat): boolean {
  return seat.vote === undefined && signersOf(seats, seat).every((signer) => isUntouched(seats, signer));
}

/**
 * Whether the limit of whose voice it is would be needed: nobody else there commits the company, and theirs covers the amount
 * as far as is known.
 */
export function isLimitNeeded(
  plan: ApprovalPlan,
  seats: readonly Seat[],
  seat: Seat,
  people: People | undefined,
): boolean {
  if (!commits(plan, seat.level) || seat.added !== undefined) {
    return false;
  }
  const { inPlaceOf, employeeId } = rootOf(seats, seat);
  const owner = people?.get(seat.inPlaceOf ?? inPlaceOf ?? employeeId);
  return (
    people === undefined ||
    ((owner === undefined || coversAmount(plan, owner)) && !hasAuthority(plan, seats, people, seat))
  );
}

/**
 * Why a yes does not count for want of authority; undefined: it does. Anybody asked may say no.
 * @param voted - the seats as they would be with the yes
 * @param seat - of whoever says it
 */
export function refusalOfAuthority(
  plan: ApprovalPlan,
  voted: readonly Seat[],
  seat: Seat,
  people: People | undefined,
): Refused | undefined {
  const isMissing = isMissingAuthority(plan, voted, seat.level);
  if (seat.inPlaceOf === undefined) {
    const message = `the amount of ${plan.amount} is above the limit of everybody who says yes`;
    return isMissing ? refuse('over-authority', message) : undefined;
  }
  const brings = voted.some(({ seatId, hadAuthority }) => seatId === seat.seatId && hadAuthority === true);
  const isHopeless = !brings && isLimitNeeded(plan, voted, seat, people);
  return isMissing || isHopeless ? overSubstitutesAuthority(plan, voted, seat, people) : undefined;
}

/** The last levels would come to a yes without anybody whose yes counts for the amount. Signers who were added do not count for it. */
function isMissingAuthority(plan: ApprovalPlan, voted: readonly Seat[], level: number): boolean {
  const planned = voted.filter(({ added }) => added === undefined);
  const levels = levelsTogether(plan, firstTogether(plan, level));
  return (
    commits(plan, level) &&
    levels.every((index) => levelResult(plan, planned, index) === 'yes') &&
    !voted.some((seat) => mayBring(voted, seat) && seat.vote === 'yes' && seat.hadAuthority === true)
  );
}

/** Whoever stands in cannot commit the company to the amount: with the employee ids of those who may. */
export function overSubstitutesAuthority(
  plan: ApprovalPlan,
  seats: readonly Seat[],
  seat: Seat,
  people: People | undefined,
): Refused {
  const may = whoMay(plan, seats, seat, people);
  const known = may.length === 0 ? '' : `; it is for ${may.join(', ')}`;
  const message = `the amount of ${plan.amount} is above the limit of whoever stands in, or of whom they stand in for${known}`;
  return { ...refuse('substitute-over-authority', message), may };
}

/** Whose voice it is, and others who are asked there; where none of them may, whom the plan names for the escalation. */
function whoMay(plan: ApprovalPlan, seats: readonly Seat[], seat: Seat, people: People | undefined): readonly string[] {
  const covers = (id: string) => people?.get(id)?.active === true && coversAmount(plan, people.get(id));
  const others = seats.filter((other) => {
    const isTheirs = other.seatId === seat.seatId || other.added !== undefined || other.vote !== undefined;
    return !isTheirs && bringsAuthority(plan, other, people?.get(other.employeeId), people);
  });
  const may = [seat.inPlaceOf ?? seat.employeeId, ...others.map(({ employeeId }) => employeeId)].filter(covers);
  const { escalateTo = '' } = levelAt(plan, seat.level);
  return may.length > 0 ? [...new Set(may)] : [escalateTo].filter(covers);
}
