/**
 * Stands between the functions of a local cloud and its services: passes every call on and notes who made it. Each function
 * gets an address of its own, since locally no credentials tell one from the other.
 */
import { createServer, request as forward, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
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
  /** Origin that one function calls, and browsers with what it has signed; the calls go on to `endpoint`. */
  addressFor(caller: string, endpoint: string): Promise<string>;
  /** What was called until now, in the order in which the calls came. */
  calls(): readonly RecordedCall[];
  stop(): Promise<void>;
}

export function createRecordingProxy(): RecordingProxy {
  const servers: Server[] = [];
  const calls: RecordedCall[] = [];
  const handle = async (caller: string, endpoint: string, request: IncomingMessage, response: ServerResponse) => {
    const body = await buffer(request);
    const { method = 'POST', url: path = '/' } = request;
    const call = { caller, method, path, target: request.headers['x-amz-target']?.toString(), body: body.toString() };
    calls.push({ ...call, service: signedFor(request.headers.authorization ?? decodeURIComponent(path) + call.body) });
    const tellsAddress = call.target?.endsWith('.GetQueueUrl') === true;
    await (tellsAddress ? passAddress : pass)(`${endpoint}${path}`, request, body, response);
  };
  return {
    addressFor: async (caller, endpoint) => {
      const server = createServer((request, response) => {
        // A function that was ended in the middle of its call.
        handle(caller, endpoint, request, response).catch(() => response.destroy());
      });
      servers.push(server);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    },
    calls: () => [...calls],
    stop: async () => {
      await Promise.all(servers.map(close));
    },
  };
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** The service in the scope of credentials, `<id>/<date>/<region>/<service>/aws4_request`, wherever they stand. */
function signedFor(text: string): string {
  return /\/\d{8}\/[^/]*\/([^/]+)\/aws4_request/.exec(text)?.[1] ?? 'unsigned';
}

async function pass(target: string, request: IncomingMessage, body: Buffer, response: ServerResponse): Promise<void> {
  const answer = await askOn(target, request, body);
  response.writeHead(answer.statusCode ?? 502, answer.headers);
  answer.pipe(response);
}

/** The SDK calls the origin of a queue's address: one that is told leads through here. */
async function passAddress(
  target: string,
  request: IncomingMessage,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const answer = await askOn(target, request, body);
  const { 'content-length': _length, 'transfer-encoding': _encoding, ...headers } = answer.headers;
  const told = (await buffer(answer)).toString();
  response.writeHead(answer.statusCode ?? 502, headers);
  response.end(told.replace(/http:\/\/[^/"]+/, `http://${request.headers.host}`));
}

/** Rejects when nobody answers. */
function askOn(target: string, request: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
  const { connection: _connection, ...headers } = request.headers;
  return new Promise((resolve, reject) => {
    // A new connection each: on one that is used again the emulator answers 40 ms later.
    const onward = forward(target, { method: request.method, headers, agent: false });
    onward.once('response', resolve);
    onward.once('error', reject);
    onward.end(body);
  });
}
