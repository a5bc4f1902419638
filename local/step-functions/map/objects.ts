import type { ExecutionInput } from '../advance.ts';
import type { ObjectCommand } from '../turn.ts';
import type { ListedObject, ReadContent, ReadRequest, ResultFile } from './terms.ts';

/** Where distributed Maps read their items and write their results: S3, or a stand-in for it. Failures are thrown. */
export interface ObjectStore {
  getObject(place: { readonly bucket: string; readonly key: string; readonly versionId?: string }): Promise<string>;
  /** The objects whose keys begin with the prefix, in the order of their keys; at most `limit` of them. */
  listObjects(place: {
    readonly bucket: string;
    readonly prefix: string;
    readonly limit?: number;
  }): Promise<readonly ListedObject[]>;
  putObject(file: ResultFile): Promise<void>;
}

/** Reads or writes what a Map asks for; a failure is an answer too. Writing again is harmless. */
export async function performObjectCommand(
  store: ObjectStore | undefined,
  command: ObjectCommand,
): Promise<ExecutionInput> {
  const { groupId } = command;
  if (command.kind === 'read-items') {
    const content = await answered(store, (objects) => read(objects, command.request));
    return { kind: 'items-read', groupId, content };
  }
  const written = await answered(store, async (objects) => {
    // The manifest comes last: when it is there, so is what it names.
    for (const file of command.files) await objects.putObject(file);
    return {};
  });
  return { kind: 'results-written', groupId, ...written };
}

async function read(store: ObjectStore, request: ReadRequest): Promise<ReadContent> {
  const { kind, bucket, key, versionId, maxItems } = request;
  if (kind === 'object') {
    return { text: await store.getObject({ bucket, key, ...(versionId === undefined ? {} : { versionId }) }) };
  }
  const limit = maxItems === undefined ? {} : { limit: maxItems };
  return { objects: await store.listObjects({ bucket, prefix: key, ...limit }) };
}

async function answered<T>(
  store: ObjectStore | undefined,
  work: (store: ObjectStore) => Promise<T>,
): Promise<T | { readonly failed: string }> {
  if (store === undefined) return { failed: 'This engine was started without a store of objects' };
  try {
    return await work(store);
  } catch (error) {
    return { failed: error instanceof Error ? error.message : String(error) };
  }
}
