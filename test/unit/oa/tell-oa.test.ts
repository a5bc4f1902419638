import { describe, expect, it } from 'vitest';
import type { OaNotice } from '../../../functions/connectors/oa/port.ts';
import { type TellOaDeps, tellOa } from '../../../functions/connectors/oa/tell-oa.ts';
import type { Effect } from '../../../functions/process/domain/process.ts';
import { createProcess } from '../../../functions/process/update-process.ts';
import { ConnectorPermanentError, ConnectorTransientError } from '../../../functions/runtime/errors.ts';
import { SettableClock, seededRandomness } from '../../support/ambient.ts';
import { MemoryStore } from '../../support/memory-store.ts';
import { requisitionEvent } from '../../support/purchase-company.ts';
import { PurchaseWorld } from '../../support/purchase-world.ts';
import { newHead, noted } from '../process/heads.ts';

const PROCESS = 'P2P-1';
const TELL: Effect = {
  kind: 'tell-oa',
  message: { status: 'ordered', text: { en: 'Ordered', zh: '已下单' }, facts: { orderNumber: 'PO-1' } },
};

/** A process with one message for an OA that fails as told. */
async function message(effect: Effect = TELL) {
  const store = new MemoryStore();
  const notices: OaNotice[] = [];
  const callback: { failure?: Error } = {};
  const deps: TellOaDeps = {
    store,
    clock: new SettableClock('2026-01-01T09:00:00.000Z'),
    randomness: seededRandomness(1),
    oa: {
      tell: async (notice) => {
        notices.push(notice);
        if (callback.failure !== undefined) {
          throw callback.failure;
        }
      },
    },
  };
  await createProcess(deps, newHead(), { entries: [noted(), noted()], effects: [effect] }, []);
  const [pending] = store.effects();
  const reference = { processId: PROCESS, effectId: pending?.effectId ?? '' };
  return { store, deps, notices, callback, reference };
}

describe('telling the OA', () => {
  it('names the request as the OA knows it, and the entry of the record that the message follows from', async () => {
    const { deps, notices, reference } = await message();

    await tellOa(deps, reference);

    expect(notices).toEqual([
      {
        messageId: `${PROCESS}-${reference.effectId}`,
        oa: { system: 'oa', requestId: 'PR-1' },
        requester: { employeeId: 'E-1001' },
        processId: PROCESS,
        sequence: 2,
        status: 'ordered',
        text: { en: 'Ordered', zh: '已下单' },
        facts: { orderNumber: 'PO-1' },
        occurredAt: '2026-01-01T09:00:00.000Z',
      },
    ]);
  });

  it('is recorded and done once, however often the queue brings it', async () => {
    const { store, deps, notices, reference } = await message();

    await tellOa(deps, reference);
    await tellOa(deps, reference);

    expect(notices).toHaveLength(1);
    const told = (await store.readRecord(PROCESS)).filter(({ type }) => type === 'OaTold');
    expect(told).toMatchObject([{ actor: { kind: 'oa', id: 'oa' }, facts: { status: 'ordered', about: 2 } }]);
    expect(store.effects()).toEqual([]);
  });

  it('is tried again under the same id and the same instant while the OA is down', async () => {
    const { store, deps, notices, callback, reference } = await message();
    callback.failure = new ConnectorTransientError('down');

    await expect(tellOa(deps, reference)).rejects.toBe(callback.failure);
    expect(store.effects()).toHaveLength(1);
    expect((await store.readRecord(PROCESS)).map(({ type }) => type)).toEqual(['Noted', 'Noted']);
    delete callback.failure;
    await tellOa({ ...deps, clock: new SettableClock('2026-01-02T09:00:00.000Z') }, reference);

    expect(notices).toHaveLength(2);
    expect(notices[1]).toEqual(notices[0]);
  });

  it('that the OA refuses is recorded, and the operators are told', async () => {
    const reason = 'refused with 400';
    const { store, deps, callback, reference } = await message();
    callback.failure = new ConnectorPermanentError(reason);

    await tellOa(deps, reference);

    expect((await store.readRecord(PROCESS)).at(-1)).toMatchObject({
      type: 'OaNotTold',
      facts: { status: 'ordered', about: 2, reason },
    });
    const mails = store.effects().map(({ effect }) => effect);
    expect(mails).toMatchObject([{ kind: 'mail', mail: { to: 'operators', template: 'operator-notice' } }]);
    expect(JSON.stringify(mails)).toContain(reason);
    expect(JSON.stringify(mails)).toContain('PR-1');
  });

  it('does not take another kind of effect for a message', async () => {
    const { deps, notices, reference } = await message({
      kind: 'mail',
      mail: { to: 'E-1', template: 'process-news', facts: {} },
    });

    await expect(tellOa(deps, reference)).rejects.toThrow('is no message for the OA');
    expect(notices).toEqual([]);
  });
});

describe('the messages of one purchase', () => {
  it('carry ever higher sequences and ids of their own, and only the last one is final', async () => {
    const world = new PurchaseWorld();
    await world.poll();
    await world.submit(requisitionEvent());
    await world.approveOrder();
    await world.deliver();
    await world.pay();

    const { notices } = world;

    const sequences = notices.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...sequences].sort((one, other) => one - other));
    expect(new Set(sequences).size).toBe(notices.length);
    expect(new Set(notices.map(({ messageId }) => messageId)).size).toBe(notices.length);
    expect(notices.map(({ facts }) => facts.final === true)).toEqual([...notices.slice(1).map(() => false), true]);
    for (const { text } of notices) {
      expect(text.en).toMatch(/[a-z]/);
      expect(text.zh).toMatch(/\p{Script=Han}/u);
    }
  });

  it('reach the OA in the end when it was down, and drop nothing', async () => {
    const world = new PurchaseWorld();
    world.oaIsDown = true;
    await world.submit(requisitionEvent());
    await world.approveOrder();
    expect(world.notices).toEqual([]);

    world.oaIsDown = false;
    await world.advance(2);
    await world.sweep();

    expect(world.told()).toEqual(['accepted', 'approved', 'ordered']);
  });
});
