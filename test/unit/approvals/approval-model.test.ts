/**
 * The reducer against a second opinion: all commands, by everybody, in every order, over every mode and combination.
 * The second opinion keeps a book of its own from the events alone and counts the voices anew.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decideApproval, newApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, DecisionChannel, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalEvent, ApprovalResult } from '../../../functions/approvals/domain/approval-events.ts';
import { type ApprovalState, RETURNED } from '../../../functions/approvals/domain/approval-state.ts';
import type { ApprovalPlan } from '../../../functions/approvals/domain/plan.ts';
import { askedNow, currentApprovers } from '../../../functions/approvals/domain/seats.ts';
import { directory, expectEveryLevelDecided, type LevelDraft, levels, levelsFrom, people, plans } from './any-plan.ts';
import { OPENED_AT } from './approvals.ts';
import { TaskBook } from './task-book.ts';
import { type Change, changes, nextVersion } from './versions.ts';
import { VoiceBook } from './voice-book.ts';

/** What somebody wants, before it is known who they are: mostly one of those who are asked. */
interface Deed {
  readonly kind: Wish['kind'];
  readonly by: string | number;
  readonly to: string;
  readonly number: number;
  readonly comment: string;
  readonly roundOff: number;
  readonly versionOff: number;
}

const DEEDS: readonly (readonly [weight: number, kind: Wish['kind']])[] = [
  [24, 'decide'],
  [7, 'claim'],
  [4, 'release'],
  [1, 'comment'],
  [1, 'attach'],
  [3, 'transfer'],
  [3, 'delegate'],
  [3, 'copy'],
  [4, 'give-back'],
  [3, 'recall'],
  [5, 'add-signer'],
  [2, 'remove-signer'],
  [4, 'return-to-level'],
  [4, 'take-back'],
  [3, 'return-to-requester'],
];

const deeds: fc.Arbitrary<Deed> = fc.record({
  kind: fc.oneof(...DEEDS.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) }))),
  by: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 5 }) }, people),
  to: people,
  number: fc.nat({ max: 11 }),
  comment: fc.constantFrom('because', 'because', 'because', ' '),
  roundOff: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, -1, 1),
  versionOff: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1),
});

type Step =
  | { readonly kind: 'deed'; readonly deed: Deed }
  /** Of what was returned, its next version opens. */
  | { readonly kind: 'open'; readonly change: Change }
  /** The rules lead another way from the level `from` on. */
  | { readonly kind: 're-route'; readonly drafts: readonly LevelDraft[]; readonly from: number }
  | { readonly kind: 'urge' | 'remind' | 'escalate' | 'expire' | 'withdraw' | 'cancel' };

const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 14, arbitrary: deeds.map((deed): Step => ({ kind: 'deed', deed })) },
    { weight: 6, arbitrary: changes.map((change): Step => ({ kind: 'open', change })) },
    {
      weight: 1,
      arbitrary: fc
        .record({ drafts: levels, from: fc.nat({ max: 3 }) })
        .map((way): Step => ({ kind: 're-route', ...way })),
    },
    { weight: 2, arbitrary: fc.constantFrom('remind', 'escalate', 'urge').map((kind): Step => ({ kind })) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('expire', 'withdraw', 'cancel', 'remind', 'urge').map((kind): Step => ({ kind })),
    },
  ),
  { minLength: 5, maxLength: 45, size: 'max' },
);

function wishOf({ kind, to, number, comment }: Deed, state: ApprovalState): Wish {
  switch (kind) {
    case 'decide': {
      // Mostly the first, which says yes.
      const action = state.plan.actions[number < 9 ? 0 : number % state.plan.actions.length]?.action ?? '';
      // Mostly somebody who can be chosen.
      const named = namedNext(state);
      const next = number < 8 ? named[number % Math.max(named.length, 1)] : number === 8 ? to : undefined;
      return { kind, action, comment, ...(next === undefined ? {} : { next }) };
    }
    case 'transfer':
    case 'delegate':
    case 'copy':
      return { kind, to, comment };
    case 'add-signer':
      return { kind, to, where: (['before', 'beside', 'after'] as const)[number % 3] ?? 'before', comment };
    case 'remove-signer': {
      const added = (state.open?.seats ?? []).filter((seat) => seat.added !== undefined);
      return { kind, signer: added[number % Math.max(added.length, 1)]?.employeeId ?? to, comment };
    }
    case 'attach': {
      const file = { fileId: String(number), mediaType: 'application/pdf', bytes: 1, digest: '' };
      return { kind, file, fileName: comment, comment };
    }
    case 'return-to-level':
      // Mostly a level before the one that is open, where there is one.
      return { kind, target: number % (number < 9 ? Math.max(state.level, 1) : 4), comment };
    default:
      return { kind, comment };
  }
}

