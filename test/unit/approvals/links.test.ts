import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OpenLevel } from '../../../functions/approvals/domain/approval-state.ts';
import { markUsed, newLink, readLink } from '../../../functions/approvals/links.ts';
import { ConcurrencyError } from '../../../functions/runtime/errors.ts';
import { seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { OPENED_AT, opened } from './approvals.ts';

const SECRET = seededRandomness(1).secret();
const DAY = 86_400_000;

function linkWith(secret: string) {
  const approval = opened();
  const open = approval.open as OpenLevel;
  return {
    open,
    link: newLink({
      secret,
      processId: 'P2P-1',
      approval,
      open,
      level: 0,
      person: { employeeId: 'M', locale: 'en' },
      now: new Date(OPENED_AT),
    }),
  };
}

async function storeWith(secret = SECRET) {
  const store = new MemoryStore();
  const { link } = linkWith(secret);
  await store.commit({ entries: [], personal: [], changes: [link.change] });
  return store;
}

describe('a decision link', () => {
  it('is bound to one person, one level and one version of the document', async () => {
    const item = await readLink(await storeWith(), SECRET);

    expect(item?.value).toMatchObject({
      processId: 'P2P-1',
      approvalId: 'order-1',
      level: 0,
      round: 1,
      employeeId: 'M',
      documentVersion: 1,
      locale: 'en',
      createdAt: OPENED_AT,
    });
    expect(item?.value.usedAt).toBeUndefined();
  });

  it('outlives the deadline of its level, for a level that is opened again, and is forgotten long after', () => {
    const { link, open } = linkWith(SECRET);
    const deadline = new Date(open.deadline).getTime();

    expect(link.change).toMatchObject({
      kind: 'create',
      value: { expiresAt: new Date(deadline + 14 * DAY).toISOString() },
      expiresAt: new Date(deadline + 104 * DAY),
    });
  });

  it('leaves its secret nowhere but in the mail: the table has the hash', () => {
    const { link } = linkWith(SECRET);

    expect(link.secret).toBe(SECRET);
    expect(JSON.stringify(link.change)).not.toContain(SECRET);
    expect(JSON.stringify(link.change.key)).toContain(createHash('sha256').update(SECRET).digest('hex'));
  });

  it('is not found by any other secret', async () => {
    const store = await storeWith();
    const character = fc.constantFrom(...'ABCDEFabcdef0123456789-_');

    await fc.assert(
      fc.asyncProperty(fc.nat({ max: 42 }), character, async (index, replacement) => {
        const altered = `${SECRET.slice(0, index)}${replacement}${SECRET.slice(index + 1)}`;
        expect((await readLink(store, altered)) !== undefined).toBe(altered === SECRET);
      }),
    );
  });

  it.each(['', 'short', `${SECRET}A`, SECRET.slice(1), `${SECRET.slice(1)}=`, `${SECRET.slice(1)}\n`, 'é'.repeat(43)])(
    'is not even looked up for what is no secret: "%s"',
    async (given) => {
      const store = await storeWith();
      store.read = () => Promise.reject(new Error('was looked up'));

      expect(await readLink(store, given)).toBeUndefined();
    },
  );

  it('is used once: who comes second with the same reading is refused by the table', async () => {
    const store = await storeWith();
    const item = await readLink(store, SECRET);
    if (item === undefined) {
      throw new Error('the link is gone');
    }
    const use = (hour: number) =>
      store.commit({
        entries: [],
        personal: [],
        changes: [markUsed(item, new Date(new Date(OPENED_AT).getTime() + hour * 3_600_000))],
      });

    await use(1);

    await expect(use(2)).rejects.toBeInstanceOf(ConcurrencyError);
    const used = await readLink(store, SECRET);
    expect(used?.value).toEqual({ ...item.value, usedAt: '2026-01-01T01:00:00.000Z' });
  });

  it('that was used is remembered as long as one that was not', async () => {
    const { link } = linkWith(SECRET);
    const item = await readLink(await storeWith(), SECRET);

    const change = item === undefined ? undefined : markUsed(item, new Date(OPENED_AT));

    expect(change).toMatchObject({ kind: 'replace', expiresAt: 'expiresAt' in link.change && link.change.expiresAt });
  });
});
