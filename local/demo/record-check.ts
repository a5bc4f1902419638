/** Checks a record as somebody would who has the table and a description of the chain, and none of Meridian's code. */
import { createHash } from 'node:crypto';
import { type AttributeValue, DynamoDBClient, QueryCommand } from '@aws-sdk/client-dynamodb';
import { clientOptions } from '../cloud/aws.ts';

/** One entry as the table has it. */
export interface StoredEntry {
  readonly sequence: number;
  readonly type: string;
  readonly occurredAt: string;
  readonly actor: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

export interface CheckedRecord {
  readonly entries: readonly StoredEntry[];
  /** What is wrong, in words; nothing when the chain holds. */
  readonly damages: readonly string[];
}

/** Reads the record of a process and computes its chain again. */
export async function checkRecord(endpoint: string, table: string, processId: string): Promise<CheckedRecord> {
  const items = await itemsOf(endpoint, table, processId);
  const damages: string[] = [];
  let previous = '0'.repeat(64);
  for (const [index, item] of items.entries()) {
    const sequence = Number(item.sequence?.N);
    const content: Record<string, unknown> = {
      processId: item.processId?.S,
      sequence,
      schemaVersion: Number(item.schemaVersion?.N),
      type: item.type?.S,
      occurredAt: item.occurredAt?.S,
      actor: { kind: item.actorKind?.S, id: item.actorId?.S },
      facts: factsOf(item),
      previousHash: item.previousHash?.S,
      ...(item.personalDigest === undefined ? {} : { personalDigest: item.personalDigest.S }),
    };
    if (sequence !== index + 1) damages.push(`entry ${index + 1} is missing`);
    if (item.previousHash?.S !== previous) damages.push(`entry ${sequence} does not follow from the one before`);
    const hash = createHash('sha256').update(sorted(content)).digest('hex');
    if (item.hash?.S !== hash) damages.push(`entry ${sequence} was changed`);
    previous = hash;
  }
  return { entries: items.map(entryOf), damages };
}

async function itemsOf(endpoint: string, table: string, processId: string) {
  const client = new DynamoDBClient(clientOptions(endpoint));
  const items: Record<string, AttributeValue>[] = [];
  let from: Record<string, AttributeValue> | undefined;
  do {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'processId = :id',
        ExpressionAttributeValues: { ':id': { S: processId } },
        ConsistentRead: true,
        ...(from === undefined ? {} : { ExclusiveStartKey: from }),
      }),
    );
    items.push(...(page.Items ?? []));
    from = page.LastEvaluatedKey;
  } while (from !== undefined);
  return items;
}

function entryOf(item: Record<string, AttributeValue>): StoredEntry {
  return {
    sequence: Number(item.sequence?.N),
    type: item.type?.S ?? '',
    occurredAt: item.occurredAt?.S ?? '',
    actor: item.actorId?.S ?? '',
    facts: factsOf(item),
  };
}

function factsOf(item: Record<string, AttributeValue>): Record<string, unknown> {
  return JSON.parse(item.facts?.S ?? '{}');
}

/** JSON with the keys of every object in order and no white space. */
function sorted(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(sorted).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const members = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${members.map(([key, member]) => `${JSON.stringify(key)}:${sorted(member)}`).join(',')}}`;
}
