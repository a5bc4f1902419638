/** How old what was signed may be. Pure. */

/** Seconds that a sender's clock may differ from ours, either way. */
const WINDOW_SECONDS = 300;

/** @param timestamp - decimal text, since 1970; anything else is outside */
export function isInWindow(timestamp: string, unit: 'seconds' | 'milliseconds', now: Date): boolean {
  if (!/^\d{1,14}$/.test(timestamp)) {
    return false;
  }
  const seconds = Number(timestamp) / (unit === 'seconds' ? 1 : 1000);
  return Math.abs(now.getTime() / 1000 - seconds) <= WINDOW_SECONDS;
}

/** Milliseconds since 1970 as an instant, ISO 8601 in UTC. Undefined: it is none. */
export function instantOf(milliseconds: number): string | undefined {
  return Number.isFinite(milliseconds) && milliseconds > 0 && milliseconds < 8.64e15
    ? new Date(milliseconds).toISOString()
    : undefined;
}
