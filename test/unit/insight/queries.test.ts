import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clockTime } from '../../../functions/calendar/domain/worked-time.ts';
import { courseOf } from '../../../functions/insight/domain/course.ts';
import type { Course, CourseNode } from '../../../functions/insight/domain/course-parts.ts';
import { eventRow } from '../../../functions/insight/domain/event-log.ts';
import type { AnswerRow } from '../../../functions/insight/log-answers.ts';
import { generateHistory } from '../../../local/history/generate.ts';
import type { ToldCase } from '../../../local/history/telling.ts';
import { writeHistory } from '../../../local/history/write-history.ts';
import { type OpenedLog, openLog } from '../../../local/tools/insight/duckdb-log.ts';
import { observedWaits } from '../../../local/tools/insight/past-approvals.ts';

const QUERIES = join(import.meta.dirname, '../../../functions/insight/queries');
const HISTORY = { from: '2025-11-01', months: 2, seed: 3, scale: 0.4 };

/** Functions of DuckDB or of Trino alone would make a query right on one side only. */
const KNOWN_TO_BOTH = new Set([
  'AVG',
  'COUNT',
  'MAX',
  'MIN',
  'ROW_NUMBER',
  'SUM',
  'OVER',
  'IN',
  'AS',
  'AND',
  'FROM',
  'CAST',
  'COALESCE',
  'OR',
  'ON',
]);

