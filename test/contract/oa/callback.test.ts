import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createCallbackOa } from '../../../functions/connectors/oa/callback/callback-oa.ts';
import type { OaNotice } from '../../../functions/connectors/oa/port.ts';
import { signBody, verifySignature } from '../../../functions/connectors/oa/signature.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock } from '../../support/ambient.ts';

const KEY = 'a signing key of thirty-two characters and more';
const NOTICE: OaNotice = {
  messageId: 'P2P-1-00000004-2-0',
  oa: { system: 'demo-oa', requestId: 'PR-1' },
  requester: { employeeId: 'E-1001' },
  processId: 'P2P-1',
  sequence: 4,
  status: 'accepted',
  text: { en: 'Accepted for processing', zh: '已受理：会议室座椅' },
  facts: {},
  occurredAt: '2026-01-01T00:00:00.000Z',
};

interface Taken {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

type Answer = (response: ServerResponse) => void;

const clock = new SettableClock('2026-01-01T00:00:00.500Z');
let server: Server;
let origin: string;
let taken: Taken[] = [];
let answers: Answer[] = [];

beforeAll(async () => {
  server = createServer(async (request, response) => {
    taken.push({ method: request.method, url: request.url, headers: request.headers, body: await buffer(request) });
    const answer = answers.shift() ?? status(204);
    answer(response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, 'close');
});

beforeEach(() => {
  taken = [];
  answers = [];
});

function status(code: number, headers: Readonly<Record<string, string>> = {}): Answer {
  return (response) => response.writeHead(code, headers).end();
}

/** Tells the OA, which answers as given; undefined: it took the message. */
async function tell(...given: readonly Answer[]): Promise<unknown> {
  answers = [...given];
  try {
    await createCallbackOa({ url: `${origin}/callback`, signingKey: async () => KEY, clock, timeoutMs: 500 }).tell(
      NOTICE,
    );
    return undefined;
  } catch (error) {
    return error;
  }
}

function lastTaken(): Taken {
  const last = taken.at(-1);
  if (last === undefined) {
    throw new Error('nothing was taken');
  }
  return last;
}

/** As a receiver checks what it took. */
function check({ headers, body }: Taken, changes: { now?: Date; rawBody?: Buffer; signingKey?: string } = {}) {
  return verifySignature({
    signingKey: KEY,
    timestamp: headerOf(headers, 'x-meridian-timestamp'),
    signature: headerOf(headers, 'x-meridian-signature'),
    rawBody: body,
    now: clock.now(),
    ...changes,
  });
}

function headerOf(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

describe('the callback of the OA', () => {
  it('gets the notice as a signed POST', async () => {
    expect(await tell(status(200))).toBeUndefined();

    const { method, url, headers, body } = lastTaken();
    expect([method, url]).toEqual(['POST', '/callback']);
    expect(headers['content-type']).toBe('application/json; charset=utf-8');
    expect(headers['x-meridian-timestamp']).toBe('1767225600');
    expect(JSON.parse(body.toString('utf8'))).toEqual(NOTICE);
    expect(check(lastTaken())).toBe('valid');
  });

  it.each([200, 201, 202, 204, 299])('has taken it when it answers %i', async (code) => {
    expect(await tell(status(code))).toBeUndefined();
  });

  it('has taken it when its answer breaks off behind the status', async () => {
    const cut: Answer = (response) => {
      response.writeHead(200, { 'content-length': '1000' });
      response.write('partial', () => response.destroy());
    };

    for (let attempt = 0; attempt < 20; attempt += 1) {
      expect(await tell(cut)).toBeUndefined();
    }
  });

  it('has taken it although it never ends its answer', async () => {
    expect(await tell((response) => response.writeHead(200).write('endless'))).toBeUndefined();
  });

  it.each([408, 425, 429, 500, 502, 503, 504])('may take it later when it answers %i', async (code) => {
    expect(await tell(status(code))).toBeInstanceOf(ConnectorTransientError);
  });

  it('takes the same message later, and can tell that it is the same', async () => {
    expect(await tell(status(500))).toBeInstanceOf(ConnectorTransientError);
    expect(await tell(status(200))).toBeUndefined();

    const ids = taken.map(({ body }) => JSON.parse(body.toString('utf8')).messageId);
    expect(ids).toEqual([NOTICE.messageId, NOTICE.messageId]);
  });

  it.each([400, 401, 403, 404, 409, 410, 413, 422])('refuses it for good with %i', async (code) => {
    const error = await tell(status(code));

    expect(error).toBeInstanceOf(ConnectorPermanentError);
    expect(String(error)).toContain(String(code));
  });

  it.each([301, 302, 307, 308])('cannot send it elsewhere with %i', async (code) => {
    const error = await tell(status(code, { location: `${origin}/elsewhere` }));

    expect(error).toBeInstanceOf(ConnectorPermanentError);
    expect(taken.map(({ url }) => url)).toEqual(['/callback']);
  });

  it('that is too slow may take it later', async () => {
    const error = await tell(() => undefined);

    expect(error).toBeInstanceOf(ConnectorTransientError);
    expect(String(error)).toContain('did not answer in time');
  });

  it('that cuts the connection may take it later', async () => {
    expect(await tell((response) => response.destroy())).toBeInstanceOf(ConnectorTransientError);
  });

  it('that is not there may take it later', async () => {
    const gone = createServer();
    gone.listen(0, '127.0.0.1');
    await once(gone, 'listening');
    const { port } = gone.address() as AddressInfo;
    gone.close();
    await once(gone, 'close');

    const oa = createCallbackOa({ url: `http://127.0.0.1:${port}/`, signingKey: async () => KEY, clock });

    await expect(oa.tell(NOTICE)).rejects.toBeInstanceOf(ConnectorTransientError);
  });
});

describe('the wait that the OA asks for', () => {
  async function waitFor(retryAfter: string): Promise<number | undefined> {
    const error = await tell(status(503, { 'retry-after': retryAfter }));
    return error instanceof ConnectorTransientError ? error.retryAfter : undefined;
  }

  it.each([
    ['120', 120],
    ['0', 0],
    ['Thu, 01 Jan 2026 00:02:00 GMT', 120],
    ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
    ['86400', 3600],
    ['Fri, 01 Jan 2027 00:00:00 GMT', 3600],
  ])('of "%s" is %i seconds, at most an hour', async (retryAfter, seconds) => {
    expect(await waitFor(retryAfter)).toBe(seconds);
  });

  it.each(['soon', '-5', '1.5', ''])('of "%s" is none: we wait as long as ever', async (retryAfter) => {
    expect(await waitFor(retryAfter)).toBe(new ConnectorTransientError('').retryAfter);
  });
});

describe('what a receiver must refuse', () => {
  it('is a body of which a single byte was altered', async () => {
    await tell(status(200));
    const message = lastTaken();
    const altered = Buffer.from(message.body);
    altered[0] = (altered[0] ?? 0) ^ 1;

    expect(check(message, { rawBody: altered })).toBe('wrong-signature');
    expect(check(message, { rawBody: Buffer.concat([message.body, Buffer.from(' ')]) })).toBe('wrong-signature');
  });

  it('is what was signed by another key', async () => {
    await tell(status(200));

    expect(check(lastTaken(), { signingKey: `${KEY}.` })).toBe('wrong-signature');
  });

  it('is a recorded message that comes again after the window, or from a clock far ahead', async () => {
    await tell(status(200));
    const at = (seconds: number) => check(lastTaken(), { now: new Date(1_767_225_600_000 + seconds * 1000) });

    expect(at(300)).toBe('valid');
    expect(at(301)).toBe('outside-window');
    expect(at(-300)).toBe('valid');
    expect(at(-301)).toBe('outside-window');
  });

  it('is a recorded message under a fresh timestamp', async () => {
    await tell(status(200));
    const { headers, body } = lastTaken();
    const fresh = { ...headers, 'x-meridian-timestamp': '1767225700' };

    expect(check({ ...lastTaken(), headers: fresh, body })).toBe('wrong-signature');
  });

  it.each([
    ['no timestamp', undefined, 'v1=00'],
    ['no signature', '1767225600', undefined],
    ['a timestamp that is no number', '1767225600.5', 'v1=00'],
    ['a signature of another length', '1767225600', 'v1=00'],
  ])('is a message with %s', (_, timestamp, signature) => {
    const result = verifySignature({ signingKey: KEY, timestamp, signature, rawBody: '{}', now: clock.now() });

    expect(result).not.toBe('valid');
  });

  it('knows the signature from the documentation alone', () => {
    // Computed by the Python of docs/oa-callback.md.
    expect(signBody('0123456789abcdef0123456789abcdef', '1767225600', '{"messageId":"P2P-1"}')).toBe(
      'v1=256a83b99c077c568e7fb01dc22dba7177ba81dd5a1b0786b05696cbde54d146',
    );
  });
});
