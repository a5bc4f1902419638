/** Prints a record as an auditor reads it: who did what, for whom and when, with the words that were left. */
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { entrySentence } from '../../../functions/audit/entry-words.ts';
import { readFacts } from '../../../functions/audit/fact-reader.ts';
import { readTimeline, type Timeline, type TimelineEntry } from '../../../functions/audit/timeline.ts';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { createDynamoStore } from '../../../functions/process/store/dynamodb/dynamo-store.ts';
import { clientOptions } from '../../cloud/aws.ts';
import { type LocalCloud, output } from '../../cloud/start.ts';
import { COMPANY_TIME_ZONE } from '../../tryton/company-data.ts';
import { demand, demoDirectory } from './stage.ts';

/** @returns what prints the record of a process; it throws an Error when the chain of hashes does not hold */
export async function createRecordTeller({ endpoint, outputs }: LocalCloud) {
  const tables = {
    record: output(outputs, 'RecordTableName'),
    personal: output(outputs, 'PersonalTableName'),
    work: output(outputs, 'WorkTableName'),
  };
  const deps = {
    store: createDynamoStore({ client: new DynamoDBClient(clientOptions(endpoint)), tables }),
    directory: createFileDirectory(await demoDirectory()),
  };
  return async (processId: string): Promise<void> => {
    const timeline = await readTimeline(deps, processId);
    demand(timeline !== undefined, `there is no process ${processId}`);
    const [damage] = timeline.damages;
    demand(damage === undefined, `the record ${processId} is damaged: entry ${damage?.sequence}: ${damage?.damage}`);
    const { entries } = timeline;
    console.log(`\nRecord of ${processId}, request ${timeline.head.oa.requestId}`);
    for (const entry of entries) console.log(`  ${lineOf(entry, timeline)}`);
    console.log(`  the chain holds: ${entries.length} entries, the last hash is ${entries.at(-1)?.entry.hash}\n`);
  };
}

function lineOf({ entry, personal }: TimelineEntry, { names }: Timeline): string {
  const nameOf = (id: string) => (id === 'operators' ? 'the operators' : (names.get(id) ?? id));
  const { sequence, occurredAt, type, facts, actor } = entry;
  const sentence = entrySentence(type, readFacts(facts, { language: 'en', timeZone: COMPANY_TIME_ZONE, nameOf }));
  const texts = personal === undefined || personal === 'erased' ? [] : Object.values(personal);
  const quotes = texts.filter((text) => text !== '').map((text) => `: "${text}"`);
  return `${String(sequence).padStart(3)}  ${occurredAt}  ${nameOf(actor.id)}: ${sentence}${quotes.join('')}`;
}