/** All whom the rules name for the level after those that are open, where one of them is to be chosen. */
function namedNext({ plan, level: first }: ApprovalState): readonly string[] {
  const after = plan.levels.slice(first + 1);
  const next = after.findIndex(({ isParallel }) => !isParallel);
  const end = after.findIndex(({ isParallel }, index) => index > next && !isParallel);
  const together = next === -1 ? [] : after.slice(next, end === -1 ? undefined : end);
  const chosen = together.find(({ rule }) => rule.startsWith('previous@'));
  return chosen?.chosenFrom ?? chosen?.approverIds ?? [];
}

/** Those who claimed something, or gave something to somebody else and wait for it. */
function askers({ open }: ApprovalState) {
  const seats = open?.seats ?? [];
  return seats.filter(
    ({ claimed, delegate, seatId }) =>
      claimed === true || delegate !== undefined || seats.some(({ added }) => added?.to === seatId),
  );
}

function commandOf(step: Step, state: ApprovalState, count: number): ApprovalCommand {
  switch (step.kind) {
    case 'deed': {
      const { by, kind, number, roundOff, versionOff } = step.deed;
      const likely = ['release', 'recall', 'remove-signer'].includes(kind) ? askers(state) : askedNow(state);
      const one = typeof by === 'number' ? likely[by % Math.max(likely.length, 1)] : undefined;
      const last = state.decisions.at(-1);
      const isBack = kind === 'take-back' && number < 8 && last !== undefined;
      const who = isBack ? last : (one ?? { employeeId: String(by), level: state.level });
      return {
        ...wishOf(step.deed, state),
        by: who.employeeId,
        level: who.level,
        round: (isBack ? last.round : state.round) + roundOff,
        documentVersion: state.plan.documentVersion + versionOff,
        via: CHANNELS[number] ?? 'link',
        ...(number === 8 ? { signedInAs: 'another' } : {}),
      };
    }
    case 're-route': {
      const way = [...state.plan.levels.slice(0, step.from), ...levelsFrom(step.drafts).slice(step.from)];
      return { kind: 're-route', levels: way, routing: [], directoryVersion: 1, operator: 'Lin' };
    }
    case 'open':
      return { kind: 'open', waitId: `w-${count}`, openedAt: OPENED_AT };
    case 'urge':
      return { kind: 'urge', by: state.plan.requesterId, eventId: `urge-${count}` };
    case 'cancel':
      return { kind: 'cancel', outcome: 'cancelled-in-erp' };
    default:
      return { kind: step.kind };
  }
}

/** Whoever changes it gets a TypeError. */
function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

const NOW = new Date(OPENED_AT);

function run(state: ApprovalState, command: ApprovalCommand) {
  return decideApproval(state, command, {
    now: NOW,
    gone: new Set(['G']),
    ...('by' in command ? { decider: directory(command.by) } : {}),
    ...('to' in command ? { target: directory(command.to) } : {}),
    ...(command.kind === 'decide' && command.next !== undefined ? { chosen: directory(command.next) } : {}),
  });
}

