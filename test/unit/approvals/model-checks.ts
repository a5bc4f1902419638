/** What must hold after every step of an approval, whatever happened; judged by other means than the reducer's own. */
import { expect } from 'vitest';
import type { ApprovalCommand, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalEvent } from '../../../functions/approvals/domain/approval-events.ts';
import { type ApprovalState, withoutOpenLevel } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalLevel } from '../../../functions/approvals/domain/plan.ts';
import { type Asked, askedNow, levelResult } from '../../../functions/approvals/domain/seats.ts';
import { namedNext, run, withoutCopies } from './any-steps.ts';
import { personIn, standInsOf, type World } from './any-world.ts';
import type { TwoEyesBook } from './two-eyes-book.ts';

const BARRED = ['claim-first', 'own-request', 'segregation-of-duties', 'inactive-person'];

/**
 * Whoever is asked can do what they are asked for: nothing waits for somebody who cannot answer. Where somebody may not
 * approve because they approved another level, somebody else on the level may.
 */
export function expectAnswerable(state: ApprovalState, world: World, eyes: TwoEyesBook): void {
  const asked = askedNow(state);
  expect(asked.length).toBeGreaterThan(0);
  if (world.now > new Date(state.open?.deadline ?? 0)) {
    return;
  }
  const [yes, no] = [state.plan.actions[0]?.action ?? '', state.plan.actions.at(-1)?.action ?? ''];
  const attempt = ({ employeeId, level, isForOpinion }: Asked, action: string) => {
    const wanted: Wish = isForOpinion
      ? { kind: 'give-back', comment: 'an opinion' }
      : { kind: 'decide', action, comment: 'because' };
    const at = { by: employeeId, level, round: state.round, via: 'operator-tool' } as const;
    const result = run(state, { ...wanted, ...at, documentVersion: state.plan.documentVersion }, world);
    return result.kind === 'refused' ? result.refusal : undefined;
  };
  for (const one of asked) {
    const refusal = attempt(one, no);
    expect(refusal === undefined || BARRED.includes(refusal)).toBe(true);
  }
  for (const one of asked.filter(({ isForOpinion }) => !isForOpinion)) {
    const refusal = attempt(one, yes);
    const others = asked.filter(({ level }) => level === one.level);
    if (refusal === undefined || refusal === 'decided-before') {
      expect(eyes.mayApprove(state, one.employeeId, one.level)).toBe(refusal === undefined);
      expect(refusal === undefined || others.some((other) => attempt(other, yes) !== refusal)).toBe(true);
    }
  }
}

function expectWellDecided({ plan: { requesterId, excluded } }: ApprovalState, by: string, world: World): void {
  expect(by).not.toBe(requesterId);
  expect(personIn(world, by).active).toBe(true);
  expect(excluded.map(({ employeeId }) => employeeId)).not.toContain(by);
}

/** @param world - as it was when the command came */
export function check(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
  { eyes, world }: { readonly eyes: TwoEyesBook; readonly world: World },
): void {
  const isChanged = JSON.stringify(after) !== JSON.stringify(before);
  // Nothing is told that did not happen, and nothing happens that is not told.
  expect(events.length > 0).toBe(isChanged);
  const isClosing = after.status === 'closed' && before.status !== 'closed';
  expect(events.some(({ type }) => type === 'ApprovalClosed')).toBe(isClosing);
  if (before.status === 'closed') {
    expect(isChanged).toBe(false);
  }
  const isMore = events.some(({ type }) => type === 'SubstituteAsked' || type === 'LevelOutOfReach');
  if (command.kind === 'copy' && !isMore) {
    expect(withoutCopies(after)).toEqual(withoutCopies(before));
  }
  expectRightlyChosen(before, after, events, command, { eyes, world });
  expectRightlyRaised(before, after, events, command, world);
  expectRightlyLimited(before, after, events, command);
  expectRightlyStoodIn(before, events, command, world);
  if (command.kind === 'hand-over') {
    if (events.length > 0) {
      expectWellDecided(before, command.to, world);
    }
  } else if ('by' in command && events.length > 0 && !['comment', 'attach', 'urge'].includes(command.kind)) {
    expectWellDecided(before, command.by, world);
  }
  // A signer who was taken away leaves the number of the seat to who comes in next.
  const had = before.open?.seats.filter(({ isStandIn }) => isStandIn) ?? [];
  const came = after.open?.seats.filter(
    ({ isStandIn, seatId }) => isStandIn && !had.some((seat) => seat.seatId === seatId),
  );
  if (before.open !== undefined && came !== undefined) {
    const told = events.flatMap((event) => ('addedIds' in event ? event.addedIds : []));
    expect(came.map(({ employeeId }) => employeeId)).toEqual(told);
    for (const employeeId of told) {
      expectWellDecided(before, employeeId, world);
    }
  }
}

