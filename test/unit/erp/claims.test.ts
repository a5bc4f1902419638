import { describe, expect, it } from 'vitest';
import { createCommandClaims } from '../../../functions/connectors/erp/claims.ts';
import { SettableClock } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';

const KEY = 'P1-order';

function open() {
  const clock = new SettableClock();
  const store = new MemoryStore();
  return { clock, store, claims: createCommandClaims(store, clock), other: createCommandClaims(store, clock) };
}

describe('a claim on a command', () => {
  it('belongs to one of eight callers that ask at once', async () => {
    const { claims } = open();
    const answers = await Promise.all(Array.from({ length: 8 }, () => claims.acquire(KEY, 60)));
    expect(answers.filter((answer) => answer === 'owned')).toHaveLength(1);
  });

  it('is one per key', async () => {
    const { claims } = open();
    expect([await claims.acquire(KEY, 60), await claims.acquire('P2-order', 60)]).toEqual(['owned', 'owned']);
  });

  it('is taken over when its lease has run out, by one of those who ask', async () => {
    // Prepare
    const { claims, other, clock } = open();
    await claims.acquire(KEY, 60);

    // Act
    clock.forward(59);
    const early = await other.acquire(KEY, 60);
    clock.forward(1);
    const late = await Promise.all([other.acquire(KEY, 60), claims.acquire(KEY, 60)]);

    // Assess
    expect(early).toBe('busy');
    expect([...late].sort()).toEqual(['busy', 'owned']);
  });

  it('that is given back is free at once', async () => {
    const { claims, other } = open();
    await claims.acquire(KEY, 60);
    await claims.release(KEY);
    expect(await other.acquire(KEY, 60)).toBe('owned');
  });

  it('that was never taken can be given back or completed without harm', async () => {
    const { claims } = open();
    await claims.release(KEY);
    await claims.complete(KEY, 'PO-1');
    expect(await claims.acquire(KEY, 60)).toBe('owned');
  });

  it('of a document that exists is not deleted by a caller that failed', async () => {
    // Prepare
    const { claims, other, store } = open();
    await claims.acquire(KEY, 60);
    await claims.complete(KEY, 'PO-1');

    // Act
    await other.release(KEY);

    // Assess
    const item = await store.read({ partition: `CLAIM#${KEY}`, sort: 'CLAIM' });
    expect(item?.value).toMatchObject({ documentNumber: 'PO-1' });
  });

  it('passes on that the store did not answer', async () => {
    const { claims, store } = open();
    store.commitFault = () => 'before';
    await expect(claims.acquire(KEY, 60)).rejects.toThrow();
  });
});
