import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { signBody } from '../../../functions/connectors/oa/signature.ts';
import { createDemoOa } from '../../../local/demo/oa.ts';

const KEY = 'a-signing-key-of-at-least-32-characters';
const NOW = new Date('2026-11-25T08:00:00.000Z');
const REQUEST = 'PR-2026-1';

const file = join(tmpdir(), `meridian-oa-${process.pid}.json`);
afterEach(() => rm(file, { force: true }));

function anOa(signingKey: () => string | undefined = () => KEY) {
  return createDemoOa({ signingKey, file, now: () => NOW });
}

function aNotice(changes: object = {}) {
  return {
    messageId: 'm-1',
    oa: { system: 'demo-oa', requestId: REQUEST },
    processId: 'p-1',
    sequence: 3,
    status: 'accepted',
    text: { en: 'It is being processed.', zh: '已受理。' },
    facts: { orderNumber: '7', final: false },
    occurredAt: '2026-11-25T07:59:59.000Z',
    ...changes,
  };
}

interface Delivery {
  readonly key?: string;
  readonly sentAt?: Date;
  /** What arrives in the place of what was signed. */
  readonly arrives?: string;
}

async function deliver(oa: ReturnType<typeof anOa>, notice: object, delivery: Delivery = {}): Promise<number> {
  const body = JSON.stringify(notice);
  const timestamp = String(Math.floor((delivery.sentAt ?? NOW).getTime() / 1000));
  const response = await oa.app.request('/oa/callback', {
    method: 'POST',
    headers: {
      'X-Meridian-Timestamp': timestamp,
      'X-Meridian-Signature': signBody(delivery.key ?? KEY, timestamp, body),
    },
    body: delivery.arrives ?? body,
  });
  return response.status;
}

describe("the OA's receiver", () => {
  it('takes a signed answer, keeps it with its time, and writes it down', async () => {
    const oa = anOa();

    expect(await deliver(oa, aNotice())).toBe(204);

    expect(oa.answersTo(REQUEST)).toEqual([{ ...aNotice(), receivedAt: NOW.toISOString() }]);
    expect(oa.answersTo('PR-2026-2')).toEqual([]);
    expect(JSON.parse(await readFile(file, 'utf8')).answers).toEqual(oa.answersTo(REQUEST));
  });

  it.each([
    ['signed with another key', { key: 'another-key-of-at-least-32-characters!' }],
    ['altered on its way', { arrives: JSON.stringify(aNotice({ status: 'paid' })) }],
    ['recorded and sent again after the window', { sentAt: new Date(NOW.getTime() - 301_000) }],
  ])('refuses an answer that was %s', async (_name, delivery) => {
    const oa = anOa();

    expect(await deliver(oa, aNotice(), delivery)).toBe(401);

    expect(oa.answersTo(REQUEST)).toEqual([]);
  });

  it('refuses an answer without a signature', async () => {
    const oa = anOa();

    const response = await oa.app.request('/oa/callback', { method: 'POST', body: JSON.stringify(aNotice()) });

    expect(response.status).toBe(401);
    expect(oa.answersTo(REQUEST)).toEqual([]);
  });

  it('names what is wrong with a signed message that is no answer', async () => {
    expect(await deliver(anOa(), { ...aNotice(), sequence: 'three' })).toBe(400);
  });

  it('takes a repeated delivery and does nothing', async () => {
    const oa = anOa();
    await deliver(oa, aNotice());

    expect(await deliver(oa, aNotice({ sequence: 9 }))).toBe(204);

    expect(oa.answersTo(REQUEST)).toHaveLength(1);
  });

  it('drops what a later answer of the same process has overtaken, and no answer of another process', async () => {
    const oa = anOa();
    await deliver(oa, aNotice({ messageId: 'm-2', sequence: 8, status: 'paid' }));

    expect(await deliver(oa, aNotice({ messageId: 'm-1', sequence: 3 }))).toBe(204);
    expect(await deliver(oa, aNotice({ messageId: 'm-3', processId: 'p-2', sequence: 1 }))).toBe(204);

    expect(oa.answersTo(REQUEST).map(({ messageId }) => messageId)).toEqual(['m-2', 'm-3']);
  });

  it('asks for an answer again as long as it has no key to check it with', async () => {
    expect(
      await deliver(
        anOa(() => undefined),
        aNotice(),
      ),
    ).toBe(503);
  });
});

describe("the OA's requests", () => {
  it('are kept newest first, with the wish to take one back', () => {
    const oa = anOa();
    const requisition = {
      title: 'Paper',
      justification: '',
      costCentre: 'CC-100',
      supplierCode: 'SUP-001',
      currency: 'CNY',
      lines: [{ productCode: 'P-1002', quantity: '2', unitPrice: '128.00', amount: '256.00' }],
      total: '256.00',
    };
    const request = { requesterId: 'E-1001', requisition, filedAt: NOW.toISOString() };
    oa.file({ ...request, requestId: REQUEST });
    oa.file({ ...request, requestId: 'PR-2026-2' });

    oa.noteWithdrawal(REQUEST);

    expect(oa.filed()).toEqual([
      { ...request, requestId: 'PR-2026-2' },
      { ...request, requestId: REQUEST, withdrawnAt: NOW.toISOString() },
    ]);
  });
});