/** Whoever is asked in the place of somebody stands in for them now, may decide, and gave the task to nobody. */
function expectRightlyStoodIn(
  before: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
  world: World,
): void {
  for (const event of events.filter((one) => one.type === 'SubstituteAsked')) {
    expect(standInsOf(world, event.from).map(({ employeeId }) => employeeId)).toContain(event.to);
    expectWellDecided(before, event.to, world);
    if (command.kind === 'hand-over') {
      const givers = command.isAdministrator === true ? [command.from, command.by] : [command.from];
      expect(givers).not.toContain(event.to);
    }
  }
}

/** Where the rules leave it to whoever decides last, one of those whom they name is asked next, and nobody chooses themselves. */
function expectRightlyChosen(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
  { eyes, world }: { readonly eyes: TwoEyesBook; readonly world: World },
): void {
  const made = events.find((event) => event.type === 'DecisionMade');
  if (made === undefined) {
    return;
  }
  const { level, named } = namedNext(before);
  const others = named.filter((employeeId) => employeeId !== made.employeeId);
  const fresh = others.filter(
    (employeeId) => !eyes.hasApproved(before, employeeId, level, eyes.choiceOf(level, employeeId)),
  );
  const candidates = fresh.length === 0 ? others : fresh;
  const isToBeChosen = made.outcome === 'next-level' && candidates.length > 0;
  expect(made.next !== undefined).toBe(isToBeChosen);
  if (made.next !== undefined) {
    const able = candidates.filter((employeeId) => personIn(world, employeeId).active);
    const isSaid = command.kind === 'decide' && command.next === made.next;
    expect(able).toContain(made.next);
    expect(isSaid || able.length === 1).toBe(true);
    expect(after.plan.levels.slice(after.level).some(({ approverIds }) => approverIds.join() === made.next)).toBe(true);
  }
}

/** A link alone decides up to what the rules said last, and whoever it decides for no more is told, unless they are asked again. */
function expectRightlyLimited(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
): void {
  const changed = events.find((event) => event.type === 'LinkLimitChanged');
  const wanted = changed === undefined || command.kind !== 're-route' ? before.plan.linkLimit : command.linkLimit;
  expect([after.plan.linkLimit, changed?.linkLimit ?? wanted]).toEqual([wanted, wanted]);
  const raised = events.find((event) => event.type === 'AmountRaised');
  if (changed !== undefined || raised !== undefined) {
    const isAskedAgain = events.some((event) => event.type === 'TaskRerouted' && event.isAskedAgain);
    const [was, is] = [before, after].map(({ plan }) => Number(plan.amount) <= Number(plan.linkLimit));
    const isTold = was === true && is === false && !isAskedAgain;
    const asked = [...new Set(askedNow(before).map(({ employeeId }) => employeeId))];
    expect(changed?.before ?? before.plan.linkLimit).toBe(before.plan.linkLimit);
    const told = [...(raised?.signInIds ?? []), ...(changed?.signInIds ?? [])];
    expect(told.toSorted()).toEqual(isTold ? asked.toSorted() : []);
  }
}

/** A level that is out of reach goes up to somebody, or the approval ends unapproved; none ends so that could be approved. */
function expectRightlyRaised(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
  world: World,
): void {
  const raised = events.find((event) => event.type === 'LevelOutOfReach');
  const isEnded = events.some((event) => event.type === 'ApprovalClosed' && event.cause === 'out-of-reach');
  expect(isEnded).toBe(raised !== undefined && raised.addedIds.length === 0);
  if (raised === undefined) {
    return;
  }
  expect(isEnded ? after.outcome : after.status).toBe(isEnded ? unapproved(before) : 'open');
  const plain = run(before, command, unjudged(world));
  expect(plain.kind === 'events' && afterEveryYes(plain.state, world).open === undefined).toBe(false);
}

function unapproved({ plan }: ApprovalState): string {
  return plan.actions.some(({ outcome }) => outcome === 'rejected') ? 'rejected' : 'expired';
}

/** No level whose voices are counted waits for what those who are left on it cannot give. */
export function expectWithinReach(state: ApprovalState, world: World): void {
  const isOver = world.now > new Date(state.open?.deadline ?? 0);
  if (!isOver && undecided(state).length > 0) {
    expect(undecided(afterEveryYes(state, world))).toEqual([]);
  }
}

/**
 * By trial: everybody does what they can for a yes, until nobody can do more; counted levels first, and who may commit the
 * company. After each deed it is seen anew who is asked: an opinion that was given makes room for whoever asked for it.
 */
