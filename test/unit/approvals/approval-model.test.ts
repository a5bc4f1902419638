/**
 * The reducer against a second opinion: all commands, by everybody, in every order, over every mode and combination.
 * The second opinion keeps a book of its own from the events alone and counts the voices anew.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalEvent } from '../../../functions/approvals/domain/approval-events.ts';
import { type ApprovalState, RETURNED } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';
import { askedNow, currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { ELSEWHERE } from '../../../functions/mail/task-gone-words.ts';
import { directory, expectEveryLevelDecided, plans } from './any-plan.ts';
import { commandOf, frozen, run, type Step, steps, worldAfter } from './any-steps.ts';
import { CALM } from './any-world.ts';
import { expectWordsForTheGone } from './gone-words.ts';
import { EVENTS, metOf, REFUSALS } from './met.ts';
import { check, expectAnswerable, expectWithinReach } from './model-checks.ts';
import { expectRightlyTakenBack } from './take-back-checks.ts';
import { TaskBook } from './task-book.ts';
import { TwoEyesBook } from './two-eyes-book.ts';
import { type Change, nextVersion } from './versions.ts';
import { VoiceBook } from './voice-book.ts';

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
  /** What took tasks from people. */
  readonly gone: Map<string, number>;
}

function newTally(): Tally {
  return { outcomes: new Map(), happened: new Map(), refused: new Map(), gone: new Map() };
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
      lists.nextVersion();
      state = next;
      book = new VoiceBook(state.plan, state.level);
    }
    const command = commandOf(step, state, index, world);
    const sum = step.kind === 'deed' ? step.deed.sum : undefined;
    const result = run(state, command, world, sum);
    expectRightlyTakenBack(state, command, result);
    if (result.kind === 'refused') {
      // Only what people do is refused; a refusal changes nothing.
      expect('by' in command).toBe(true);
      count(tally.refused, result.refusal);
      continue;
    }
    const { events } = result;
    expectNoPieceApproved(state, events, sum);
    check(state, result.state, events, command, { eyes, world });
    for (const taken of expectWordsForTheGone(state, result.state, events)) {
      count(tally.gone, taken);
    }
    for (const event of events) {
      count(tally.happened, event.type);
      book.hear(event, command, result.state);
      eyes.hear(event, state, result.state);
    }
    expectAwake(result.state, events);
    lists.replace(state, result.state);
    state = frozen(result.state);
    expect(lists.all()).toEqual(expectedLists(state));
    expect(lists.decided()).toEqual(expectedDecided(state));
    expect(book.view()).toEqual({ status: state.status, level: state.level, outcome: state.outcome });
    if (state.status === 'open') {
      expectAnswerable(state, world, eyes);
      if (events.length > 0) {
        expectWithinReach(state, world);
      }
    }
  }
  count(tally.outcomes, state.outcome ?? state.status);
  if (state.outcome === 'approved' || state.outcome === 'accepted') {
    expectEveryLevelDecided(state);
  }
}

/** Whoever has a decision of this version that they did not take back, or answered in words, each once and by the last of them. */
function expectedDecided({ decisions, remarks }: ApprovalState): readonly string[] {
  const last = new Map<string, string>();
  const own = decisions.filter(({ voided, keptFrom }) => voided !== 'taken-back' && keptFrom === undefined);
  const answers = remarks.filter(({ kind }) => kind !== 'comment' && kind !== 'question');
  for (const { employeeId, at } of [...own, ...answers]) {
    const before = last.get(employeeId);
    last.set(employeeId, before === undefined || before < at ? at : before);
  }
  return [...last].map(([person, at]) => `${person} ${at}`).toSorted();
}

/** Nobody says yes to part of what it is about, and nobody's yes to less stands once it is about more. */
function expectNoPieceApproved(before: ApprovalState, events: readonly ApprovalEvent[], sum: string | undefined): void {
  const made = events.find((event) => event.type === 'DecisionMade');
  const isYes = before.plan.actions.some(({ action, effect }) => action === made?.action && effect === 'advance');
  expect(isYes && Number(sum ?? '0') > Number(before.plan.amount)).toBe(false);
}

/** However a level came to be open, or to wait anew, its first reminder and escalation ring. */
function expectAwake(state: ApprovalState, events: readonly ApprovalEvent[]): void {
  const isNewWait = events.some(({ type }) => type === 'LevelOpened' || type === 'LevelReopened');
  for (const kind of isNewWait && state.open !== undefined ? (['remind', 'escalate'] as const) : []) {
    expect(decideApproval(state, { kind, step: 1 }, { now: CALM.now })).toMatchObject({
      events: expect.arrayContaining([expect.objectContaining({ step: 1 })]),
    });
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

describe('an approval, whatever happens to it', () => {
  it('decides as a recount of its voices says, asks only who can answer, and never ends well without decisions', () => {
    fc.assert(
      fc.property(plans, steps, (approval, all) => play(approval, all, newTally())),
      { numRuns: 1_000 },
    );
  }, 120_000);

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
    // The words say what happens: those of an event that takes nothing from anybody would be noise.
    expect([...tally.gone.keys()].filter((one) => /^[A-Z]/.test(one)).toSorted()).toEqual(
      Object.keys(ELSEWHERE).toSorted(),
    );
  }, 120_000);

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
