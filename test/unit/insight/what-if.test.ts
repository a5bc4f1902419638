import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFileDirectory } from '../../../functions/directory/file-directory.ts';
import { meanRange } from '../../../functions/insight/domain/bootstrap.ts';
import { type PastApproval, type WhatIf, whatIf } from '../../../functions/insight/what-if.ts';
import { compileRuleFolder } from '../../../functions/policy/compile-rules.ts';
import type { Policies } from '../../../functions/policy/port.ts';
import { createPolicies } from '../../../functions/policy/table-policies.ts';
import { chanceOf } from '../../../local/history/chance.ts';
import { generateHistory } from '../../../local/history/generate.ts';
import { writeHistory } from '../../../local/history/write-history.ts';
import { type OpenedLog, openLog } from '../../../local/tools/insight/duckdb-log.ts';
import { observedWaits, pastApprovals } from '../../../local/tools/insight/past-approvals.ts';
import { linesOf } from '../../../local/tools/insight/what-if-words.ts';
import { companyPolicies, directoryData } from '../../support/purchase-company.ts';

const RULES = join(import.meta.dirname, '../../../rules');
const COSTS = { minutesPerAnswer: 6, hourlyRate: 100 };
const noAbsences = { ...directoryData, people: directoryData.people.map(({ absences: _away, ...person }) => person) };

describe('what-if', () => {
  let folder = '';
  let log: OpenedLog;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'meridian-what-if-'));
    await writeHistory(generateHistory({ from: '2025-11-01', months: 2, seed: 5, scale: 0.4 }), join(folder, 'log'));
    log = await openLog(join(folder, 'log'));
  });

  afterAll(async () => {
    await log.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function replayed(policies: Policies, directory = noAbsences): Promise<WhatIf> {
    return whatIf(
      { policies, directory: createFileDirectory(directory) },
      { approvals: pastApprovals(log), waits: await observedWaits(log), costs: COSTS, random: chanceOf('test').next },
    );
  }

  /** The company's tables with something else in the place of a text of the levels. */
  async function changedRules(from: string, to: string): Promise<Policies> {
    const rules = join(folder, `rules-${from.length}-${to.length}`);
    await cp(RULES, rules, { recursive: true });
    const file = join(rules, 'approval-levels.dmn');
    const table = await readFile(file, 'utf8');
    expect(table).toContain(from);
    await writeFile(file, table.replace(from, to));
    return createPolicies(await compileRuleFolder(rules));
  }

  it('changes nothing by the rules and the people that there were', async () => {
    const result = await replayed(companyPolicies);
    expect(result.approvals).toBeGreaterThan(300);
    expect(result).toMatchObject({ changed: 0, examples: [], missedRefusals: [], impossible: [] });
    expect(result.answers.after).toBe(result.answers.before);
    expect(result.hoursSaved).toEqual({ expected: 0, low: 0, high: 0 });
  });

  it('says which levels fall away, and the hours with a range around what is expected', async () => {
    const result = await replayed(await changedRules('<text>&gt; 20000</text>', '<text>&gt; 90000</text>'));
    expect(result.changed).toBeGreaterThan(0);
    const directors = result.levels.find(({ level }) => level === 'Managing directors');
    expect(directors?.after).toBeLessThan(directors?.before ?? 0);
    expect(result.answers.after).toBeLessThan(result.answers.before);
    const { low, expected, high } = result.hoursSaved;
    expect(expected).toBeGreaterThan(0);
    expect(low).toBeLessThanOrEqual(expected);
    expect(high).toBeGreaterThanOrEqual(expected);
    expect(result.cost.after).toBeLessThan(result.cost.before);
  });

  it('names the refusals that would have been missed: nobody at that level, nor that person anywhere', async () => {
    const past = await firstRefused();
    const missed = async (refusedBy: PastApproval['refusedBy']) => {
      const approvals = one({ ...past, ...(refusedBy === undefined ? {} : { refusedBy }) });
      const deps = { policies: companyPolicies, directory: createFileDirectory(noAbsences) };
      return (await whatIf(deps, { approvals, waits: new Map(), costs: COSTS, random: () => 0.5 })).missedRefusals;
    };
    const asked = past.levels[0]?.approverIds[0] ?? '';
    expect(await missed(undefined)).toEqual([]);
    expect(await missed({ level: 'Works council', employeeId: asked })).toEqual([]);
    expect(await missed({ level: 'Works council', employeeId: 'E-9999' })).toMatchObject([
      { processId: past.processId },
    ]);
  });

  async function firstRefused(): Promise<PastApproval> {
    for await (const past of pastApprovals(log)) {
      if (past.refusedBy !== undefined) {
        return past;
      }
    }
    throw new Error('nobody ever says no in this history');
  }

  it('names what nobody could approve any more, and why', async () => {
    const gone = noAbsences.people.map((person) => ({
      ...person,
      posts: person.posts.filter((post) => post !== 'payment-approver'),
    }));
    const result = await replayed(companyPolicies, { ...noAbsences, people: gone });
    expect(result.impossible.length).toBeGreaterThan(0);
    expect(result.impossible[0]?.reason).toContain('payment-approver');
  });

  it('is told in both languages', async () => {
    const result = await replayed(companyPolicies);
    expect(linesOf(result, 'en', 'CNY').join('\n')).toContain('0 would go another way');
    expect(linesOf(result, 'zh-CN', 'CNY').join('\n')).toContain('其中 0 件路径改变');
  });
});

describe('the range of a sum of waits', () => {
  it('lies around what is expected, and is narrower the more was observed', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 500, noNaN: true }), { minLength: 8, maxLength: 60 }),
        (observed) => {
          const few = meanRange([{ weight: 10, observed }], chanceOf('few').next);
          const many = meanRange(
            [{ weight: 10, observed: Array.from({ length: 16 }, () => observed).flat() }],
            chanceOf('many').next,
          );
          expect(few.low).toBeLessThanOrEqual(few.expected + 1e-6);
          expect(few.high).toBeGreaterThanOrEqual(few.expected - 1e-6);
          expect(many.high - many.low).toBeLessThanOrEqual((few.high - few.low) * 0.7 + 1e-6);
        },
      ),
    );
  });

  it('is nothing where nothing changes', () => {
    expect(
      meanRange(
        [
          { weight: 0, observed: [1, 2] },
          { weight: 3, observed: [] },
        ],
        () => 0,
      ),
    ).toEqual({ expected: 0, low: 0, high: 0 });
  });
});

async function* one(past: PastApproval): AsyncGenerator<PastApproval> {
  yield past;
}