describe('the saved queries', () => {
  let folder = '';
  let log: OpenedLog;
  let courses: readonly Course[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meridian-queries-'));
    const cases: ToldCase[] = [];
    for await (const told of generateHistory(HISTORY)) {
      cases.push(told);
    }
    // Every process twice: deliveries repeat.
    await writeHistory(streamOf([...cases, ...cases]), folder);
    log = await openLog(folder);
    // Payslips stand in no log.
    const logged = cases.filter((entries) => entries.some((entry) => eventRow(entry) !== undefined));
    courses = logged.flatMap((entries) => courseOf(entries, clockTime) ?? []);
  });

  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('are answered, each with a sentence of what it says', async () => {
    const files = await readdir(QUERIES);
    expect(files.length).toBeGreaterThan(6);
    for (const file of files) {
      expect(await readFile(join(QUERIES, file), 'utf8')).toMatch(/^-- [A-Z][^\n]+\.\n/);
      expect(await log.ask(file.replace('.sql', ''))).not.toEqual([]);
    }
  });

  it('keep to what Trino and DuckDB have in common', async () => {
    for (const file of await readdir(QUERIES)) {
      const sql = (await readFile(join(QUERIES, file), 'utf8')).replace(/^--.*$/gm, '');
      const called = [...sql.matchAll(/\b([A-Za-z_]+)\s*\(/g)].map(([, name = '']) => name);
      expect(called.filter((name) => !KNOWN_TO_BOTH.has(name))).toEqual([]);
      expect(sql).not.toMatch(/::|\bQUALIFY\b|\bFILTER\b|\bLIMIT\b|;/);
    }
  });

  it('find the same cycle times as the record', async () => {
    const found = (await log.ask('cycle-times')).map((row) => [
      `${row.kind} ${row.outcome}`,
      row.processes,
      rounded(row.mean_hours),
    ]);
    const ended = courses.filter(({ endedAt }) => endedAt !== undefined);
    const expected = grouped(ended, ({ kind, outcome }) => `${kind} ${outcome}`).map(([key, all]) => [
      key,
      all.length,
      meanHours(all),
    ]);
    expect(sorted(found)).toEqual(sorted(expected));
  });

  it('find the same waits of levels as the record, with how many were late', async () => {
    const found = (await log.ask('level-waits')).filter(({ subject }) => subject !== 'operator');
    const nodes = courses.flatMap(({ kind, nodes: all }) =>
      all.filter(isAnswered('approval')).map((node) => ({ ...node, of: kind })),
    );
    const expected = grouped(nodes, ({ of, subject, name }) => `${of} ${subject} ${name}`).map(([key, all]) => [
      key,
      all.length,
      meanHours(all),
      all.filter(({ isOverdue }) => isOverdue).length,
    ]);
    const told = found.map((row) => [
      `${row.kind} ${row.subject} ${row.level_name}`,
      row.visits,
      rounded(row.mean_hours),
      row.escalated,
    ]);
    expect(sorted(told)).toEqual(sorted(expected));
  });

  it('are what what-if takes its waits from: one for each visit of a level, as long as the record says', async () => {
    const waits = await observedWaits(log);
    const nodes = courses.flatMap(({ nodes: all }) => all.filter(isAnswered('approval')));
    const expected = grouped(nodes, ({ subject, name }) => `${subject}/${name}`);
    const hoursOf = (all: readonly number[]) => all.map(rounded).toSorted((one, other) => one - other);

    expect([...waits.keys()].toSorted()).toEqual(expected.map(([key]) => key).toSorted());
    for (const [key, all] of expected) {
      expect([key, hoursOf(waits.get(key) ?? [])]).toEqual([
        key,
        hoursOf(all.map(({ elapsedMs = 0 }) => elapsedMs / 3_600_000)),
      ]);
    }
  });

  it('find the same waits for others as the record', async () => {
    const found = (await log.ask('waits')).map((row) => [
      `${row.kind} ${row.wait_kind}`,
      row.visits,
      rounded(row.mean_hours),
    ]);
    const nodes = courses.flatMap(({ kind, nodes: all }) =>
      all.filter(isAnswered('wait')).map((node) => ({ ...node, of: kind })),
    );
    const expected = grouped(nodes, ({ of, name }) => `${of} ${name}`).map(([key, all]) => [
      key,
      all.length,
      meanHours(all),
    ]);
    expect(sorted(found)).toEqual(sorted(expected));
  });

  it('find the same answers of levels, rework and failures as the record', async () => {
    const answers = sumOf(await log.ask('level-answers'), 'answers');
    const voices = courses.flatMap(({ nodes }) => nodes.flatMap((node) => node.voices));
    expect(answers).toBe(voices.length);
    expect(sumOf(await log.ask('level-answers'), 'sent_back')).toBe(
      voices.filter(({ action }) => action === 'return').length,
    );
    const rework = courses.flatMap(({ rework: one }) => [one.returned, one.returnedByCheck, one.corrections]);
    expect(sumOf(await log.ask('rework'), 'times')).toBe(rework.reduce((sum, one) => sum + one, 0));
    expect(sumOf(await log.ask('rework'), 'processes')).toBe(courses.length);
    const failures = courses.flatMap(({ exceptions }) => exceptions.filter(({ kind }) => kind === 'failure'));
    expect(sumOf(await log.ask('failures'), 'failures')).toBe(failures.length);
    expect(sumOf(await log.ask('approver-load'), 'answers')).toBe(
      courses.flatMap(({ nodes }) => nodes.filter(({ kind }) => kind === 'approval').flatMap((node) => node.voices))
        .length,
    );
  });
});

async function* streamOf(cases: readonly ToldCase[]): AsyncGenerator<ToldCase> {
  yield* cases;
}

function isAnswered(kind: CourseNode['kind']) {
  return (node: CourseNode) => node.kind === kind && node.to !== undefined;
}

function grouped<T>(all: readonly T[], keyOf: (one: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const one of all) {
    groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
  }
  return [...groups];
}

function meanHours(all: readonly { readonly elapsedMs?: number }[]): number {
  return rounded(all.reduce((sum, { elapsedMs = 0 }) => sum + elapsedMs / 3_600_000, 0) / all.length);
}

function rounded(value: unknown): number {
  return Math.round(Number(value) * 1000) / 1000;
}

function sumOf(rows: readonly AnswerRow[], column: string): number {
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

function sorted<T>(rows: readonly T[]): readonly T[] {
  return [...rows].sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
}
