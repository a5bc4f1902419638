import { describe, expect, it } from 'vitest';
import { createVirtualEngine, memoryObjects, type StoredObject } from '../../../local/step-functions/index.ts';
import { call, type Fn, MACHINE, machine, returned, threw } from './support.ts';

const BUCKET = 'lists';
const WRITER = { Resource: 'arn:aws:states:::s3:putObject', Arguments: { Bucket: BUCKET, Prefix: 'out' } };

const reader = (ReaderConfig: object, key = 'items') => ({
  ItemReader: { Resource: 'arn:aws:states:::s3:getObject', Arguments: { Bucket: BUCKET, Key: key }, ReaderConfig },
});

const mapOf = (more: object, item: object = { Type: 'Pass' }) =>
  machine({
    Each: {
      Type: 'Map',
      ItemProcessor: {
        ...machine({ Item: { ...item, End: true } }),
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      },
      Label: 'Lines',
      End: true,
      ...more,
    },
  });

/** Runs a Map over what is stored; how it ended, with its history and what is stored then. */
async function run(
  definition: object,
  stored: string | readonly Omit<StoredObject, 'bucket'>[],
  input: unknown = {},
  f?: Fn,
) {
  const list = typeof stored === 'string' ? [{ key: 'items', body: stored }] : stored;
  const objects = memoryObjects(
    list.map((object) => ({ bucket: BUCKET, ...object })),
    Date.parse('2026-01-01T00:00:00.500Z'),
  );
  const engine = createVirtualEngine({
    machines: { [MACHINE]: definition },
    invokeLambda: async (_name, payload) => (await f?.(payload)) ?? returned(payload),
    objects,
  });
  const arn = await engine.start(MACHINE, input);
  await engine.settle();
  const history = engine.history(arn);
  return {
    ...engine.describe(arn),
    items: engine.executions().slice(1),
    events: history.map(({ type }) => type),
    history,
    objects: objects.objects(BUCKET),
  };
}

describe('ItemReader', () => {
  it.each([
    ['JSON', {}, '[1, {"a": 2}]', [1, { a: 2 }]],
    ['JSON', { ItemsPointer: '/deep/a~1b' }, '{"deep": {"a/b": [1]}}', [1]],
    ['JSONL', {}, '{"a":1}\n"two"\n\n3\n', [{ a: 1 }, 'two', 3]],
    [
      'CSV',
      { CSVHeaderLocation: 'FIRST_ROW' },
      'a,b\r\n1,2\r\n3\r\n4,5,6',
      [
        { a: '1', b: '2' },
        { a: '3', b: '' },
        { a: '4', b: '5' },
      ],
    ],
    ['CSV', { CSVHeaderLocation: 'GIVEN', CSVHeaders: ['x'] }, 'a\nb\n', [{ x: 'a' }, { x: 'b' }]],
    ['CSV', { CSVHeaderLocation: 'FIRST_ROW', CSVDelimiter: 'PIPE' }, 'a|b\n1,5|2', [{ a: '1,5', b: '2' }]],
    ['CSV', { CSVHeaderLocation: 'FIRST_ROW' }, 'a,b\n"x, ""y""\nz",c\\\\d\\e\\"', [{ a: 'x, "y"\nz', b: 'c\\de"' }]],
    ['JSON', { MaxItems: '{% 1 + 1 %}' }, '[1, 2, 3]', [1, 2]],
    ['JSON', { MaxItems: 0 }, '[1, 2, 3]', [1, 2, 3]],
    ['JSON', {}, '[]', []],
  ])('reads %s %j', async (InputType, config, text, items) => {
    const ended = await run(mapOf(reader({ InputType, ...config })), text);

    expect(ended).toMatchObject({ status: 'SUCCEEDED', output: items });
    expect(ended.items.map(({ input }) => input)).toEqual(items);
    expect(ended.history.find(({ type }) => type === 'MapStateStarted')?.details).toEqual({ length: 0 });
  });

  it('lists objects by their prefix', async () => {
    const listing = { Resource: 'arn:aws:states:::s3:listObjectsV2', Arguments: { Bucket: BUCKET, Prefix: 'in/' } };
    const stored = ['out/x', 'in/b', 'in/a'].map((key) => ({ key, body: 'text' }));

    const { output } = await run(
      mapOf({ ItemReader: listing, ItemSelector: '{% $states.context.Map.Item.Value %}' }),
      stored,
    );

    const object = { Etag: expect.any(String), LastModified: 1_767_225_600, Size: 4, StorageClass: 'STANDARD' };
    expect(output).toEqual([
      { ...object, Key: 'in/a' },
      { ...object, Key: 'in/b' },
    ]);
  });

  it.each([
    [
      'an object that is not there',
      reader({ InputType: 'JSON' }, 'nowhere'),
      '[]',
      'The specified key does not exist.',
    ],
    ['what is no list', reader({ InputType: 'JSON' }), '{"a": 1}', 'Attempting to map over non-iterable node.'],
    ['what is no JSON', reader({ InputType: 'JSON' }), '[1', expect.stringContaining('JSON')],
    ['less than one item', reader({ InputType: 'JSON', MaxItems: -1 }), '[1]', expect.stringContaining('MaxItems')],
  ])('fails the Map for %s', async (_what, more, text, cause) => {
    const ended = await run(mapOf(more), text);

    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ItemReaderFailed', cause });
    expect(ended.events.slice(2)).toEqual([
      'MapStateStarted',
      'MapRunStarted',
      'MapRunFailed',
      'MapStateFailed',
      'ExecutionFailed',
    ]);
  });

  it('is read again when the Map is retried', async () => {
    const objects = memoryObjects([{ bucket: BUCKET, key: 'items', body: '[1]' }]);
    let reads = 0;
    const engine = createVirtualEngine({
      machines: {
        [MACHINE]: mapOf({
          ...reader({ InputType: 'JSON' }),
          Retry: [{ ErrorEquals: ['States.ItemReaderFailed'] }],
        }),
      },
      invokeLambda: async () => returned(null),
      objects: {
        ...objects,
        getObject: async (place) => {
          reads += 1;
          if (reads === 1) throw new Error('Slow down');
          return objects.getObject(place);
        },
      },
    });
    const arn = await engine.start(MACHINE, {});
    await engine.advanceBy(1_000);

    expect(engine.describe(arn)).toMatchObject({ status: 'SUCCEEDED', output: [1] });
    expect(engine.history(arn).filter(({ type }) => type === 'MapRunStarted')).toHaveLength(2);
  });

  it.each(['MANIFEST', 'PARQUET'])('of %s is refused', async (InputType) => {
    await expect(run(mapOf(reader({ InputType })), '')).rejects.toThrow(`reads no items from ${InputType}`);
  });

  it.each([
    ['no input type', reader({}), 'InputType'],
    ['no place of the headers', reader({ InputType: 'CSV' }), 'CSVHeaderLocation'],
    ['another service', { ItemReader: { Resource: 'arn:aws:states:::sqs:sendMessage' } }, 'ItemReader/Resource'],
    ['no limit of a batch', { ItemBatcher: { BatchInput: 1 } }, 'ItemBatcher'],
    ['an empty writer', { ResultWriter: {} }, 'ResultWriter'],
    ['a Map within the execution', { Label: 'x', ItemProcessor: machine({ A: { Type: 'Pass', End: true } }) }, 'Label'],
  ])('with %s is refused', async (_what, more, where) => {
    await expect(run(mapOf(more), '')).rejects.toThrow(where);
  });
});

