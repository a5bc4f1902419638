import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordEntry } from '../../../functions/audit/domain/record.ts';
import { writeEventLog } from '../../../functions/insight/write-event-log.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';

async function record(): Promise<readonly RecordEntry[]> {
  const world = new PurchaseWorld();
  const event = requisitionEvent();
  await world.submit(event);
  await world.advance(30);
  await world.approveOrder();
  return world.record(event);
}

async function written(entries: readonly RecordEntry[]) {
  const files = new Map<string, string>();
  const write = async (name: string, content: Uint8Array) => {
    files.set(name, gunzipSync(content).toString('utf8'));
  };
  const result = await writeEventLog({ files: { write } }, entries);
  return { files, result };
}

describe('the writer of the event log', () => {
  it('writes a file for each day that a batch tells of, in the folder of the day', async () => {
    const entries = await record();
    const { files, result } = await written(entries);
    const days = [...new Set(entries.map(({ occurredAt }) => occurredAt.slice(0, 10)))];
    expect(days.length).toBeGreaterThan(1);
    expect([...files.keys()].map((name) => name.split('/')[0])).toEqual(days.map((day) => `day=${day}`));
    const rows = [...files.values()].flatMap((text) => text.trimEnd().split('\n'));
    expect(rows.map((row) => JSON.parse(row).sequence)).toEqual(entries.map(({ sequence }) => sequence));
    expect(result).toEqual({ rows: entries.length, files: days.length });
  });

  it('writes the same files for the same entries, in whatever order they come', async () => {
    const entries = await record();
    const { files } = await written(entries);
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...entries], { minLength: entries.length }), async (shuffled) => {
        expect((await written(shuffled)).files).toEqual(files);
      }),
      { numRuns: 20 },
    );
  });

  it('takes the place of no other file with another batch', async () => {
    const entries = await record();
    const whole = await written(entries);
    const part = await written(entries.slice(1));
    expect([...part.files.keys()].filter((name) => whole.files.has(name))).not.toContain([...whole.files.keys()][0]);
  });

  it('writes nothing where there is nothing to write', async () => {
    expect(await written([])).toEqual({ files: new Map(), result: { rows: 0, files: 0 } });
  });
});
