import { describe, expect, it } from 'vitest';
import { compileRules } from '../../../functions/policy/compile-rules.ts';
import { type Limit, wayChanges } from '../../../functions/policy/way-changes.ts';
import { ruleFiles, rulesWith } from './rule-files.ts';

async function changesOf(name: string, from: string, to: string) {
  const [before, after] = [await compileRules(ruleFiles), await compileRules(rulesWith(from, to))];
  const [old, now] = [before.tables[name], after.tables[name]];
  return old === undefined || now === undefined ? undefined : wayChanges(old, now);
}

describe('the comparison of tables', () => {
  it('names the requests that would go to other people, amounts from limit to limit', async () => {
    const levels =
      'level Manager, Department head, Finance director, General manager becomes Manager, Department head, Finance director';

    expect(
      (await changesOf('approval-levels', '&gt; 500000<', '&gt; 600000<'))?.filter((line) =>
        line.includes('category any other text, legal entity any other text'),
      ),
    ).toEqual([
      `subject "order", cost centre "CC-300", category any other text, legal entity any other text, amount above 500000 up to 600000: ${levels.replaceAll('Manager, ', 'Manager, IT manager, ')}`,
      `subject "order", cost centre any other text, category any other text, legal entity any other text, amount above 500000 up to 600000: ${levels}`,
    ]);
  });

  it('names what else changes for them', async () => {
    expect(await changesOf('link-limit', '<text>1000000</text>', '<text>900000</text>')).toEqual([
      'subject "invoice-mismatch": limit 1000000 becomes 900000',
    ]);
    expect(await changesOf('approval-levels', '"post:payment-approver"', '"post:it-manager"')).toEqual([
      'subject "payment", amount from 0 up to 50000: approver post:payment-approver becomes post:it-manager',
    ]);
  });

  it('ends where there are too many kinds of requests, or time is over', async () => {
    const [before, after] = [await compileRules(ruleFiles), await compileRules(rulesWith('&gt; 5000<', '&gt; 6000<'))];
    const [old, now] = [before.tables['link-limit'], after.tables['link-limit']];
    const compare = (limit: Limit) => (old === undefined || now === undefined ? [] : wayChanges(old, now, limit));

    expect(compare({ requests: 2, isTimeOver: () => false })).toBeUndefined();
    expect(compare({ requests: 100, isTimeOver: () => true })).toBeUndefined();
    expect(compare({ requests: 100, isTimeOver: () => false })).toEqual([]);
  });

  it('names what a column says that only one of the tables has', async () => {
    const { 'link-limit': table } = (await compileRules(ruleFiles)).tables;
    if (table === undefined) throw new Error('there is no table of limits');
    const wider = {
      ...table,
      outputs: [...table.outputs, { name: 'who is told', type: 'string' as const }],
      rules: table.rules.map((rule, index) => ({
        ...rule,
        results: [...rule.results, index === 0 ? 'post:cfo' : '-'],
      })),
    };

    expect(wayChanges(table, wider)).toEqual([expect.stringMatching(/: who is told - becomes post:cfo$/)]);
    expect(wayChanges(wider, table)).toEqual([expect.stringMatching(/: who is told post:cfo becomes -$/)]);
  });

  it('takes a column that only one of the tables has for one that tells nothing apart in the other', async () => {
    const { 'link-limit': table } = (await compileRules(ruleFiles)).tables;
    if (table === undefined) throw new Error('there is no table of limits');
    const inputs = table.inputs.slice(0, 1);
    const rules = table.rules
      .filter(({ tests }) => !tests.includes('not("CNY")'))
      .map(({ tests, results }) => ({ results, tests: tests.slice(0, 1) }));
    const older = { ...table, inputs, rules };

    expect(wayChanges(older, table)).toEqual([
      'subject "payment", currency any other text: limit 100000 becomes 50000',
    ]);
    expect(wayChanges(table, older)).toEqual([
      'subject "payment", currency any other text: limit 50000 becomes 100000',
    ]);
    const numbers = [{ name: 'currency', type: 'number' as const }];
    expect(wayChanges({ ...older, inputs: numbers, rules: [] }, table)).toEqual([
      'the tables ask for different things',
    ]);
  });

  it('finds nothing where rows are only written otherwise', async () => {
    expect(await changesOf('match-tolerance', '"USD", "EUR"', '"EUR", "USD"')).toEqual([]);
  });
});
