/** The contract of the events as AsyncAPI 3, and what of it may change between releases. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import specs from '@asyncapi/specs';
import { Ajv } from 'ajv';
import { afterAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { SCHEMA_VERSION } from '../../../functions/events/envelope.ts';
import { OA_EVENTS } from '../../../functions/events/oa-events.ts';
import { breakingChanges } from '../../../local/tools/asyncapi/breaking-changes.ts';
import { FROM_ERP, FROM_OA } from '../../../local/tools/asyncapi/events.ts';
import {
  ASYNCAPI_FILE,
  asyncApiDocument,
  asyncApiText,
  changesSinceRelease,
  releaseContract,
} from '../../../local/tools/asyncapi.ts';

const EVENTS_FOLDER = join(import.meta.dirname, '../../../functions/events');

/** The official schema of AsyncAPI 3.0. */
function validator() {
  const schema = z.record(z.string(), z.unknown()).parse(specs.schemas['3.0.0']);
  return new Ajv({ strict: false, validateFormats: false, meta: false, validateSchema: false }).compile(schema);
}

it('the contract in the docs is the one that Meridian reads events by: npm run asyncapi writes it anew', () => {
  expect(readFileSync(ASYNCAPI_FILE, 'utf8')).toBe(asyncApiText());
});

it('the contract is valid AsyncAPI 3.0', () => {
  const validate = validator();

  expect([validate(JSON.parse(asyncApiText())), validate.errors]).toEqual([true, null]);
});

it('what is no AsyncAPI 3.0 would be seen', () => {
  const validate = validator();
  const { channels: _channels, ...document } = JSON.parse(asyncApiText());

  expect(validate({ ...document, channels: { fromOa: { messages: [] } } })).toBe(false);
  expect(validate({ ...document, asyncapi: '2.6.0' })).toBe(false);
});

it('the contract has each event that there is', async () => {
  const modules = await Promise.all(
    readdirSync(EVENTS_FOLDER).map((file): Promise<object> => import(join(EVENTS_FOLDER, file))),
  );
  const detailTypes = modules.flatMap((module) =>
    Object.entries(module).flatMap(([name, value]) =>
      /^[A-Z_]+$/.test(name) && typeof value === 'string' && /^[A-Z][a-z]+[A-Z]/.test(value) ? [value] : [],
    ),
  );

  expect(Object.keys(asyncApiDocument().components.messages).sort()).toEqual(detailTypes.sort());
  expect(Object.keys(FROM_OA).sort()).toEqual([...OA_EVENTS].sort());
  expect(Object.keys(FROM_ERP)).toHaveLength(detailTypes.length - OA_EVENTS.length);
});

it('nothing broke whoever keeps to the last release', () => {
  expect(changesSinceRelease()).toEqual([]);
});

describe('the contract becomes the released one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'asyncapi-'));
  const files = { current: join(folder, 'current.json'), released: join(folder, 'released.json') };
  const texts = () => [readFileSync(files.current, 'utf8'), readFileSync(files.released, 'utf8')];
  /** The last release had an event that is gone now. */
  function releasedWithMore(version: string) {
    const now = asyncApiDocument();
    const messages = { ...now.components.messages, LeaveForgotten: { payload: { type: 'object' } } };
    const document = { ...now, info: { ...now.info, version }, components: { messages } };
    writeFileSync(files.current, 'the one before');
    writeFileSync(files.released, JSON.stringify(document));
    return JSON.stringify(document);
  }

  afterAll(() => rmSync(folder, { recursive: true }));

  it('when nothing breaks', () => {
    writeFileSync(files.current, 'the one before');
    writeFileSync(files.released, JSON.stringify(asyncApiDocument()));

    expect(releaseContract(files)).toEqual([]);
    expect(texts()).toEqual([asyncApiText(), asyncApiText()]);
  });

  it('never while it breaks the last one: then it is said what breaks, and nothing is written', () => {
    const before = releasedWithMore(SCHEMA_VERSION);

    expect(releaseContract(files)).toEqual(['LeaveForgotten: is gone']);
    expect(texts()).toEqual(['the one before', before]);
  });

  it('whatever breaks, when the major version is another one', () => {
    releasedWithMore('0.9');

    expect(releaseContract(files)).toEqual([]);
    expect(texts()).toEqual([asyncApiText(), asyncApiText()]);
  });
});

