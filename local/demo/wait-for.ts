/** Waiting for what somebody else does: polled, with a bound, and a failure that says what did not come. */
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 50;

/**
 * @param what - completes "waited … for"
 * @param look - undefined: not yet
 * @throws Error when it does not come within `seconds`
 */
export async function waitFor<Found>(
  what: string,
  look: () => Promise<Found | undefined> | Found | undefined,
  seconds = 120,
): Promise<Found> {
  const deadline = Date.now() + seconds * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${seconds} seconds for ${what}`);
    await pause(POLL_MS);
  }
}
