/**
 * The company's identity provider: OpenID Connect, authorization code with PKCE. Adapter: `openid/`, tested against a real
 * server (`test/contract/sign-in/`).
 */

/** Where the provider sends the browser back to, on our pages: with a code, and after it was signed out. */
export const CALLBACK_PATH = '/sign-in/callback';
export const SIGNED_OUT_PATH = '/signed-out';

/** What one attempt to sign in must come back with. Each value is 256 random bits, base64url, never used before. */
export interface SignInProof {
  readonly state: string;
  readonly nonce: string;
  /** Of PKCE: whoever has only the code of the answer can do nothing with it. */
  readonly verifier: string;
}

/** Whom the provider vouches for. */
export interface Identity {
  /** The provider's own name of the account: for logs, since it tells nothing to others. */
  readonly subject: string;
  /** All of the ID token, which was checked. */
  readonly claims: { readonly [name: string]: unknown };
  readonly groups: readonly string[];
}

export type IdentifyResult =
  | { readonly kind: 'identified'; readonly identity: Identity }
  /** The provider's answer does not prove anything: its own refusal, a code used before, a wrong state or nonce. */
  | { readonly kind: 'not-accepted'; readonly reason: string };

export interface IdentityProvider {
  /**
   * Where the browser is sent to sign in.
   * @param options.again - whoever is signed in there is asked anew, so that somebody else can sign in
   * @throws ConnectorTransientError when the provider does not answer
   */
  startUrl(proof: SignInProof, options: { readonly again: boolean }): Promise<string>;
  /**
   * Redeems the code of the provider's answer. A code is good once.
   * @param query - the parameters with which the browser came back
   * @throws ConnectorTransientError when the provider does not answer
   */
  identify(query: URLSearchParams, proof: SignInProof): Promise<IdentifyResult>;
  /**
   * Where the browser is sent so that the provider forgets its session as well; undefined: it has no such address.
   * @throws ConnectorTransientError when the provider does not answer
   */
  signOutUrl(): Promise<string | undefined>;
}
