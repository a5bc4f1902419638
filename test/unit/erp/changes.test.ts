import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { changesSince } from '../../../functions/connectors/erp/tryton/changes.ts';
import type { TrytonSession } from '../../../functions/connectors/erp/tryton/session.ts';
import { instant, instantField } from '../../../functions/connectors/erp/tryton/wire.ts';
import { ConnectorPermanentError } from '../../../functions/runtime/errors.ts';

/** A Tryton in which orders are cancelled, at a time that its database gives. */
function tryton() {
  let now = new Date('2026-11-25T10:00:00.000Z');
  const rows: { number: string; modifiedAt: Date }[] = [];
  const session: Pick<TrytonSession, 'find' | 'serverTime'> = {
    serverTime: async () => now,
    find: async (model, domain, shape) => {
      if (model !== 'purchase.purchase') {
        return [];
      }
      const from = fromOf(domain);
      const found = rows.filter(({ modifiedAt }) => modifiedAt.toISOString() >= from);
      return z.array(shape).parse(
        found.map(({ number, modifiedAt }) => ({
          number,
          last_modified_at: instant(modifiedAt),
          state: 'cancelled',
          shipment_state: 'none',
          invoice_state: 'none',
        })),
      );
    },
  };
  const unused = (): never => {
    throw new Error('only reads');
  };
  const whole: TrytonSession = {
    ...session,
    preferences: unused,
    call: unused,
    create: unused,
    createAll: unused,
    findInPages: unused,
    delete: unused,
    press: unused,
    wizard: unused,
  };
  return {
    rows,
    at: (time: string) => {
      now = new Date(`2026-11-25T${time}.000Z`);
    },
    cancel: (number: string, time: string) => {
      rows.push({ number, modifiedAt: new Date(`2026-11-25T${time}.000Z`) });
    },
    // The function's own clock is an hour fast, which must not matter.
    look: (watermark: string | undefined) =>
      changesSince(whole, { now: () => new Date(now.getTime() + 3_600_000) }, watermark),
  };
}

function fromOf(domain: readonly unknown[]): string {
  const conditions = z.array(z.tuple([z.string(), z.string(), z.unknown()])).parse(domain);
  const from = conditions.find(([field]) => field === 'last_modified_at')?.[2];
  return new Date(instantField.parse(from)).toISOString();
}

describe('changes of Tryton', () => {
  it('come once each, and again when they change again', async () => {
    // Prepare
    const { look, cancel, at, rows } = tryton();
    const start = await look(undefined);
    cancel('PO-1', '10:01:00');
    at('10:02:00');

    // Act
    const first = await look(start.watermark);
    at('10:03:00');
    const second = await look(first.watermark);
    rows.splice(0);
    cancel('PO-1', '10:03:30');
    at('10:04:00');
    const third = await look(second.watermark);

    // Assess
    const fact = { type: 'PurchaseOrderCancelled', orderNumber: 'PO-1' };
    expect(start.facts).toEqual([]);
    expect(first.facts).toEqual([{ ...fact, occurredAt: '2026-11-25T10:01:00.000Z' }]);
    expect(second.facts).toEqual([]);
    expect(third.facts).toEqual([{ ...fact, occurredAt: '2026-11-25T10:03:30.000Z' }]);
  });

  it('are found when their transaction began before, and committed after, another that was seen', async () => {
    // Prepare
    const { look, cancel, at } = tryton();
    const start = await look(undefined);
    cancel('PO-1', '10:05:00');
    at('10:05:10');
    const first = await look(start.watermark);

    // Act
    cancel('PO-2', '10:01:00');
    const second = await look(first.watermark);

    // Assess
    expect(second.facts).toMatchObject([{ orderNumber: 'PO-2' }]);
  });

  it('come again when the watermark was not stored', async () => {
    const { look, cancel, at } = tryton();
    const start = await look(undefined);
    cancel('PO-1', '10:01:00');
    at('10:02:00');
    expect((await look(start.watermark)).facts).toEqual((await look(start.watermark)).facts);
  });

  it('are not hidden by a row that is dated in the future', async () => {
    // Prepare
    const { look, cancel, at } = tryton();
    const start = await look(undefined);
    cancel('PO-1', '12:00:00');
    at('10:02:00');
    const first = await look(start.watermark);

    // Act
    cancel('PO-2', '10:03:00');
    at('10:04:00');
    const second = await look(first.watermark);

    // Assess
    expect(first.facts).toMatchObject([{ orderNumber: 'PO-1' }]);
    expect(second.facts).toMatchObject([{ orderNumber: 'PO-2' }]);
  });

  it('leave a watermark that remembers only the last minutes', async () => {
    // Prepare
    const { look, cancel, at } = tryton();
    let { watermark } = await look(undefined);
    const lengths: number[] = [];

    // Act
    for (let minute = 1; minute < 50; minute++) {
      const time = `10:${String(minute).padStart(2, '0')}`;
      cancel(`PO-${minute}`, `${time}:00`);
      at(`${time}:30`);
      ({ watermark } = await look(watermark));
      lengths.push(watermark.length);
    }

    // Assess
    expect(Math.max(...lengths)).toBeLessThan(200);
  });

  it('are refused for a watermark of another ERP', async () => {
    const { look } = tryton();
    await expect(look('17')).rejects.toThrow(ConnectorPermanentError);
    await expect(look('not even JSON')).rejects.toThrow(ConnectorPermanentError);
  });
});
