/**
 * How an OA gets a token of Meridian's API for its reader: authorization code with PKCE at the company's provider, through a
 * client of the OA's own (`signIn.apiClients` of the company file; docs/api.md tells the steps).
 */
import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  None,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';

/** A client of the company's provider. */
export interface OaClient {
  readonly issuer: string;
  readonly clientId: string;
  /** Undefined: a public client, whose codes PKCE alone protects. */
  readonly clientSecret: string | undefined;
  /** One of its `callbackUrls`. */
  readonly redirectUri: string;
}

/** One sign-in that was begun; it stays with the OA until the browser comes back. */
export interface OaAttempt {
  /** Where the browser is sent. */
  readonly url: string;
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

/** What the provider gives for a code. */
export interface OaTokens {
  /** For the API: it says who its person is. */
  readonly idToken: string;
  /** For the provider's own user information; the API takes none. */
  readonly accessToken: string;
}

export async function beginOaSignIn(client: OaClient): Promise<OaAttempt> {
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()];
  const url = buildAuthorizationUrl(await configurationOf(client), {
    redirect_uri: client.redirectUri,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
  });
  return { url: url.href, state, nonce, verifier };
}

/**
 * @param query - the parameters with which the browser came back
 * @throws Error of `openid-client` where the provider's answer proves nothing
 */
export async function finishOaSignIn(
  client: OaClient,
  query: URLSearchParams,
  { state, nonce, verifier }: OaAttempt,
): Promise<OaTokens> {
  const back = new URL(`${client.redirectUri}?${query}`);
  const tokens = await authorizationCodeGrant(await configurationOf(client), back, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
  });
  return { idToken: tokens.id_token ?? '', accessToken: tokens.access_token };
}

function configurationOf({ issuer, clientId, clientSecret }: OaClient): Promise<Configuration> {
  // The demonstration's provider is on this machine; a company's has TLS.
  return discovery(new URL(issuer), clientId, clientSecret, clientSecret === undefined ? None() : undefined, {
    execute: [allowInsecureRequests],
  });
}
