/** What no entry of a record tells: waits that are long over, posts that nobody holds, calendars and rules that end. Pure. */
import type { Finding } from './finding.ts';

/** An open wait of a process. Instants are ISO 8601 in UTC. */
export interface OpenWait {
  readonly processId: string;
  readonly waitId: string;
  readonly kind: string;
  readonly owner: string;
  readonly deadline: string;
  /** When the grace of the rule behind the deadline is over. */
  readonly graceUntil: string;
  /** Entry that opened it. */
  readonly sequence?: number;
}

/** A wait that should have ended by its deadline and is still open when the grace behind it is over. */
export function overdue(waits: readonly OpenWait[], now: Date): readonly Finding[] {
  return waits
    .filter(({ graceUntil }) => Date.parse(graceUntil) < now.getTime())
    .map(({ processId, waitId, kind, owner, deadline, sequence }) => ({
      detector: 'overdue',
      subject: `${processId}#${waitId}`,
      processIds: [processId],
      evidence: sequence === undefined ? [] : [{ processId, sequence }],
      facts: { wait: kind, owner, deadline },
    }));
}

/**
 * Posts that the company's tables ask for something and that nobody active holds. One case for each post and month (UTC): one
 * that stays vacant comes up again.
 */
export function vacantPosts(
  posts: readonly { readonly postId: string; readonly holders: number; readonly tables: readonly string[] }[],
  now: Date,
): readonly Finding[] {
  return posts
    .filter(({ holders }) => holders === 0)
    .map(({ postId, tables }) => ({
      detector: 'vacant-post',
      subject: `${postId}#${now.toISOString().slice(0, 7)}`,
      processIds: [],
      evidence: [],
      facts: { post: postId, tables: [...tables].sort().join(', ') },
    }));
}

/** The last day that the calendar of working time knows. */
export interface CalendarEnd {
  /** Name and version. */
  readonly calendar: string;
  /** `YYYY-MM-DD`. */
  readonly lastDay: string;
}

/** A calendar whose data end within so many days. */
export function calendarEnding({ calendar, lastDay }: CalendarEnd, days: number, now: Date): readonly Finding[] {
  const left = (Date.parse(lastDay) - now.getTime()) / 86_400_000;
  return left >= days
    ? []
    : [
        {
          detector: 'calendar-ending',
          subject: `${calendar}#${lastDay}`,
          processIds: [],
          evidence: [],
          facts: { calendar, lastDay },
        },
      ];
}

/** A table of rules that its owner approved until a day. */
export interface PolicyEnd {
  /** Name of its file without `.dmn`. */
  readonly table: string;
  /** `YYYY-MM-DD`: the last day. */
  readonly validUntil: string;
}

/** Tables whose last day is today or comes within so many days. `today`: `YYYY-MM-DD` on the company's clocks. */
export function policiesEnding(ends: readonly PolicyEnd[], days: number, today: string): readonly Finding[] {
  const until = daysAfter(today, days);
  return ends
    .filter(({ validUntil }) => validUntil >= today && validUntil < until)
    .map((end) => policyFinding('policy-ending', end, end.validUntil));
}

/**
 * Tables whose last day is over and that count all the same: no process stops for it. One case for each table, last day and
 * month: one that nobody approves anew comes up again.
 */
export function policiesExpired(ends: readonly PolicyEnd[], today: string): readonly Finding[] {
  return ends
    .filter(({ validUntil }) => validUntil < today)
    .map((end) => policyFinding('policy-expired', end, `${end.validUntil}#${today.slice(0, 7)}`));
}

function policyFinding(
  detector: 'policy-ending' | 'policy-expired',
  { table, validUntil }: PolicyEnd,
  subject: string,
): Finding {
  return {
    detector,
    subject: `${table}#${subject}`,
    processIds: [],
    evidence: [],
    facts: { table, lastDay: validUntil },
  };
}

function daysAfter(date: string, days: number): string {
  return new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);
}
