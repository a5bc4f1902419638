/**
 * The weekly mail, on the first working morning of the week of whoever gets it. It is made from the figures that are kept for
 * each week, not from the metrics: it lacks nothing that a metric may have lost.
 */
import type { WorkingCalendar } from '../calendar/domain/calendar.ts';
import type { Directory, Person } from '../directory/port.ts';
import { add } from '../money/money.ts';
import { weeklyKey } from '../process/keys.ts';
import { ConnectorTransientError } from '../runtime/errors.ts';
import { morningAt } from '../worklist/domain/morning.ts';
import { type SendOnceDeps, sendOnce } from '../worklist/send-once.ts';
import { MEASURED_KIND_NAMES } from './domain/kinds.ts';
import { countedBy } from './domain/standing.ts';
import { weekOf, weeksBefore } from './domain/tally.ts';
import { readStanding } from './publish-figures.ts';
import { longestWaiting, readTallies, slowestNodes } from './read-figures.ts';
import { type WeeklyParts, type WeekOfKind, weeklyMail } from './weekly-mail.ts';

export interface SendWeeklyFiguresDeps extends SendOnceDeps {
  readonly directory: Pick<Directory, 'holdersOf'>;
  /** Undefined: the company has none, and people work from Monday to Friday. */
  readonly calendar: WorkingCalendar | undefined;
  readonly timeZone: string;
  /** Posts whose holders get the mail. */
  readonly posts: readonly string[];
  /** Of the dashboards. */
  readonly url: string;
}

export interface WeeklyRun {
  readonly sent: number;
  readonly failed: number;
}

/** Processes that wait longest, and places that are slow, as the mail names them. */
const WAITING = 3;
const SLOWEST = 1;
const REMEMBER_DAYS = 30;
const DAY = 86_400_000;

/**
 * Each mail is sent once a week. One whose sending fails for now is left to the next run, within the morning.
 * @throws ConnectorTransientError after all others, when mail to somebody cannot be sent now; ConfigError at once
 */
export async function sendWeeklyFigures(deps: SendWeeklyFiguresDeps): Promise<WeeklyRun> {
  const people = (await recipients(deps)).filter((person) => isMorningOf(deps, person));
  if (people.length === 0) {
    return { sent: 0, failed: 0 };
  }
  const count = { sent: 0, failed: 0, none: 0 };
  let later: ConnectorTransientError | undefined;
  const parts = await weeklyParts(deps);
  for (const person of people) {
    try {
      count[await sendTo(deps, person, parts)] += 1;
    } catch (error) {
      if (!(error instanceof ConnectorTransientError)) {
        throw error;
      }
      later ??= error;
    }
  }
  if (later !== undefined) {
    throw later;
  }
  return { sent: count.sent, failed: count.failed };
}

async function recipients({ directory, posts }: SendWeeklyFiguresDeps): Promise<readonly Person[]> {
  const holders = (await Promise.all(posts.map((post) => directory.holdersOf(post)))).flat();
  return [...new Map(holders.map((person) => [person.employeeId, person])).values()];
}

function isMorningOf({ clock, timeZone, calendar }: SendWeeklyFiguresDeps, person: Person): boolean {
  return morningAt(clock.now(), person.timeZone ?? timeZone, calendar) !== undefined;
}

function sendTo(
  deps: SendWeeklyFiguresDeps,
  person: Person,
  parts: Omit<WeeklyParts, 'language'>,
): Promise<'sent' | 'failed' | 'none'> {
  const expiresAt = new Date(deps.clock.now().getTime() + REMEMBER_DAYS * DAY);
  const claim = { key: weeklyKey(person.employeeId, parts.week), expiresAt };
  const model = weeklyMail({ ...parts, language: person.locale });
  return sendOnce(deps, claim, person, model, `weekly-${parts.week}-${person.employeeId}`);
}

async function weeklyParts({
  store,
  clock,
  timeZone,
  url,
}: SendWeeklyFiguresDeps): Promise<Omit<WeeklyParts, 'language'>> {
  const now = clock.now();
  const week = weeksBefore(weekOf(now, timeZone), 1);
  const kinds = await Promise.all(
    MEASURED_KIND_NAMES.map(async (kind): Promise<WeekOfKind> => {
      const [tallies, before] = await Promise.all(
        [week, weeksBefore(week, 1)].map((one) => readTallies(store, kind, [one])),
      );
      return { kind, week: tallies ?? {}, before: before ?? {}, slowest: slowestNodes(kind, tallies ?? {}, SLOWEST) };
    }),
  );
  return {
    ...{ week, now, url },
    kinds: kinds.filter((one) => Object.keys(one.week).length > 0),
    waiting: await longestWaiting(store, WAITING),
    ...underWay(Object.entries(await readStanding(store))),
  };
}

function underWay(counters: readonly (readonly [string, string])[]): Pick<WeeklyParts, 'open' | 'money'> {
  let open = 0;
  const money = new Map<string, string>();
  for (const [counter, decimal] of counters) {
    const counted = countedBy(counter);
    if (counted?.what === 'open') {
      open += Number(decimal);
    } else if (counted?.what === 'money') {
      money.set(counted.currency, add(money.get(counted.currency) ?? '0', decimal));
    }
  }
  const amounts = [...money].map(([currency, amount]) => ({ currency, amount }));
  return { open, money: amounts.filter(({ amount }) => Number(amount) !== 0) };
}
