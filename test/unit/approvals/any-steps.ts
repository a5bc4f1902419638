/** Anything that anybody may do to an approval, in any order, as the commands that the reducer is given. */
import fc from 'fast-check';
import { decideApproval } from '../../../functions/approvals/domain/approval.ts';
import type { ApprovalCommand, DecisionChannel, Wish } from '../../../functions/approvals/domain/approval-commands.ts';
import type { ApprovalState } from '../../../functions/approvals/domain/approval-state.ts';
import { askedNow } from '../../../functions/approvals/domain/seats.ts';
import { directory, type LevelDraft, levels, levelsFrom, people } from './any-plan.ts';
import { OPENED_AT } from './approvals.ts';
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

export type Step =
  | { readonly kind: 'deed'; readonly deed: Deed }
  /** Of what was returned, its next version opens. */
  | { readonly kind: 'open'; readonly change: Change }
  /** The rules lead another way from the level `from` on. */
  | { readonly kind: 're-route'; readonly drafts: readonly LevelDraft[]; readonly from: number }
  | { readonly kind: 'urge' | 'remind' | 'escalate' | 'expire' | 'withdraw' | 'cancel' };

export const steps: fc.Arbitrary<readonly Step[]> = fc.array(
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
export function namedNext({ plan, level: first }: ApprovalState): readonly string[] {
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

export function commandOf(step: Step, state: ApprovalState, count: number): ApprovalCommand {
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
      return {
        kind: 're-route',
        levels: way,
        routing: [],
        linkLimit: state.plan.linkLimit,
        directoryVersion: 1,
        operator: 'Lin',
      };
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
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    Object.values(value).forEach(frozen);
    Object.freeze(value);
  }
  return value;
}

export const NOW = new Date(OPENED_AT);

export function run(state: ApprovalState, command: ApprovalCommand) {
  return decideApproval(state, command, {
    now: NOW,
    gone: new Set(['G']),
    ...('by' in command ? { decider: directory(command.by) } : {}),
    ...('to' in command ? { target: directory(command.to) } : {}),
    ...(command.kind === 'decide' && command.next !== undefined ? { chosen: directory(command.next) } : {}),
  });
}

/** By a number of the deed; all others come by a link. */
const CHANNELS: Readonly<Record<number, DecisionChannel>> = { 10: 'signed-in', 11: 'operator-tool' };

/** Somebody who is to know changes nothing of what is decided, by whom, and until when. */
export function withoutCopies({ copies: _told, ...state }: ApprovalState): Omit<ApprovalState, 'copies'> {
  return state;
}
