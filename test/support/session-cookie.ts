/** Somebody is signed in, without a provider that vouches for them. */
import type { ProcessStore } from '../../functions/process/store/port.ts';
import type { Clock, Randomness } from '../../functions/runtime/ambient.ts';
import { newSession } from '../../functions/sign-in/sessions.ts';
import type { Role } from '../../functions/sign-in/signed-in.ts';

interface Surroundings {
  readonly store: ProcessStore;
  readonly clock: Clock;
  readonly randomness: Randomness;
}

/** The cookie of their browser. */
export async function sessionCookieOf(
  { store, clock, randomness }: Surroundings,
  employeeId: string,
  roles: readonly Role[] = [],
): Promise<string> {
  const secret = randomness.secret();
  const session = newSession(secret, { employeeId, roles }, clock.now());
  await store.commit({ entries: [], personal: [], changes: [session] });
  return `__Host-meridian-session=${secret}`;
}
