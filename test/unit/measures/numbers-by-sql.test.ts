/** The metrics are the same numbers as SQL finds in the event log of the same record: two ways that share nothing but the entries. */
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { eventRow } from '../../../functions/insight/domain/event-log.ts';
import { measureRecord } from '../../../functions/measures/measure-record.ts';
import type { MetricPoint } from '../../../functions/measures/metric-sink.ts';
import { publishFigures } from '../../../functions/measures/publish-figures.ts';
import { generateHistory } from '../../../local/history/generate.ts';
import { seededNumbers } from '../../support/ambient.ts';
import { measuring, storeWith } from './measured-records.ts';

const log = new DatabaseSync(':memory:');
const COLUMNS = [
  'process_id',
  'kind',
  'sequence',
  'type',
  'approval_id',
  'subject',
  'round',
  'outcome',
  'amount',
] as const;
/** In the middle of a day in the middle of things. */
const UNTIL = '2026-03-25T05:00:00.000Z';
let points: readonly MetricPoint[] = [];

beforeAll(async () => {
  log.exec(`CREATE TABLE log (${COLUMNS.join(', ')}, at REAL)`);
  const insert = log.prepare(`INSERT INTO log VALUES (${COLUMNS.map(() => '?').join(', ')}, ?)`);
  const entries: RecordEntry[] = [];
  for await (const told of generateHistory({ from: '2026-03-02', months: 1, seed: 11, scale: 0.3 })) {
    const known = told.filter(({ occurredAt }) => occurredAt < UNTIL);
    entries.push(...known);
    for (const row of known.flatMap((entry) => eventRow(entry) ?? [])) {
      insert.run(...COLUMNS.map((name) => row[name] ?? null), Date.parse(row.occurred_at));
    }
  }
  const store = await storeWith(entries);
  const measured = measuring(store);
  const chance = seededNumbers(3);
  // As SQS might: in no order, some twice.
  const parts = entries.filter(() => chance() < 0.3).toSorted(() => chance() - 0.5);
  for (const [index, entry] of [...parts, ...entries.filter(({ sequence }) => sequence === 1)].entries()) {
    await measureRecord(measured.deps, { entries: [entry] }, `m-${index}`);
  }
  await publishFigures({ ...measured.deps, currency: 'CNY' });
  points = measured.points;
}, 120_000);

/** Rows of a query as `name: [numbers]`, rounded to what a reader sees. */
function sql(query: string): Readonly<Record<string, readonly number[]>> {
  const rows = log.prepare(query).all();
  return Object.fromEntries(
    rows.map((row) => {
      const [name, ...numbers] = Object.values(row);
      return [String(name), numbers.map(rounded)];
    }),
  );
}

/** Sum and count of the values of a metric, by one of its dimensions. */
function metric(measure: string, dimension = 'Kind'): Readonly<Record<string, readonly number[]>> {
  const sums = new Map<string, number[]>();
  for (const { splits, value } of points.filter((one) => one.measure === measure)) {
    for (const split of splits) {
      const name = Object.entries(split).at(-1);
      if (name?.[0] === dimension) {
        const [sum = 0, count = 0] = sums.get(name[1]) ?? [];
        sums.set(name[1], [sum + value, count + 1]);
      }
    }
  }
  return Object.fromEntries([...sums].map(([name, numbers]) => [name, numbers.map(rounded)]));
}

function rounded(value: unknown): number {
  return Math.round(Number(value) * 1e6) / 1e6;
}

const CLOSED = `type IN ('PurchaseClosed', 'ClaimClosed', 'LeaveRequestClosed', 'OfficeRequestClosed',
  'EngineeringChangeClosed', 'ReplenishmentClosed', 'PayrollRunClosed')`;
const ENDED = `SELECT process_id, kind, MIN(at) AS at, outcome FROM log WHERE ${CLOSED} GROUP BY process_id`;

/** Of each process that ended, whether one of these entries stands in its record. */
function share(types: string, with100: boolean): string {
  const found = `EXISTS (SELECT 1 FROM log other WHERE other.process_id = ended.process_id AND other.type IN (${types})
    AND other.sequence <= (SELECT MIN(sequence) FROM log c WHERE c.process_id = ended.process_id AND c.${CLOSED}))`;
  return `SELECT kind, SUM(CASE WHEN ${found} THEN ${with100 ? 100 : 0} ELSE ${with100 ? 0 : 100} END), COUNT(*)
    FROM (${ENDED}) ended GROUP BY kind`;
}

