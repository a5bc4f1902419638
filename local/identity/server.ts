/**
 * The demonstration's identity provider: `oidc-provider`, a certified server of OpenID Connect, with accounts that are
 * given to it and a page where whoever looks chooses one. It checks what a company's provider checks: PKCE, the client's
 * secret, redirect addresses, and codes that are good once.
 */
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import Provider, { type Configuration } from 'oidc-provider';
import type { Account } from './account.ts';
import { choicePage, saidPage, signOutPage } from './pages.tsx';

/** A running identity provider, and the clients that it knows. */
export interface IdentityServer {
  /** Its issuer. */
  readonly url: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** Secrets of the clients of the API, by their names; a public one has none. */
  readonly apiSecrets: ReadonlyMap<string, string>;
  stop(): Promise<void>;
}

/** A program that gets tokens of its own, as `signIn.apiClients` of a company file has it. */
export interface ApiClient {
  readonly name: string;
  readonly callbackUrls: readonly string[];
  readonly isPublic: boolean;
}

/** Claim that lists the groups, as in the ID tokens of Cognito. */
export const GROUPS_CLAIM = 'cognito:groups';
/** In seconds. */
const HOUR = 3_600;
const CLIENT_ID = 'meridian-pages';
const CHOICE = /^\/who\/([\w-]+)$/;

/**
 * @param options.port - 0 for a free one
 * @param options.pagesUrl - origin of the pages, which may ask
 * @param options.apiClients - who else may, each by its name as its id
 */
export async function startIdentityServer(options: {
  readonly port: number;
  readonly pagesUrl: string;
  readonly accounts: readonly Account[];
  readonly apiClients?: readonly ApiClient[];
}): Promise<IdentityServer> {
  const { accounts, pagesUrl, apiClients = [] } = options;
  let handle = (_request: IncomingMessage, response: ServerResponse) => void response.writeHead(503).end();
  const server = createServer((request, response) => handle(request, response));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port, '127.0.0.1', resolve);
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const clientSecret = newSecret();
  const apiSecrets = new Map(
    apiClients.flatMap(({ name, isPublic }) => (isPublic ? [] : [[name, newSecret()] as const])),
  );
  const clients = [
    pagesClient(pagesUrl, clientSecret),
    ...apiClients.map((client) => apiClientOf(client, apiSecrets.get(client.name))),
  ];
  const provider = new Provider(url, configurationOf(accounts, clients));
  const serve = provider.callback();
  handle = (request, response) => {
    const uid = CHOICE.exec(request.url ?? '')?.[1];
    void (uid === undefined
      ? serve(request, response)
      : choose(provider, accounts, request, response).catch((error: unknown) => {
          response.writeHead(400, HTML).end(String(saidPage('This did not work', String(error))));
        }));
  };
  return {
    url,
    clientId: CLIENT_ID,
    clientSecret,
    apiSecrets,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const HTML = { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' } as const;

/** The page of accounts, and the account that was chosen there. */
async function choose(
  provider: Provider,
  accounts: readonly Account[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'POST') {
    await provider.interactionDetails(request, response);
    response.writeHead(200, HTML).end(String(choicePage(accounts, request.url ?? '')));
    return;
  }
  const accountId = new URLSearchParams(await text(request)).get('account') ?? '';
  const result = accounts.some(({ id }) => id === accountId)
    ? { login: { accountId } }
    : { error: 'access_denied', error_description: 'nobody was chosen' };
  await provider.interactionFinished(request, response, result, { mergeWithLastSubmission: false });
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

type Clients = NonNullable<Configuration['clients']>;

function pagesClient(pagesUrl: string, clientSecret: string): Clients[number] {
  return {
    client_id: CLIENT_ID,
    client_secret: clientSecret,
    redirect_uris: [`${pagesUrl}/sign-in/callback`],
    post_logout_redirect_uris: [`${pagesUrl}/signed-out`],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'client_secret_basic',
  };
}

function apiClientOf({ name, callbackUrls }: ApiClient, clientSecret: string | undefined): Clients[number] {
  return {
    client_id: name,
    redirect_uris: [...callbackUrls],
    response_types: ['code'],
    grant_types: ['authorization_code'],
    ...(clientSecret === undefined
      ? { token_endpoint_auth_method: 'none' }
      : { client_secret: clientSecret, token_endpoint_auth_method: 'client_secret_basic' }),
  };
}

function configurationOf(accounts: readonly Account[], clients: Clients): Configuration {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    clients,
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kty: 'RSA', use: 'sig', alg: 'RS256', kid: 'demo' }] },
    cookies: { keys: [randomBytes(32).toString('hex')] },
    ttl: { Interaction: HOUR, Grant: HOUR, Session: HOUR, AccessToken: HOUR, IdToken: HOUR, AuthorizationCode: 60 },
    pkce: { required: () => true },
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'employee_number', GROUPS_CLAIM] },
    // As Cognito does: the ID token says who it is, without a further call.
    conformIdTokenClaims: false,
    findAccount: (_context, id) => {
      const account = accounts.find((one) => one.id === id);
      return account === undefined
        ? undefined
        : {
            accountId: id,
            claims: () => ({
              sub: id,
              name: account.name,
              email: account.email,
              email_verified: account.isMailVerified,
              employee_number: account.employeeNumber,
              [GROUPS_CLAIM]: [...account.groups],
            }),
          };
    },
    interactions: { url: (_context, { uid }) => `/who/${uid}` },
    // Pages and OA are the company's own: nobody is asked whether they may know a name and a mail address.
    loadExistingGrant: async ({ oidc }) => {
      const { client, session, provider } = oidc;
      const grant = new provider.Grant({ clientId: client?.clientId ?? '', accountId: session?.accountId ?? '' });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    renderError: (context, { error, error_description: reason }) => {
      context.type = 'html';
      context.body = String(saidPage('This did not work', reason ?? error));
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context, form) => {
          context.body = String(signOutPage(form));
        },
        postLogoutSuccessSource: (context) => {
          context.body = String(saidPage('You are signed out 已退出', 'Of the company sign-in of the demonstration.'));
        },
      },
    },
  };
}
