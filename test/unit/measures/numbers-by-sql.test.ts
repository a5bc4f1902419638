/** The metrics are the same numbers as SQL finds in the event log of the same record: two ways that share nothing but the entries. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { beforeAll, describe, expect, test } from 'vitest';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { eventRow } from '../../../functions/insight/domain/event-log.ts';
import { MEASURES } from '../../../functions/measures/domain/catalogue.ts';
import { measureRecord } from '../../../functions/measures/measure-record.ts';
import type { MetricPoint } from '../../../functions/measures/metric-sink.ts';
import { publishFigures } from '../../../functions/measures/publish-figures.ts';
import { generateHistory } from '../../../local/history/generate.ts';
import { seededNumbers } from '../../support/ambient.ts';
import { heldAndFailedPurchase, measuring, renamed, storeWith, troubledPurchase } from './measured-records.ts';
import { NAMED, NODES, PHASES } from './nodes-in-sql.ts';

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
  'wait_kind',
  'level',
  'facts',
] as const;
/** In the middle of a day in the middle of things. */
const UNTIL = '2026-03-25T05:00:00.000Z';
let points: readonly MetricPoint[] = [];

beforeAll(async () => {
  log.exec(`CREATE TABLE log (${COLUMNS.join(', ')}, at REAL)`);
  const insert = log.prepare(`INSERT INTO log VALUES (${COLUMNS.map(() => '?').join(', ')}, ?)`);
  const entries: RecordEntry[] = [];
  const records = [
    renamed(await troubledPurchase(), 'P2P-troubled'),
    renamed(await heldAndFailedPurchase(), 'P2P-held'),
  ];
  for await (const told of generateHistory({ from: '2026-03-02', months: 1, seed: 15, scale: 0.3 })) {
    records.push(told.filter(({ occurredAt }) => occurredAt < UNTIL));
  }
  for (const known of records) {
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

  test('have as many rounds of rework and holds as SQL counts', () => {
    const rounds = `(SELECT COUNT(*) FROM log r WHERE r.process_id = ended.process_id AND r.type IN ('ReturnedToRequester',
      'ReturnedByCheck', 'ReturnedToLevel', 'DecisionTakenBack', 'CorrectionRequested'))`;

    expect(metric('ReworkRounds')).toEqual(
      sql(`SELECT kind, SUM(${rounds}), COUNT(*) FROM (${ENDED}) ended GROUP BY kind`),
    );
    expect(metric('HoldsPlaced')).toEqual(
      sql(`SELECT kind, COUNT(*) AS sum, COUNT(*) AS count FROM log WHERE type = 'HoldPlaced' GROUP BY kind`),
    );
    expect(Object.keys(metric('HoldsPlaced'))).not.toEqual([]);
  });

  test('have the hours that SQL finds at each node: questions to people, waits, operators', () => {
    const found = sql(`WITH ${NODES} SELECT ${NAMED} AS name, SUM(ending.at - n.at) / 3600000.0, COUNT(*) FROM nodes n
      JOIN log ending ON ending.process_id = n.process_id AND ending.sequence = n.last GROUP BY name`);

    expect(Object.keys(found)).toEqual(
      expect.arrayContaining([
        'Order approval',
        'Change approval',
        'Rework',
        'On hold',
        'Goods receipt',
        'Payment',
        'Waiting for an operator',
      ]),
    );
    expect(metric('NodeHours', 'Node')).toEqual(found);
  });

  test('have the shares that SQL finds overdue, of nodes and of processes', () => {
    expect(metric('NodeOverdueRate', 'Node')).toEqual(
      sql(
        `WITH ${NODES} SELECT ${NAMED} AS name, SUM(late * 100), COUNT(*) FROM nodes WHERE last IS NOT NULL GROUP BY name`,
      ),
    );
    expect(metric('OverdueRate')).toEqual(
      sql(`WITH ${NODES} SELECT kind, SUM(CASE WHEN EXISTS (SELECT 1 FROM nodes n WHERE n.process_id = ended.process_id
        AND n.late) THEN 100 ELSE 0 END), COUNT(*) FROM (${ENDED}) ended GROUP BY kind`),
    );
  });

  test('have the phases that SQL finds processes came to, and went on from', () => {
    const come = `come AS (SELECT process_id, kind, phase, MIN(sequence) AS sequence FROM phases
      WHERE phase IS NOT NULL AND phase <> 'Closed' GROUP BY process_id, kind, phase)`;
    const last = `(SELECT phase FROM phases p WHERE p.process_id = c.process_id AND phase IS NOT NULL AND phase <> 'Closed'
      ORDER BY p.sequence DESC LIMIT 1)`;
    const well = `('paid', 'settled', 'posted', 'granted', 'approved', 'implemented', 'replenished', 'recovered', 'completed')`;

    expect(metric('PhaseEntered', 'Phase')).toEqual(
      sql(`WITH ${PHASES}, ${come} SELECT phase, COUNT(*) AS sum, COUNT(*) AS count FROM come GROUP BY phase`),
    );
    expect(metric('PhaseConversion', 'Phase')).toEqual(
      sql(`WITH ${PHASES}, ${come} SELECT c.phase, SUM(CASE WHEN c.phase <> ${last} OR ended.outcome IN ${well} THEN 100 ELSE 0 END),
        COUNT(*) FROM come c JOIN (${ENDED}) ended ON ended.process_id = c.process_id GROUP BY c.phase`),
    );
  });

  test('have the share of steps without a person that SQL finds', () => {
    const checks = `('RequisitionValidated', 'RequisitionEnriched', 'ClaimChecked', 'LeaveRequestChecked', 'OfficeRequestChecked',
      'EngineeringChangeChecked', 'ReplenishmentProposed', 'InvoicesMatched', 'InvoicesMismatched', 'DocumentNumbered', 'OrderReleasedByRule')`;
    const key = (row: string) => `json_extract(${row}.facts, '$.key')`;
    // A command that failed and was tried again is a step once more.
    const again = `(SELECT MIN(e.sequence) FROM log e WHERE e.process_id = i.process_id AND e.sequence > i.sequence
      AND e.type NOT LIKE '%Intended' AND ${key('e')} = ${key('i')})`;
    const steps = `(SELECT COUNT(*) FROM log s WHERE s.process_id = ended.process_id
        AND (s.type IN ${checks} OR s.type LIKE '%Intended'))
      + (SELECT COUNT(*) FROM log i WHERE i.process_id = ended.process_id AND i.type LIKE '%Intended' AND EXISTS (SELECT 1 FROM log f
        WHERE f.process_id = i.process_id AND f.type = 'StepFailed' AND f.sequence > i.sequence AND f.sequence < ${again}))`;
    const people = '(SELECT COUNT(*) FROM nodes n WHERE n.process_id = ended.process_id)';

    expect(metric('AutomationRate')).toEqual(
      sql(`WITH ${NODES} SELECT kind, SUM(CASE WHEN steps + people = 0 THEN 100 ELSE 100.0 * steps / (steps + people) END), COUNT(*) FROM
        (SELECT kind, ${steps} AS steps, ${people} AS people FROM (${ENDED}) ended) GROUP BY kind`),
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

  test('are compared here, or docs/numbers.md says why they are not', () => {
    const own = readFileSync(import.meta.filename, 'utf8');
    const compared = new Set([...own.matchAll(/metric\('(\w+)'/g)].map(([, name]) => name));
    const page = readFileSync(join(import.meta.dirname, '../../../docs/numbers.md'), 'utf8');
    const [, table = ''] = page.split('## What SQL cannot find');
    const explained = new Set([...(table.split('\n## ')[0] ?? '').matchAll(/`(\w+)`/g)].map(([, name]) => name));

    expect(Object.keys(MEASURES).filter((name) => compared.has(name) === explained.has(name))).toEqual([]);
  });
});
