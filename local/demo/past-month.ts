/**
 * Four weeks of the company's work, told by the generator of histories and measured day by day as if they had passed, so that
 * the dashboards have something to show. The entries stand in the deployed tables; the processes themselves are only records.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { RecordEntry } from '../../functions/audit/domain/record.ts';
import { parseCalendar } from '../../functions/calendar/calendar-file.ts';
import { createCalendar } from '../../functions/calendar/domain/calendar.ts';
import { workedTimeOf } from '../../functions/calendar/domain/worked-time.ts';
import { measureRecord } from '../../functions/measures/measure-record.ts';
import { publishFigures } from '../../functions/measures/publish-figures.ts';
import { createDynamoStore } from '../../functions/process/store/dynamodb/dynamo-store.ts';
import type { ProcessStore } from '../../functions/process/store/port.ts';
import { embeddedMetrics } from '../../functions/runtime/measures.ts';
import { clientOptions } from '../cloud/aws.ts';
import { type LocalCloud, output } from '../cloud/start.ts';
import { demonstrationCompany } from '../history/company.ts';
import { generateHistory } from '../history/generate.ts';

const DAYS = 28;
const DAY = 86_400_000;
/** About five requests on a working day. */
const SCALE = 0.3;
/** Entries of one transaction. */
const AT_ONCE = 50;

/** @returns how many entries there are */
export async function tellPastMonth(cloud: LocalCloud): Promise<number> {
  const now = new Date();
  const begin = now.getTime() - DAYS * DAY;
  const entries = await entriesBetween(new Date(begin), now);
  const client = new DynamoDBClient(clientOptions(cloud.endpoint));
  const { directory, timeZone } = await demonstrationCompany();
  const calendar = parseCalendar(JSON.parse(await readFile(join(import.meta.dirname, 'calendar.json'), 'utf8')));
  const measuring = {
    store: createDynamoStore({ client, tables: tablesOf(cloud) }),
    directory,
    worked: workedTimeOf(createCalendar(calendar), timeZone),
    timeZone,
    metrics: embeddedMetrics('meridian', (line) => cloud.metrics.take('past-month', `${line}\n`)),
  };
  for (let day = 1; day <= DAYS; day += 1) {
    const until = new Date(begin + day * DAY);
    const clock = { now: () => until };
    // What lies before the first day belongs to it.
    const since = day === 1 ? 0 : until.getTime() - DAY;
    const today = entries.filter(({ occurredAt }) => isWithin(Date.parse(occurredAt), since, until.getTime()));
    await keep(measuring.store, today);
    await measureRecord({ ...measuring, clock }, { entries: today }, `past-month-${day}`);
    await publishFigures({ ...measuring, clock, currency: 'CNY' });
    await cloud.metrics.settle();
  }
  client.destroy();
  return entries.length;
}

async function entriesBetween(from: Date, until: Date): Promise<readonly RecordEntry[]> {
  const entries: RecordEntry[] = [];
  const options = { from: from.toISOString().slice(0, 10), months: 1, seed: 7, scale: SCALE };
  for await (const told of generateHistory(options)) {
    entries.push(...told.filter(({ occurredAt }) => Date.parse(occurredAt) <= until.getTime()));
  }
  return entries;
}

function isWithin(at: number, after: number, until: number): boolean {
  return at > after && at <= until;
}

async function keep(store: ProcessStore, entries: readonly RecordEntry[]): Promise<void> {
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    await store.commit({ entries: entries.slice(from, from + AT_ONCE), personal: [], changes: [] });
  }
}

function tablesOf({ outputs }: LocalCloud) {
  return {
    record: output(outputs, 'RecordTableName'),
    personal: output(outputs, 'PersonalTableName'),
    work: output(outputs, 'WorkTableName'),
  };
}