function afterEveryYes(state: ApprovalState, world: World): ApprovalState {
  let current = released(state, world);
  for (let last: ApprovalState | undefined; current !== last && current.open !== undefined; ) {
    last = current;
    current = withoutSignersWhoLeft(current, world);
    current = afterNextDeed(current, world);
  }
  return current;
}

/** The first of them who can do anything has done it; the same where nobody can. */
function afterNextDeed(state: ApprovalState, world: World): ApprovalState {
  const asked = askedNow(state).toSorted((one, other) => rankOf(state, other, world) - rankOf(state, one, world));
  for (const one of asked) {
    const after = helped(state, one, world);
    if (after !== state) {
      return after;
    }
  }
  return state;
}

/** Of whoever stands in, no more than of whom they stand in for, while these work here; of an opinion, as of who asked for it. */
function rankOf({ open, plan }: ApprovalState, { employeeId, level, isForOpinion }: Asked, world: World): number {
  const seat = open?.seats.find(
    (one) => one.level === level && (isForOpinion ? one.delegate : one.employeeId) === employeeId,
  );
  const absent = seat?.inPlaceOf === undefined ? undefined : personIn(world, seat.inPlaceOf);
  const decider = personIn(world, seat?.employeeId ?? employeeId);
  const [own, theirs] = [decider, absent].map((one) => Number(one?.approvalLimit ?? 0));
  const first = isCounted(plan.levels[level]) ? 1_000_000 : 0;
  return first + (absent?.active === true ? Math.min(own ?? 0, theirs ?? 0) : (own ?? 0));
}

/** Whoever has claimed a task can leave it to somebody who may say more. */
function released(state: ApprovalState, world: World): ApprovalState {
  const claimed = state.open?.seats.filter((seat) => seat.claimed === true && seat.vote === undefined) ?? [];
  return claimed.reduce(
    (current, { employeeId, level }) => attempted(current, employeeId, level, { kind: 'release', comment: '' }, world),
    state,
  );
}

/** Indexes of the levels that are open, whose voices are counted and not given yet. */
function undecided({ plan, open }: ApprovalState): readonly number[] {
  const levels = new Set(open?.seats.map(({ level }) => level));
  return [...levels].filter(
    (level) => isCounted(plan.levels[level]) && levelResult(plan, open?.seats ?? [], level) === 'open',
  );
}

function isCounted(level: ApprovalLevel | undefined): boolean {
  return level?.mode.kind === 'quorum' || level?.mode.kind === 'weighted';
}

function helped(state: ApprovalState, { employeeId: by, level, isForOpinion }: Asked, world: World): ApprovalState {
  const asker = state.open?.seats.find((seat) => seat.level === level && seat.delegate === by)?.employeeId ?? '';
  const yes = state.plan.actions[0]?.action ?? '';
  const { named } = namedNext(state);
  const choices = named.length === 0 ? [undefined] : named;
  const isToClaim = state.plan.levels[level]?.mode.kind === 'claim';
  const attempts: readonly (readonly [string, Wish])[] = isForOpinion
    ? [
        [by, { kind: 'give-back', comment: 'an opinion' }],
        [asker, { kind: 'recall', comment: '' }],
      ]
    : [
        ...(isToClaim ? [[by, { kind: 'claim', comment: '' }] as const] : []),
        ...choices.map((next) => [by, { kind: 'decide', action: yes, next, comment: 'because' }] as const),
      ];
  return attempts.reduce((current, [who, wish]) => attempted(current, who, level, wish, world), state);
}

function withoutSignersWhoLeft(state: ApprovalState, world: World): ApprovalState {
  const seats = state.open?.seats ?? [];
  const gone = seats.filter(({ added, employeeId }) => added !== undefined && !personIn(world, employeeId).active);
  return gone.reduce((current, { added, level, employeeId: signer }) => {
    const owner = seats.find(({ seatId }) => seatId === added?.to)?.employeeId ?? '';
    return attempted(current, owner, level, { kind: 'remove-signer', signer, comment: '' }, world);
  }, state);
}

function attempted(state: ApprovalState, by: string, level: number, wish: Wish, world: World): ApprovalState {
  const { round, plan } = state;
  const at = { by, level, round, documentVersion: plan.documentVersion, via: 'operator-tool' } as const;
  const result = run(state, { ...wish, ...at }, unjudged(world));
  if (result.kind === 'events') {
    return result.state;
  }
  // It waits for whom the directory gives the post, or whom escalation brings in for who has approved another level.
  const isLeft =
    result.refusal === 'nobody-to-choose' || (result.refusal === 'decided-before' && isCounted(plan.levels[level]));
  return isLeft ? withoutOpenLevel(state) : state;
}

const trials = new WeakMap<World, World>();

/** The same one for the same world. */
function unjudged(world: World): World {
  const found = trials.get(world) ?? { ...world, isJudged: false };
  trials.set(world, found);
  return found;
}
