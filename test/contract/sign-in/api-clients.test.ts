/** Clients of the API at a real provider: the OA of the demonstration, and programs that nobody listed. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorklistApi } from '../../../functions/worklist/api/worklist-api.ts';
import type { LocalCloud } from '../../../local/cloud/start.ts';
import { createDemoOa } from '../../../local/demo/oa.ts';
import { beginOaSignIn, finishOaSignIn, type OaClient } from '../../../local/demo/oa-sign-in.ts';
import { type Portal, startPortal } from '../../../local/demo/portal.tsx';
import { type IdentityServer, startIdentityServer } from '../../../local/identity/server.ts';
import { SignInBrowser } from '../../../local/identity/sign-in-browser.ts';
import { tokensOf } from '../../support/id-token.ts';
import { MemoryFiles } from '../../support/memory-files.ts';
import { PAGES_URL, requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { ACCOUNTS, BY_VERIFIED_MAIL } from '../../support/sign-in-rig.ts';
import { startTokenGateway } from '../../support/token-gateway.ts';
import { useMinistack } from '../../support/use-ministack.ts';

const LISTED = ['demo-oa', 'phones'];

const endpoint = useMinistack();
let identity: IdentityServer;
let api: { readonly url: string; stop(): Promise<void> };
let portal: Portal;
let cloud: Pick<LocalCloud, 'pagesUrl' | 'identityUrl' | 'oaClient'>;
let folder: string;

const redirectUri = () => `${portal.url}/oa/signed-in`;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'meridian-oa-'));
  const oa = createDemoOa({ signingKey: () => undefined, file: join(folder, 'oa.json') });
  portal = await startPortal({ port: 0, cloud: () => cloud as LocalCloud, oa });
  const callbackUrls = [redirectUri()];
  identity = await startIdentityServer({
    ...{ port: 0, pagesUrl: PAGES_URL, accounts: Object.values(ACCOUNTS) },
    apiClients: [
      { name: 'demo-oa', callbackUrls, isPublic: false },
      { name: 'phones', callbackUrls, isPublic: true },
      { name: 'stranger', callbackUrls, isPublic: true },
    ],
  });
  const worklist = await worklistApi();
  api = await startTokenGateway({
    ...{ endpoint: endpoint(), issuer: identity.url, audience: [identity.clientId, ...LISTED] },
    answer: (path, claims) => worklist.request(path, {}, { sourceIp: '192.0.2.1', claims }),
  });
  const { clientSecret = '' } = clientOf('demo-oa');
  cloud = { pagesUrl: api.url, identityUrl: identity.url, oaClient: { clientId: 'demo-oa', clientSecret } };
});

afterAll(async () => {
  await portal.stop();
  await api.stop();
  await identity.stop();
  await rm(folder, { recursive: true, force: true });
});

/** The API over a purchase that waits for its manager. */
async function worklistApi() {
  const world = new PurchaseWorld();
  await world.submit(requisitionEvent());
  return createWorklistApi({
    ...world.urgeDeps(),
    ...{ files: new MemoryFiles(), timeZone: 'Asia/Shanghai', log: () => undefined, personRule: BY_VERIFIED_MAIL },
    tokenRoles: { claim: 'cognito:groups', groups: { administrator: 'a', operator: 'o', auditor: 'u' } },
    onRefusedCaller: () => undefined,
  });
}

function clientOf(clientId: string): OaClient {
  const clientSecret = identity.apiSecrets.get(clientId);
  return { issuer: identity.url, clientId, clientSecret, redirectUri: redirectUri() };
}

const tasks = (token: string) => fetch(`${api.url}/api/v1/tasks`, { headers: { authorization: `Bearer ${token}` } });

describe('an OA with a client of its own', () => {
  it.each(LISTED)('gets the ID token of its reader by a code with PKCE, and the API takes it: %s', async (name) => {
    const { idToken } = await tokensOf(clientOf(name), ACCOUNTS.manager.id);

    const answer = await tasks(idToken);

    expect(answer.status).toBe(200);
    expect(await answer.json()).toMatchObject({ tasks: [{ title: 'Chairs and paper' }] });
  });

  it('shows the tasks of whoever signs in at the OA, and nobody else’s', async () => {
    const shown = await new SignInBrowser().signIn(`${portal.url}/oa/tasks`, ACCOUNTS.manager);
    const other = await new SignInBrowser().signIn(`${portal.url}/oa/tasks`, ACCOUNTS.head);

    expect([shown.status, shown.url.pathname]).toEqual([200, '/oa/tasks']);
    expect(shown.html).toContain('Chairs and paper');
    expect([other.status, other.html.includes('Chairs and paper')]).toEqual([200, false]);
  });

  it('shows why the API knows nobody, with the claim and the remedy', async () => {
    const shown = await new SignInBrowser().signIn(`${portal.url}/oa/tasks`, ACCOUNTS.unsaid);

    expect(shown.html).toContain('The token names no active person of the directory');
    expect(shown.html).toContain('email_verified');
  });
});

describe('nobody calls the API', () => {
  it('with a token of a client that the company does not list, though the same provider signed it', async () => {
    const { idToken } = await tokensOf(clientOf('stranger'), ACCOUNTS.manager.id);

    expect((await tasks(idToken)).status).toBe(401);
  });

  it('with an access token in the place of the ID token', async () => {
    const { accessToken } = await tokensOf(clientOf('demo-oa'), ACCOUNTS.manager.id);

    expect((await tasks(accessToken)).status).toBe(401);
  });

  it('without a token', async () => {
    expect((await fetch(`${api.url}/api/v1/tasks`)).status).toBe(401);
  });
});

describe('no token is had', () => {
  const answered = async (client: OaClient) => {
    const attempt = await beginOaSignIn(client);
    const { url } = await new SignInBrowser().signIn(attempt.url, ACCOUNTS.manager, ({ href }) =>
      href.startsWith(client.redirectUri),
    );
    return { attempt, query: url.searchParams };
  };

  it('for the code of somebody else’s browser, whose verifier is another', async () => {
    const { attempt, query } = await answered(clientOf('phones'));

    await expect(
      finishOaSignIn(clientOf('phones'), query, { ...attempt, verifier: 'x'.repeat(43) }),
    ).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  it('by a client that keeps a secret, without it', async () => {
    const { attempt, query } = await answered(clientOf('demo-oa'));

    await expect(
      finishOaSignIn({ ...clientOf('demo-oa'), clientSecret: undefined }, query, attempt),
    ).rejects.toMatchObject({ code: expect.any(String) });
  });

  it('where the browser would be sent to an address that is not listed', async () => {
    const { url } = await beginOaSignIn({ ...clientOf('demo-oa'), redirectUri: 'https://elsewhere.example/in' });

    const { status, headers } = await new SignInBrowser().ask(url);

    expect([status, headers.get('location')]).toEqual([400, null]);
  });
});
