/**
 * Time zones by `Intl`, which knows all their rules. What is needed beside it is a dozen lines, so no date library is
 * loaded by the functions.
 */

/** Milliseconds. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Whether the name is an IANA time zone. */
export function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
}

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const format =
    formats.get(timeZone) ??
    new Intl.DateTimeFormat('en-US', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
  formats.set(timeZone, format);
  return format;
}

/** Milliseconds by which the zone's clocks are ahead of UTC at an instant (milliseconds since 1970). */
export function offsetAt(instant: number, timeZone: string): number {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0;
  const local = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'));
  return local - Math.floor(instant / 1000) * 1000;
}

/**
 * The first instant after `from`, before `limit`, at which the zone's offset is another one; `limit` when there is none.
 * The two are at most a day apart, in which no zone changes twice.
 */
export function offsetChange(from: number, limit: number, timeZone: string): number {
  const offset = offsetAt(from, timeZone);
  if (offsetAt(limit - 1, timeZone) === offset) {
    return limit;
  }
  let [same, other] = [from, limit - 1];
  while (other - same > 1) {
    const middle = Math.floor((same + other) / 2);
    if (offsetAt(middle, timeZone) === offset) {
      same = middle;
    } else {
      other = middle;
    }
  }
  return other;
}

/**
 * The instant at which the zone's clocks show a time, given as if they were in UTC (milliseconds since 1970). The offset at
 * a first guess is the one that holds, but for clocks that change just then.
 */
export function instantOf(local: number, timeZone: string): Date {
  const guess = local - offsetAt(local, timeZone);
  return new Date(local - offsetAt(guess, timeZone));
}
