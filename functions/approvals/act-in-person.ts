/** Somebody whose identity is proved opens one of their tasks, or acts on it: on a page they are signed in to, or by the API. */
import { type AttemptResult, actOnApproval, type OnlyOnce } from './act-on-approval.ts';
import { readApproval } from './approval-store.ts';
import type { DecidingDeps, DecisionDeps } from './decision-deps.ts';
import type { Wish } from './domain/approval-commands.ts';
import type { Refusal } from './domain/approval-events.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import { type Part, partOf } from './domain/part-of.ts';
import { levelsTogether } from './domain/seats.ts';
import { countGuess, type GuessDeps, isGuessStopped } from './guesses.ts';
import { commandOf, type OpenedQuestion, type Question } from './links.ts';
import { asStandIn } from './stand-in.ts';
import { type DecisionView, viewOf } from './view-decision.ts';
import { withPerson } from './with-person.ts';

export interface PersonalTask {
  readonly employeeId: string;
  readonly processId: string;
  readonly approvalId: string;
  readonly via: 'signed-in' | 'api';
}

/** What somebody was shown when they were asked. */
export type AskedAbout = Pick<Question, 'level' | 'round' | 'documentVersion'>;

/** There is no such task, or it is none of the person's business, which looks the same. */
export type NoTask = { readonly kind: 'unknown' } | { readonly kind: 'too-many-attempts' };

export type PersonalResult =
  | NoTask
  | { readonly kind: 'decided'; readonly action: string; readonly outcome: string; readonly view: DecisionView }
  | { readonly kind: 'done'; readonly task: string; readonly view: DecisionView }
  | {
      readonly kind: 'refused';
      readonly refusal: Refusal;
      /** For whoever writes programs: repeats nothing that was typed. */
      readonly message: string;
      /** Names of those who may, where it is part of a purchase in pieces. */
      readonly mayDecide?: readonly string[];
      readonly view: DecisionView;
    };

/** Writes nothing. `level`: where the person is asked on several at once; else what they are asked first. */
export async function viewInPerson(
  deps: DecisionDeps,
  task: PersonalTask,
  level?: number,
): Promise<DecisionView | undefined> {
  const approval = await readApproval(deps.store, task.processId, task.approvalId);
  return approval === undefined ? undefined : viewFor(deps, task, approval, level);
}

/**
 * Acts, or records why the attempt does not count. Each voice counts once in any case: what was done already is refused with
 * its reason. With `once`, the same attempt gets the same answer however often it is sent.
 * @throws ConcurrencyError when others wrote first every time; nothing happened then.
 */
export async function actInPerson(
  deps: DecidingDeps & GuessDeps,
  task: PersonalTask,
  asked: AskedAbout,
  wish: Wish,
  once?: OnlyOnce,
): Promise<PersonalResult> {
  const { processId, approvalId } = task;
  const counter = `person ${task.employeeId}`;
  if (await isGuessStopped(deps, counter)) {
    return { kind: 'too-many-attempts' };
  }
  const approval = await readApproval(deps.store, processId, approvalId);
  if (approval === undefined) {
    await countGuess(deps, counter);
    return { kind: 'unknown' };
  }
  const question = await questionOf(deps, task, asked);
  const command = commandOf(question, await withPerson(deps.directory, wish));
  const result = await actOnApproval(deps, { processId, approvalId, command, also: [], once });
  if (result.kind === 'refused') {
    // Refused attempts are written to the record: they are counted, so that nobody fills it by repeating one.
    await countGuess(deps, counter);
  }
  return withView(deps, task, asked.level, result);
}

async function withView(
  deps: DecisionDeps,
  task: PersonalTask,
  level: number,
  result: AttemptResult,
): Promise<PersonalResult> {
  const approval = await readApproval(deps.store, task.processId, task.approvalId);
  const view =
    approval === undefined
      ? undefined
      : ((await viewFor(deps, task, approval, level)) ?? (await viewAfter(deps, task, approval, level, result)));
  return view === undefined ? { kind: 'unknown' } : { ...result, view };
}

/** Whoever has given a task away has no part in it any more, and still sees what they did. */
async function viewAfter(
  deps: DecisionDeps,
  task: PersonalTask,
  { plan, round }: ApprovalState,
  level: number,
  { kind }: AttemptResult,
): Promise<DecisionView | undefined> {
  const { documentVersion } = plan;
  return kind === 'refused' ? undefined : viewOf(deps, await questionOf(deps, task, { level, round, documentVersion }));
}

async function viewFor(
  deps: DecisionDeps,
  task: PersonalTask,
  approval: ApprovalState,
  level?: number,
): Promise<DecisionView | undefined> {
  const part = await partIn(deps, task, approval, level);
  const { documentVersion } = approval.plan;
  return part === undefined ? undefined : viewOf(deps, await questionOf(deps, task, { ...part, documentVersion }));
}

/** Asked about a level, what they may take over there counts before what they had to do with it in an earlier round. */
async function partIn(
  deps: DecisionDeps,
  { employeeId, via }: PersonalTask,
  approval: ApprovalState,
  level?: number,
): Promise<Part | undefined> {
  const own = partOf(approval, employeeId, level);
  if (level === undefined && own !== undefined) {
    return own;
  }
  const levels = level === undefined ? levelsTogether(approval.plan, approval.level) : [level];
  const tried = await Promise.all(
    levels.map(async (at) => ({ at, taken: await asStandIn(deps, approval, { employeeId, level: at, via }) })),
  );
  const possible = tried.find(({ taken }) => taken.events.length > 0);
  const refused = tried.find(({ taken }) => taken.refusal !== undefined);
  const found = possible ?? (own === undefined ? refused : undefined);
  return found === undefined ? own : { level: found.at, round: approval.round };
}

async function questionOf({ directory }: DecisionDeps, task: PersonalTask, asked: AskedAbout): Promise<OpenedQuestion> {
  const { locale = 'en' } = (await directory.person(task.employeeId)) ?? {};
  return { ...task, ...asked, locale };
}
