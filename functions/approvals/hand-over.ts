/**
 * Everything that somebody still has to decide, or one approval of it, goes over to somebody else. Whoever asks for it, an
 * operator or an administrator, sees before what moves.
 */
import type { Directory, Person } from '../directory/port.ts';
import { runningProcesses } from '../process/running-processes.ts';
import type { ProcessStore, WorkChange } from '../process/store/port.ts';
import { updateProcess } from '../process/update-process.ts';
import { approvalChange } from './approval-change.ts';
import { handOverRefusalEntry } from './approval-entries.ts';
import { listApprovals, readApproval, readApprovalItem } from './approval-store.ts';
import type { DecisionDeps } from './decision-deps.ts';
import { decideApproval } from './domain/approval.ts';
import type { HandOverCommand } from './domain/approval-commands.ts';
import type { ApprovalResult } from './domain/approval-events.ts';
import { type ApprovalState, levelAt } from './domain/approval-state.ts';
import { levelsOf } from './domain/hand-over.ts';
import { failureText } from './failure-text.ts';
import { peopleToJudge } from './judged-people.ts';

/** `by` stands in the record for good. */
export type HandOver = Omit<HandOverCommand, 'kind'>;

/** Where an approval is. */
export interface ApprovalPlace {
  readonly processId: string;
  readonly approvalId: string;
}

/** One approval that moves, or why it cannot. */
export interface Moving extends ApprovalPlace {
  readonly title: string;
  readonly levels: readonly string[];
  /** Who is asked now in the place of whoever takes over, who is away. Absent: they themselves. */
  readonly standIns?: readonly Pick<Person, 'employeeId' | 'name'>[];
  readonly refusal?: string;
}

export interface PreviewDeps {
  readonly store: ProcessStore;
  readonly directory: Directory;
  readonly clock: DecisionDeps['clock'];
}

/** Processes whose approvals are read at once. */
const AT_ONCE = 25;

/** Exactly what {@link handOverTasks} would move, and what it could not; writes nothing. Looks through all processes that run. */
export async function previewHandOver(deps: PreviewDeps, order: HandOver): Promise<readonly Moving[]> {
  const target = await deps.directory.person(order.to);
  const moving: Moving[] = [];
  const look = async (portion: readonly string[]) => {
    const found = await Promise.all(
      portion.map(async (processId) =>
        Promise.all(
          (await listApprovals(deps.store, processId)).map((approval) =>
            judged(deps, order, target, processId, approval),
          ),
        ),
      ),
    );
    moving.push(...found.flat().filter((one) => one !== undefined));
  };
  let portion: string[] = [];
  for await (const { processId } of runningProcesses(deps.store)) {
    portion.push(processId);
    if (portion.length === AT_ONCE) {
      await look(portion);
      portion = [];
    }
  }
  await look(portion);
  return moving;
}

/** As {@link previewHandOver}, of one approval. Undefined: the person has nothing to do in it, or there is none. */
export async function previewTask(
  deps: PreviewDeps,
  order: HandOver,
  { processId, approvalId }: ApprovalPlace,
): Promise<Moving | undefined> {
  const approval = await readApproval(deps.store, processId, approvalId);
  const target = await deps.directory.person(order.to);
  return approval === undefined ? undefined : judged(deps, order, target, processId, approval);
}

/**
 * Moves what {@link previewHandOver} shows, each approval in a transaction of its own; running it again moves what came
 * meanwhile and what failed.
 * @returns what moved, and what was refused
 */
export async function handOverTasks(deps: DecisionDeps, order: HandOver): Promise<readonly Moving[]> {
  return moveTasks(deps, order, await previewHandOver(deps, order));
}

/**
 * Moves these approvals and no others, each in a transaction of its own: one that fails keeps no other from moving, and is
 * returned with the reason. What is refused stands in the record of its process, also where the person has nothing to do any
 * more.
 * @returns what moved, and what was refused; not those in which the person has nothing to do any more
 */
export async function moveTasks(
  deps: DecisionDeps,
  order: HandOver,
  places: readonly ApprovalPlace[],
): Promise<readonly Moving[]> {
  const target = await deps.directory.person(order.to);
  const moved: Moving[] = [];
  for (const { processId, approvalId } of places) {
    const one = await tryToMove(deps, order, target, { processId, approvalId });
    moved.push(...(one === undefined ? [] : [one]));
  }
  return moved;
}

async function tryToMove(
  deps: DecisionDeps,
  order: HandOver,
  target: Person | undefined,
  place: ApprovalPlace,
): Promise<Moving | undefined> {
  try {
    return (await moveOne(deps, order, target, place)).moving;
  } catch (error) {
    return { ...place, title: place.approvalId, levels: [], refusal: failureText(error) };
  }
}

