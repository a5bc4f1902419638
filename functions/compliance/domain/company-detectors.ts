/** What no entry of a record tells: waits that are long over, posts that nobody holds, calendars that end. Pure. */
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
