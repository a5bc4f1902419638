/**
 * The reducer against a second opinion: all commands, by everybody, in every order, over every mode and combination.
 * The second opinion keeps a book of its own from the events alone and counts the voices anew.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalEvent } from '../../../functions/approvals/domain/approval-events.ts';
import { type ApprovalState, RETURNED } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';
import { type Asked, askedNow, currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { directory, expectEveryLevelDecided, plans } from './any-plan.ts';
import { commandOf, frozen, namedNext, run, type Step, steps, withoutCopies, worldAfter } from './any-steps.ts';
import { CALM, type World } from './any-world.ts';
import { EVENTS, metOf, REFUSALS } from './met.ts';
import { TaskBook } from './task-book.ts';
import { TwoEyesBook } from './two-eyes-book.ts';
import { type Change, nextVersion } from './versions.ts';
import { VoiceBook } from './voice-book.ts';

const BARRED = ['claim-first', 'own-request', 'segregation-of-duties', 'inactive-person'];

/**
 * Whoever is asked can do what they are asked for: nothing waits for somebody who cannot answer. Where somebody may not
 * approve because they approved another level, somebody else on the level may.
 */
function expectAnswerable(state: ApprovalState, world: World, eyes: TwoEyesBook): void {
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

function expectWellDecided(state: ApprovalState, by: string): void {
  const { requesterId, excluded } = state.plan;
  expect(by).not.toBe(requesterId);
  expect(by).not.toBe('G');
  expect(excluded.map(({ employeeId }) => employeeId)).not.toContain(by);
}

/** By person, level and deadline: what the task lists say must be what the approval asks. */
function expectedLists(state: ApprovalState): readonly string[] {
  return askedNow(state)
    .map(({ employeeId, level: index, isForOpinion }) =>
      [employeeId, index, state.open?.deadline, isForOpinion ? 'opinion' : 'decision'].join(' '),
    )
    .toSorted();
}

interface Tally {
  readonly outcomes: Map<string, number>;
  readonly happened: Map<string, number>;
  readonly refused: Map<string, number>;
}

function newTally(): Tally {
  return { outcomes: new Map(), happened: new Map(), refused: new Map() };
}

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function play(approval: ApprovalPlan, all: readonly Step[], tally: Tally): void {
  let book = new VoiceBook(approval);
  const eyes = new TwoEyesBook(approval);
  let world = CALM;
  // What has ended stays as it is; a few attempts on it are enough.
  let afterEnd = 0;
  const lists = new TaskBook();
  let state = frozen(newApproval(approval));
  for (const [index, step] of all.entries()) {
    afterEnd += state.status === 'closed' && state.outcome !== RETURNED ? 1 : 0;
    if (afterEnd > 3) {
      break;
    }
    const changed = worldAfter(step, world);
    if (changed !== undefined) {
      world = changed;
      continue;
    }
    if (step.kind === 'open' && state.outcome === RETURNED) {
      const next = nextVersionOf(state, step.change);
      eyes.goOn(state, next);
      state = next;
      book = new VoiceBook(state.plan, state.level);
    }
    const command = commandOf(step, state, index, world);
    const result = run(state, command, world);
    if (result.kind === 'refused') {
      // Only what people do is refused; a refusal changes nothing.
      expect('by' in command).toBe(true);
      count(tally.refused, result.refusal);
      continue;
    }
    const { events } = result;
    check(state, result.state, events, command, eyes);
    for (const event of events) {
      count(tally.happened, event.type);
      book.hear(event, command, result.state);
      eyes.hear(event, state, result.state);
    }
    lists.replace(state, result.state);
    state = frozen(result.state);
    expect(lists.all()).toEqual(expectedLists(state));
    expect(book.view()).toEqual({ status: state.status, level: state.level, outcome: state.outcome });
    if (state.status === 'open') {
      expectAnswerable(state, world, eyes);
    }
  }
  count(tally.outcomes, state.outcome ?? state.status);
  if (state.outcome === 'approved' || state.outcome === 'accepted') {
    expectEveryLevelDecided(state);
  }
}

/** What was returned goes on as its next version; nobody decides about the one before any more. */
function nextVersionOf(state: ApprovalState, change: Change): ApprovalState {
  const { plan: returned, level: at, round, decisions } = state;
  const { employeeId: by } = decisions[0] ?? { employeeId: 'A' };
  const late = { kind: 'decide', action: 'approve', comment: '', by, level: at, round, via: 'link' } as const;
  const context = { now: CALM.now, decider: directory(by), documentVersion: returned.documentVersion + 1 };
  const result = decideApproval(state, { ...late, documentVersion: returned.documentVersion }, context);
  expect(result).toMatchObject({ refusal: 'stale-version' });
  return frozen(nextVersion(state, change));
}

function check(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
  eyes: TwoEyesBook,
): void {
  const isChanged = JSON.stringify(after) !== JSON.stringify(before);
  // Nothing is told that did not happen, and nothing happens that is not told.
  expect(events.length > 0).toBe(isChanged);
  const isClosing = after.status === 'closed' && before.status !== 'closed';
  expect(events.some(({ type }) => type === 'ApprovalClosed')).toBe(isClosing);
  if (before.status === 'closed') {
    expect(isChanged).toBe(false);
  }
  if (command.kind === 'copy' && !events.some(({ type }) => type === 'SubstituteAsked')) {
    expect(withoutCopies(after)).toEqual(withoutCopies(before));
  }
  expectRightlyChosen(before, after, events, command, eyes);
  expectRightlyLimited(before, after, events, command);
  if (command.kind === 'hand-over') {
    expectWellDecided(before, events.length > 0 ? command.to : '');
  } else if ('by' in command && events.length > 0 && !['comment', 'attach', 'urge'].includes(command.kind)) {
    expectWellDecided(before, command.by);
  }
  for (const { employeeId } of after.open?.seats.filter(({ isStandIn }) => isStandIn === true) ?? []) {
    expectWellDecided(before, employeeId);
  }
}

/** Where the rules leave it to whoever decides last, one of those whom they name is asked next, and nobody chooses themselves. */
function expectRightlyChosen(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
  eyes: TwoEyesBook,
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
    const able = candidates.filter((employeeId) => employeeId !== 'G');
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
  if (changed !== undefined) {
    const isAskedAgain = events.some((event) => event.type === 'TaskRerouted' && event.isAskedAgain);
    const [was, is] = [changed.before, wanted].map((limit) => Number(before.plan.amount) <= Number(limit));
    const isTold = was === true && is === false && !isAskedAgain;
    const asked = [...new Set(askedNow(before).map(({ employeeId }) => employeeId))];
    expect(changed.before).toBe(before.plan.linkLimit);
    expect(changed.signInIds.toSorted()).toEqual(isTold ? asked.toSorted() : []);
  }
}

describe('an approval, whatever happens to it', () => {
  it('decides as a recount of its voices says, asks only who can answer, and never ends well without decisions', () => {
    fc.assert(
      fc.property(plans, steps, (approval, all) => play(approval, all, newTally())),
      { numRuns: 1_000 },
    );
  }, 60_000);

  it('does so whatever may happen: from one beginning every end is reached, and all is met that one plan can lead to', () => {
    const tally = newTally();
    fc.assert(
      fc.property(plans, steps, (approval, all) => play(approval, all, tally)),
      { numRuns: 2_000, seed: 1 },
    );
    expect([...tally.outcomes.keys()]).toEqual(
      expect.arrayContaining([
        'accepted',
        'approved',
        'cancelled-in-erp',
        'expired',
        'rejected',
        'returned',
        'withdrawn',
      ]),
    );
    expect([...tally.happened.keys()].toSorted()).toEqual(metOf(EVENTS));
    expect([...tally.refused.keys()].toSorted()).toEqual(metOf(REFUSALS));
  }, 60_000);

  it('does the same again when it is told the same again', () => {
    fc.assert(
      fc.property(plans, steps, (approval, all) => {
        let state = newApproval(approval);
        for (const [index, step] of all.entries()) {
          const command = commandOf(step, state, index);
          const [once, again] = [run(state, command), run(JSON.parse(JSON.stringify(state)), command)];
          expect(again).toEqual(once);
          state = once.kind === 'events' ? once.state : state;
        }
        expect(currentApprovers(state)).toEqual(currentApprovers(JSON.parse(JSON.stringify(state))));
      }),
      { numRuns: 200 },
    );
  });
});
