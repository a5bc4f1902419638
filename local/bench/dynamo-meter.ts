/** Stands between functions and DynamoDB, passes everything on, and counts it as DynamoDB would bill it. */
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What was asked for since the last reset. */
export interface DynamoUsage {
  readonly requests: number;
  readonly byOperation: Readonly<Record<string, number>>;
  /**
   * Request units of on-demand tables, from the size of the JSON, which is a little more than DynamoDB counts; an item of
   * a transaction counts twice, and an item of a list once more for the index.
   */
  readonly writeUnits: number;
  readonly readUnits: number;
}

export interface DynamoMeter {
  readonly url: string;
  reset(): void;
  usage(): DynamoUsage;
  stop(): Promise<void>;
}

interface Units {
  readonly write: number;
  readonly read: number;
}

type Json = Readonly<Record<string, unknown>>;

const WRITE_UNIT_BYTES = 1024;
const READ_UNIT_BYTES = 4096;

/** @param endpoint - of the DynamoDB behind */
export async function startDynamoMeter(endpoint: string): Promise<DynamoMeter> {
  let byOperation: Record<string, number> = {};
  let units: Units = { write: 0, read: 0 };
  const server = createServer(async (request, response) => {
    const body = await buffer(request);
    const answer = await ask(endpoint, request, body);
    const operation = String(request.headers['x-amz-target']).replace(/^.*\./, '');
    byOperation[operation] = (byOperation[operation] ?? 0) + 1;
    const more = unitsOf(operation, JSON.parse(body.toString()), JSON.parse(answer.body.toString() || '{}'));
    units = { write: units.write + more.write, read: units.read + more.read };
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reset: () => {
      byOperation = {};
      units = { write: 0, read: 0 };
    },
    usage: () => ({
      requests: Object.values(byOperation).reduce((total, count) => total + count, 0),
      byOperation: { ...byOperation },
      writeUnits: units.write,
      readUnits: units.read,
    }),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function ask(endpoint: string, request: IncomingMessage, body: Buffer) {
  const { host: _ownHost, connection: _connection, ...headers } = request.headers;
  const answer = await new Promise<IncomingMessage>((resolve, reject) => {
    forward(endpoint, { method: 'POST', headers, agent: false }, resolve).once('error', reject).end(body);
  });
  return { status: answer.statusCode ?? 502, headers: answer.headers, body: await buffer(answer) };
}

function unitsOf(operation: string, asked: Json, answered: Json): Units {
  const halved = asked.ConsistentRead === true ? 1 : 0.5;
  switch (operation) {
    case 'TransactWriteItems':
      return { write: listOf(asked.TransactItems).reduce((sum, item) => sum + 2 * writeUnits(item), 0), read: 0 };
    case 'PutItem':
    case 'UpdateItem':
    case 'DeleteItem':
      return { write: writeUnits(asked), read: 0 };
    case 'GetItem':
      return { write: 0, read: halved * blocks(answered.Item, READ_UNIT_BYTES) };
    case 'Query':
      return { write: 0, read: halved * blocks(answered.Items, READ_UNIT_BYTES) };
    case 'TransactGetItems':
      return {
        write: 0,
        read: listOf(answered.Responses).reduce((sum, item) => sum + 2 * blocks(item, READ_UNIT_BYTES), 0),
      };
    default:
      throw new Error(`the meter does not know what DynamoDB bills for ${operation}`);
  }
}

function writeUnits(item: Json): number {
  const index = JSON.stringify(item).includes('"listShard"') ? 2 : 1;
  return index * blocks(item, WRITE_UNIT_BYTES);
}

function blocks(value: unknown, size: number): number {
  return Math.max(1, Math.ceil(Buffer.byteLength(JSON.stringify(value ?? null)) / size));
}

function listOf(value: unknown): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
