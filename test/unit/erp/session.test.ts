import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createTrytonSession } from '../../../functions/connectors/erp/tryton/session.ts';
import { ConfigError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';

const PASSWORD = 'not-for-logs';
const PARTY = z.object({ id: z.int(), name: z.string() });

interface Call {
  readonly method: string;
  readonly params: readonly unknown[];
  readonly authorization: string | null;
}

/** Tryton as far as a session needs it; `answer` decides about every other call. */
function tryton(answer: (call: Call, nth: number) => Response | Promise<Response>) {
  const calls: Call[] = [];
  const urls: string[] = [];
  const signals: unknown[] = [];
  let logins = 0;
  const send: typeof fetch = async (url, init) => {
    urls.push(String(url));
    signals.push(init?.signal);
    const body: { method: string; params: unknown[] } = JSON.parse(String(init?.body));
    const call = { ...body, authorization: new Headers(init?.headers).get('authorization') };
    calls.push(call);
    switch (call.method) {
      case 'common.db.login':
        logins += 1;
        return Response.json({ id: 1, result: [7, `session-${logins}`, null] });
      case 'model.res.user.get_preferences':
        return Response.json({ id: 2, result: { company: 3, language: 'en' } });
      default:
        return answer(call, calls.filter(({ method }) => method === call.method).length);
    }
  };
  const credentials = async () => ({
    url: 'https://tryton.example/',
    database: 'main',
    user: 'meridian',
    password: PASSWORD,
  });
  const session = createTrytonSession({ credentials, fetch: send });
  return {
    session,
    calls,
    urls,
    signals,
    count: (method: string) => calls.filter((call) => call.method === method).length,
  };
}

const parties = () => Response.json({ id: 3, result: [{ id: 1, name: 'A', extra: true }] });
const search = 'model.party.party.search_read';

describe('a session with Tryton', () => {
  it('logs in once for callers that begin together, and sends the user’s context with every call', async () => {
    // Prepare
    const { session, calls, urls, signals, count } = tryton(parties);

    // Act
    const found = await Promise.all(
      Array.from({ length: 8 }, () => session.find('party.party', [], PARTY, ['name'], { date: 'today' })),
    );
    await session.find('party.party', [], PARTY, ['name']);

    // Assess
    expect(found[0]).toEqual([{ id: 1, name: 'A' }]);
    expect(count('common.db.login')).toBe(1);
    const sent = calls.find(({ method }) => method === search);
    expect(sent?.params).toEqual([
      [],
      0,
      null,
      [['id', 'ASC']],
      ['name'],
      { company: 3, language: 'en', date: 'today' },
    ]);
    expect(sent?.authorization).toBe(`Session ${Buffer.from('meridian:7:session-1').toString('base64')}`);
    expect(new Set(urls)).toEqual(new Set(['https://tryton.example/main/rpc/']));
    expect(signals.every((signal) => signal instanceof AbortSignal)).toBe(true);
  });

  it('reads what may be many page by page, each from the last id on, until a page is not full', async () => {
    // Prepare
    const all = Array.from({ length: 1200 }, (_, index) => ({ id: 3 * index + 1, name: 'A' }));
    const { session, calls, count } = tryton(({ params }) => {
      const [[, [, , after]], , limit] = z
        .tuple(
          [z.tuple([z.array(z.never()), z.tuple([z.string(), z.string(), z.int()])]), z.int(), z.int()],
          z.unknown(),
        )
        .parse(params);
      return Response.json({ result: all.filter(({ id }) => id > after).slice(0, limit) });
    });

    // Act
    const found = await session.findInPages('party.party', [], PARTY, ['name']);

    // Assess
    expect(found).toEqual(all);
    expect(count(search)).toBe(3);
    expect(calls.at(-1)?.params[3]).toEqual([['id', 'ASC']]);
  });

  it('logs in again once when it has ended, and repeats the call, which was not done', async () => {
    // Prepare
    const { session, calls, count } = tryton((_call, nth) =>
      nth === 1 ? new Response('', { status: 401 }) : parties(),
    );

    // Act
    const found = await session.find('party.party', [], PARTY, ['name']);

    // Assess
    expect(found).toHaveLength(1);
    expect(count('common.db.login')).toBe(2);
    const sent = calls.filter(({ method }) => method === search).map(({ authorization }) => authorization);
    expect(new Set(sent).size).toBe(2);
  });

  it('gives up after one new login, and never tells the password', async () => {
    // Prepare
    const { session, count } = tryton(() => new Response('', { status: 401 }));

    // Act
    const finding = session.find('party.party', [], PARTY, ['name']);

    // Assess
    await expect(finding).rejects.toThrow(ConfigError);
    await expect(finding).rejects.not.toThrow(PASSWORD);
    expect(count('common.db.login')).toBe(2);
  });

  it('tries to log in anew at the next call when a login failed', async () => {
    // Prepare
    let isDown = true;
    const { session } = tryton(parties);
    const failing = createTrytonSession({
      credentials: async () => ({ url: 'https://tryton.example', database: 'main', user: 'm', password: PASSWORD }),
      fetch: async (_url, init) => {
        if (isDown) {
          throw new TypeError('fetch failed', { cause: Object.assign(new Error(), { code: 'ECONNREFUSED' }) });
        }
        return Response.json({ result: String(init?.body).includes('login') ? [1, 'k', null] : [] });
      },
    });

    // Act
    const first = failing.preferences();
    await expect(first).rejects.toThrow(ConnectorTransientError);
    isDown = false;

    // Assess
    await expect(failing.call('model.x.y', [])).rejects.toThrow('shape');
    expect(await session.preferences()).toMatchObject({ company: 3 });
  });

  it('does not repeat a creation whose answer it does not understand', async () => {
    // Prepare
    const { session, count } = tryton(() => new Response('<html>maintenance</html>'));

    // Act
    const creating = session.create('party.party', { name: 'A' });

    // Assess
    await expect(creating).rejects.toThrow(ConnectorTransientError);
    expect(count('model.party.party.create')).toBe(1);
  });

  it('names the place where a row differs, not what stands there', async () => {
    const { session } = tryton(() => Response.json({ result: [{ id: 1, name: { secret: 'IBAN 42' } }] }));
    const finding = session.find('party.party', [], PARTY, ['name']);
    await expect(finding).rejects.toThrow('0.name');
    await expect(finding).rejects.not.toThrow('IBAN');
  });
});
