/** Gives the pages of the deployed HTTP API an address that is known before the deployment and that every client resolves. */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A running proxy. */
export interface PagesProxy {
  /** Origin without a slash at its end. */
  readonly url: string;
  /** Where requests go from now on: the address of the deployed API's stage. */
  forwardTo(target: string): void;
  stop(): Promise<void>;
}

/** @param port - 0 for a free one */
export async function startPagesProxy(port: number): Promise<PagesProxy> {
  let target: string | undefined;
  const server = createServer((request, response) => {
    if (target === undefined) {
      response.writeHead(503).end('The pages are not deployed yet.');
      return;
    }
    pass(target, request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    forwardTo: (address) => {
      target = address;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pass(target: string, request: IncomingMessage, response: ServerResponse): void {
  const { host: _ownHost, connection: _connection, ...headers } = request.headers;
  const onward = forward(`${target}${request.url ?? '/'}`, {
    method: request.method,
    headers: { ...headers, 'x-forwarded-for': request.socket.remoteAddress ?? '127.0.0.1' },
    agent: false,
  });
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => {
    if (!response.headersSent) response.writeHead(502);
    response.end();
  });
  request.pipe(onward);
}