describe('ItemBatcher', () => {
  it.each([
    [{ MaxItemsPerBatch: 2 }, [[1, 2], [3, 4], [5]]],
    [
      { MaxItemsPerBatch: '{% $states.input.most %}' },
      [
        [1, 2, 3],
        [4, 5],
      ],
    ],
    // {"Items":[]} has 12 bytes, each digit one and each comma one.
    [{ MaxInputBytesPerBatch: 15 }, [[1, 2], [3, 4], [5]]],
    [{ MaxInputBytesPerBatch: 5 }, [[1], [2], [3], [4], [5]]],
  ])('%j makes batches of items', async (batcher, batches) => {
    const { items } = await run(mapOf({ Items: [1, 2, 3, 4, 5], ItemBatcher: batcher }), '', { most: 3 });

    expect(items.map(({ input }) => input)).toEqual(batches.map((Items) => ({ Items })));
  });

  it('adds what all batches share, and counts failed items, not batches', async () => {
    const odd: Fn = (payload) => (JSON.stringify(payload).includes('3') ? threw('Odd') : returned('ok'));
    const more = {
      Items: [1, 2, 3, 4],
      ItemBatcher: { MaxItemsPerBatch: 2, BatchInput: { rate: '{% 1 + 1 %}' } },
    };

    const within = await run(mapOf({ ...more, ToleratedFailureCount: 2 }, call('f')), '', {}, odd);
    const beyond = await run(mapOf({ ...more, ToleratedFailureCount: 1 }, call('f')), '', {}, odd);

    expect(within.items[0]?.input).toEqual({ Items: [1, 2], BatchInput: { rate: 2 } });
    expect([within.status, beyond.status]).toEqual(['SUCCEEDED', 'FAILED']);
  });
});

