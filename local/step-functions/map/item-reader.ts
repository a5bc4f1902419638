import type { ItemReader } from '../definition.ts';
import type { Failure, Thread } from '../execution.ts';
import { evaluate, evaluateAs } from '../expressions.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import { resourceOf } from '../resources.ts';
import { scopeOf, type Turn } from '../turn.ts';
import { csvRecords, recordsAsObjects } from './csv.ts';
import type { ListedObject, ReadContent, ReaderFormat, ReadRequest } from './terms.ts';

/** Evaluates where a Map reads its items; throws EvaluationError. */
export async function readRequestOf(turn: Turn, thread: Thread, reader: ItemReader): Promise<ReadRequest> {
  const scope = scopeOf(turn, thread);
  const args = (await evaluate(reader.Arguments ?? {}, 'ItemReader/Arguments', scope)) as JsonObject;
  const { MaxItems: limit, ...config } = reader.ReaderConfig ?? {};
  const maxItems =
    limit === undefined ? 0 : await evaluateAs('number', limit, 'ItemReader/ReaderConfig/MaxItems', scope);
  const kind = resourceOf(reader.Resource).action === 'listObjectsV2' ? 'listing' : 'object';
  return {
    kind,
    bucket: String(args.Bucket ?? ''),
    key: String((kind === 'listing' ? args.Prefix : args.Key) ?? ''),
    ...(typeof args.VersionId === 'string' ? { versionId: args.VersionId } : {}),
    config,
    // As with MaxConcurrency, 0 is without limit.
    ...(maxItems === 0 ? {} : { maxItems }),
  };
}

/** The items in what was read, or why there are none. */
export function itemsIn(
  content: ReadContent,
  { config, maxItems }: ReadRequest,
): { readonly items: Json[] } | { readonly failure: Failure } {
  if (maxItems !== undefined && !(Number.isInteger(maxItems) && maxItems > 0)) {
    return readerFailure('The MaxItems field must be a positive integer');
  }
  if ('failed' in content) return readerFailure(content.failed);
  try {
    const items = 'objects' in content ? content.objects.map(listedItem) : parse(content.text, config);
    return { items: maxItems === undefined ? items : items.slice(0, maxItems) };
  } catch (error) {
    return readerFailure(error instanceof Error ? error.message : String(error));
  }
}

/** The failure of a Map whose items could not be read. */
function readerFailure(cause: string): { readonly failure: Failure } {
  return { failure: { error: 'States.ItemReaderFailed', cause } };
}

function listedItem({ etag, key, lastModified, size, storageClass }: ListedObject): Json {
  return {
    Etag: etag,
    Key: key,
    LastModified: Math.floor(lastModified / 1000),
    Size: size,
    StorageClass: storageClass,
  };
}

function parse(text: string, config: ReaderFormat): Json[] {
  switch (config.InputType) {
    case 'CSV':
      return csvItems(text, config);
    case 'JSONL':
      return text
        .split('\n')
        .filter((line) => line.trim() !== '')
        .map((line) => JSON.parse(line) as Json);
    default: {
      const items = pointedAt(JSON.parse(text) as Json, config.ItemsPointer ?? '');
      if (!Array.isArray(items)) throw new Error('Attempting to map over non-iterable node.');
      return items;
    }
  }
}

function csvItems(text: string, { CSVHeaderLocation, CSVHeaders, CSVDelimiter }: ReaderFormat): Json[] {
  const [first = [], ...rest] = csvRecords(text, CSVDelimiter);
  if (CSVHeaderLocation === 'GIVEN')
    return recordsAsObjects(CSVHeaders ?? [], first.length === 0 ? [] : [first, ...rest]);
  return recordsAsObjects(first, rest);
}

/** What a JSON pointer (RFC 6901) leads to; undefined when it leads nowhere. */
function pointedAt(value: Json, pointer: string): Json | undefined {
  const steps = pointer.split('/').slice(1);
  return steps.reduce<Json | undefined>((found, step) => {
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    if (Array.isArray(found)) return found[Number(name)];
    return isObject(found) ? (found[name] as Json | undefined) : undefined;
  }, value);
}
