/**
 * `npm run asyncapi`: writes docs/asyncapi.json, the contract of the events, from the schemas by which Meridian reads them.
 * `npm run asyncapi -- release` also makes it the one that later ones are compared with (docs/asyncapi-released.json),
 * unless it breaks whoever keeps to the last release: then it writes nothing.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { EVENT_SOURCES, SCHEMA_VERSION } from '../../functions/events/envelope.ts';
import { breakingChanges } from './asyncapi/breaking-changes.ts';
import { FROM_ERP, FROM_OA } from './asyncapi/events.ts';

const DOCS = join(import.meta.dirname, '../../docs');
export const ASYNCAPI_FILE = join(DOCS, 'asyncapi.json');
/** Of the last release. */
const RELEASED_FILE = join(DOCS, 'asyncapi-released.json');

/** The document, in the words of AsyncAPI 3.0. */
export function asyncApiDocument() {
  const events = { ...FROM_OA, ...FROM_ERP };
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Meridian',
      version: SCHEMA_VERSION,
      description:
        'Events on the bus (Amazon EventBridge), which is named by the output `EventBusName` of the stack. A payload is the `detail` of an entry; its source and its detail-type are the headers. Delivery is at least once and in no order.',
      license: { name: 'Apache-2.0' },
    },
    defaultContentType: 'application/json',
    channels: {
      fromOa: channel(EVENT_SOURCES.oa, 'What the OA says.', FROM_OA),
      fromErp: channel(EVENT_SOURCES.erp, 'Facts of the ERP: pointers, the reader asks the ERP again.', FROM_ERP),
    },
    operations: {
      hearOa: operation('receive', 'fromOa', FROM_OA),
      tellOfErp: operation('send', 'fromErp', FROM_ERP),
    },
    components: {
      messages: Object.fromEntries(
        Object.entries(events).map(([detailType, { summary, schema }]) => [
          detailType,
          {
            name: detailType,
            summary,
            headers: {
              type: 'object',
              required: ['source', 'detail-type'],
              properties: {
                source: { const: detailType in FROM_OA ? EVENT_SOURCES.oa : EVENT_SOURCES.erp },
                'detail-type': { const: detailType },
              },
            },
            payload: payloadOf(schema),
          },
        ]),
      ),
    },
  };
}

function channel(address: string, description: string, events: typeof FROM_OA) {
  return {
    address,
    description,
    messages: Object.fromEntries(
      Object.keys(events).map((detailType) => [detailType, { $ref: `#/components/messages/${detailType}` }]),
    ),
  };
}

function operation(action: 'send' | 'receive', name: 'fromOa' | 'fromErp', events: typeof FROM_OA) {
  return {
    action,
    channel: { $ref: `#/channels/${name}` },
    messages: Object.keys(events).map((detailType) => ({ $ref: `#/channels/${name}/messages/${detailType}` })),
  };
}

/** AsyncAPI's own schemas are those of JSON Schema draft 7. */
function payloadOf(schema: z.ZodType) {
  const { $schema: _none, ...payload } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return payload;
}

/** The text of the file. */
export function asyncApiText(): string {
  return `${JSON.stringify(asyncApiDocument(), null, 2)}\n`;
}

/** What a reader or sender of the last release would no longer understand; nothing where the major version is another one. */
export function changesSinceRelease(releasedFile = RELEASED_FILE): readonly string[] {
  return breakingChanges(JSON.parse(readFileSync(releasedFile, 'utf8')), asyncApiDocument());
}

/** The two files of the contract. */
interface ContractFiles {
  readonly current: string;
  readonly released: string;
}

/**
 * Makes the contract the one that later ones are compared with. What breaks the last release is found before anything is written.
 * @returns as {@link changesSinceRelease}; where there are any, nothing was written
 */
export function releaseContract({ current, released }: ContractFiles): readonly string[] {
  const changes = changesSinceRelease(released);
  if (changes.length === 0) {
    writeFileSync(current, asyncApiText());
    writeFileSync(released, asyncApiText());
  }
  return changes;
}

/** Writes the contract as it is now, broken or not, so that the difference can be read. */
function writeContract(): readonly string[] {
  writeFileSync(ASYNCAPI_FILE, asyncApiText());
  return changesSinceRelease();
}

if (import.meta.main) {
  const isRelease = process.argv[2] === 'release';
  const changes = isRelease ? releaseContract({ current: ASYNCAPI_FILE, released: RELEASED_FILE }) : writeContract();
  for (const change of changes) {
    console.error(change);
  }
  process.exitCode = changes.length === 0 ? 0 : 1;
}
