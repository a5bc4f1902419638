import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chainEntries, EMPTY_CHAIN, type RecordEntry } from '../../../functions/audit/domain/record.ts';
import { followRecord } from '../../../functions/audit/follow-record.ts';
import { type RecordMessage, recordMessageSchema } from '../../../functions/audit/record-message.ts';
import { ConnectorTransientError } from '../../../functions/runtime/errors.ts';

function entriesOf(comments: readonly string[]): readonly RecordEntry[] {
  const news = comments.map((comment) => ({
    type: 'Noted',
    actor: { kind: 'meridian', id: 'tests' } as const,
    facts: { comment },
  }));
  return chainEntries('P2P-1', EMPTY_CHAIN, news, { now: new Date('2026-03-02T08:00:00Z'), newSalt: () => 'salt' })
    .entries;
}

function subscriber() {
  const sent: RecordMessage[] = [];
  return { sent, send: async (message: RecordMessage) => void sent.push(message) };
}

describe('following the record', () => {
  it('sends each entry once to every subscriber, as it was recorded', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string(), { minLength: 1, maxLength: 30 }), async (comments) => {
        const entries = entriesOf(comments);
        const [first, second] = [subscriber(), subscriber()];

        await followRecord({ subscribers: [first, second] }, entries);

        expect(first.sent.flatMap((message) => message.entries)).toEqual(entries);
        expect(second.sent).toEqual(first.sent);
      }),
    );
  });

  it('fills messages up to what a queue takes, and sends a longer entry alone', async () => {
    const entries = entriesOf(['a'.repeat(90_000), 'b'.repeat(90_000), 'c'.repeat(390_000), 'd', 'e']);
    const one = subscriber();

    await followRecord({ subscribers: [one] }, entries);

    expect(one.sent.map((message) => message.entries.map(({ sequence }) => sequence))).toEqual([[1, 2], [3], [4, 5]]);
    expect(Math.max(...one.sent.map((message) => Buffer.byteLength(JSON.stringify(message))))).toBeLessThan(1_048_576);
  });

  it('tells the others although one cannot be told, and then fails, so that the stream repeats it', async () => {
    const broken = { send: () => Promise.reject(new ConnectorTransientError('SQS is down')) };
    const one = subscriber();

    const following = followRecord({ subscribers: [broken, one] }, entriesOf(['a']));

    await expect(following).rejects.toThrow('SQS is down');
    expect(one.sent).toHaveLength(1);
  });

  it('gives subscribers what they can read back, also of entries that a later version records', () => {
    const [entry] = entriesOf(['a']);
    const message = JSON.stringify({ entries: [{ ...entry, schemaVersion: 2, addedLater: true }] });

    expect(recordMessageSchema.parse(JSON.parse(message)).entries).toEqual([
      { ...entry, schemaVersion: 2, addedLater: true },
    ]);
    expect(recordMessageSchema.safeParse({ entries: [] }).success).toBe(false);
    expect(recordMessageSchema.safeParse({ entries: [{ processId: 'P2P-1' }] }).success).toBe(false);
  });
});
