import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv } from 'ajv';
import { Parser } from 'saxen';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventRow } from '../../../functions/insight/domain/event-log.ts';
import type { OcelEvent, OcelObject } from '../../../functions/insight/domain/export-ocel.ts';
import { xesTrace } from '../../../functions/insight/domain/export-xes.ts';
import { generateHistory } from '../../../local/history/generate.ts';
import type { ToldCase } from '../../../local/history/telling.ts';
import { writeHistory } from '../../../local/history/write-history.ts';
import { type OpenedLog, openLog } from '../../../local/tools/insight/duckdb-log.ts';
import { exportOcel } from '../../../local/tools/insight/ocel.ts';
import { exportXes } from '../../../local/tools/insight/xes.ts';

const SCHEMA = join(import.meta.dirname, '../../support/ocel/ocel20-schema.json');
const XES = 'http://www.xes-standard.org/';

interface OcelType {
  readonly name: string;
  readonly attributes: readonly { readonly name: string }[];
}

describe('exports for tools of process mining', () => {
  const cases: ToldCase[] = [];
  let folder = '';
  let log: OpenedLog;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meridian-exports-'));
    for await (const told of generateHistory({ from: '2025-12-01', months: 1, seed: 2, scale: 0.2 })) {
      if (told.some((entry) => eventRow(entry) !== undefined)) cases.push(told);
    }
    // Twice, as deliveries may be.
    await writeHistory(twice(cases), join(folder, 'log'));
    log = await openLog(join(folder, 'log'));
  });

  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are XES with a trace for each process and an event for each entry, in order', async () => {
    const file = join(folder, 'log.xes');
    await exportXes(log, file);
    const { traces, extensions, version } = readXes(await readFile(file, 'utf8'));

    expect(version).toBe('1849-2023');
    expect(extensions).toEqual(['concept', 'time', 'org', 'lifecycle']);
    const told = cases.filter((entries) => entries.length > 0);
    expect(traces.map(({ name }) => name)).toEqual(told.map(([first]) => first?.processId).sort());
    expect(traces.reduce((sum, { events }) => sum + events.length, 0)).toBe(told.flat().length);
    for (const { events } of traces) {
      expect(
        events.every((keys) => keys.has('concept:name') && keys.has('time:timestamp') && keys.has('org:resource')),
      ).toBe(true);
      const times = events.map((keys) => keys.get('time:timestamp') ?? '');
      expect(times).toEqual([...times].sort());
    }
  });

  it('have no text in XES that would end an attribute or be no XML', () => {
    const entry = cases[0]?.[0];
    const row = entry === undefined ? undefined : eventRow(entry);
    const trace = xesTrace(row === undefined ? [] : [{ ...row, step: '<"&\u0001\n' }]);
    expect(trace).toContain('meridian:step" value="&lt;&quot;&amp;\ufffd&#10;"');
  });

  it('are OCEL 2.0 by its schema, in which every type and object is declared', async () => {
    const file = join(folder, 'log.json');
    await exportOcel(log, file);
    const ocel: {
      readonly events: readonly OcelEvent[];
      readonly objects: readonly OcelObject[];
      readonly eventTypes: readonly OcelType[];
      readonly objectTypes: readonly OcelType[];
    } = JSON.parse(await readFile(file, 'utf8'));

    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(
      JSON.parse(await readFile(SCHEMA, 'utf8')),
    );
    expect(validate(ocel) ? [] : validate.errors).toEqual([]);
    expect(ocel.events).toHaveLength(cases.flat().length);
    expect(new Set(ocel.events.map(({ id }) => id)).size).toBe(ocel.events.length);
    expect(new Set(ocel.objects.map(({ id }) => id)).size).toBe(ocel.objects.length);
    const ids = new Set(ocel.objects.map(({ id }) => id));
    const related = [...ocel.events, ...ocel.objects].flatMap(({ relationships }) =>
      relationships.map(({ objectId }) => objectId),
    );
    expect(related.filter((id) => !ids.has(id))).toEqual([]);
    expect(undeclared(ocel.events, ocel.eventTypes)).toEqual([]);
    expect(undeclared(ocel.objects, ocel.objectTypes)).toEqual([]);
    expect(ocel.objectTypes.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['procure-to-pay', 'order', 'invoice', 'payment', 'person', 'approval']),
    );
  });

  it('join the orders, invoices and payments of a purchase to its events in OCEL', async () => {
    const file = join(folder, 'log.json');
    await exportOcel(log, file);
    const { events }: { readonly events: readonly OcelEvent[] } = JSON.parse(await readFile(file, 'utf8'));
    const paid = events.find(({ type }) => type === 'PaymentCompleted');
    expect(paid?.relationships.map(({ qualifier }) => qualifier)).toEqual(
      expect.arrayContaining(['process', 'payment']),
    );
  });
});

/** Attributes that something has and its type does not. */
function undeclared(
  all: readonly { readonly type: string; readonly attributes: readonly { readonly name: string }[] }[],
  types: readonly OcelType[],
): readonly string[] {
  const known = new Map(types.map(({ name, attributes }) => [name, new Set(attributes.map((one) => one.name))]));
  return all.flatMap(({ type, attributes }) =>
    attributes.flatMap(({ name }) => (known.get(type)?.has(name) === true ? [] : [`${type}: ${name}`])),
  );
}

interface ReadTrace {
  name: string;
  readonly events: Map<string, string>[];
}

/** Reads it by its structure: elements of the standard alone, each at its place. */
function readXes(xml: string) {
  const parents: { readonly [element: string]: readonly string[] } = {
    'xes:log': [''],
    'xes:extension': ['xes:log'],
    'xes:global': ['xes:log'],
    'xes:classifier': ['xes:log'],
    'xes:trace': ['xes:log'],
    'xes:event': ['xes:trace'],
    'xes:string': ['xes:log', 'xes:global', 'xes:trace', 'xes:event'],
    'xes:date': ['xes:global', 'xes:event'],
  };
  const traces: ReadTrace[] = [];
  const extensions: string[] = [];
  const open: string[] = [''];
  let version = '';
  new Parser()
    .ns({ [XES]: 'xes' })
    .on('error', (error) => {
      throw error;
    })
    .on('openTag', (name, attributesOf) => {
      const parent = open.at(-1) ?? '';
      expect(parents[name]).toContain(parent);
      open.push(name);
      const attributes = attributesOf();
      if (name === 'xes:log') {
        version = attributes['xes.version'] ?? '';
      } else if (name === 'xes:extension') {
        extensions.push(attributes.prefix ?? '');
      } else if (name === 'xes:trace') {
        traces.push({ name: '', events: [] });
      } else if (name === 'xes:event') {
        traces.at(-1)?.events.push(new Map());
      } else if (parent === 'xes:event') {
        traces
          .at(-1)
          ?.events.at(-1)
          ?.set(attributes.key ?? '', attributes.value ?? '');
      } else if (parent === 'xes:trace' && attributes.key === 'concept:name') {
        const trace = traces.at(-1);
        if (trace !== undefined) {
          trace.name = attributes.value ?? '';
        }
      }
    })
    .on('closeTag', () => {
      open.pop();
    })
    .parse(xml);
  return { traces, extensions, version };
}

async function* twice(cases: readonly ToldCase[]): AsyncGenerator<ToldCase> {
  yield* cases;
  yield* cases;
}
