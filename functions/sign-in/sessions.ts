/**
 * Sessions are kept on our side: the cookie carries 256 random bits, the work table only their hash. A session ends by
 * itself after a time without use and after a time in all, and with its person's place in the directory.
 */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Directory } from '../directory/port.ts';
import { sessionKey } from '../process/keys.ts';
import { hashOf, isSecret } from '../process/secret-hash.ts';
import type { ProcessStore, WorkChange, WorkItem } from '../process/store/port.ts';
import type { Clock } from '../runtime/ambient.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import { withPostRoles } from './roles.ts';
import type { Role, SignedIn } from './signed-in.ts';

export interface SessionDeps {
  readonly store: ProcessStore;
  readonly directory: Directory;
  readonly clock: Clock;
}

interface Session {
  readonly employeeId: string;
  /** Of the groups, when it began. */
  readonly roles: readonly Role[];
  readonly startedAt: string;
  readonly usedAt: string;
}

const MINUTE_MS = 60_000;
/** Whoever leaves a desk for longer signs in again. */
const IDLE_MS = 30 * MINUTE_MS;
/** A working day: then the provider is asked again, and with it the groups. */
export const ABSOLUTE_MS = 10 * 60 * MINUTE_MS;
/** The last use is written at most this often. */
const TOUCH_MS = MINUTE_MS;

/** What begins a session. `secret`: 256 random bits, never used before; it goes into the cookie and nowhere else. */
export function newSession(
  secret: string,
  { employeeId, roles }: Pick<SignedIn, 'employeeId' | 'roles'>,
  now: Date,
): WorkChange {
  const value: Session = { employeeId, roles, startedAt: now.toISOString(), usedAt: now.toISOString() };
  return { kind: 'create', key: keyOf(secret), value, expiresAt: endOf(value) };
}

/** Undefined: there is no such session, it is over, or its person is not active any more. */
export async function readSession(deps: SessionDeps, secret: string | undefined): Promise<SignedIn | undefined> {
  const item = await find(deps.store, secret);
  const now = deps.clock.now();
  if (secret === undefined || item === undefined || isOver(item.value, now)) {
    return undefined;
  }
  const { employeeId, roles } = item.value;
  const person = await deps.directory.person(employeeId);
  if (person?.active !== true) {
    return undefined;
  }
  await touch(deps.store, item, now);
  return { employeeId, roles: await withPostRoles(deps.directory, roles, person), csrfToken: csrfTokenOf(secret) };
}

/** Ends a session for good, whoever still has its cookie. One that is not there has ended. */
export async function endSession(store: ProcessStore, secret: string | undefined): Promise<void> {
  for (let item = await find(store, secret); item !== undefined; item = await find(store, secret)) {
    const { key, version: ifVersion } = item;
    await commitUnlessOthers(store, { kind: 'delete', key, ifVersion });
  }
}

/** Takes the same time whatever the text is. */
export function isCsrfToken({ csrfToken }: SignedIn, text: string | null): boolean {
  const [wanted, given] = [csrfToken, text ?? ''].map((one) => Buffer.from(hashOf(one)));
  return wanted !== undefined && given !== undefined && timingSafeEqual(wanted, given);
}

/** Nobody but the holder of the cookie can make it, and it does not tell the cookie. */
function csrfTokenOf(secret: string): string {
  return createHmac('sha256', secret).update('csrf').digest('base64url');
}

async function find(store: ProcessStore, secret: string | undefined): Promise<WorkItem<Session> | undefined> {
  return secret !== undefined && isSecret(secret) ? store.read<Session>(keyOf(secret)) : undefined;
}

function keyOf(secret: string) {
  return sessionKey(hashOf(secret));
}

function endOf({ startedAt }: Session): Date {
  return new Date(Date.parse(startedAt) + ABSOLUTE_MS);
}

function isOver(session: Session, now: Date): boolean {
  return now > endOf(session) || now.getTime() > Date.parse(session.usedAt) + IDLE_MS;
}

async function touch(store: ProcessStore, item: WorkItem<Session>, now: Date): Promise<void> {
  if (now.getTime() - Date.parse(item.value.usedAt) < TOUCH_MS) {
    return;
  }
  const value: Session = { ...item.value, usedAt: now.toISOString() };
  const { key, version: ifVersion } = item;
  await commitUnlessOthers(store, { kind: 'replace', key, ifVersion, value, expiresAt: endOf(value) });
}

/** Pages of one session may come at once: whoever writes second has nothing to add. */
async function commitUnlessOthers(store: ProcessStore, change: WorkChange): Promise<void> {
  try {
    await store.commit({ entries: [], personal: [], changes: [change] });
  } catch (error) {
    if (!(error instanceof ConcurrencyError)) {
      throw error;
    }
  }
}
