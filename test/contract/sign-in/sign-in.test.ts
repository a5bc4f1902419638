import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from 'vitest';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { readSession } from '../../../functions/sign-in/sessions.ts';
import { type IdentityServer, startIdentityServer } from '../../../local/identity/server.ts';
import { fieldIn, type SignInBrowser } from '../../../local/identity/sign-in-browser.ts';
import { directoryData, PAGES_URL } from '../../support/purchase-company.ts';
import { ACCOUNTS, type SignInRig, signInRig } from '../../support/sign-in-rig.ts';

const HOME = `${PAGES_URL}/me`;
const SESSION = '__Host-meridian-session';
const ATTEMPT = '__Host-meridian-sign-in';

let identity: IdentityServer;
beforeAll(async () => {
  identity = await startIdentityServer({ port: 0, pagesUrl: PAGES_URL, accounts: Object.values(ACCOUNTS) });
});
afterAll(() => identity.stop());

const isCallback = (url: URL) => url.origin === PAGES_URL && url.pathname === '/sign-in/callback';
const cookiesOf = (browser: SignInBrowser) => browser.cookies.get(PAGES_URL) ?? new Map<string, string>();

/** Signs in up to the provider's answer, which is not opened yet. */
async function answeredByProvider(rig: SignInRig, account = ACCOUNTS.manager) {
  const { url } = await rig.browser.signIn(HOME, account, isCallback);
  return url;
}

/** Changes what the browser remembers of its attempt. */
function changeAttempt(browser: SignInBrowser, change: object): void {
  const attempt = JSON.parse(Buffer.from(cookiesOf(browser).get(ATTEMPT) ?? '', 'base64url').toString());
  cookiesOf(browser).set(ATTEMPT, Buffer.from(JSON.stringify({ ...attempt, ...change })).toString('base64url'));
}

describe('signing in at a real provider', () => {
  it('leads back to the page that was asked for, as the person of the mail address, with the roles of the groups', async () => {
    const rig = signInRig(identity);

    const shown = await rig.browser.signIn(`${HOME}?lang=en`, ACCOUNTS.manager);

    expect(shown.status).toBe(200);
    expect(shown.url.href).toBe(`${HOME}?lang=en`);
    for (const text of ['王强 Wang Qiang', 'E-2001', 'wang.qiang@meridian.example', 'Auditor']) {
      expect(shown.html).toContain(text);
    }
    expect(shown.html).not.toContain('Administrator');
    expect(rig.logged).toEqual([['signed in', { employeeId: 'E-2001' }]]);
  });

  it('asks the provider with PKCE, state and nonce, and tells it nothing of where the person goes', async () => {
    const rig = signInRig(identity);

    const { url } = await rig.browser.open(`${PAGES_URL}/d/secret`.replace('/d/', '/sign-in?to=/d/'), {}, (to) =>
      to.href.startsWith(identity.url),
    );

    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      response_type: 'code',
      code_challenge_method: 'S256',
      redirect_uri: `${PAGES_URL}/sign-in/callback`,
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(url.href).not.toContain('secret');
    expect(rig.store.commits).toBe(0);
  });

  it('gives a cookie of this host alone that no script reads, and keeps only its hash', async () => {
    const rig = signInRig(identity);
    const callback = await answeredByProvider(rig);

    const { headers } = await rig.browser.ask(callback);

    const [session = ''] = headers.getSetCookie().filter((cookie) => cookie.startsWith(SESSION));
    expect(session).toMatch(
      /^__Host-meridian-session=[\w-]{43}; Max-Age=36000; Path=\/; HttpOnly; Secure; SameSite=Lax$/,
    );
    const secret = cookiesOf(rig.browser).get(SESSION) ?? '';
    expect(await readSession(rig.deps, secret)).toMatchObject({ employeeId: 'E-2001' });
    expect(JSON.stringify(rig.store)).not.toContain(secret);
  });

  it('comes back to a page of ours whatever the browser was told', async () => {
    const rig = signInRig(identity);

    const shown = await rig.browser.signIn(`${PAGES_URL}/sign-in?to=https://elsewhere.example/`, ACCOUNTS.manager);

    expect(shown.url.href).toBe(HOME);
  });

  it('asks again who it is when somebody else is to sign in', async () => {
    const rig = signInRig(identity);
    await rig.browser.signIn(HOME, ACCOUNTS.manager);

    const shown = await rig.browser.signIn(`${PAGES_URL}/sign-in?to=/me&again=1`, ACCOUNTS.head);

    expect(shown.html).toContain('E-3001');
    expect(rig.logged.map(([, facts]) => facts)).toEqual([{ employeeId: 'E-2001' }, { employeeId: 'E-3001' }]);
  });
});

