import { describe, expect, it } from 'vitest';
import { chainEntries, EMPTY_CHAIN } from '../../../functions/audit/domain/record.ts';
import { entryAttributes } from '../../../functions/process/store/dynamodb/attributes.ts';
import { streamedEntry } from '../../../functions/runtime/streamed-entry.ts';

const { entries } = chainEntries(
  'P2P-1',
  EMPTY_CHAIN,
  [{ type: 'Noted', actor: { kind: 'meridian', id: 'tests' }, facts: { amount: '1.00' }, personal: { note: 'x' } }],
  { now: new Date('2026-03-02T08:00:00Z'), newSalt: () => 'salt' },
);
const NewImage = entries.map(entryAttributes)[0] as Record<string, { S?: string }>;

describe('an entry in the stream of the record', () => {
  it('is read as the table has it', () => {
    expect(streamedEntry({ eventName: 'INSERT', dynamodb: { NewImage } })).toEqual(entries);
  });

  it('is nothing when it is not new, as no entry should ever be', () => {
    expect(streamedEntry({ eventName: 'MODIFY', dynamodb: { NewImage } })).toEqual([]);
    expect(streamedEntry({ eventName: 'REMOVE', dynamodb: {} })).toEqual([]);
  });
});
