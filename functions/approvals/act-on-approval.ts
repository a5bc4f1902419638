/**
 * A person decides, or does something else about a task: checked against the directory as it is now, committed with its
 * entry, and only then told on.
 */

import type { Directory } from '../directory/port.ts';
import { operatorNotice } from '../process/domain/operator-notice.ts';
import { type Effect, versionOf } from '../process/domain/process.ts';
import type { WorkChange } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { answersOf } from './approval-change.ts';
import { approvalEffects } from './approval-effects.ts';
import { approvalEntries, type RecordedAttempt, refusalEntry } from './approval-entries.ts';
import { fileRefusedMail } from './approval-mails.ts';
import { readApprovalItem, replaceApproval } from './approval-store.ts';
import { choosableFor } from './choosable.ts';
import type { DecisionDeps } from './decision-deps.ts';
import { decideApproval } from './domain/approval.ts';
import type { Decider, PersonCommand } from './domain/approval-commands.ts';
import type { Happened, Refusal, Refused } from './domain/approval-events.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { OPERATORS } from './domain/plan.ts';
import { reasonOf } from './domain/substitutes.ts';
import { judgedNow, refusePiece } from './judged-now.ts';
import { peopleToJudge } from './judged-people.ts';
import { asStandIn } from './stand-in.ts';

export interface Attempt {
  readonly processId: string;
  readonly approvalId: string;
  readonly command: PersonCommand;
  /** Who of the operators decides, where the deciders are the operators and the caller knows. */
  readonly operator?: string;
  /** Committed in the same transaction as what counts, such as the link that is used up. */
  readonly also: readonly WorkChange[];
  /** Undefined: whoever repeats the attempt makes another one. */
  readonly once?: OnlyOnce | undefined;
}

/** Remembers what became of an attempt, so that the same attempt, repeated, gets the same answer and changes nothing. */
export interface OnlyOnce<Result = AttemptResult> {
  /** Undefined: it has not counted yet. */
  earlier(): Promise<Result | undefined>;
  /** Committed with what counts; fails the transaction of whoever repeats the attempt at the same time. */
  keep(result: Result): WorkChange;
}

export type AttemptResult =
  /** `outcome`: `next-level`, `undecided` when others are still to decide, or the approval's outcome. */
  | { readonly kind: 'decided'; readonly action: string; readonly outcome: string }
  /** Something else than a decision counts; `task` is the command's kind. */
  | { readonly kind: 'done'; readonly task: string }
  /** `mayDecide`: names of those who may, where it is part of a purchase in pieces. */
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      readonly message: string;
      readonly mayDecide?: readonly string[];
    };

/**
 * Acts, or records why the attempt does not count. Of several attempts at once on one voice exactly one counts.
 * @throws ConcurrencyError when others wrote first every time; nothing happened then.
 */
export function actOnApproval(deps: DecisionDeps, attempt: Attempt): Promise<AttemptResult> {
  const { processId, approvalId, command, operator } = attempt;
  return updateProcess<unknown, AttemptResult>(deps, processId, async (head) => {
    const earlier = await attempt.once?.earlier();
    if (earlier !== undefined) {
      return { output: earlier };
    }
    const item = await readApprovalItem(deps.store, processId, approvalId);
    const person = await deps.directory.person(command.by);
    const recorded: RecordedAttempt = { command, person, ...(operator === undefined ? {} : { operator }) };
    const taken = await asStandIn(deps, item.value, { ...command, employeeId: command.by });
    const judged = await judgedNow(deps, head, item.value, command);
    const attempted = decideApproval(taken.state, command, {
      now: deps.clock.now(),
      ...(judged.together === undefined ? {} : { together: judged.together }),
      sequence: head.chain.sequence + 1,
      documentVersion: versionOf(head),
      ...(await peopleOf(deps, taken.state, command)),
    });
    const result = attempted.kind === 'refused' ? reasonOf(taken, attempted) : attempted;
    if (result.kind === 'refused' && result.refusal === 'split-purchases' && judged.together !== undefined) {
      const { together } = judged;
      const piece = await refusePiece(deps, head, { item, attempt: recorded, refused: result, together });
      return { ...piece, output: { ...piece.output, ...(await namesOf(deps, piece.output)) } };
    }
    if (result.kind === 'refused') {
      return {
        change: {
          entries: [refusalEntry(item.value, recorded, result)],
          effects: refusalEffects(deps, item.value, command, result),
        },
        output: result,
      };
    }
    const done = doneBy(command, result);
    const events = result.events.length === 0 ? [] : [...taken.events, ...result.events];
    const state = result.events.length === 0 ? item.value : result.state;
    const kept = attempt.once === undefined ? [] : [attempt.once.keep(done)];
    return {
      change: {
        entries: approvalEntries(item.value, events, recorded),
        answers: answersOf(head, item.value, result),
        effects: approvalEffects(head, item.value, state, events),
      },
      also: [...replaceApproval(processId, item, state), ...judged.also, ...attempt.also, ...kept],
      output: done,
    };
  });
}

