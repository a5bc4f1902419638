/** What waits for those who are away is also for whoever stands in for them at this moment. */
import type { Directory } from '../directory/port.ts';
import { MAX_SUBSTITUTES } from '../directory/substitutes.ts';
import type { ProcessStore } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { readApproval } from './approval-store.ts';
import type { DecisionChannel } from './domain/approval-commands.ts';
import type { ApprovalState } from './domain/approval-state.ts';
import type { OpenTask } from './domain/open-tasks.ts';
import { type TakenOver, takeOver } from './domain/substitutes.ts';
import { peopleToJudge } from './judged-people.ts';
import { listTasks, type TaskQuery } from './task-list.ts';

interface StandInDeps {
  readonly directory: Directory;
  readonly clock: Clock;
}

/** Somebody on a level, and how it is known who they are. */
interface Attempting {
  readonly employeeId: string;
  /** Index of the level. */
  readonly level: number;
  readonly via: DecisionChannel;
}

/**
 * The approval as it would be once the person had taken over a voice on the level. It is theirs only by what they do then,
 * so that who is away may decide all the while, and again when they are back. A mailed link is for one voice only: nobody
 * takes over by it.
 */
export async function asStandIn(
  { directory, clock }: StandInDeps,
  approval: ApprovalState,
  { employeeId, level, via }: Attempting,
): Promise<TakenOver> {
  const nothing = { state: approval, events: [] };
  const isProved = via === 'signed-in' || via === 'api';
  const seats = approval.open?.seats.filter((seat) => seat.level === level && seat.vote === undefined) ?? [];
  if (!isProved || seats.length === 0 || (await directory.standInsOf(employeeId)).length === 0) {
    return nothing;
  }
  const person = await directory.person(employeeId);
  const now = clock.now();
  const people = await peopleToJudge(directory, approval);
  const holders = [...new Set(seats.map((seat) => seat.employeeId))];
  const isFor = await Promise.all(
    holders.map(async (holder) => standsInFor(directory, employeeId, holder, approval.plan.subject, now)),
  );
  const away = new Set(holders.filter((_, index) => isFor[index]));
  return person === undefined ? nothing : takeOver(approval, level, person, { away, now, ...people });
}

async function standsInFor(directory: Directory, employeeId: string, away: string, subject: string, now: Date) {
  const substitutes = await directory.substitutesFor(away, now, subject);
  return substitutes.some((substitute) => substitute.employeeId === employeeId);
}

/** A task of somebody who is away. */
export interface StandInTask {
  readonly task: OpenTask;
  /** Name of whoever is away. */
  readonly name: string;
}

/**
 * What waits for those for whom the person stands in now, as far as they may take it over; earliest deadline first.
 * @param query - of each who is away no more than its `limit` are looked at
 */
export async function listStandInTasks(
  deps: StandInDeps & { readonly store: ProcessStore },
  employeeId: string,
  query: Omit<TaskQuery, 'after'>,
): Promise<readonly StandInTask[]> {
  const found = await Promise.all(
    (await awayFor(deps, employeeId)).map(async (away) => {
      const { name = away } = (await deps.directory.person(away)) ?? {};
      const { tasks } = await listTasks(deps.store, away, query);
      const asked = tasks.filter(({ isForOpinion }) => !isForOpinion);
      const isTheirs = await Promise.all(asked.map((task) => isTheirsToTake(deps, task, employeeId)));
      return asked.filter((_, index) => isTheirs[index]).map((task) => ({ task, name }));
    }),
  );
  return found.flat().toSorted((one, other) => Date.parse(one.task.deadline) - Date.parse(other.task.deadline));
}

async function isTheirsToTake(
  deps: StandInDeps & { readonly store: ProcessStore },
  { processId, approvalId, level, employeeId: away }: OpenTask,
  employeeId: string,
): Promise<boolean> {
  const approval = await readApproval(deps.store, processId, approvalId);
  const attempting = { employeeId, level, via: 'signed-in' } as const;
  const events = approval === undefined ? [] : (await asStandIn(deps, approval, attempting)).events;
  return events.some((event) => event.type === 'SubstituteAsked' && event.from === away);
}

/** Also those whose substitute is away, and so on: whether the line of each ends here is asked for each task. */
async function awayFor({ directory, clock }: StandInDeps, employeeId: string): Promise<readonly string[]> {
  const now = clock.now().getTime();
  const seen = new Set([employeeId]);
  let substitutes: readonly string[] = [employeeId];
  for (let steps = 0; steps < MAX_SUBSTITUTES && substitutes.length > 0; steps += 1) {
    const standIns = await Promise.all(substitutes.map((id) => directory.standInsOf(id)));
    const away = standIns
      .flat()
      .filter(({ absence }) => Date.parse(absence.from) <= now && now < Date.parse(absence.until))
      .map((standIn) => standIn.employeeId);
    substitutes = [...new Set(away)].filter((id) => !seen.has(id));
    for (const id of substitutes) {
      seen.add(id);
    }
  }
  return [...seen].slice(1);
}
