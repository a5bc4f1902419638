/** Signing in: the browser is sent to the identity provider, and comes back with a code that proves who it is. */
import type { GuessDeps } from '../approvals/guesses.ts';
import { recordRefusal, SIGN_INS } from '../approvals/record-refusal.ts';
import { signInStateKey } from '../process/keys.ts';
import { hashOf } from '../process/secret-hash.ts';
import type { Randomness } from '../runtime/ambient.ts';
import { ConcurrencyError } from '../runtime/errors.ts';
import type { PersonRule } from './domain/person-claim.ts';
import { type ClaimRefusal, findPerson } from './find-person.ts';
import type { Identity, IdentityProvider, SignInProof } from './port.ts';
import { type RoleGroups, rolesOf } from './roles.ts';
import { newSession, type SessionDeps } from './sessions.ts';

export interface SignInDeps extends SessionDeps, GuessDeps {
  readonly randomness: Randomness;
  readonly provider: IdentityProvider;
  /** What of the ID token says who it is. */
  readonly personRule: PersonRule;
  readonly roleGroups: RoleGroups;
}

/** One attempt to sign in. It stays with the browser, in a cookie of its own, until the provider sends it back. */
export interface SignInAttempt extends SignInProof {
  /** Path of our own where the person wanted to go. */
  readonly to: string;
  readonly startedAt: string;
}

/** Why nobody is signed in, whoever it is. Stable names: they stand in the log and choose the page's words. */
export type AttemptRefusal =
  /** The browser did not start here, or too long ago, or came back a second time. */
  'no-attempt' | 'not-accepted';

export type SignInResult =
  | { readonly kind: 'signed-in'; readonly employeeId: string; readonly secret: string; readonly to: string }
  | {
      readonly kind: 'refused';
      readonly refusal: AttemptRefusal;
      /** For the log: who it was by the provider's own name, and what the provider said. */
      readonly facts: { readonly [name: string]: string };
    }
  /** The provider vouches for an account that is nobody of ours. */
  | (ClaimRefusal & { readonly facts: { readonly [name: string]: string } });

/** Long enough for a password and a second factor. */
export const ATTEMPT_MS = 10 * 60_000;

/** Writes nothing: whoever opens the page has not proved anything yet. */
export async function startSignIn(
  deps: SignInDeps,
  { to, again }: { readonly to: string; readonly again: boolean },
): Promise<{ readonly url: string; readonly attempt: SignInAttempt }> {
  const { randomness, clock, provider } = deps;
  const proof = { state: randomness.secret(), nonce: randomness.secret(), verifier: randomness.secret() };
  const attempt = { ...proof, to, startedAt: clock.now().toISOString() };
  return { url: await provider.startUrl(proof, { again }), attempt };
}

/**
 * Begins the session of whom the provider vouches for. An attempt signs in once.
 * @throws ConnectorTransientError when the provider does not answer
 */
export async function finishSignIn(
  deps: SignInDeps,
  { query, attempt }: { readonly query: URLSearchParams; readonly attempt: SignInAttempt | undefined },
): Promise<SignInResult> {
  const now = deps.clock.now();
  if (attempt === undefined || now.getTime() - Date.parse(attempt.startedAt) > ATTEMPT_MS) {
    return refused('no-attempt');
  }
  const result = await deps.provider.identify(query, attempt);
  if (result.kind === 'not-accepted') {
    return refused('not-accepted', { reason: result.reason });
  }
  const { identity } = result;
  const found = await findPerson(deps.directory, identity.claims, deps.personRule);
  return found.kind === 'found'
    ? begin(deps, { identity, employeeId: found.person.employeeId, attempt, now })
    : recorded(deps, identity, found);
}

/** Of an account of the provider, so that only its people can fill the record. */
async function recorded(deps: SignInDeps, { subject }: Identity, refused: ClaimRefusal): Promise<SignInResult> {
  const { refusal, claim } = refused;
  try {
    await recordRefusal(deps, SIGN_INS, {
      type: 'SignInRefused',
      actor: { kind: 'unknown', id: subject },
      facts: { subject, refusal, claim },
    });
  } catch (error) {
    // Where everybody is refused at once, each is still told what to mend; the log has them all.
    if (!(error instanceof ConcurrencyError)) {
      throw error;
    }
  }
  return { ...refused, facts: { subject, claim } };
}

interface Beginning {
  readonly identity: Identity;
  readonly employeeId: string;
  readonly attempt: SignInAttempt;
  readonly now: Date;
}

async function begin(deps: SignInDeps, { identity, employeeId, attempt, now }: Beginning): Promise<SignInResult> {
  const secret = deps.randomness.secret();
  const session = newSession(secret, { employeeId, roles: rolesOf(identity.groups, deps.roleGroups) }, now);
  const once = {
    kind: 'create',
    key: signInStateKey(hashOf(attempt.state)),
    value: { usedAt: now.toISOString() },
    expiresAt: new Date(now.getTime() + ATTEMPT_MS),
  } as const;
  try {
    await deps.store.commit({ entries: [], personal: [], changes: [once, session] });
  } catch (error) {
    if (error instanceof ConcurrencyError) {
      return refused('no-attempt', { subject: identity.subject });
    }
    throw error;
  }
  return { kind: 'signed-in', employeeId, secret, to: attempt.to };
}

function refused(refusal: AttemptRefusal, facts: { readonly [name: string]: string } = {}): SignInResult {
  return { kind: 'refused', refusal, facts };
}
