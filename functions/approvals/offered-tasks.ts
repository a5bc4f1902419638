/** What the person who is asked may do now besides deciding: found by trying, so that page and reducer cannot differ. */
import { decideApproval } from './domain/approval.ts';
import type { ApprovalContext, Decider, Wish } from './domain/approval-commands.ts';
import type { Refusal, Refused } from './domain/approval-events.ts';
import { type ApprovalState, levelAt } from './domain/approval-state.ts';
import { firstTogether } from './domain/seats.ts';
import { reasonOf, type TakenOver } from './domain/substitutes.ts';
import { signersOf } from './domain/voices.ts';
import { commandOf, type OpenedQuestion, type Question, refusalOfLink } from './links.ts';

type TaskKind = Exclude<Wish['kind'], 'decide' | 'remove-signer' | 'return-to-level' | 'attach'>;

export interface OfferedTasks {
  readonly kinds: readonly TaskKind[];
  /** Why a file would not count; undefined: it would. */
  readonly attachRefusal?: Refusal | undefined;
  /** Signers whom the person added and may take away again. */
  readonly removable: readonly { readonly employeeId: string; readonly name: string }[];
  /** Earlier levels to which the question can go back. */
  readonly earlierLevels: readonly { readonly level: number; readonly name: string }[];
}

/** The time, the people and the version of the document as they are now. */
export type Moment = Pick<ApprovalContext, 'now' | 'decider' | 'documentVersion' | 'choosable' | 'people'>;

/** Why a wish would not count, and who may do it where that is known. */
type Hindrance = Pick<Refused, 'refusal' | 'may'>;

/** Fits every task that is given to somebody. */
const SOMEBODY: Decider = { employeeId: 'somebody else', active: true };
const WORDS = { comment: 'a comment' } as const;

const ANY_FILE = { fileId: '', mediaType: '', bytes: 1, digest: '' } as const;

const CANDIDATES: readonly (Wish & { readonly kind: TaskKind })[] = [
  { kind: 'claim', ...WORDS },
  { kind: 'release', ...WORDS },
  { kind: 'give-back', ...WORDS },
  { kind: 'recall', ...WORDS },
  { kind: 'take-back', ...WORDS },
  { kind: 'comment', ...WORDS },
  { kind: 'transfer', to: SOMEBODY.employeeId, ...WORDS },
  { kind: 'delegate', to: SOMEBODY.employeeId, ...WORDS },
  { kind: 'copy', to: SOMEBODY.employeeId, ...WORDS },
  { kind: 'add-signer', to: SOMEBODY.employeeId, where: 'before', ...WORDS },
  { kind: 'return-to-requester', ...WORDS },
];

export function offeredTasks(taken: TakenOver, link: OpenedQuestion, moment: Moment): OfferedTasks {
  const { state: approval } = taken;
  const isPossible = (wish: Wish) => attemptBy(taken, link, moment, wish) === undefined;
  const levels = [...approval.plan.levels.keys()].filter((level) => firstTogether(approval.plan, level) === level);
  return {
    kinds: CANDIDATES.filter(isPossible).map(({ kind }) => kind),
    attachRefusal: attemptBy(taken, link, moment, { kind: 'attach', file: ANY_FILE, fileName: '', comment: '' })
      ?.refusal,
    removable: addedBy(approval, link)
      .filter((signer) => isPossible({ kind: 'remove-signer', signer, ...WORDS }))
      .map((employeeId) => ({ employeeId, name: employeeId })),
    earlierLevels: levels
      .filter((target) => isPossible({ kind: 'return-to-level', target, ...WORDS }))
      .map((level) => ({ level, name: levelAt(approval.plan, level).name })),
  };
}

function addedBy({ open }: ApprovalState, { employeeId, level }: Question): readonly string[] {
  const seats = open?.seats ?? [];
  const own = seats.find((seat) => seat.level === level && seat.employeeId === employeeId);
  return own === undefined ? [] : signersOf(seats, own).map((signer) => signer.employeeId);
}

/** Why the wish would not count if the person who is asked had it now; undefined: it would. */
export function attemptBy(taken: TakenOver, link: OpenedQuestion, moment: Moment, wish: Wish): Hindrance | undefined {
  const refusal = refusalOfLink(link, wish.kind);
  if (refusal !== undefined) {
    return { refusal };
  }
  const target: Decider = { ...SOMEBODY, approvalLimit: taken.state.plan.amount };
  const people = moment.people && new Map([...moment.people, [target.employeeId, target]]);
  const context = { ...moment, target, ...(people === undefined ? {} : { people }) };
  const result = decideApproval(taken.state, commandOf(link, wish), context);
  return result.kind === 'refused' ? reasonOf(taken, result) : undefined;
}
