/** Anything that anybody may do to an approval, in any order, as the commands that the reducer is given. */
import fc from 'fast-check';
import { decideApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, DecisionChannel, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalResult } from '../../../functions/approvals/domain/approval-events.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { carryOut } from '../../../functions/approvals/domain/carry-out.ts';
import { partOf } from '../../../functions/approvals/domain/part-of.ts';
import { askedNow } from '../../../functions/approvals/domain/seats.ts';
import { reasonOf, type TakenOver, takeOver } from '../../../functions/approvals/domain/substitutes.ts';
import type { Together } from '../../../functions/approvals/domain/together.ts';
import { type LevelDraft, levels, levelsFrom, people } from './any-plan.ts';
import { CALM, later, peopleIn, personIn, standInsOf, type World, withDeparture, withLeave } from './any-world.ts';
import { type Change, changes } from './versions.ts';

/** What somebody wants, before it is known who they are: mostly one of those who are asked. */
interface Deed {
  readonly kind: Wish['kind'];
  readonly by: string | number;
  readonly to: string;
  readonly number: number;
  readonly comment: string;
  readonly roundOff: number;
  readonly versionOff: number;
  /** By whoever stands in for them, if they are away. */
  readonly isStandIn: boolean;
  /** What the order comes to together with others, as far as it is more than was asked about. */
  readonly sum: string | undefined;
}

const DEEDS: readonly (readonly [weight: number, kind: Wish['kind']])[] = [
  [34, 'decide'],
  [7, 'claim'],
  [4, 'release'],
  [1, 'comment'],
  [1, 'attach'],
  [3, 'transfer'],
  [6, 'delegate'],
  [3, 'copy'],
  [8, 'give-back'],
  [4, 'recall'],
  [6, 'add-signer'],
  [5, 'remove-signer'],
  [6, 'return-to-level'],
  [4, 'take-back'],
  [3, 'return-to-requester'],
];

/** Most people of the tests may commit to the first; nobody to the last. */
const SUMS = ['5000', '9000', '200000'] as const;

const deeds: fc.Arbitrary<Deed> = fc.record({
  kind: fc.oneof(...DEEDS.map(([weight, kind]) => ({ weight, arbitrary: fc.constant(kind) }))),
  by: fc.oneof({ weight: 5, arbitrary: fc.nat({ max: 5 }) }, people),
  to: people,
  number: fc.nat({ max: 11 }),
  comment: fc.constantFrom('because', 'because', 'because', ' '),
  roundOff: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, -1, 1),
  versionOff: fc.constantFrom(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, 1),
  isStandIn: fc.constantFrom(false, false, true),
  sum: fc.oneof({ weight: 9, arbitrary: fc.constant(undefined) }, fc.constantFrom(...SUMS)),
});