describe('of a contract of which', () => {
  const released = asyncApiDocument();
  const line = z.object({
    metadata: z.object({ eventId: z.string().max(128) }),
    kind: z.enum(['a', 'b']),
    note: z.string().min(2).max(10).optional(),
    count: z.int().min(1),
    day: z.iso.date(),
    rows: z.array(z.object({ id: z.string() })).max(5),
    names: z.record(z.string(), z.string()),
  });
  /** A contract of one event of this schema, which the OA sends or Meridian does. */
  const contract = (schema: z.ZodType, action: 'receive' | 'send' = 'receive', version = '1.0') => ({
    info: { version },
    operations: { one: { action, messages: [{ $ref: '#/channels/x/messages/Event' }] } },
    components: { messages: { Event: { payload: z.toJSONSchema(schema, { target: 'draft-7', io: 'input' }) } } },
  });
  const changed = (schema: z.ZodType) => breakingChanges(contract(line), contract(schema));
  const changedForReaders = (schema: z.ZodType) => breakingChanges(contract(line, 'send'), contract(schema, 'send'));

  it('nothing changed, nothing breaks', () => {
    expect(breakingChanges(released, asyncApiDocument())).toEqual([]);
    expect([changed(line), changedForReaders(line)]).toEqual([[], []]);
  });

  it('an event is gone, it breaks', () => {
    const { LeaveApproved: _gone, ...messages } = released.components.messages;

    expect(breakingChanges(released, { ...released, components: { messages } })).toEqual(['LeaveApproved: is gone']);
  });

  it('an event is new, nothing breaks', () => {
    const { LeaveApproved: _new, ...messages } = released.components.messages;

    expect(breakingChanges({ ...released, components: { messages } }, released)).toEqual([]);
  });

  it('a field of a real event is gone, or required now, it breaks', () => {
    const now = structuredClone(released);
    const payload = z
      .looseObject({ properties: z.record(z.string(), z.unknown()), required: z.array(z.string()) })
      .parse(now.components.messages.LeaveApproved?.payload);
    const { substitute: _gone, ...properties } = payload.properties;
    const messages = {
      ...now.components.messages,
      LeaveApproved: { payload: { ...payload, properties, required: [...payload.required, 'scope'] } },
    };

    expect(breakingChanges(released, { ...now, components: { messages } })).toEqual([
      'LeaveApproved.scope: is required now',
      'LeaveApproved.substitute: is gone',
    ]);
  });

  it.each([
    ['a field is gone', line.omit({ note: true }), 'Event.note: is gone'],
    ['a new field is required', line.extend({ more: z.string() }), 'Event.more: is required now'],
    ['a field is required now', line.required({ note: true }), 'Event.note: is required now'],
    ['a type is another one', line.extend({ count: z.string() }), 'Event.count: type: integer became string'],
    ['a list has fewer values', line.extend({ kind: z.enum(['a']) }), 'Event.kind: values: "a", "b" became "a"'],
    [
      'a text has a list of values now',
      line.extend({ note: z.enum(['xx']).optional() }),
      'Event.note: values: everything became "xx"',
    ],
    [
      'a text may be less long',
      line.extend({ note: z.string().min(2).max(9).optional() }),
      'Event.note: maxLength was 10 and is 9',
    ],
    [
      'a text must be longer',
      line.extend({ note: z.string().min(3).max(10).optional() }),
      'Event.note: minLength was 2 and is 3',
    ],
    ['a number must be larger', line.extend({ count: z.int().min(2) }), 'Event.count: minimum was 1 and is 2'],
    [
      'a text has a pattern now',
      line.extend({ metadata: z.object({ eventId: z.string().max(128).regex(/^e/) }) }),
      'Event.metadata.eventId: pattern was none and is "^e"',
    ],
    [
      'rows have a field more',
      line.extend({ rows: z.array(z.object({ id: z.string(), more: z.string() })).max(5) }),
      'Event.rows[].more: is required now',
    ],
    [
      'fewer rows may be',
      line.extend({ rows: z.array(z.object({ id: z.string() })).max(4) }),
      'Event.rows: maxItems was 5 and is 4',
    ],
    [
      'named values are of another type',
      line.extend({ names: z.record(z.string(), z.int()) }),
      'Event.names.*: type: string became integer',
    ],
    [
      'nothing but the known fields may be there',
      z.strictObject(line.shape),
      'Event.*: other values are taken than before',
    ],
  ])('for who sends it %s, it breaks', (_what, schema, change) => {
    expect(changed(schema)).toContain(change);
  });

  it.each([
    ['has a field more that may be missing', line.extend({ more: z.string().optional() })],
    ['may lack a field', line.partial({ count: true })],
    ['has more values in a list', line.extend({ kind: z.enum(['a', 'b', 'c']) })],
    ['may have a longer text', line.extend({ note: z.string().min(1).max(20).optional() })],
  ])('for who sends it one %s, nothing breaks', (_what, schema) => {
    expect(changed(schema)).toEqual([]);
  });

  it.each([
    ['a field is gone', line.omit({ note: true }), 'Event.note: is gone'],
    ['a field may be missing', line.partial({ count: true }), 'Event.count: may be missing now'],
    [
      'a list has more values',
      line.extend({ kind: z.enum(['a', 'b', 'c']) }),
      'Event.kind: values: "a", "b" became "a", "b", "c"',
    ],
    [
      'a text may be longer',
      line.extend({ note: z.string().min(2).max(20).optional() }),
      'Event.note: maxLength was 10 and is 20',
    ],
    [
      'a text may be shorter',
      line.extend({ note: z.string().min(1).max(10).optional() }),
      'Event.note: minLength was 2 and is 1',
    ],
  ])('for who reads it %s, it breaks', (_what, schema, change) => {
    expect(changedForReaders(schema)).toContain(change);
  });

  it('for who reads it there is a field more, or fewer values, nothing breaks', () => {
    const more = line.extend({ more: z.string(), kind: z.enum(['a']), note: z.string().min(3).max(9).optional() });

    expect(changedForReaders(more)).toEqual([]);
  });

  it('the major version is another one, all may change', () => {
    expect(breakingChanges(contract(line), contract(z.object({}), 'receive', '2.0'))).toEqual([]);
  });
});
