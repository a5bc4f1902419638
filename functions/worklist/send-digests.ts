/**
 * The morning digest: whoever has open tasks gets one mail of them, on the morning of each working day in their own time
 * zone; whoever stands in for somebody who is away, of theirs as well, and, at any hour, once of what was open when the
 * absence began. Whom the list of open tasks does not name, and who stands in for nobody whom it names, is not looked at.
 */
import type { OpenTask } from '../approvals/domain/open-tasks.ts';
import { listStandInTasks } from '../approvals/stand-in.ts';
import { listTasks } from '../approvals/task-list.ts';
import { withLeaves } from '../directory/leaves.ts';
import { absencesInForce } from '../directory/substitutes.ts';
import { TASKS_PATH } from '../pages/places.tsx';
import { digestKey } from '../process/keys.ts';
import type { ProcessStore } from '../process/store/port.ts';
import { ConnectorTransientError } from '../runtime/errors.ts';
import { digestMail } from './digest-mail.ts';
import { morningAt } from './domain/morning.ts';
import { sendOnce } from './send-once.ts';
import { type TellStandInsDeps, tellStandIn } from './tell-stand-ins.ts';

export interface SendDigestsDeps extends TellStandInsDeps {
  /** False: it is time to end; the next run goes on with who is left. */
  readonly hasTime: () => boolean;
}

export interface DigestRun {
  readonly sent: number;
  readonly failed: number;
  readonly isFinished: boolean;
}

/** Tasks that are read for one mail. */
const MAX_TASKS = 100;
/** Beyond the morning, for as long as a schedule or a retry could come late. */
const REMEMBER_DAYS = 7;

/**
 * Each mail is sent once a day. One whose sending fails for now is left to the next run, within the morning, and keeps nobody
 * else from theirs.
 * @throws ConnectorTransientError after all others, when mail to somebody cannot be sent now; ConfigError at once
 */
export async function sendDigests(deps: SendDigestsDeps): Promise<DigestRun> {
  const count = { sent: 0, failed: 0, none: 0 };
  let later: ConnectorTransientError | undefined;
  for (let before: string | undefined; ; ) {
    const employeeId = await nextWithTasks(deps.store, before);
    if (employeeId === undefined || !deps.hasTime()) {
      if (later !== undefined) {
        throw later;
      }
      return { sent: count.sent, failed: count.failed, isFinished: employeeId === undefined };
    }
    const standIns = await standInsFor(deps, employeeId);
    const mails = [
      ...[employeeId, ...standIns].map((recipient) => () => digestFor(deps, recipient)),
      // After the digests: whoever has had one of these tasks this morning is not told once more.
      ...standIns.map((standIn) => () => tellStandIn(deps, standIn, employeeId)),
    ];
    for (const send of mails) {
      try {
        count[await send()] += 1;
      } catch (error) {
        if (!(error instanceof ConnectorTransientError)) {
          throw error;
        }
        later ??= error;
      }
    }
    before = employeeId;
  }
}

/** Steps from one person with open tasks to the next, however many each has. */
async function nextWithTasks(store: ProcessStore, before: string | undefined): Promise<string | undefined> {
  const bound = before === undefined ? {} : { before };
  const [item] = await store.listByTime<OpenTask>('tasks', { order: 'newest-first', limit: 1, ...bound });
  return item?.value.employeeId;
}

/** Employee ids of those who stand in now for somebody with open tasks, for some of them at least. */
async function standInsFor(
  { store, directory, clock }: SendDigestsDeps,
  employeeId: string,
): Promise<readonly string[]> {
  const now = clock.now();
  const person = await withLeaves(store, (id) => directory.person(id), employeeId);
  if (absencesInForce(person ?? {}, now).length === 0) {
    return [];
  }
  const { tasks } = await listTasks(store, employeeId, { limit: MAX_TASKS });
  const subjects = [...new Set(tasks.map(({ subject }) => subject))];
  const found = await Promise.all(subjects.map((subject) => directory.substitutesFor(employeeId, now, subject)));
  return [...new Set(found.flat().map((substitute) => substitute.employeeId))];
}

async function digestFor(deps: SendDigestsDeps, employeeId: string): Promise<'sent' | 'failed' | 'none'> {
  const person = await deps.directory.person(employeeId);
  const morning = morningAt(deps.clock.now(), person?.timeZone ?? deps.timeZone, deps.calendar);
  if (person?.active !== true || morning === undefined) {
    return 'none';
  }
  const { tasks: own, next } = await listTasks(deps.store, employeeId, { limit: MAX_TASKS });
  const standIns = await listStandInTasks(deps, employeeId, { limit: MAX_TASKS });
  const tasks = [...own.map((task) => ({ task })), ...standIns].toSorted(
    (one, other) => Date.parse(one.task.deadline) - Date.parse(other.task.deadline),
  );
  // What was asked since the morning began has just been mailed by itself.
  const isDue = tasks.some(({ task }) => Date.parse(task.since) < morning.beganAt.getTime());
  const { locale: language, timeZone = deps.timeZone } = person;
  const url = `${deps.pagesUrl}${TASKS_PATH}`;
  const model = () => digestMail({ tasks, hasMore: next !== undefined, url, language, timeZone });
  const expiresAt = new Date(deps.clock.now().getTime() + REMEMBER_DAYS * 86_400_000);
  const claim = { key: digestKey(employeeId, morning.day), expiresAt };
  return isDue ? sendOnce(deps, claim, person, model(), `digest-${morning.day}-${employeeId}`) : 'none';
}