/** Those whose absence brings in who stands in for them: they get a voice, and not only a question or news. */
const GIVING_VOICES: readonly PersonCommand['kind'][] = ['transfer', 'add-signer'];

/**
 * Whoever acts, whoever the task goes to or who stands in for them, who can be asked on the next level, and by whom it is
 * judged, as the directory knows them now.
 */
async function peopleOf({ directory, clock }: DecisionDeps, approval: ApprovalState, command: PersonCommand) {
  const to = 'to' in command ? command.to : undefined;
  const { subject } = approval.plan;
  const [decider, target, substitutes, choosable] = await Promise.all([
    deciderOf(directory, command.by),
    to === undefined ? undefined : directory.person(to),
    to !== undefined && GIVING_VOICES.includes(command.kind) ? directory.substitutesFor(to, clock.now(), subject) : [],
    command.kind === 'decide' ? choosableFor(directory, approval, command.by) : [],
  ]);
  const newcomers = to === undefined ? [] : [to, ...substitutes.map(({ employeeId }) => employeeId)];
  return {
    ...(decider === undefined ? {} : { decider }),
    ...(target === undefined ? {} : { target }),
    ...(to === undefined ? {} : { substitutes: new Map([[to, substitutes]]) }),
    choosable,
    ...(await peopleToJudge(directory, approval, newcomers)),
  };
}

function doneBy(command: PersonCommand, { events }: Happened): AttemptResult {
  const made = events.find((event) => event.type === 'DecisionMade');
  return made === undefined
    ? { kind: 'done', task: command.kind }
    : { kind: 'decided', action: made.action, outcome: made.outcome };
}

async function namesOf({ directory }: DecisionDeps, { may = [] }: Refused): Promise<{ mayDecide: readonly string[] }> {
  return { mayDecide: await Promise.all(may.map(async (id) => (await directory.person(id))?.name ?? id)) };
}

function refusalEffects(
  { hasSignIn }: DecisionDeps,
  state: ApprovalState,
  command: PersonCommand,
  refused: Refused,
): readonly Effect[] {
  const notices = hasSignIn === true ? [] : needsSignIn(state, refused);
  return [...notices, ...nobodyToChoose(state, refused), ...fileRefusedMail(state, command, refused)];
}

/** Without sign-in, what a link may not decide cannot be decided by its approver at all: somebody must know. */
function needsSignIn({ plan }: ApprovalState, { refusal }: { readonly refusal: Refusal }): readonly Effect[] {
  if (refusal !== 'sign-in-required') {
    return [];
  }
  const problem = {
    en: `"${plan.document.title}" is above the amount that a link may decide, and this installation has no sign-in`,
    zh: `“${plan.document.title}”超过链接审批的金额上限，而本系统未配置登录`,
  };
  return [operatorNotice(problem, { amount: plan.amount, linkLimit: plan.linkLimit })];
}

/** Whoever decides cannot mend it. */
function nobodyToChoose({ plan }: ApprovalState, { refusal }: { readonly refusal: Refusal }): readonly Effect[] {
  if (refusal !== 'nobody-to-choose') {
    return [];
  }
  const { approvalId, document } = plan;
  const problem = {
    en: `Nobody who could be chosen for the next level of "${document.title}" works here any more: give the post to somebody, then run npm run directory -- re-route`,
    zh: `“${document.title}”的下一层级已无在职人员可选：请为该岗位指定人员，然后运行 npm run directory -- re-route`,
  };
  return [operatorNotice(problem, { approvalId })];
}

/** Whoever is on duty is no person of the directory; everybody else must stand in it. */
export async function deciderOf(directory: Directory, employeeId: string): Promise<Decider | undefined> {
  return employeeId === OPERATORS ? { employeeId, active: true } : directory.person(employeeId);
}
