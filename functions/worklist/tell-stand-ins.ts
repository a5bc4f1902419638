/** An absence has begun while tasks are open: whoever stands in then is told of them, once. */
import { listStandInTasks } from '../approvals/stand-in.ts';
import type { WorkingCalendar } from '../calendar/domain/calendar.ts';
import { withLeaves } from '../directory/leaves.ts';
import type { Absence, Directory, Person } from '../directory/port.ts';
import { absenceFor, absencesInForce } from '../directory/substitutes.ts';
import { TASKS_PATH } from '../pages/places.tsx';
import { digestKey, standInToldKey } from '../process/keys.ts';
import { type DigestTask, digestMail } from './digest-mail.ts';
import { morningAt } from './domain/morning.ts';
import { type Claim, claimed, type SendOnceDeps, sendOnce } from './send-once.ts';

export interface TellStandInsDeps extends SendOnceDeps {
  readonly directory: Directory;
  readonly calendar: WorkingCalendar | undefined;
  /** IANA zone of those who have none of their own. */
  readonly timeZone: string;
  /** Origin of the pages, without a slash at its end. */
  readonly pagesUrl: string;
}

/** Tasks that are read for one mail. */
const MAX_TASKS = 100;
/** Days after the end of the absence. */
const REMEMBER_DAYS = 31;

/**
 * Tells one of those who stand in of what waited for the person before the absence began, as far as they may take it over. An
 * absence that was looked at is not looked at again: what comes later is asked of whoever stands in from the first.
 * @throws ConnectorTransientError when mail cannot be sent now: the next run tells them
 */
export async function tellStandIn(
  deps: TellStandInsDeps,
  standInId: string,
  away: string,
): Promise<'sent' | 'failed' | 'none'> {
  const now = deps.clock.now();
  const person = await withLeaves(deps.store, (id) => deps.directory.person(id), away);
  const begun = await notTold(deps, standInId, away, absencesInForce(person ?? {}, now));
  const standIn = begun.length === 0 ? undefined : await deps.directory.person(standInId);
  if (standIn?.active !== true) {
    return 'none';
  }
  const tasks = await listStandInTasks(deps, standInId, { limit: MAX_TASKS });
  let outcome: 'sent' | 'failed' | 'none' = 'none';
  for (const absence of begun) {
    const theirs = tasks.filter(({ task }) => {
      const isOf = absenceFor(person, now, task.subject)?.from === absence.from;
      return task.employeeId === away && isOf && Date.parse(task.since) < Date.parse(absence.from);
    });
    const told = await tellOf(deps, standIn, away, absence, theirs);
    outcome = told === 'none' ? outcome : told;
  }
  return outcome;
}

async function notTold(
  { store }: TellStandInsDeps,
  standInId: string,
  employeeId: string,
  absences: readonly Absence[],
): Promise<readonly Absence[]> {
  const told = await Promise.all(
    absences.map(({ from }) => store.read(standInToldKey(standInId, { employeeId, from }))),
  );
  return absences.filter((_, index) => told[index] === undefined);
}

async function tellOf(
  deps: TellStandInsDeps,
  standIn: Person,
  employeeId: string,
  { from, until }: Absence,
  tasks: readonly DigestTask[],
): Promise<'sent' | 'failed' | 'none'> {
  const { employeeId: standInId, locale: language, timeZone = deps.timeZone } = standIn;
  const claim: Claim = {
    key: standInToldKey(standInId, { employeeId, from }),
    expiresAt: new Date(Date.parse(until) + REMEMBER_DAYS * 86_400_000),
  };
  const begun = tasks[0]?.name;
  if (begun === undefined || (await hasDigest(deps, standIn, from))) {
    await claimed(deps, claim);
    return 'none';
  }
  const url = `${deps.pagesUrl}${TASKS_PATH}`;
  const model = digestMail({ tasks, hasMore: tasks.length >= MAX_TASKS, begun, url, language, timeZone });
  return sendOnce(deps, claim, standIn, model, `stand-in-${standInId}-${employeeId}-${from}`);
}

/** Whether this morning's digest, sent since the absence began, has told them already. */
async function hasDigest(
  { store, clock, calendar, timeZone }: TellStandInsDeps,
  standIn: Person,
  from: string,
): Promise<boolean> {
  const morning = morningAt(clock.now(), standIn.timeZone ?? timeZone, calendar);
  const sent =
    morning === undefined ? undefined : await store.read<{ at: string }>(digestKey(standIn.employeeId, morning.day));
  return sent !== undefined && Date.parse(sent.value.at) >= Date.parse(from);
}
