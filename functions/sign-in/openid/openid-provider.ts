/** Any provider of OpenID Connect that has a discovery document, Amazon Cognito among them. */
import {
  AuthorizationResponseError,
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  buildEndSessionUrl,
  ClientError,
  ClientSecretBasic,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  enableNonRepudiationChecks,
  type IDToken,
  ResponseBodyError,
  WWWAuthenticateChallengeError,
} from 'openid-client';
import { ConfigError, ConnectorTransientError } from '../../runtime/errors.ts';
import { groupsIn } from '../domain/groups-claim.ts';
import { CALLBACK_PATH, type Identity, type IdentityProvider, SIGNED_OUT_PATH } from '../port.ts';

export interface OpenIdParts {
  /** Its discovery document lies below `/.well-known/openid-configuration`. */
  readonly issuer: string;
  readonly clientId: string;
  /** Read at each use, since it may be rotated. */
  readonly clientSecret: () => Promise<string>;
  /** Origin of our pages, without a slash at its end. */
  readonly pagesUrl: string;
  /** Claim of the ID token that lists the groups. */
  readonly groupsClaim: string;
  /** Where signing out ends the provider's session; empty: as its discovery document says, if it does. */
  readonly signOutUrl: string;
}

const SCOPE = 'openid email profile';
/** Well below the time that a page may take. */
const TIMEOUT_SECONDS = 4;

export function createOpenIdProvider(parts: OpenIdParts): IdentityProvider {
  const callback = `${parts.pagesUrl}${CALLBACK_PATH}`;
  return {
    async startUrl({ state, nonce, verifier }, { again }) {
      const url = buildAuthorizationUrl(await configured(parts), {
        redirect_uri: callback,
        scope: SCOPE,
        state,
        nonce,
        code_challenge: await calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        ...(again ? { prompt: 'login' } : {}),
      });
      return url.href;
    },
    async identify(query, { state, nonce, verifier }) {
      const configuration = await configured(parts);
      try {
        const tokens = await authorizationCodeGrant(configuration, new URL(`${callback}?${query}`), {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        });
        const claims = tokens.claims();
        return claims === undefined
          ? { kind: 'not-accepted', reason: 'no ID token' }
          : { kind: 'identified', identity: identityOf(claims, parts.groupsClaim) };
      } catch (error) {
        return { kind: 'not-accepted', reason: refusalIn(error) };
      }
    },
    async signOutUrl() {
      if (parts.signOutUrl !== '') {
        return parts.signOutUrl;
      }
      const configuration = await configured(parts);
      return configuration.serverMetadata().end_session_endpoint === undefined
        ? undefined
        : buildEndSessionUrl(configuration, { post_logout_redirect_uri: `${parts.pagesUrl}${SIGNED_OUT_PATH}` }).href;
    },
  };
}

const known = new Map<string, Promise<Configuration>>();

/** What the provider says of itself, asked for once in the life of the execution environment and client secret. */
async function configured(parts: OpenIdParts): Promise<Configuration> {
  const secret = await parts.clientSecret();
  const key = JSON.stringify([parts.issuer, parts.clientId, secret]);
  const configuration = known.get(key) ?? discover(parts, secret);
  known.set(key, configuration);
  try {
    return await configuration;
  } catch (cause) {
    known.delete(key);
    throw new ConnectorTransientError('the identity provider does not say what it is', { cause });
  }
}

function discover({ issuer, clientId }: OpenIdParts, secret: string): Promise<Configuration> {
  const url = new URL(issuer);
  // Only a provider on the same machine can do without a safe connection.
  const isLoopback = url.protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
  return discovery(url, clientId, { client_secret: secret }, ClientSecretBasic(secret), {
    timeout: TIMEOUT_SECONDS,
    // The signature of the ID token is checked as well, not only that it came over TLS.
    execute: [enableNonRepudiationChecks, ...(isLoopback ? [allowInsecureRequests] : [])],
  });
}

/**
 * What the provider, or the check of its answer, has against the code; whatever else went wrong is thrown.
 * @throws ConfigError when it does not know us, which no person who signs in can mend
 */
function refusalIn(error: unknown): string {
  // The code is redeemed with our client's credentials: a challenge asks for better ones.
  if (error instanceof WWWAuthenticateChallengeError) {
    throw new ConfigError('the identity provider does not take our client’s secret', { cause: error });
  }
  if (error instanceof AuthorizationResponseError || error instanceof ResponseBodyError) {
    if (UNKNOWN_TO_IT.includes(error.error)) {
      throw new ConfigError(`the identity provider does not take our client: ${error.error}`, { cause: error });
    }
    if (DOWN.includes(error.error)) {
      throw new ConnectorTransientError(`the identity provider says ${error.error}`, { cause: error });
    }
    return error.error;
  }
  if (error instanceof ClientError && error.code !== undefined && !TRANSIENT.includes(error.code)) {
    return error.code;
  }
  throw new ConnectorTransientError('the identity provider does not answer', { cause: error });
}

/** RFC 6749, 4.1.2.1 and 5.2: faults of the provider, and of what it knows of our client. */
const DOWN: readonly string[] = ['server_error', 'temporarily_unavailable'];
const UNKNOWN_TO_IT: readonly string[] = ['invalid_client', 'unauthorized_client'];
const TRANSIENT: readonly string[] = ['OAUTH_TIMEOUT', 'OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'];

function identityOf(claims: IDToken, groupsClaim: string): Identity {
  return { subject: claims.sub, claims, groups: groupsIn(claims[groupsClaim]) };
}
