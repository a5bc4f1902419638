/**
 * What the store's values are in DynamoDB. Facts, personal values and the values of work items are kept as JSON text:
 * what comes back is then what was hashed, to the character, whereas DynamoDB's own types round numbers and refuse empty
 * names and halves of surrogate pairs. What is looked for or watched in the tables stands in attributes of its own.
 */
import { createHash } from 'node:crypto';
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Actor, PersonalValues, RecordEntry } from '../../../audit/domain/record.ts';
import type { PersonalPlace, TimeList, WorkChange, WorkItem, WorkKey } from '../port.ts';

/** An item as the client takes and gives it. */
export type Attributes = Record<string, AttributeValue>;

/** Parts of a time list, so that no list is bound to what one partition of DynamoDB can take. */
export const LIST_SHARDS = 8;

/** Partition of the index `by-time`. */
export function listShard(name: TimeList, shard: number): string {
  return `${name}#${shard}`;
}

export function workKeyAttributes(key: WorkKey): Attributes {
  return { pk: { S: key.partition }, sk: { S: key.sort } };
}

/** @param version - that the item has from now on */
export function workAttributes(
  change: Exclude<WorkChange, { kind: 'delete' | 'remove' }>,
  version: number,
): Attributes {
  const { key, value, list, expiresAt } = change;
  return {
    ...workKeyAttributes(key),
    version: { N: String(version) },
    value: { S: JSON.stringify(value) },
    ...(list === undefined ? {} : { listShard: { S: listShard(list.name, shardOf(key)) }, listAt: { S: list.at } }),
    // DynamoDB takes whole seconds: an item lives rather longer than less.
    ...(expiresAt === undefined ? {} : { expiresAt: { N: String(Math.ceil(expiresAt.getTime() / 1000)) } }),
  };
}

export function workItem<T>(item: Attributes): WorkItem<T> {
  return {
    key: { partition: text(item, 'pk'), sort: text(item, 'sk') },
    version: number(item, 'version'),
    value: JSON.parse(text(item, 'value')),
  };
}

/** The place of an item on its time list. */
export function listTime(item: Attributes): string {
  return text(item, 'listAt');
}

export function entryAttributes(entry: RecordEntry): Attributes {
  return {
    processId: { S: entry.processId },
    sequence: { N: String(entry.sequence) },
    schemaVersion: { N: String(entry.schemaVersion) },
    type: { S: entry.type },
    occurredAt: { S: entry.occurredAt },
    actorKind: { S: entry.actor.kind },
    actorId: { S: entry.actor.id },
    facts: { S: JSON.stringify(entry.facts) },
    ...(entry.personalDigest === undefined ? {} : { personalDigest: { S: entry.personalDigest } }),
    previousHash: { S: entry.previousHash },
    hash: { S: entry.hash },
  };
}

/**
 * Never fails: an entry that was tampered with in the table must still come to whoever verifies the record, whose hash
 * finds it.
 */
export function recordEntry(item: Attributes): RecordEntry {
  const personalDigest = item.personalDigest?.S;
  return {
    processId: text(item, 'processId'),
    sequence: number(item, 'sequence'),
    schemaVersion: number(item, 'schemaVersion') as RecordEntry['schemaVersion'],
    type: text(item, 'type'),
    occurredAt: text(item, 'occurredAt'),
    actor: { kind: text(item, 'actorKind') as Actor['kind'], id: text(item, 'actorId') },
    facts: jsonObject(text(item, 'facts')),
    ...(personalDigest === undefined ? {} : { personalDigest }),
    previousHash: text(item, 'previousHash'),
    hash: text(item, 'hash'),
  };
}

export function personalKey({ processId, sequence }: PersonalPlace): Attributes {
  return { processId: { S: processId }, sequence: { N: String(sequence) } };
}

export function personalAttributes({ processId, sequence, salt, values }: PersonalValues): Attributes {
  return {
    ...personalKey({ processId, sequence }),
    salt: { S: salt },
    values: { S: JSON.stringify(values) },
  };
}

/** Never fails, for the same reason as {@link recordEntry}. */
export function personalValues(item: Attributes): PersonalValues {
  return {
    processId: text(item, 'processId'),
    sequence: number(item, 'sequence'),
    salt: text(item, 'salt'),
    values: jsonObject(text(item, 'values')),
  };
}

/** By a hash, since keys that follow each other in time must not follow each other into one shard. */
function shardOf({ partition, sort }: WorkKey): number {
  return createHash('sha256').update(`${partition}\n${sort}`).digest().readUInt32BE(0) % LIST_SHARDS;
}

function text(item: Attributes, name: string): string {
  return item[name]?.S ?? '';
}

function number(item: Attributes, name: string): number {
  return Number(item[name]?.N ?? 0);
}

function jsonObject(json: string): { readonly [name: string]: string } {
  try {
    const value = JSON.parse(json);
    return typeof value === 'object' && value !== null ? value : { unreadable: json };
  } catch {
    return { unreadable: json };
  }
}