describe('the metrics of a month', () => {
  test('are of enough to be worth comparing', () => {
    const { total } = log.prepare('SELECT COUNT(*) AS total FROM log').get() as { total: number };

    expect(total).toBeGreaterThan(800);
    expect(Object.keys(metric('ProcessesEnded')).length).toBeGreaterThanOrEqual(3);
  });

  test('have as many processes started and ended as SQL counts, by how they ended', () => {
    expect(metric('ProcessesStarted')).toEqual(
      sql('SELECT kind, COUNT(*) AS sum, COUNT(*) AS count FROM log WHERE sequence = 1 GROUP BY kind'),
    );
    expect(metric('ProcessesEnded')).toEqual(
      sql(`SELECT kind, COUNT(*) AS sum, COUNT(*) AS count FROM (${ENDED}) GROUP BY kind`),
    );
    expect(metric('ProcessesEnded', 'Outcome')).toEqual(
      sql(`SELECT outcome, COUNT(*) AS sum, COUNT(*) AS count FROM (${ENDED}) GROUP BY outcome`),
    );
  });

  test('have the hours from start to end that SQL finds', () => {
    expect(metric('CycleHours')).toEqual(
      sql(`SELECT ended.kind, SUM(ended.at - begun.at) / 3600000.0, COUNT(*) FROM (${ENDED}) ended
        JOIN log begun ON begun.process_id = ended.process_id AND begun.sequence = 1 GROUP BY ended.kind`),
    );
  });

  test('have the shares that SQL finds: without going back, and with an exception', () => {
    const back = `'ReturnedToRequester', 'ReturnedByCheck', 'ReturnedToLevel', 'DecisionTakenBack', 'CorrectionRequested'`;

    expect(metric('FirstPassYield')).toEqual(sql(share(back, false)));
    expect(metric('ExceptionRate')).toEqual(sql(share(`'StepFailed'`, true)));
  });

  test('count what SQL counts: decisions, refused attempts, escalations', () => {
    const count = (type: string) =>
      sql(`SELECT kind, COUNT(*) AS sum, COUNT(*) AS count FROM log WHERE type = '${type}' GROUP BY kind`);

    expect(metric('Decisions')).toEqual(count('DecisionMade'));
    expect(metric('RefusedAttempts')).toEqual(count('DecisionRefused'));
    expect(metric('Escalations')).toEqual(count('LevelEscalated'));
  });

  test('have the hours of questions to people that SQL finds between the entries that open and close a level', () => {
    const closing = `SELECT MIN(sequence) FROM log c WHERE c.process_id = o.process_id AND c.sequence > o.sequence
      AND c.approval_id = o.approval_id AND (c.type IN ('ReturnedToRequester', 'ReturnedToLevel', 'ApprovalClosed')
        OR (c.type = 'DecisionMade' AND c.outcome <> 'undecided') OR (c.type = 'LevelOpened' AND c.round > o.round))`;
    const found = sql(`SELECT o.subject, SUM(closed.at - o.at) / 3600000.0, COUNT(*) FROM log o
      JOIN log closed ON closed.process_id = o.process_id AND closed.sequence = (${closing})
      WHERE o.type = 'LevelOpened' AND o.subject IN ('order', 'expense', 'leave', 'office') GROUP BY o.subject`);
    const {
      'Order approval': order,
      'Expense approval': expense,
      'Leave approval': leave,
      'Office approval': office,
    } = metric('NodeHours', 'Node');

    expect(found.order?.[1]).toBeGreaterThan(10);
    expect(Object.fromEntries(Object.entries({ order, expense, leave, office }).filter(([, one]) => one))).toEqual(
      found,
    );
  });

  test('have as much under way, and as much money in flight, as SQL finds', () => {
    const open = `SELECT DISTINCT process_id, kind FROM log WHERE process_id NOT IN (SELECT process_id FROM (${ENDED}))`;
    const amount = `(SELECT amount FROM log a WHERE a.process_id = open.process_id AND a.amount <> ''
      AND a.type IN ('RequisitionValidated', 'RequisitionEnriched', 'ClaimChecked') ORDER BY sequence DESC LIMIT 1)`;

    const nonZero = (all: Readonly<Record<string, readonly number[]>>) =>
      Object.fromEntries(Object.entries(all).flatMap(([kind, [sum = 0]]) => (sum === 0 ? [] : [[kind, [sum]]])));
    expect(nonZero(metric('OpenProcesses'))).toEqual(sql(`SELECT kind, COUNT(*) FROM (${open}) GROUP BY kind`));
    expect(nonZero(metric('MoneyInFlight'))).toEqual(
      sql(`SELECT kind, SUM(${amount}) FROM (${open}) open WHERE kind IN ('procure-to-pay', 'expense-to-posting')
        GROUP BY kind`),
    );
  });
});
