/** Waiting for what somebody else does: polled, with a bound, and a failure that says what did not come. */
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 100;
const SECONDS = 120;

/**
 * @param what - completes "waited … for"
 * @param look - undefined: not yet
 * @param options.everyMs - between two looks
 * @throws Error when it does not come within two minutes
 */
export async function waitFor<Found>(
  what: string,
  look: () => Promise<Found | undefined> | Found | undefined,
  { everyMs = POLL_MS }: { readonly everyMs?: number } = {},
): Promise<Found> {
  const deadline = Date.now() + SECONDS * 1000;
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (Date.now() > deadline) throw new Error(`waited ${SECONDS} seconds for ${what}`);
    await pause(everyMs);
  }
}
