/** Counts what functions ask of DynamoDB, as DynamoDB would bill it. */
import { type PassingProxy, startPassingProxy } from './passing-proxy.ts';

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

export interface DynamoMeter extends PassingProxy {
  reset(): void;
  usage(): DynamoUsage;
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
  const proxy = await startPassingProxy(endpoint, ({ operation, asked, answered }) => {
    byOperation[operation] = (byOperation[operation] ?? 0) + 1;
    const more = unitsOf(operation, JSON.parse(asked.toString()), JSON.parse(answered.toString() || '{}'));
    units = { write: units.write + more.write, read: units.read + more.read };
  });
  return {
    ...proxy,
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
  };
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
