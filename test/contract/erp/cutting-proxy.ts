/** Stands between the adapter and Tryton and cuts connections where a test wants it. */
import { once } from 'node:events';
import { createServer, connect as open, type Socket } from 'node:net';

/**
 * Where a connection ends: inside the request (Tryton never sees all of it), after the work but before any reply,
 * inside the reply, or before Tryton gets the request at all, which it then does all the same a little later.
 */
export type Cut = 'in-request' | 'before-reply' | 'in-reply' | 'before-late-request';

export interface CuttingProxy {
  readonly url: string;
  /** Calls that were cut so far, as `method cut`. */
  readonly done: readonly string[];
  close(): Promise<void>;
}

/** Later than a caller that was cut asks again, and well within the lease of a claim. */
const LATE_MS = 400;

/** Cuts the first call of a method. */
export function onceAt(method: string, cut: Cut): (called: string) => Cut | undefined {
  let isOpen = true;
  return (called) => {
    const hits = isOpen && called === method;
    isOpen &&= !hits;
    return hits ? cut : undefined;
  };
}

/** @param cut - asked for each call by its method */
export async function startCuttingProxy(port: number, cut: (method: string) => Cut | undefined): Promise<CuttingProxy> {
  const done: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    track(sockets, client);
    void relay(client, port, sockets, (method) => {
      const chosen = cut(method);
      if (chosen !== undefined) {
        done.push(`${method} ${chosen}`);
      }
      return chosen;
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    done,
    close: async () => {
      for (const socket of sockets) {
        socket.destroy();
      }
      server.close();
      await once(server, 'close');
    },
  };
}

async function relay(
  client: Socket,
  port: number,
  sockets: Set<Socket>,
  choose: (method: string) => Cut | undefined,
): Promise<void> {
  const request = await wholeMessage(client);
  if (request === undefined) {
    client.destroy();
    return;
  }
  const chosen = choose(methodOf(request));
  if (chosen === 'before-late-request') {
    client.destroy();
    setTimeout(() => toTryton(port, sockets).write(request), LATE_MS);
    return;
  }
  const tryton = toTryton(port, sockets);
  if (chosen === 'in-request') {
    tryton.end(request.subarray(0, request.length - 20));
    client.destroy();
    return;
  }
  tryton.write(request);
  const reply = await wholeMessage(tryton);
  tryton.destroy();
  if (reply === undefined || chosen === 'before-reply') {
    client.destroy();
    return;
  }
  if (chosen === 'in-reply') {
    client.write(reply.subarray(0, reply.length - 5), () => client.destroy());
    return;
  }
  client.end(reply);
}

function toTryton(port: number, sockets: Set<Socket>): Socket {
  const socket = open(port, '127.0.0.1');
  track(sockets, socket);
  return socket;
}

function track(sockets: Set<Socket>, socket: Socket): void {
  sockets.add(socket);
  socket.on('error', () => socket.destroy());
  socket.on('close', () => sockets.delete(socket));
}

/** The bytes of one HTTP message with a content length; undefined when the other side left before its end. */
async function wholeMessage(socket: Socket): Promise<Buffer | undefined> {
  let bytes = Buffer.alloc(0);
  try {
    for await (const chunk of socket.iterator({ destroyOnReturn: false })) {
      bytes = Buffer.concat([bytes, chunk]);
      const head = bytes.indexOf('\r\n\r\n');
      const length = /content-length: *(\d+)/i.exec(bytes.subarray(0, Math.max(0, head)).toString())?.[1];
      if (length !== undefined && bytes.length >= head + 4 + Number(length)) {
        return bytes;
      }
    }
  } catch {
    // Cut by the other side.
  }
  return undefined;
}

function methodOf(request: Buffer): string {
  return /"method":"([^"]+)"/.exec(request.toString())?.[1] ?? '';
}
