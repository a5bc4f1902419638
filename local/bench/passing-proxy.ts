/** Stands between functions and the local cloud, passes everything on, and tells what passed. */
import { createServer, request as forward, type IncomingHttpHeaders, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

export interface PassedCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** Of the AWS JSON protocol, such as `PutItem`; empty in any other. */
  readonly operation: string;
  readonly asked: Buffer;
  readonly answered: Buffer;
}

export interface PassingProxy {
  readonly url: string;
  stop(): Promise<void>;
}

/** @param endpoint - of what is behind */
export async function startPassingProxy(endpoint: string, passed: (call: PassedCall) => void): Promise<PassingProxy> {
  const server = createServer(async (request, response) => {
    const asked = await buffer(request);
    const { method = 'POST', url = '/', headers } = request;
    const answer = await ask(new URL(url, endpoint), { method, headers, asked });
    const operation = String(headers['x-amz-target'] ?? '').replace(/^.*\./, '');
    passed({ method, path: url.split('?')[0] ?? '/', operation, asked, answered: answer.body });
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface Asked {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  readonly asked: Buffer;
}

async function ask(url: URL, { method, headers: { host: _own, connection: _connection, ...headers }, asked }: Asked) {
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    forward(url, { method, headers, agent: false }, resolve).once('error', reject).end(asked);
  });
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await buffer(answer) };
}
