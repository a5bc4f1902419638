/** A server that takes requests for a stub, and can misbehave as the world does. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface StubRequest {
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface StubAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a text as it is. */
  readonly body: unknown;
}

/** What a request meets in the place of an answer. */
export type Mishap = 'slow' | 'cut' | 'elsewhere' | 'nonsense' | 'gateway';

export interface StubServer {
  readonly origin: string;
  /** All that came, in order. */
  readonly requests: StubRequest[];
  /** The next request whose path has this in it meets that. */
  readonly meet: (path: string, mishap: Mishap) => void;
  readonly close: () => Promise<void>;
}

const MISHAPS: { readonly [mishap in Mishap]: (response: ServerResponse) => void } = {
  slow: () => undefined,
  cut: (response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"code":0', () => response.destroy());
  },
  elsewhere: (response) => response.writeHead(302, { location: '/elsewhere' }).end(),
  nonsense: (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<html>maintenance</html>'),
  gateway: (response) => response.writeHead(502, { 'content-type': 'text/html' }).end('<html>bad gateway</html>'),
};

export async function startStub(answer: (request: StubRequest) => StubAnswer): Promise<StubServer> {
  const requests: StubRequest[] = [];
  const mishaps: { path: string; mishap: Mishap }[] = [];
  const server = createServer(async (incoming, response) => {
    const url = new URL(incoming.url ?? '/', 'http://stub');
    const request = {
      method: incoming.method ?? '',
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      headers: incoming.headers,
      body: await text(incoming),
    };
    requests.push(request);
    const index = mishaps.findIndex(({ path }) => request.path.includes(path));
    const [met] = index === -1 ? [] : mishaps.splice(index, 1);
    if (met !== undefined) {
      MISHAPS[met.mishap](response);
      return;
    }
    const { status = 200, headers = {}, body } = answer(request);
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    meet: (path, mishap) => mishaps.push({ path, mishap }),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