export type Step =
  | { readonly kind: 'deed'; readonly deed: Deed }
  /** Of what was returned, its next version opens. */
  | { readonly kind: 'open'; readonly change: Change }
  /** The rules lead another way from the level `from` on, and say up to which amount a link alone decides. */
  | {
      readonly kind: 're-route';
      readonly drafts: readonly LevelDraft[];
      readonly from: number;
      readonly linkLimit: string;
      /** It is about so much from then on, as far as that is more. */
      readonly sum: string | undefined;
    }
  /** Of somebody who is asked, or of anybody. */
  | { readonly kind: 'hand-over'; readonly from: string | number; readonly to: string; readonly administrator?: string }
  | { readonly kind: 'leave'; readonly who: string; readonly substitute: string; readonly hours: number }
  | { readonly kind: 'departure'; readonly who: string }
  | { readonly kind: 'later'; readonly hours: number }
  /** `step`: a further one, the same again, or one after those that were missed. */
  | { readonly kind: 'remind' | 'escalate'; readonly step: number }
  | { readonly kind: 'urge' | 'expire' | 'withdraw' | 'cancel' };

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.oneof(
    { weight: 24, arbitrary: deeds.map((deed): Step => ({ kind: 'deed', deed })) },
    { weight: 8, arbitrary: changes.map((change): Step => ({ kind: 'open', change })) },
    {
      weight: 1,
      arbitrary: fc
        .record({
          drafts: levels,
          from: fc.nat({ max: 3 }),
          linkLimit: fc.constantFrom('100000', '100000', '4000', '1'),
          sum: fc.constantFrom(undefined, ...SUMS),
        })
        .map((way): Step => ({ kind: 're-route', ...way })),
    },
    {
      weight: 1,
      arbitrary: fc
        .record({
          from: fc.oneof(fc.nat({ max: 5 }), people),
          to: people,
          administrator: fc.option(people, { nil: undefined }),
        })
        .map(
          ({ administrator, ...who }): Step => ({
            kind: 'hand-over',
            ...who,
            ...(administrator === undefined ? {} : { administrator }),
          }),
        ),
    },
    {
      weight: 2,
      arbitrary: fc
        .record({ who: people, substitute: people, hours: fc.constantFrom(5, 100) })
        .map((leave): Step => ({ kind: 'leave', ...leave })),
    },
    { weight: 1, arbitrary: people.map((who): Step => ({ kind: 'departure', who })) },
    { weight: 1, arbitrary: fc.constantFrom(1, 6, 6, 20).map((hours): Step => ({ kind: 'later', hours })) },
    {
      weight: 2,
      arbitrary: fc
        .record({ kind: fc.constantFrom('remind' as const, 'escalate' as const), step: fc.constantFrom(1, 1, 2, 3) })
        .map((alarm): Step => alarm),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom('expire', 'withdraw', 'cancel', 'urge', 'urge').map((kind): Step => ({ kind })),
    },
  ),
  { minLength: 5, maxLength: 45, size: 'max' },
);