describe('ResultWriter', () => {
  const odd: Fn = (payload) => (Number(payload) % 2 === 1 ? threw('Odd') : returned([payload, 'ok']));
  const file = (objects: { readonly [key: string]: string }, name: string) => {
    const [key, body] = Object.entries(objects).find(([path]) => path.endsWith(name)) ?? [];
    return { key, content: body === undefined ? undefined : JSON.parse(body) };
  };

  it('writes what became of each item, and a manifest that names it', async () => {
    const { output, objects } = await run(
      mapOf({ Items: [1, 2], ToleratedFailureCount: 1, ResultWriter: WRITER }, call('f')),
      '',
      {},
      odd,
    );

    const succeeded = file(objects, 'SUCCEEDED_0.json');
    const failed = file(objects, 'FAILED_0.json');
    const manifest = file(objects, 'manifest.json');
    const runArn = expect.stringMatching(/:mapRun:main\/Lines:[0-9a-f-]{36}$/);
    expect(output).toEqual({ MapRunArn: runArn, ResultWriterDetails: { Bucket: BUCKET, Key: manifest.key } });
    expect(manifest.key).toMatch(/^out\/[0-9a-f-]{36}\/manifest\.json$/);
    expect(manifest.content).toEqual({
      DestinationBucket: BUCKET,
      MapRunArn: runArn,
      ResultFiles: {
        FAILED: [{ Key: failed.key, Size: expect.any(Number) }],
        PENDING: [],
        SUCCEEDED: [{ Key: succeeded.key, Size: expect.any(Number) }],
      },
    });
    expect(succeeded.content).toMatchObject([
      {
        Input: '2',
        Output: '[2,"ok"]',
        Status: 'SUCCEEDED',
        RedriveStatus: 'NOT_REDRIVABLE',
        Name: expect.any(String),
      },
    ]);
    expect(failed.content).toMatchObject([{ Input: '1', Error: 'Odd', Status: 'FAILED' }]);
  });

  it('writes before the Map fails, also what had not begun', async () => {
    const ended = await run(
      mapOf({ Items: [1, 2, 3], MaxConcurrency: 1, ResultWriter: WRITER }, call('f')),
      '',
      {},
      odd,
    );

    expect(ended).toMatchObject({ status: 'FAILED', error: 'States.ExceedToleratedFailureThreshold' });
    expect(file(ended.objects, 'PENDING_0.json').content).toMatchObject([
      { Input: '2', Status: 'PENDING' },
      { Input: '3', Status: 'PENDING' },
    ]);
  });

  it.each([
    ['COMPACT', 'JSON', '[[2,"ok"],[4,"ok"]]'],
    ['FLATTEN', 'JSON', '[2,"ok",4,"ok"]'],
    ['FLATTEN', 'JSONL', '2\n"ok"\n4\n"ok"\n'],
  ])('writes %s %s', async (Transformation, OutputType, body) => {
    const WriterConfig = { Transformation, OutputType };

    const { objects } = await run(
      mapOf({ Items: [2, 4], ResultWriter: { ...WRITER, WriterConfig } }, call('f')),
      '',
      {},
      odd,
    );

    expect(Object.entries(objects).find(([key]) => key.includes('SUCCEEDED_0'))?.[1]).toBe(body);
  });

  it('without a place shapes the result of the state', async () => {
    const shaped = async (Transformation: string) =>
      (await run(mapOf({ Items: [2, 4], ResultWriter: { WriterConfig: { Transformation } } }, call('f')), '', {}, odd))
        .output;

    expect(await shaped('FLATTEN')).toEqual([2, 'ok', 4, 'ok']);
    expect(await shaped('COMPACT')).toEqual([
      [2, 'ok'],
      [4, 'ok'],
    ]);
    expect(await shaped('NONE')).toMatchObject([{ Output: '[2,"ok"]' }, { Output: '[4,"ok"]' }]);
  });

  it('that cannot write fails the Map, and a redrive writes again', async () => {
    const objects = memoryObjects();
    let full = true;
    const engine = createVirtualEngine({
      machines: { [MACHINE]: mapOf({ Items: [2], ResultWriter: WRITER }, call('f')) },
      invokeLambda: async (_name, payload) => odd(payload),
      objects: {
        ...objects,
        putObject: async (result) => {
          if (full) throw new Error('No room');
          await objects.putObject(result);
        },
      },
    });
    const arn = await engine.start(MACHINE, {});
    await engine.settle();
    expect(engine.describe(arn)).toMatchObject({ error: 'States.ResultWriterFailed', cause: 'No room' });

    full = false;
    await engine.redrive(arn);
    await engine.settle();

    expect(engine.describe(arn).status).toBe('SUCCEEDED');
    expect(engine.executions()).toHaveLength(2);
    expect(Object.keys(objects.objects(BUCKET))).toHaveLength(2);
  });

  it('goes on reading and writing after a restart', async () => {
    const objects = memoryObjects([{ bucket: BUCKET, key: 'items', body: '[2]' }]);
    const engine = createVirtualEngine({
      machines: { [MACHINE]: mapOf({ ...reader({ InputType: 'JSON' }), ResultWriter: WRITER }, call('f')) },
      invokeLambda: async (_name, payload) => odd(payload),
      objects,
    });
    const arn = await engine.start(MACHINE, {});
    await engine.restart();
    await engine.restart();
    await engine.settle();

    expect(engine.describe(arn).status).toBe('SUCCEEDED');
    expect(Object.keys(objects.objects(BUCKET))).toHaveLength(3);
  });
});
