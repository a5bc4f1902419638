import { describe, expect, it, vi } from 'vitest';
import { compileRules } from '../../../functions/policy/compile-rules.ts';
import { policyTables, policyVersions, rememberPolicies } from '../../../functions/policy/policy-versions.ts';
import type { CompiledRules } from '../../../functions/policy/table.ts';
import { tableChanges } from '../../../functions/policy/table-changes.ts';
import { createPolicies } from '../../../functions/policy/table-policies.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { ruleFiles, rulesWith } from './rule-files.ts';

const at = (time: string) => ({ now: () => new Date(time) });
const MORNING = '2026-03-01T08:00:00.000Z';
const NOON = '2026-03-01T12:00:00.000Z';

const before = await compileRules(ruleFiles);
const after = await compileRules(rulesWith('&gt; 500000<', '&gt; 600000<'));
const versionOf = (rules: CompiledRules) => createPolicies(rules).inForce();

describe('the versions of the policies', () => {
  it('are kept with their tables as they are written, from the first use, newest first', async () => {
    const store = new MemoryStore();
    await rememberPolicies({ store, clock: at(MORNING) }, versionOf(before));
    await rememberPolicies({ store, clock: at(NOON) }, versionOf(after));
    await rememberPolicies({ store, clock: at('2026-03-02T08:00:00.000Z') }, versionOf(before));

    const versions = await policyVersions(store);

    expect(versions).toEqual([
      { digest: versionOf(after).digest, firstUsedAt: NOON, leftOut: [] },
      { digest: versionOf(before).digest, firstUsedAt: MORNING, leftOut: [] },
    ]);
    expect(await policyTables(store, versionOf(before).digest)).toEqual(JSON.parse(JSON.stringify(before)));
  });

  it('are kept once when many approvals are routed at the same time', async () => {
    const store = new MemoryStore();
    const moments = Array.from({ length: 8 }, (_, second) => `2026-03-01T08:00:0${second}.000Z`);

    await Promise.all(moments.map((time) => rememberPolicies({ store, clock: at(time) }, versionOf(before))));

    expect(await policyVersions(store)).toHaveLength(1);
  });

  it('stop nobody when they cannot be kept, and are kept the next time', async () => {
    const store = new MemoryStore();
    vi.spyOn(store, 'commit').mockRejectedValueOnce(new ConnectorTransientError('the store does not answer'));

    await rememberPolicies({ store, clock: at(MORNING) }, versionOf(before));
    expect(await policyVersions(store)).toEqual([]);
    await rememberPolicies({ store, clock: at(NOON) }, versionOf(before));

    expect(await policyVersions(store)).toMatchObject([{ firstUsedAt: NOON }]);
  });

  it('hide no mistake: what is neither a race nor an outage of the store is thrown', async () => {
    const store = new MemoryStore();
    vi.spyOn(store, 'commit').mockRejectedValueOnce(new TypeError('a bug'));

    await expect(rememberPolicies({ store, clock: at(MORNING) }, versionOf(before))).rejects.toThrow('a bug');
  });

  it('name a table that no item can hold, and keep the others', async () => {
    const store = new MemoryStore();
    const table = before.tables['link-limit'];
    const rules = Array.from({ length: 12_000 }, () => ({ tests: ['"a subject of the company"'], results: ['1'] }));
    const long = { tables: { ...before.tables, 'link-limit': { ...table, rules } } } as CompiledRules;

    await rememberPolicies({ store, clock: at(MORNING) }, versionOf(long));

    const [version] = await policyVersions(store);
    expect(version?.leftOut).toEqual(['link-limit']);
    const kept = await policyTables(store, version?.digest ?? '');
    expect(Object.keys(kept.tables)).toHaveLength(Object.keys(before.tables).length - 1);
  });
});

describe('what a version changed', () => {
  it('is said by table, row and cell, in both languages', () => {
    const changes = tableChanges(before, after);

    expect(changes.map(({ table }) => table)).toEqual(['approval-levels']);
    expect(changes[0]?.lines[0]).toEqual({
      en: expect.stringMatching(/^row \d+: amount > 500000 becomes > 600000$/),
      zh: expect.stringMatching(/^第 \d+ 行：amount > 500000 改为 > 600000$/),
    });
    expect(tableChanges(before, before)).toEqual([]);
  });

  it('names tables that came or went, and those that ask for other things', () => {
    const { 'link-limit': limit, ...others } = before.tables;
    const renamed = { ...limit, inputs: [{ name: 'kind', type: 'string' }] };

    expect(tableChanges({ tables: others }, before)).toMatchObject([{ lines: [{ en: 'this table is new' }] }]);
    expect(tableChanges(before, { tables: others })).toMatchObject([{ lines: [{ en: 'this table is gone' }] }]);
    expect(tableChanges(before, { tables: { ...others, 'link-limit': renamed } } as CompiledRules)).toMatchObject([
      { lines: [{ en: 'its columns or its hit policy are others' }] },
    ]);
  });
});