describe('a company that says what else of its provider names a person', () => {
  it('may vouch for all addresses, also where the provider says nothing of them', async () => {
    const rig = signInRig(identity, { by: 'mail', claim: 'email' });

    const shown = await rig.browser.signIn(HOME, ACCOUNTS.unsaid);

    expect([shown.status, rig.logged]).toEqual([200, [['signed in', { employeeId: 'E-2001' }]]]);
    expect(await rig.store.readRecord('sign-ins')).toEqual([]);
  });

  it('may name the claim of the employee id, and no address counts', async () => {
    const rig = signInRig(identity, { by: 'employee-id', claim: 'employee_number' });

    const shown = await rig.browser.signIn(HOME, ACCOUNTS.numbered);
    const refused = await rig.anotherBrowser().signIn(HOME, ACCOUNTS.manager);

    expect([shown.status, refused.status]).toEqual([200, 403]);
    expect(refused.html).toContain('“employee_number”');
    expect(rig.logged).toEqual([
      ['signed in', { employeeId: 'E-3001' }],
      ['sign-in refused', { refusal: 'missing-claim', subject: 'manager', claim: 'employee_number' }],
    ]);
  });
});

describe('nobody is signed in', () => {
  /** What the callback said, and that it began nothing. */
  async function refusal(rig: SignInRig, callback: URL) {
    const shown = await rig.browser.ask(callback);
    expect(shown.status).toBe(403);
    expect(cookiesOf(rig.browser).has(SESSION)).toBe(false);
    return rig.logged.at(-1);
  }

  it.each([
    ['a state that is not the one of the attempt', { state: 'x'.repeat(43) }],
    ['a nonce that is not the one of the attempt', { nonce: 'x'.repeat(43) }],
    ['a verifier that does not fit the challenge', { verifier: 'x'.repeat(43) }],
  ])('by %s', async (_, change) => {
    const rig = signInRig(identity);
    const callback = await answeredByProvider(rig);
    changeAttempt(rig.browser, change);

    expect(await refusal(rig, callback)).toMatchObject(['sign-in refused', { refusal: 'not-accepted' }]);
  });

  it('while our client’s secret is not the provider’s, which is our fault and not the person’s', async () => {
    const rig = signInRig({ ...identity, clientSecret: 'rotated' });
    const callback = await answeredByProvider(rig);

    const shown = await rig.browser.ask(callback);

    expect([shown.status, rig.logged]).toEqual([500, []]);
    expect(cookiesOf(rig.browser).has(SESSION)).toBe(false);
  });

  it('by an answer that another browser began', async () => {
    const rig = signInRig(identity);
    const callback = await answeredByProvider(rig);

    const shown = await rig.anotherBrowser().ask(callback);

    expect(shown.status).toBe(403);
    expect(rig.logged).toEqual([['sign-in refused', { refusal: 'no-attempt' }]]);
  });

  it('by a code that was redeemed before, even by a browser that remembers the attempt', async () => {
    const rig = signInRig(identity);
    const callback = await answeredByProvider(rig);
    const attempt = cookiesOf(rig.browser).get(ATTEMPT) ?? '';
    await rig.browser.ask(callback);
    cookiesOf(rig.browser).clear();
    cookiesOf(rig.browser).set(ATTEMPT, attempt);

    expect(await refusal(rig, callback)).toMatchObject([
      'sign-in refused',
      { refusal: 'not-accepted', reason: 'invalid_grant' },
    ]);
  });

  it('by a code that the provider gave too long ago', async () => {
    const rig = signInRig(identity);
    const callback = await answeredByProvider(rig);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 5 * 60_000 });
    onTestFinished(() => void vi.useRealTimers());

    expect(await refusal(rig, callback)).toMatchObject(['sign-in refused', { reason: 'invalid_grant' }]);
  });

  it('by an attempt that took too long', async () => {
    const rig = signInRig(identity);
    const callback = await answeredByProvider(rig);
    rig.clock.forward(601);

    expect(await refusal(rig, callback)).toEqual(['sign-in refused', { refusal: 'no-attempt' }]);
  });

  it('by a provider that says no', async () => {
    const rig = signInRig(identity);
    const { url } = await rig.browser.signIn(HOME, { id: 'nobody' }, isCallback);

    expect(await refusal(rig, url)).toMatchObject(['sign-in refused', { reason: 'access_denied' }]);
  });

  it.each([
    ['unknown-person', 'email', ACCOUNTS.stranger],
    ['unknown-person', 'email', ACCOUNTS.leaver],
    ['unknown-person', 'email', ACCOUNTS.pretender],
    ['unverified-mail', 'email_verified', ACCOUNTS.unverified],
    ['unverified-mail', 'email_verified', ACCOUNTS.unsaid],
    ['missing-claim', 'email', ACCOUNTS.nameless],
  ])('as %s, by the claim %s, which the page and the record name: the account $id', async (refused, claim, account) => {
    const rig = signInRig(identity);
    const callback = await answeredByProvider(rig, { ...account } as typeof ACCOUNTS.manager);

    const shown = await rig.browser.ask(callback);

    const facts = { subject: account.id, claim };
    expect([shown.status, cookiesOf(rig.browser).has(SESSION)]).toEqual([403, false]);
    expect(shown.html).toContain(`“${claim}”`);
    expect(rig.logged).toEqual([['sign-in refused', { refusal: refused, ...facts }]]);
    const record = await rig.store.readRecord('sign-ins');
    expect(record).toMatchObject([
      { type: 'SignInRefused', actor: { kind: 'unknown', id: account.id }, facts: { refusal: refused, ...facts } },
    ]);
    expect(JSON.stringify(record)).not.toContain('@');
  });

  it('as an account that tries again and again, and the record keeps twenty of a minute', async () => {
    const rig = signInRig(identity);
    for (let attempt = 0; attempt < 22; attempt += 1) {
      const browser = rig.anotherBrowser();
      expect((await browser.signIn(HOME, ACCOUNTS.stranger)).status).toBe(403);
    }

    expect(await rig.store.readRecord('sign-ins')).toHaveLength(20);
  });

  it('of two people whom the directory gives one mail address', async () => {
    const rig = signInRig(identity);
    const people = directoryData.people.map((person) => ({ ...person, email: 'wang.qiang@meridian.example' }));
    rig.setDirectory(createFileDirectory({ ...directoryData, people }));
    const callback = await answeredByProvider(rig);

    expect(await refusal(rig, callback)).toMatchObject(['sign-in refused', { refusal: 'unknown-person' }]);
  });

  it('by a session that somebody else planted: the cookie before signing in is good for nothing after it', async () => {
    const rig = signInRig(identity);
    await rig.browser.signIn(HOME, ACCOUNTS.head);
    const planted = cookiesOf(rig.browser).get(SESSION) ?? '';
    const victim = rig.anotherBrowser();
    victim.cookies.set(PAGES_URL, new Map([[SESSION, planted]]));

    await victim.signIn(`${PAGES_URL}/sign-in`, ACCOUNTS.manager);

    expect(cookiesOf(victim).get(SESSION)).not.toBe(planted);
    expect(await readSession(rig.deps, planted)).toBeUndefined();
  });

  it('while the provider does not answer, and the page says so', async () => {
    const rig = signInRig({ url: 'http://127.0.0.1:9', clientId: 'c', clientSecret: 's' });

    const shown = await rig.browser.open(HOME);

    expect(shown.status).toBe(503);
    expect(shown.html).toContain('The company sign-in does not answer');
  });
});