/** What became of one approval that was to move; `gone`: the person has nothing to do in it, or there is none. */
export type Became = 'moved' | 'refused' | 'gone';

interface Moved {
  readonly became: Became;
  /** Why it was refused. */
  readonly reason?: string;
  readonly moving?: Moving;
  /** Something was written, and the note with it. */
  readonly isCommitted: boolean;
}

/**
 * Moves one approval.
 * @param note - what else is committed with what becomes of it; asked at each attempt, and its failure ends them
 */
export async function moveOne(
  deps: DecisionDeps,
  order: HandOver,
  target: Person | undefined,
  { processId, approvalId }: ApprovalPlace,
  note?: (became: Became, reason?: string) => Promise<WorkChange>,
): Promise<Moved> {
  if ((await readApproval(deps.store, processId, approvalId)) === undefined) {
    return { became: 'gone', isCommitted: false };
  }
  return updateProcess<unknown, Moved>(deps, processId, async (head) => {
    const item = await readApprovalItem(deps.store, processId, approvalId);
    const trial = await tried(deps, order, target, item.value);
    const { result } = trial;
    const moving = movingOf(order, processId, item.value, trial);
    const refused = moving === undefined ? NOTHING_LEFT : result;
    const reason = refused.kind === 'refused' ? { reason: refused.message } : {};
    const became = moving === undefined ? 'gone' : refused.kind === 'refused' ? 'refused' : 'moved';
    const output = { became, ...reason, ...(moving === undefined ? {} : { moving }), isCommitted: true } as const;
    const { change, also = [] } =
      refused.kind === 'refused'
        ? { change: { entries: [handOverRefusalEntry(item.value, { ...order, target }, refused)] } }
        : approvalChange<unknown>(head, item, result);
    if (change === undefined) {
      return { output: { ...output, isCommitted: false } };
    }
    return {
      change,
      also: [
        ...also,
        ...(note === undefined ? [] : [await note(became, refused.kind === 'refused' ? refused.message : undefined)]),
      ],
      output,
    };
  });
}

/** What was shown has changed meanwhile. */
const NOTHING_LEFT = {
  kind: 'refused',
  refusal: 'nothing-left',
  message: 'the person has nothing to do in it any more',
} as const;

async function judged(
  deps: PreviewDeps,
  order: HandOver,
  target: Person | undefined,
  processId: string,
  approval: ApprovalState,
): Promise<Moving | undefined> {
  return movingOf(order, processId, approval, await tried(deps, order, target, approval));
}

/** Undefined: the person has nothing to do in it. */
function movingOf(
  order: HandOver,
  processId: string,
  approval: ApprovalState,
  { result, standIns }: Trial,
): Moving | undefined {
  const { plan } = approval;
  const levels = levelsOf(approval, order.from).map((level) => levelAt(plan, level).name);
  if (levels.length === 0) {
    return undefined;
  }
  const refusal = result.kind === 'refused' ? { refusal: result.message } : {};
  const stoodIn = standIns.length === 0 ? {} : { standIns };
  return { processId, approvalId: plan.approvalId, title: plan.document.title, levels, ...stoodIn, ...refusal };
}

function commandOf(order: HandOver): HandOverCommand {
  return { kind: 'hand-over', ...order };
}

/** What would become of one approval. */
interface Trial {
  readonly result: ApprovalResult;
  /** Who would be asked in the place of whoever takes over. */
  readonly standIns: NonNullable<Moving['standIns']>;
}

async function tried(
  { clock, directory }: PreviewDeps,
  order: HandOver,
  target: Person | undefined,
  approval: ApprovalState,
): Promise<Trial> {
  const now = clock.now();
  // Most approvals that are looked through are not the person's: nobody is read for them.
  const isTheirs = levelsOf(approval, order.from).length > 0;
  const candidates = isTheirs ? await directory.substitutesFor(order.to, now, approval.plan.subject) : [];
  const newcomers = [order.to, ...candidates.map(({ employeeId }) => employeeId)];
  const result = decideApproval(approval, commandOf(order), {
    now,
    ...(target === undefined ? {} : { target }),
    substitutes: new Map([[order.to, candidates]]),
    ...(await peopleToJudge(directory, approval, newcomers)),
  });
  return { result, standIns: askedAmong(candidates, result) };
}

function askedAmong(candidates: readonly Person[], result: ApprovalResult): Trial['standIns'] {
  const events = result.kind === 'refused' ? [] : result.events;
  return candidates
    .filter(({ employeeId }) => events.some((event) => event.type === 'SubstituteAsked' && event.to === employeeId))
    .map(({ employeeId, name }) => ({ employeeId, name }));
}
