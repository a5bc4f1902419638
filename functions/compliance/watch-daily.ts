/** Once a day: what no entry of a record tells, and what is left to do about cases. */
import type { WorkingCalendar } from '../calendar/domain/calendar.ts';
import { namedPosts } from '../policy/rules-in-company.ts';
import type { CompiledRules } from '../policy/table.ts';
import type { ProcessHead, Wait } from '../process/domain/process.ts';
import { runningProcesses } from '../process/running-processes.ts';
import { type CompanyFacts, companyDate } from '../requests/company.ts';
import { carryOutCase } from './carry-out-case.ts';
import { commandCase, openCaseIds, readCase } from './case-store.ts';
import {
  calendarEnding,
  type OpenWait,
  overdue,
  policiesEnding,
  policiesExpired,
  vacantPosts,
} from './domain/company-detectors.ts';
import type { Finding } from './domain/finding.ts';
import { caseMail, type OpenCaseDeps, openCase, warningsOf } from './open-case.ts';

export interface WatchDailyDeps extends OpenCaseDeps {
  readonly rules: CompiledRules;
  readonly company: CompanyFacts;
  /** Undefined: the company counts by the clock. */
  readonly calendar: WorkingCalendar | undefined;
}

/** What a round did. `problems`: what it could not do, which the next one tries again. */
export interface DailyRound {
  readonly opened: number;
  readonly overdueCases: number;
  readonly problems: readonly string[];
}

/** Idempotent: a second round of a day finds the same cases. What fails for one finding or case is left to the next round. */
export async function watchDaily(deps: WatchDailyDeps): Promise<DailyRound> {
  const problems: string[] = [];
  const attempt = async <Output>(what: string, deed: () => Promise<Output>): Promise<Output | undefined> => {
    try {
      return await deed();
    } catch (error) {
      problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
      return undefined;
    }
  };
  let opened = 0;
  for await (const finding of findingsOf(deps)) {
    const opening = await attempt(`${finding.detector} ${finding.subject}`, () => openCase(deps, finding));
    opened += opening === 'opened' ? 1 : 0;
  }
  let overdueCases = 0;
  for await (const caseId of openCaseIds(deps.store)) {
    overdueCases += (await attempt(caseId, () => lookAfter(deps, caseId))) === true ? 1 : 0;
  }
  return { opened, overdueCases, problems };
}

async function* findingsOf(deps: WatchDailyDeps): AsyncGenerator<Finding> {
  const now = deps.clock.now();
  yield* await vacancies(deps, now);
  yield* await endingCalendar(deps, now);
  yield* await endingPolicies(deps);
  for await (const head of runningProcesses(deps.store)) {
    yield* overdue(await waitsOf(deps, head, now), now);
  }
}

async function vacancies({ directory, rules }: WatchDailyDeps, now: Date): Promise<readonly Finding[]> {
  const posts = await Promise.all(
    [...namedPosts(rules)].map(async ([postId, tables]) => {
      const { length: holders } = await directory.holdersOf(postId);
      return { postId, tables, holders };
    }),
  );
  return vacantPosts(posts, now);
}

async function endingCalendar({ calendar, policies }: WatchDailyDeps, now: Date): Promise<readonly Finding[]> {
  if (calendar === undefined) {
    return [];
  }
  const { threshold } = await policies.complianceRule({ detector: 'calendar-ending', process: '' });
  const { name, version, lastSettledDay } = calendar;
  const ends = { calendar: `${name} ${version}`, lastDay: dateOf(lastSettledDay) };
  return calendarEnding(ends, Number(threshold), now);
}

async function endingPolicies({ rules, policies, company, clock }: WatchDailyDeps): Promise<readonly Finding[]> {
  const { threshold } = await policies.complianceRule({ detector: 'policy-ending', process: '' });
  const today = companyDate(clock, company.timeZone);
  const ends = Object.entries(rules.tables).flatMap(([table, { validUntil }]) =>
    validUntil === undefined ? [] : [{ table, validUntil }],
  );
  return [...policiesEnding(ends, Number(threshold), today), ...policiesExpired(ends, today)];
}

/** `day`: counted from 1970-01-01. */
function dateOf(day: number): string {
  return new Date(day * 86_400_000).toISOString().slice(0, 10);
}

/** Waits whose deadline is over; the grace behind it is counted in working time, as the deadline was. */
async function waitsOf(deps: WatchDailyDeps, head: ProcessHead, now: Date): Promise<readonly OpenWait[]> {
  const late = Object.values(head.waits).filter(({ deadline }) => Date.parse(deadline) < now.getTime());
  if (late.length === 0) {
    return [];
  }
  const { threshold } = await deps.policies.complianceRule({ detector: 'overdue', process: head.kind });
  const opened = new Map(
    (await deps.store.readRecord(head.processId)).map(({ facts, sequence }) => [facts.waitId, sequence] as const),
  );
  return late.map(({ waitId, kind, owner, deadline }) => {
    const sequence = opened.get(waitId);
    const graceUntil = graceAfter(deps, deadline, Number(threshold));
    const wait = { processId: head.processId, waitId, kind, owner, deadline, graceUntil };
    return sequence === undefined ? wait : { ...wait, sequence };
  });
}

function graceAfter({ waitClock }: WatchDailyDeps, deadline: Wait['deadline'], hours: number): string {
  const { hoursAfter } = waitClock.reckon({
    openedAt: deadline,
    expireAfterHours: hours,
    isOnTheClock: false,
    timeZones: [undefined],
  });
  return hoursAfter(deadline, hours).toISOString();
}

/** True: the case became overdue, and its owner and the operators were told. */
async function lookAfter(deps: WatchDailyDeps, caseId: string): Promise<boolean> {
  await carryOutCase(deps, caseId);
  const before = await readCase(deps.store, caseId);
  const result = await commandCase(deps, caseId, { kind: 'deadline' }, (state) => [
    ...warningsOf(caseId, state),
    caseMail(caseId, { ...state, ownerId: 'operators' }),
  ]);
  return before?.isOverdue !== true && result.kind === 'done' && result.state.isOverdue === true;
}
