/**
 * Stands between the functions of a local cloud and its services: passes every call on and notes who made it. Each function
 * gets an address of its own, since locally no credentials tell one from the other.
 */
import { createServer, request as forward, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** A call to AWS as it was on the wire. */
export interface RecordedCall {
  /** Name of the function. */
  readonly caller: string;
  /** Name under which the call was signed, such as `dynamodb`. */
  readonly service: string;
  readonly method: string;
  /** With its query. */
  readonly path: string;
  /** `X-Amz-Target`, for services whose operations have no path of their own. */
  readonly target: string | undefined;
  readonly body: string;
}

export interface RecordingProxy {
  readonly origin: string;
  /** Address that one function calls; the calls go on to `endpoint`. */
  addressFor(caller: string, endpoint: string): string;
  /** What was called until now, in the order in which the calls came. */
  calls(): readonly RecordedCall[];
  stop(): Promise<void>;
}

interface Address {
  readonly caller: string;
  readonly endpoint: string;
}

export async function startRecordingProxy(): Promise<RecordingProxy> {
  const addresses: Address[] = [];
  const calls: RecordedCall[] = [];
  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const [, index = '', path = ''] = /^\/(\d+)(.*)$/.exec(request.url ?? '') ?? [];
    const address = addresses[Number(index)];
    if (index === '' || address === undefined) {
      response.writeHead(404).end(`${request.url} is no address of a function`);
      return;
    }
    const body = await buffer(request);
    const call = { method: request.method ?? 'POST', path: path.startsWith('/') ? path : `/${path}` };
    calls.push({
      ...call,
      caller: address.caller,
      service: signedFor(request),
      target: request.headers['x-amz-target']?.toString(),
      body: body.toString(),
    });
    pass(`${address.endpoint}${call.path}`, request, body, response);
  };
  const server = createServer((request, response) => {
    // A function that was ended in the middle of its call.
    handle(request, response).catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    addressFor: (caller, endpoint) => `${origin}/${addresses.push({ caller, endpoint }) - 1}`,
    calls: () => [...calls],
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The service in the scope of the credentials: `Credential=<id>/<date>/<region>/<service>/aws4_request`. */
function signedFor({ headers }: IncomingMessage): string {
  return /Credential=[^/]*\/\d{8}\/[^/]*\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? 'unsigned';
}

function pass(target: string, request: IncomingMessage, body: Buffer, response: ServerResponse): void {
  const { host: _ownHost, connection: _connection, ...headers } = request.headers;
  // A new connection each: on one that is used again the emulator answers 40 ms later.
  const onward = forward(target, { method: request.method, headers, agent: false });
  onward.once('response', (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.once('error', () => response.destroy());
  onward.end(body);
}