function wishOf({ kind, to, number, comment }: Deed, state: ApprovalState): Wish {
  switch (kind) {
    case 'decide': {
      // Mostly the first, which says yes; seldom one that there is not.
      const offered = state.plan.actions[number < 9 ? 0 : number % state.plan.actions.length]?.action ?? '';
      const action = number === 10 && comment === ' ' ? 'sign' : offered;
      // Mostly somebody who can be chosen.
      const { named } = namedNext(state);
      const next = number < 7 ? named[number % Math.max(named.length, 1)] : number === 8 ? to : undefined;
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

/** All whom the rules name for the level after those that are open, where one of them is to be chosen, and its index. */
export function namedNext({ plan, level: first }: ApprovalState) {
  const after = plan.levels.slice(first + 1);
  const next = after.findIndex(({ isParallel }) => !isParallel);
  const end = after.findIndex(({ isParallel }, index) => index > next && !isParallel);
  const together = next === -1 ? [] : after.slice(next, end === -1 ? undefined : end);
  const chosen = together.find(({ rule }) => rule.startsWith('previous@'));
  const named = chosen?.chosenFrom ?? chosen?.approverIds ?? [];
  return { level: chosen === undefined ? -1 : plan.levels.indexOf(chosen), named };
}

/** Those who claimed something, or gave something to somebody else and wait for it. */
function askers({ open }: ApprovalState) {
  const seats = open?.seats ?? [];
  return seats.filter(
    ({ claimed, delegate, seatId }) =>
      claimed === true || delegate !== undefined || seats.some(({ added }) => added?.to === seatId),
  );
}

/** The world after a step of it; undefined: the step is one of the approval. */
export function worldAfter(step: Step, world: World): World | undefined {
  switch (step.kind) {
    case 'later':
      return later(world, step.hours);
    case 'leave':
      return withLeave(world, step.who, step.substitute, step.hours);
    case 'departure':
      return withDeparture(world, step.who);
    default:
      return undefined;
  }
}

export function commandOf(step: Step, state: ApprovalState, count: number, world = CALM): ApprovalCommand {
  switch (step.kind) {
    case 'deed': {
      const { by, kind, number, roundOff, versionOff } = step.deed;
      if (state.status === 'pending' && kind !== 'take-back' && number < 9) {
        // Little can be done before a level opens.
        return open(count, world);
      }
      const likely = ['release', 'recall', 'remove-signer'].includes(kind) ? askers(state) : askedNow(state);
      const one = typeof by === 'number' ? likely[by % Math.max(likely.length, 1)] : undefined;
      const last = state.decisions.at(-1);
      const isBack = kind === 'take-back' && number < 8 && last !== undefined;
      const who = isBack ? last : (one ?? { employeeId: String(by), level: state.level });
      const [standIn] = step.deed.isStandIn ? standInsOf(world, who.employeeId) : [];
      return {
        ...wishOf(step.deed, state),
        by: standIn?.employeeId ?? who.employeeId,
        level: who.level,
        // As a page says it that is opened now.
        round: (isBack ? (partOf(state, last.employeeId, last.level)?.round ?? last.round) : state.round) + roundOff,
        documentVersion: state.plan.documentVersion + versionOff,
        via: standIn === undefined ? (CHANNELS[number] ?? 'link') : 'api',
        ...(number === 8 ? { signedInAs: 'another' } : {}),
      };
    }
    case 're-route': {
      const way = [...state.plan.levels.slice(0, step.from), ...levelsFrom(step.drafts).slice(step.from)];
      return {
        kind: 're-route',
        levels: way,
        routing: [],
        linkLimit: step.linkLimit,
        ...(step.sum === undefined ? {} : { together: togetherOf(step.sum) }),
        directoryVersion: 1,
        operator: 'Lin',
      };
    }
    case 'open':
      return open(count, world);
    case 'hand-over': {
      const { administrator, to } = step;
      const asked = askedNow(state);
      const from = typeof step.from === 'number' ? asked[step.from % Math.max(asked.length, 1)]?.employeeId : step.from;
      const by = administrator === undefined ? { by: 'Lin' } : { by: administrator, isAdministrator: true };
      return { kind: 'hand-over', from: from ?? 'A', to, ...by };
    }
    // What is no step of the approval reminds it.
    case 'leave':
    case 'departure':
    case 'later':
      return { kind: 'remind' };
    case 'urge':
      return { kind: 'urge', by: state.plan.requesterId, eventId: `urge-${count}` };
    case 'cancel':
      return { kind: 'cancel', outcome: 'cancelled-in-erp' };
    case 'remind':
    case 'escalate':
      return step;
    default:
      return { kind: step.kind };
  }
}

/** Whoever changes it gets a TypeError. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

function open(count: number, { now }: World): ApprovalCommand {
  return { kind: 'open', waitId: `w-${count}`, openedAt: now.toISOString() };
}

/** As somebody attempts it: whoever stands in for somebody on the level takes the voice over by what counts. */
export function run(state: ApprovalState, command: ApprovalCommand, world = CALM, sum?: string): ApprovalResult {
  const taken = takenOver(state, command, world);
  const judge = world.isJudged === false ? carryOut : decideApproval;
  const result = judge(taken.state, command, {
    ...peopleIn(world, taken.state),
    ...(sum === undefined ? {} : { together: togetherOf(sum) }),
    ...('by' in command ? { decider: personIn(world, command.by) } : {}),
    ...('to' in command ? { target: personIn(world, command.to) } : {}),
  });
  if (result.kind === 'refused') {
    return reasonOf(taken, result);
  }
  return result.events.length === 0 ? { ...result, state } : { ...result, events: [...taken.events, ...result.events] };
}

function togetherOf(amount: string): Together {
  return { amount, limit: '4500', windowDays: 30, processIds: ['P-2'] };
}

function takenOver(state: ApprovalState, command: ApprovalCommand, world: World): TakenOver {
  const isProved = 'via' in command && (command.via === 'api' || command.via === 'signed-in');
  const holders = (state.open?.seats ?? []).filter(({ vote }) => vote === undefined).map((seat) => seat.employeeId);
  const away = isProved
    ? holders.filter((id) => standInsOf(world, id).some((standIn) => standIn.employeeId === command.by))
    : [];
  return isProved && away.length > 0
    ? takeOver(state, command.level, personIn(world, command.by), { ...peopleIn(world, state), away: new Set(away) })
    : { state, events: [] };
}

/** By a number of the deed; all others come by a link. */
const CHANNELS: Readonly<Record<number, DecisionChannel>> = { 10: 'signed-in', 11: 'operator-tool' };

/** Somebody who is to know changes nothing of what is decided, by whom, and until when. */
export function withoutCopies({ copies: _told, ...state }: ApprovalState): Omit<ApprovalState, 'copies'> {
  return state;
}