describe('a session', () => {
  async function signedIn() {
    const rig = signInRig(identity);
    await rig.browser.signIn(HOME, ACCOUNTS.manager);
    return rig;
  }
  const status = async ({ browser }: SignInRig) => (await browser.ask(HOME)).status;

  it('ends half an hour after its last use', async () => {
    const rig = await signedIn();
    for (let use = 0; use < 3; use += 1) {
      rig.clock.forward(29 * 60);
      expect(await status(rig)).toBe(200);
    }

    rig.clock.forward(31 * 60);

    expect(await status(rig)).toBe(302);
  });

  it('ends after ten hours however much it is used', async () => {
    const rig = await signedIn();
    for (let use = 0; use < 20; use += 1) {
      rig.clock.forward(29 * 60);
      expect(await status(rig)).toBe(200);
    }

    rig.clock.forward(25 * 60);

    expect(await status(rig)).toBe(302);
  });

  it('ends at once for somebody who leaves', async () => {
    const rig = await signedIn();
    const people = directoryData.people.map((person) => ({ ...person, active: person.employeeId !== 'E-2001' }));

    rig.setDirectory(createFileDirectory({ ...directoryData, people }));

    expect(await status(rig)).toBe(302);
  });

  it('is nothing that can be guessed at', async () => {
    const rig = await signedIn();

    for (const cookie of ['', 'x', 'x'.repeat(43), '%00']) {
      cookiesOf(rig.browser).set(SESSION, cookie);
      expect(await status(rig)).toBe(302);
    }
  });

  const noToken = async () => ({});
  const emptyToken = async () => ({ csrf: '' });
  const tokenOfAnother = async (rig: SignInRig) => {
    const shown = await rig.anotherBrowser().signIn(HOME, ACCOUNTS.manager);
    return { csrf: fieldIn(shown, 'csrf') };
  };

  it.each([
    ['no token', noToken],
    ['an empty token', emptyToken],
    ['a token of another session', tokenOfAnother],
  ])('takes no form with %s', async (_, formOf) => {
    const rig = await signedIn();
    const form = await formOf(rig);

    const shown = await rig.browser.ask(`${PAGES_URL}/sign-out`, { form });

    expect(shown.status).toBe(403);
    expect(await status(rig)).toBe(200);
  });

  it('is asked for by a form that comes without one, and the form changes nothing', async () => {
    const rig = signInRig(identity);

    const shown = await rig.browser.ask(`${PAGES_URL}/sign-out`, { form: { csrf: 'x' } });

    expect(shown.status).toBe(401);
    expect(shown.html).toContain('href="/sign-in?to=%2Fme"');
  });

  it('is over on both sides after signing out, also for whoever kept the cookie', async () => {
    const rig = await signedIn();
    const kept = cookiesOf(rig.browser).get(SESSION) ?? '';
    const csrf = fieldIn(await rig.browser.ask(HOME), 'csrf');

    const shown = await rig.browser.ask(`${PAGES_URL}/sign-out`, { form: { csrf } });

    expect(shown.headers.get('content-security-policy')).toContain("form-action 'self';");
    expect(cookiesOf(rig.browser).has(SESSION)).toBe(false);
    expect(await readSession(rig.deps, kept)).toBeUndefined();
    const [, target = ''] = /^0; url=(.+)$/.exec(shown.headers.get('refresh') ?? '') ?? [];
    const question = await rig.browser.open(target);
    const confirm = new URL('/session/end/confirm', identity.url);
    const end = await rig.browser.open(confirm, { form: { xsrf: fieldIn(question, 'xsrf'), logout: 'yes' } });
    expect(end.url.href).toMatch(`${PAGES_URL}/signed-out`);
    expect((await rig.browser.open(HOME)).html).toContain('Who are you?');
  });
});
