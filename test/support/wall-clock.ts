/** How long something takes by the clock on the wall, on a machine whose processor others use as well. */
import { readFileSync } from 'node:fs';

/**
 * Milliseconds from the beginning to the end, what the action waits for included; without what this thread waited for a processor that
 * others had, where the system tells (Linux).
 */
export async function wallClockOf(action: () => Promise<unknown>): Promise<number> {
  const waitedBefore = waitedForProcessor();
  const startedAt = performance.now();
  await action();
  const took = performance.now() - startedAt;
  return took - (waitedForProcessor() - waitedBefore);
}

/** Milliseconds since the thread began: the second figure of the kernel's statistics of it (proc(5), `schedstat`, nanoseconds). */
function waitedForProcessor(): number {
  try {
    const [, waited = '0'] = readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ');
    return Number(waited) / 1e6;
  } catch {
    return 0;
  }
}