/** Whoever is asked can do what they are asked for: nothing waits for somebody who cannot answer. */
function expectAnswerable(state: ApprovalState): void {
  const asked = askedNow(state);
  expect(asked.length).toBeGreaterThan(0);
  for (const { employeeId, level: index, isForOpinion } of asked) {
    const wanted: Wish = isForOpinion
      ? { kind: 'give-back', comment: 'an opinion' }
      : { kind: 'decide', action: state.plan.actions.at(-1)?.action ?? '', comment: 'because' };
    const at = { by: employeeId, level: index, round: state.round, via: 'operator-tool' } as const;
    const result = run(state, { ...wanted, ...at, documentVersion: state.plan.documentVersion });
    const barred = ['claim-first', 'own-request', 'segregation-of-duties', 'inactive-person'];
    if (result.kind === 'refused') {
      expect(barred).toContain(result.refusal);
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

function count(map: Map<string, number>, key: string): void {
  map.set(key, (map.get(key) ?? 0) + 1);
}

function play(approval: ApprovalPlan, all: readonly Step[], tally: Tally): void {
  let book = new VoiceBook(approval);
  const lists = new TaskBook();
  let state = frozen(newApproval(approval));
  for (const [index, step] of all.entries()) {
    if (step.kind === 'open' && state.outcome === RETURNED) {
      state = nextVersionOf(state, step.change);
      book = new VoiceBook(state.plan, state.level);
    }
    const command = commandOf(step, state, index);
    const result = run(state, command);
    if (result.kind === 'refused') {
      // Only what people do is refused; a refusal changes nothing.
      expect('by' in command).toBe(true);
      count(tally.refused, result.refusal);
      continue;
    }
    const { events } = result;
    check(state, result.state, events, command);
    for (const event of events) {
      count(tally.happened, event.type);
      book.hear(event, command);
    }
    lists.replace(state, result.state);
    state = frozen(result.state);
    expect(lists.all()).toEqual(expectedLists(state));
    expect(book.view()).toEqual({ status: state.status, level: state.level, outcome: state.outcome });
    if (state.status === 'open') {
      expectAnswerable(state);
    }
  }
  count(tally.outcomes, state.outcome ?? state.status);
  if (state.outcome === 'approved' || state.outcome === 'accepted') {
    expectEveryLevelDecided(state);
  }
}

/** Somebody who is to know changes nothing of what is decided, by whom, and until when. */
function withoutCopies({ copies: _told, ...state }: ApprovalState): Omit<ApprovalState, 'copies'> {
  return state;
}

/** What was returned goes on as its next version; nobody decides about the one before any more. */
function nextVersionOf(state: ApprovalState, change: Change): ApprovalState {
  const { plan: returned, level: at, round, decisions } = state;
  const { employeeId: by } = decisions[0] ?? { employeeId: 'A' };
  const late = { kind: 'decide', action: 'approve', comment: '', by, level: at, round, via: 'link' } as const;
  const context = { now: NOW, decider: directory(by), documentVersion: returned.documentVersion + 1 };
  const result = decideApproval(state, { ...late, documentVersion: returned.documentVersion }, context);
  expect(result).toMatchObject({ refusal: 'stale-version' });
  return frozen(nextVersion(state, change));
}

function check(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
): void {
  const isChanged = JSON.stringify(after) !== JSON.stringify(before);
  // Nothing is told that did not happen, and nothing happens that is not told.
  expect(events.length > 0).toBe(isChanged);
  const isClosing = after.status === 'closed' && before.status !== 'closed';
  expect(events.some(({ type }) => type === 'ApprovalClosed')).toBe(isClosing);
  if (before.status === 'closed') {
    expect(isChanged).toBe(false);
  }
  if (command.kind === 'copy') {
    expect(withoutCopies(after)).toEqual(withoutCopies(before));
  }
  expectRightlyChosen(before, after, events, command);
  if ('by' in command && events.length > 0 && !['comment', 'attach', 'urge'].includes(command.kind)) {
    expectWellDecided(before, command.by);
  }
}

/** Where the rules leave it to whoever decides last, one of those whom they name is asked next, and nobody chooses themselves. */
function expectRightlyChosen(
  before: ApprovalState,
  after: ApprovalState,
  events: readonly ApprovalEvent[],
  command: ApprovalCommand,
): void {
  const made = events.find((event) => event.type === 'DecisionMade');
  if (made === undefined) {
    return;
  }
  const candidates = namedNext(before).filter((employeeId) => employeeId !== made.employeeId);
  const isToBeChosen = made.outcome === 'next-level' && candidates.length > 0;
  expect(made.next !== undefined).toBe(isToBeChosen);
  if (made.next !== undefined) {
    const isSaid = command.kind === 'decide' && command.next === made.next && made.next !== 'G';
    expect(candidates).toContain(made.next);
    expect(isSaid || candidates.length === 1).toBe(true);
    expect(after.plan.levels.slice(after.level).some(({ approverIds }) => approverIds.join() === made.next)).toBe(true);
  }
}

describe('an approval, whatever happens to it', () => {
  it('decides as a recount of its voices says, asks only who can answer, and never ends well without decisions', () => {
    const tally: Tally = { outcomes: new Map(), happened: new Map(), refused: new Map() };
    fc.assert(
      fc.property(plans, steps, (approval, all) => play(approval, all, tally)),
      { numRuns: 4_000 },
    );
    // The commands are such that every end is reached, everything happens, and every refusal is met.
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
    expect([...tally.happened.keys()].toSorted()).toEqual(EVENTS);
    expect([...tally.refused.keys()].toSorted()).toEqual(REFUSALS);
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

describe('copies', () => {
  it('change nothing: with them and without, the same people decide the same, and are refused the same', () => {
    let copied = 0;
    fc.assert(
      fc.property(plans, steps, fc.infiniteStream(people), (approval, all, readers) => {
        let state = newApproval(approval);
        let bare = state;
        for (const [index, step] of all.entries()) {
          const command = commandOf(step, bare, index);
          if (command.kind !== 'copy') {
            const [result, alone] = [run(state, command), run(bare, command)];
            expect(asIfNotCopied(result)).toEqual(asIfNotCopied(alone));
            state = result.kind === 'events' ? result.state : state;
            bare = alone.kind === 'events' ? alone.state : bare;
          }
          const copy = run(state, copyByAsked(state, readers.next().value));
          copied += copy.kind === 'events' ? copy.events.length : 0;
          state = copy.kind === 'events' ? copy.state : state;
          expect(withoutCopies(state)).toEqual(bare);
          expect(currentApprovers(state)).toEqual(currentApprovers(bare));
        }
      }),
      { numRuns: 400 },
    );
    expect(copied).toBeGreaterThan(100);
  });
});

/** Whoever is asked first lets somebody know. */
function copyByAsked(state: ApprovalState, to: string): ApprovalCommand {
  const [{ employeeId: by, level } = { employeeId: 'A', level: 0 }] = askedNow(state);
  const asked = { level, round: state.round, documentVersion: state.plan.documentVersion, via: 'link' } as const;
  return { kind: 'copy', by, to, comment: '', ...asked };
}

/** Whoever was copied is told so where others are told that they have nothing to do with it. */
function asIfNotCopied(result: ApprovalResult) {
  return result.kind === 'refused'
    ? result.refusal.replace('copied-only', 'not-your-task')
    : { ...result, state: withoutCopies(result.state) };
}

const EVENTS = [
  'ApprovalClosed',
  'CommentMade',
  'DecisionMade',
  'DecisionTakenBack',
  'DelegateAnswered',
  'DelegationRecalled',
  'FileAttached',
  'LevelEscalated',
  'LevelOpened',
  'LevelReminded',
  'LevelReopened',
  'LevelUrged',
  'ReturnedToLevel',
  'ReturnedToRequester',
  'SignerAdded',
  'SignerRemoved',
  'TaskClaimed',
  'TaskCopied',
  'TaskDelegated',
  'TaskReleased',
  'TaskRerouted',
  'TaskTransferred',
];

/** By a number of the deed; all others come by a link. */
const CHANNELS: Readonly<Record<number, DecisionChannel>> = { 10: 'signed-in', 11: 'operator-tool' };

const REFUSALS = [
  'already-decided',
  'choose-next',
  'claim-first',
  'comment-required',
  'copied-only',
  'expired',
  'inactive-person',
  'no-such-level',
  'not-possible-here',
  'not-your-task',
  'not-your-turn',
  'nothing-to-take-back',
  'over-authority',
  'own-request',
  'returned',
  'sees-it-already',
  'segregation-of-duties',
  'sign-in-as-approver',
  'sign-in-required',
  'stale-version',
  'taken-by-another',
  'unfit-person',
  'urged-already',
  'with-delegate',
  'withdrawn',
];
