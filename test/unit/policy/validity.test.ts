/** A table of rules may be approved until a day: it stands in its file, and makes another version of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compileTable } from '../../../functions/policy/compile-table.ts';
import { policyDigest } from '../../../functions/policy/policy-digest.ts';
import { tableChanges } from '../../../functions/policy/table-changes.ts';
import { readRows, withRows } from '../../../local/tools/matrix/table-rows.ts';

const XML = readFileSync('rules/link-limit.dmn', 'utf8');

function until(day: string): string {
  return XML.replace('namespace="urn:meridian:rules"', '$& xmlns:meridian="urn:meridian:rules"').replace(
    '<decision ',
    `<decision meridian:validUntil="${day}" `,
  );
}

async function tableOf(xml: string) {
  const compiled = await compileTable('link-limit.dmn', xml);
  if ('issues' in compiled) throw new Error(JSON.stringify(compiled.issues));
  return compiled.table;
}

describe('the last day of a table', () => {
  it('is read from its file, and tells it from the same table without one', async () => {
    const [without, table] = [await tableOf(XML), await tableOf(until('2027-03-31'))];
    expect(without).not.toHaveProperty('validUntil');
    expect(table).toEqual({ ...without, validUntil: '2027-03-31' });
    expect(policyDigest(table)).not.toBe(policyDigest(without));
  });

  it.each(['31.03.2027', '2027-02-30', 'never', ''])('must be a date: %j is refused', async (day) => {
    expect(await compileTable('link-limit.dmn', until(day))).toMatchObject({
      issues: [{ field: 'link-limit.dmn, table "Link limit"', remedy: expect.stringContaining('meridian:validUntil') }],
    });
  });

  it('is told among what became of the tables', async () => {
    const version = async (xml: string) => ({ tables: { 'link-limit': await tableOf(xml) } });
    const [none, march, june] = [
      await version(XML),
      await version(until('2027-03-31')),
      await version(until('2027-06-30')),
    ];
    const lines = (...[before, after]: [typeof none, typeof none]) =>
      tableChanges(before, after).flatMap((change) => change.lines.map(({ en }) => en));
    expect(lines(none, march)).toEqual(['valid until 2027-03-31 (before: no last day)']);
    expect(lines(march, june)).toEqual(['valid until 2027-06-30 (before: 2027-03-31)']);
    expect(lines(june, none)).toEqual(['it has no last day any more (before: 2027-06-30)']);
  });

  it('stays when rows come back from a spreadsheet', async () => {
    const xml = until('2027-03-31');
    const { columns, rows } = await readRows(xml, await tableOf(xml));
    const changed = await withRows(xml, columns, rows.toReversed());
    expect((await tableOf(changed)).validUntil).toBe('2027-03-31');
  });
});
